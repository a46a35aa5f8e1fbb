import CourseModel

/// Whether a course, an offering or a provider is still offered by its source.
public enum RecordState: String, Hashable, Sendable, CaseIterable {
    /// It stood in the source's last feed.
    case present
    /// It vanished while it was still to come.
    case closed
    /// It vanished when it had started or its time was over.
    case expired
    /// Its source withdrew it, or its run was rolled back.
    case withdrawn
}

/// A course with its offerings, as the catalogue knows it.
public struct StoredRecord: Hashable, Sendable {
    /// What the source said last.
    ///
    /// The position in ``Provenance`` is that in the feed which brought
    /// this version; a later feed that says the same elsewhere does not move it.
    public var record: CourseRecord
    /// Whether it is still offered.
    public var state: RecordState
    /// When it was first known.
    public var added: Generation
    /// When anything of it last changed, its state included.
    public var changed: Generation

    /// A course as the catalogue knows it.
    public init(record: CourseRecord, state: RecordState, added: Generation, changed: Generation) {
        self.record = record
        self.state = state
        self.added = added
        self.changed = changed
    }
}

/// A provider, as the catalogue knows it.
public struct StoredProvider: Hashable, Sendable {
    /// What the source said last.
    public var provider: Provider
    /// Whether it still stands in the source's feed.
    public var state: RecordState
    /// When anything of it last changed, its state included.
    public var changed: Generation

    /// A provider as the catalogue knows it.
    public init(provider: Provider, state: RecordState, changed: Generation) {
        self.provider = provider
        self.state = state
        self.changed = changed
    }
}

/// An offering that left its course's feed.
public struct GoneOffering: Hashable, Sendable {
    /// What the source said last.
    public var offering: Offering
    /// How it left: closed, expired or withdrawn.
    public var state: RecordState
    /// When it left.
    public var generation: Generation

    /// An offering that left.
    public init(offering: Offering, state: RecordState, generation: Generation) {
        self.offering = offering
        self.state = state
        self.generation = generation
    }
}

/// When a record was first and last seen.
public struct Sightings: Hashable, Sendable {
    /// The run that first brought it.
    public var first: RunRecord
    /// The last run that found it there: for a record that is present, its source's last good run.
    public var last: RunRecord

    /// When a record was seen.
    public init(first: RunRecord, last: RunRecord) {
        self.first = first
        self.last = last
    }
}

/// One step in the history of a course.
public struct HistoryEntry: Hashable, Sendable {
    /// The generation that brought it.
    public var generation: Generation
    /// The run that brought it.
    public var run: RunNumber
    /// When that run began.
    public var at: Moment
    /// What happened, to the course or to one of its offerings.
    public var change: Change

    /// One step.
    public init(generation: Generation, run: RunNumber, at: Moment, change: Change) {
        self.generation = generation
        self.run = run
        self.at = at
        self.change = change
    }
}

/// A source and how it is doing.
public struct SourceStatus: Hashable, Sendable {
    /// The source, as of its last run.
    public var source: Source
    /// How much of it is in the catalogue now.
    public var present: RecordCount
    /// Its last run.
    public var lastRun: RunRecord
    /// Its last run whose state is the catalogue's: published, or unchanged.
    public var lastGoodRun: RunRecord?
    /// The run that waits for a person.
    public var heldRun: RunRecord?

    /// A source and how it is doing.
    public init(
        source: Source, present: RecordCount, lastRun: RunRecord, lastGoodRun: RunRecord?,
        heldRun: RunRecord?
    ) {
        self.source = source
        self.present = present
        self.lastRun = lastRun
        self.lastGoodRun = lastGoodRun
        self.heldRun = heldRun
    }
}
