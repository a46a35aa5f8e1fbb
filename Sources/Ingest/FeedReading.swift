import CourseModel
import Feeds
import Places

/// Reads all documents of a source as one feed, and looks up where its venues are.
struct FeedReading: Sendable {
    let source: Source
    let inputs: [FeedInput]
    /// `nil` where there is none: venues are left as they are.
    let gazetteer: Gazetteer?

    /// Reads everything, one record at a time.
    ///
    /// - Parameter receive: Called for each item; diagnostics about places are already in it.
    /// - Returns: The sum over the documents.
    func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        try readUnplaced { try receive(placed($0)) }
    }

    /// Reads everything like ``read(_:)``, and leaves ``placed(_:)`` to the caller.
    func readUnplaced(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        try readFeed(inputs, format: source.format, receive)
    }

    /// Adds what the gazetteer makes of the venues: what is wrong with an address is the feed
    /// owner's to mend, like every other fault.
    func placed(_ item: FeedItem) -> FeedItem {
        guard let gazetteer else { return item }
        switch item {
        case .record(var read):
            for offering in read.record.offerings {
                for case .venue(let venue) in offering.places {
                    let placed = gazetteer.place(
                        venue, file: offering.provenance.file, record: offering.nativeID)
                    for var diagnostic in placed.diagnostics {
                        diagnostic.position = offering.provenance.position
                        read.diagnostics.append(diagnostic)
                    }
                }
            }
            return .record(read)
        case .provider, .quarantined, .withdrawn:
            return item
        }
    }
}
