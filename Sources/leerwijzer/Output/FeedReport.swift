import Answers
import CourseModel
import Feeds
import Ingest
import Storage

/// What machines can rely on for each feed of `ingest` and `check`.
struct FeedReport: Encodable {
    struct Counts: Encodable {
        var offered: Int
        var accepted: Int
        var quarantined: Int
    }

    struct Changes: Encodable {
        var added: Int
        var changed: Int
        var unchanged: Int
        /// Vanished while still to come, or withdrawn.
        var closed: Int
        /// Vanished when its time was over.
        var expired: Int
        var reopened: Int

        init(_ counts: ChangeCounts) {
            added = counts.added
            changed = counts.changed
            unchanged = counts.unchanged
            closed = counts.closed + counts.withdrawn
            expired = counts.expired
            reopened = counts.reopened
        }
    }

    var source: String
    var format: String
    var bytes: Int
    var courses: Counts
    var offerings: Counts
    /// Absent for `check`.
    var changes: Changes?
    var offeringChanges: Changes?
    var verdict: String?
    var held: String?
    /// Absent for `ingest`.
    var completeness: CompletenessReport?
    /// Absent for `ingest`; null when no official schema was at hand.
    var schema: Nullable<Schema>?
    var codes: [CodeCount]?

    /// The report of a run.
    init(_ run: RunRecord) {
        source = run.source.value
        format = run.format
        bytes = run.bytes
        courses = Counts(
            offered: run.offered.courses, accepted: run.accepted.courses,
            quarantined: run.quarantined.courses)
        offerings = Counts(
            offered: run.offered.offerings, accepted: run.accepted.offerings,
            quarantined: run.quarantined.offerings)
        changes = Changes(run.changes.courses)
        offeringChanges = Changes(run.changes.offerings)
        verdict = run.verdict.rawValue
        held = run.hold?.description
    }

    /// Which official schemas a feed was held against.
    struct Schema: Encodable {
        var heldAgainst: [String]
        /// The root elements of documents for which none was found.
        var without: [String]
        var complete: Bool

        init(_ report: SchemaReport) {
            heldAgainst = report.schemas.sorted()
            without = report.rootsWithout.sorted()
            complete = report.isComplete
        }
    }

    /// How often a fault was told.
    struct CodeCount: Encodable {
        var severity: String
        var code: String
        var count: Int
    }

    /// The report of a check.
    init(feed: String, _ checked: CheckedFeed, _ faults: FaultCounts) {
        let summary = checked.summary
        source = feed
        format = summary.format
        bytes = summary.bytes
        courses = Counts(
            offered: summary.offered.courses, accepted: summary.accepted.courses,
            quarantined: summary.quarantined.courses)
        offerings = Counts(
            offered: summary.offered.offerings, accepted: summary.accepted.offerings,
            quarantined: summary.quarantined.offerings)
        completeness = CompletenessReport(checked.completeness)
        schema = Nullable(checked.schema.map { Schema($0) })
        codes = faults.sorted.map {
            CodeCount(
                severity: $0.kind.severity.rawValue, code: $0.kind.code.name, count: $0.count)
        }
    }
}

/// Writes feeds and their diagnostics as JSON without holding them: a feed with a million faults
/// takes no more memory than one.
struct FeedReportWriter {
    private var feeds = 0
    private var diagnostics = 0

    mutating func begin() throws {
        try Console.write("{\"feeds\":[", to: 1)
    }

    mutating func beginFeed() throws {
        try Console.write((feeds > 0 ? ",\n" : "") + "{\"diagnostics\":[", to: 1)
        feeds += 1
        diagnostics = 0
    }

    mutating func write(_ diagnostic: Diagnostic) throws {
        let line = try JSONOutput.line(DiagnosticReport(diagnostic))
        try Console.write((diagnostics > 0 ? ",\n" : "\n") + line, to: 1)
        diagnostics += 1
    }

    mutating func endFeed(_ report: FeedReport) throws {
        // The report's own braces go: its fields stand beside the diagnostics.
        try Console.write("],\(try JSONOutput.line(report).dropFirst())", to: 1)
    }

    /// Ends a feed that could not be read.
    mutating func endFeed(source: String, failure: String) throws {
        let fields = try JSONOutput.line(["source": source, "error": failure])
        try Console.write("],\(fields.dropFirst())", to: 1)
    }

    mutating func end(generation: Generation?) throws {
        let number = generation.map { String($0.number) } ?? "null"
        try Console.print("],\"generation\":\(number)}")
    }
}
