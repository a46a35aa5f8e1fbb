import CourseModel

/// Turns a feed in one format into a feed in another, with no catalogue between them.
///
/// Writers are told of a provider before its courses, and feeds may tell of it later, or come back
/// to it; so courses wait in a temporary file until the feed was read. Memory: one course, the
/// providers, and twenty-four bytes for each course. Nothing is written when the feed could not be
/// read to its end: what is missing in half a feed would look like withdrawn.
public struct FeedConversion {
    /// What came of a conversion.
    public struct Outcome: Sendable {
        /// What was read.
        public let read: FeedSummary
        /// What was written; `nil` when the feed was not read to its end.
        public let written: WrittenFeed?
    }

    private let writer: any FeedWriter.Type
    private let context: FeedContext
    private var providers: [ID<Provider>: Provider] = [:]
    /// Providers in the order in which their first course came.
    private var order: [ID<Provider>: Int] = [:]
    private var waiting: [Waiting] = []
    private let spool = SpoolFile()

    /// A course that waits: whose it is, and where its bytes are.
    private struct Waiting {
        let provider: Int
        let start: Int
        let count: Int
    }

    /// A conversion into the format of a writer.
    public init(to writer: any FeedWriter.Type, context: FeedContext) {
        self.writer = writer
        self.context = context
    }

    /// Reads documents as one feed, then writes it.
    ///
    /// Providers come in the order of their first courses, each with its courses in the order of
    /// the feed.
    ///
    /// - Parameters:
    ///   - format: The name of the format to read; `nil` to recognise it.
    ///   - told: Called for each fault of the feed.
    /// - Throws: ``FeedError``, and what `told` throws.
    public mutating func run(
        _ inputs: [FeedInput], format: String?, to destination: FeedDestination,
        told: (Diagnostic) throws -> Void
    ) throws -> Outcome {
        let read = try readFeed(inputs, format: format) { try take($0, told: told) }
        for diagnostic in read.diagnostics { try told(diagnostic) }
        guard read.isComplete else { return Outcome(read: read, written: nil) }
        return Outcome(read: read, written: try write(to: destination))
    }

    private mutating func take(
        _ item: FeedItem, told: (Diagnostic) throws -> Void
    ) throws {
        switch item {
        case .provider(let provider): providers[provider.id] = provider
        case .record(let read):
            for diagnostic in read.diagnostics { try told(diagnostic) }
            for offering in read.quarantinedOfferings {
                for reason in offering.reasons { try told(reason) }
            }
            let owner = read.record.course.provider
            let place = order[owner] ?? order.count
            order[owner] = place
            let coded = CodedRecord(read.record)
            waiting.append(
                Waiting(provider: place, start: spool.count, count: coded.bytes.count))
            try spool.append(coded.bytes)
        case .quarantined(let record):
            for reason in record.reasons { try told(reason) }
        case .withdrawn: break
        }
    }

    private mutating func write(to destination: FeedDestination) throws -> WrittenFeed {
        var feed = try writer.open(to: destination, context: context)
        let ids = order.sorted { $0.value < $1.value }.map(\.key)
        // By provider, then as in the feed; spooled bytes are in the order of the feed.
        waiting.sort { ($0.provider, $0.start) < ($1.provider, $1.start) }
        var last: Int?
        for record in waiting {
            if last != record.provider, let provider = providers[ids[record.provider]] {
                try feed.write(provider)
            }
            last = record.provider
            let bytes = try spool.bytes(record.start..<record.start + record.count)
            try feed.write(try CourseRecord(coded: bytes))
        }
        return try feed.finish()
    }
}

extension FeedSummary {
    /// The sum of what came of two documents of one feed.
    public func adding(_ other: FeedSummary) -> FeedSummary {
        var sum = self
        if format != other.format { sum.format += "+" + other.format }
        sum.bytes += other.bytes
        sum.offered += other.offered
        sum.accepted += other.accepted
        sum.quarantined += other.quarantined
        sum.withdrawn += other.withdrawn
        sum.diagnostics += other.diagnostics
        sum.isFull = isFull && other.isFull
        sum.isComplete = isComplete && other.isComplete
        return sum
    }
}
