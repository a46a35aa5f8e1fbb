import CourseModel
import Storage

/// A course in an archive: a line of `courses.ndjson`.
struct ArchivedCourse: Codable {
    /// A step in its history.
    struct Event: Codable {
        var generation: Int
        var at: String
        var change: String
        var offering: ID<Offering>?
    }

    /// An offering that left it.
    struct Gone: Codable {
        var offering: Offering
        var state: String
        var generation: Int
    }

    /// What it was from a generation on.
    struct Version: Codable {
        var generation: Int
        var state: String
        /// What its feed said; `nil` when that is what is said of the course now, or in the version
        /// before.
        var record: CourseRecord?
        /// Whether its feed said what is said of the course now.
        var isCurrent: Bool
    }

    var course: Course
    var offerings: [Offering]
    var state: String
    var added: Int
    var changed: Int
    var goneOfferings: [Gone]
    var history: [Event]
    /// Oldest first; those that were erased are not among them.
    var versions: [Version]
    var diagnostics: [Diagnostic]
    /// The file with its own bytes, from the source's folder on.
    var original: String?
}

/// A provider in an archive: a line of `providers.ndjson`.
struct ArchivedProvider: Codable {
    var provider: Provider
    var state: String
}

/// A record that was not accepted: a line of `quarantined.ndjson`.
struct ArchivedQuarantine: Codable {
    var kind: QuarantinedRecord.Kind
    var id: String?
    var file: String
    var position: SourcePosition?
    var courses: Int
    var offerings: Int
    var reasons: [Diagnostic]
    /// The file with its own bytes, from the source's folder on.
    var original: String
}

/// The account of a run: a line of `runs.ndjson`.
struct ArchivedRun: Codable {
    var run: Int
    var cause: String
    var startedAt: String
    var endedAt: String?
    var decidedAt: String?
    var today: CalendarDate
    var verdict: String
    var generation: Int?
    /// Stands for what it read.
    var fingerprint: String?
    var format: String
    var bytes: Int
    var isFull: Bool
    var isComplete: Bool
    var offered: RecordCount
    var accepted: RecordCount
    var quarantined: RecordCount
    var remarks: [Diagnostic]
    /// The corrections that took hold or ended with it.
    var curated: [CuratedChange]

    init(_ run: RunRecord) {
        self.run = run.number.value
        cause = run.cause.rawValue
        startedAt = run.startedAt.iso
        endedAt = run.endedAt?.iso
        decidedAt = run.decidedAt?.iso
        today = run.today
        verdict = run.verdict.rawValue
        generation = run.generation?.number
        fingerprint = run.fingerprint?.description
        format = run.format
        bytes = run.bytes
        isFull = run.isFull
        isComplete = run.isComplete
        offered = run.offered
        accepted = run.accepted
        quarantined = run.quarantined
        remarks = run.feedDiagnostics
        curated = run.curated
    }
}
