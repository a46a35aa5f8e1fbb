import CourseModel
import Feeds
import Places
import Storage

/// A source's documents and what tells whether they were read before.
struct PreparedFeed: Sendable {
    let reading: FeedReading
    /// The fingerprint of all that decides what is read; `nil` when they have to be read in any case.
    let fingerprint: Fingerprint?
    private let location: String
    /// What the documents' files look like from outside.
    private let marks: [String?]

    /// Finds a feed's documents.
    ///
    /// - Throws: ``FeedError`` and ``IngestError`` when there are none, and why a feed is missing.
    init(
        _ feed: FeedDelivery, gazetteer: Gazetteer, currency: Currency?, today: CalendarDate
    ) throws {
        let source = feed.source
        let documents: [FeedInput]
        switch feed.content {
        case .location:
            documents = try FeedFiles.inputs(
                at: feed.location, source: source.id, currency: currency, today: today)
        case .documents(let fetched): documents = fetched
        case .missing(let error, _): throw error
        }
        guard CatalogConfiguration.isSourceName(source.id.value) else {
            throw IngestError.badSourceName(source.id.value)
        }
        reading = FeedReading(source: source, inputs: documents, gazetteer: gazetteer)
        location = feed.location
        marks = documents.map(Self.mark)
        fingerprint = try FeedFingerprint.of(
            documents, format: source.format, settings: "\(source.id) \(currency?.code ?? "")")
    }

    /// Reads everything, ready for the store.
    ///
    /// - Parameter packing: Whether to pack records right away; see `StagedRecord`.
    /// - Throws: ``FeedError``, and what `take` throws.
    func read(
        packing: Bool, _ take: (Staging.Item) throws -> Void
    ) throws -> FeedSummary {
        let staging = Staging(reading, packing: packing)
        defer { staging.close() }
        let summary = try reading.readUnplaced { try staging.take($0, take) }
        try staging.finish(take)
        // Else the fingerprint would stand for other bytes than were read.
        guard marks == reading.inputs.map(Self.mark) else {
            throw FeedError.unreadable(
                name: location, reason: "it was changed while it was read; try again")
        }
        return summary
    }

    private static func mark(_ input: FeedInput) -> String? {
        guard case .file(let path) = input.content else { return nil }
        return FeedFingerprint.fileMark(path)
    }
}
