import CourseModel

/// What one run of a source left behind: the same for the partner and the operator.
public struct RunRecord: Hashable, Sendable {
    /// What became of a run.
    public enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// Its changes are the catalogue.
        case published
        /// Nothing differed from what was known.
        case unchanged
        /// Too much vanished: kept aside until a person releases or discards it.
        case held
        /// Was held, and a person let it in: its changes are the catalogue.
        case released
        /// Was held, and a person turned it down.
        case discarded
        /// Was held, and a later run made it pointless.
        case superseded
        /// The feed could not be read; the catalogue stayed as it was.
        case failed
        /// Was published, and a person took it back.
        case rolledBack = "rolled-back"
    }

    /// How a run came about.
    public enum Cause: String, Hashable, Sendable, CaseIterable {
        /// A feed was read.
        case feed
        /// A published run was taken back.
        case rollback
        /// Corrections by partners took hold or ended; no feed was read.
        case curation
    }

    /// Its number.
    public var number: RunNumber
    /// Whose run it is.
    public var source: ID<Source>
    /// How it came about.
    public var cause: Cause
    /// When it began.
    public var startedAt: Moment
    /// When its feed had been read to the end; `nil` when no feed was, or it was not noted.
    public var endedAt: Moment?
    /// The day it took for today.
    public var today: CalendarDate
    /// What became of it.
    public var verdict: Verdict
    /// The generation that it made, when it changed something.
    public var generation: Generation?
    /// The fingerprint of what it read.
    public var fingerprint: Fingerprint?
    /// The format it read.
    public var format: String
    /// How many bytes it read.
    public var bytes: Int
    /// Whether absence counted.
    public var isFull: Bool
    /// Whether the feed was read to its end.
    public var isComplete: Bool
    /// What stood in the feed.
    public var offered: RecordCount
    /// What was accepted.
    public var accepted: RecordCount
    /// What was quarantined.
    public var quarantined: RecordCount
    /// What it changed, or would change when it is held.
    public var changes: FeedChanges
    /// How often each diagnostic was given, about records and about the feed.
    public var diagnosticCounts: [DiagnosticCount]
    /// What was noticed about the feed as a whole.
    public var feedDiagnostics: [Diagnostic]
    /// Why it was held.
    public var hold: Hold?
    /// The corrections that took hold or ended with it.
    public var curated: [CuratedChange]
    /// When a person released or discarded it, or a later run made it pointless.
    public var decidedAt: Moment?
    /// Whether what it changed was erased since: it can be neither taken back nor told in full.
    public var isErased = false

    /// A run, before anything is known of it but who and when.
    public init(
        number: RunNumber, source: ID<Source>, cause: Cause, startedAt: Moment,
        today: CalendarDate, verdict: Verdict
    ) {
        self.number = number
        self.source = source
        self.cause = cause
        self.startedAt = startedAt
        self.today = today
        self.verdict = verdict
        format = ""
        bytes = 0
        isFull = true
        isComplete = true
        offered = RecordCount()
        accepted = RecordCount()
        quarantined = RecordCount()
        changes = FeedChanges()
        diagnosticCounts = []
        feedDiagnostics = []
        curated = []
    }
}

extension RunRecord {
    /// When its changes became the catalogue's, as near as is known.
    public var tookEffectAt: Moment { decidedAt ?? endedAt ?? startedAt }

    /// What tells the generation that it made from others of the same number: those of other stores,
    /// and those that were made before an older back-up took the store's place.
    public var mark: UInt64 {
        var writer = RecordWriter(capacity: 96)
        writer.write(number.value)
        writer.write(source.value)
        writer.write(cause.rawValue)
        writer.write(Int(startedAt.secondsSince1970))
        writer.write(endedAt.map { Int($0.secondsSince1970) })
        writer.write(generation?.number)
        writer.write(fixed: fingerprint?.high ?? 0)
        writer.write(fixed: fingerprint?.low ?? 0)
        return ContentHash(of: writer.bytes).value
    }

    /// Takes over what another run read, for a feed that is the same; nothing changed by it.
    public mutating func read(reportOf other: RunRecord) {
        format = other.format
        bytes = other.bytes
        isFull = other.isFull
        isComplete = other.isComplete
        offered = other.offered
        accepted = other.accepted
        quarantined = other.quarantined
        diagnosticCounts = other.diagnosticCounts
        feedDiagnostics = other.feedDiagnostics
        changes = FeedChanges()
    }
}
