import CourseModel
import Feeds
import Places
import Quality

/// What came of checking a feed.
public struct CheckedFeed: Sendable {
    /// What was offered, accepted and set apart.
    public let summary: FeedSummary
    /// How much of what learners need its courses say.
    public let completeness: FeedCompleteness
}

/// Reads a feed without storing it, with the same code that ingests it, and holds its courses
/// against the rules that are the same for every format.
public struct FeedCheck: Sendable {
    private let gazetteer: Gazetteer
    private let today: CalendarDate
    private let currency: Currency?

    /// A check on a day.
    public init(gazetteer: Gazetteer, currency: Currency?, today: CalendarDate) {
        self.gazetteer = gazetteer
        self.currency = currency
        self.today = today
    }

    /// Reads a feed and hands on every fault as it is met.
    ///
    /// - Parameters:
    ///   - location: A file, a folder, or `-` for standard input.
    ///   - format: The name of the format, or `nil` to recognise it.
    ///   - measured: Called for each course with how complete it is.
    ///   - receive: Called for each fault, those of the feed as a whole last; what it throws ends
    ///     the check.
    /// - Throws: ``FeedError``, ``IngestError``, and what `measured` and `receive` throw.
    public func run(
        location: String, format: String?,
        measured: (CourseCompleteness) throws -> Void = { _ in },
        _ receive: (Diagnostic) throws -> Void
    ) throws -> CheckedFeed {
        let source = Source(id: ID("check"), location: location, format: format)
        let reading = FeedReading(
            source: source,
            inputs: try FeedFiles.inputs(
                at: location, source: source.id, currency: currency, today: today),
            gazetteer: gazetteer)
        var checker = FeedChecker(today: today)
        var completeness = FeedCompleteness()
        let summary = try reading.read { item in
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
        return CheckedFeed(summary: summary, completeness: completeness)
    }
}
