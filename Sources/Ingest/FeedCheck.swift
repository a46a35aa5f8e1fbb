import CourseModel
import Feeds
import Places
import Quality
import Synchronization

/// What came of checking a feed.
public struct CheckedFeed: Sendable {
    /// What was offered, accepted and set apart.
    public let summary: FeedSummary
    /// How much of what learners need its courses say.
    public let completeness: FeedCompleteness
    /// Which official schemas it was held against; `nil` when none were at hand.
    public let schema: SchemaReport?
}

/// Reads a feed without storing it, with the same code that ingests it, and holds its courses
/// against the rules that are the same for every format.
public struct FeedCheck: Sendable {
    private let gazetteer: Gazetteer?
    private let today: CalendarDate
    private let currency: Currency?

    /// A check on a day.
    ///
    /// - Parameter gazetteer: Where places are; without one addresses are not looked up.
    public init(gazetteer: Gazetteer?, currency: Currency?, today: CalendarDate) {
        self.gazetteer = gazetteer
        self.currency = currency
        self.today = today
    }

    /// Reads a feed and hands on every fault as it is met.
    ///
    /// - Parameters:
    ///   - location: A file, a folder, or `-` for standard input.
    ///   - format: The name of the format, or `nil` to recognise it.
    ///   - schemas: The official schemas that are at hand.
    ///   - measured: Called for each course with how complete it is.
    ///   - receive: Called for each fault, those of the feed as a whole last; what it throws ends
    ///     the check.
    /// - Throws: ``FeedError``, ``IngestError``, and what `measured` and `receive` throw.
    public func run(
        location: String, format: String?, schemas: FeedSchemas? = nil,
        measured: (CourseCompleteness) throws -> Void = { _ in },
        _ receive: (Diagnostic) throws -> Void
    ) throws -> CheckedFeed {
        let source = Source(id: ID("check"), location: location, format: format)
        let inputs = try FeedFiles.inputs(
            at: location, source: source.id, currency: currency, today: today)
        guard let schemas else {
            return try read(inputs, of: source, measured: measured, receive)
        }
        // Standard input is read twice, and so kept.
        if inputs.count == 1, case .descriptor = inputs[0].content {
            return try inputs[0].repeatable {
                try run([$0], of: source, schemas, measured: measured, receive)
            }
        }
        return try run(inputs, of: source, schemas, measured: measured, receive)
    }

    /// Reads documents that are at hand and hands on every fault as it is met.
    ///
    /// - Parameters:
    ///   - seeing: Called for each item of the feed before its faults.
    ///   - receive: Called for each fault, those of the feed as a whole last.
    /// - Throws: ``FeedError``, and what `seeing` and `receive` throw.
    package func run(
        _ inputs: [FeedInput], of source: Source, seeing: (FeedItem) throws -> Void,
        _ receive: (Diagnostic) throws -> Void
    ) throws -> CheckedFeed {
        try read(inputs, of: source, seeing: seeing, measured: { _ in }, receive)
    }

    /// Reads documents, and holds them and those that they name against their schemas.
    private func run(
        _ inputs: [FeedInput], of source: Source, _ schemas: FeedSchemas,
        measured: (CourseCompleteness) throws -> Void, _ receive: (Diagnostic) throws -> Void
    ) throws -> CheckedFeed {
        let named = NamedDocuments()
        let watched = inputs.map { named.watching($0) }
        let checked = try read(watched, of: source, measured: measured, receive)
        var report = SchemaReport()
        for document in inputs + named.found {
            try schemas.check(document, format: checked.summary.format, to: &report, receive)
        }
        return CheckedFeed(
            summary: checked.summary, completeness: checked.completeness, schema: report)
    }

    /// The documents that a feed names, each once, as they are opened.
    private final class NamedDocuments: Sendable {
        private let documents = Mutex<(names: Set<String>, inputs: [FeedInput])>(([], []))

        var found: [FeedInput] { documents.withLock { $0.inputs } }

        func watching(_ input: FeedInput) -> FeedInput {
            var watched = input
            watched.resolver = {
                [self, resolver = input.resolver] reference, from throws(FeedError) in
                let document = try resolver(reference, from)
                documents.withLock {
                    if $0.names.insert(document.name).inserted { $0.inputs.append(document) }
                }
                return document
            }
            return watched
        }
    }

    private func read(
        _ inputs: [FeedInput], of source: Source, seeing: (FeedItem) throws -> Void = { _ in },
        measured: (CourseCompleteness) throws -> Void, _ receive: (Diagnostic) throws -> Void
    ) throws -> CheckedFeed {
        let reading = FeedReading(source: source, inputs: inputs, gazetteer: gazetteer)
        var checker = FeedChecker(today: today)
        var completeness = FeedCompleteness()
        let summary = try reading.read { item in
            try seeing(item)
            switch item {
            case .record(let read):
                for diagnostic in read.diagnostics { try receive(diagnostic) }
                for offering in read.quarantinedOfferings {
                    for reason in offering.reasons { try receive(reason) }
                }
                for diagnostic in checker.check(read.record, known: read.diagnostics) {
                    try receive(diagnostic)
                }
                let course = CourseCompleteness(read.record)
                completeness.add(course)
                try measured(course)
            case .quarantined(let record):
                for reason in record.reasons { try receive(reason) }
            case .provider, .withdrawn: break
            }
        }
        for diagnostic in summary.diagnostics { try receive(diagnostic) }
        return CheckedFeed(summary: summary, completeness: completeness, schema: nil)
    }
}
