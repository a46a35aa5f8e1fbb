import CourseModel

/// What a reader finds in a feed, one at a time.
public enum FeedItem: Sendable {
    /// A provider. The same one may come again, later and more complete: XCRI-CAP puts the address
    /// of a provider behind its courses.
    case provider(Provider)
    /// A course with its offerings.
    case record(ReadRecord)
    /// A course, or an offering outside a course, that could not be accepted.
    case quarantined(QuarantinedRecord)
    /// The feed says that something is withdrawn.
    case withdrawn(Withdrawal)
}

/// A course that was accepted, with all that the feed said of it.
public struct ReadRecord: Sendable {
    /// The course and its accepted offerings.
    public var record: CourseRecord
    /// The record's bytes as they stand in the feed, in the feed's own encoding.
    public var original: [UInt8]
    /// How many courses and offerings the original holds, counted in its mark-up.
    public var offered: RecordCount
    /// What was doubtful or wrong in it.
    public var diagnostics: [Diagnostic]
    /// Offerings within it that could not be accepted.
    public var quarantinedOfferings: [QuarantinedRecord]

    /// A course that was accepted.
    public init(
        record: CourseRecord, original: [UInt8], offered: RecordCount,
        diagnostics: [Diagnostic] = [], quarantinedOfferings: [QuarantinedRecord] = []
    ) {
        self.record = record
        self.original = original
        self.offered = offered
        self.diagnostics = diagnostics
        self.quarantinedOfferings = quarantinedOfferings
    }
}

/// What a feed says is no longer offered.
public enum Withdrawal: Hashable, Sendable {
    /// All that a provider offers.
    case provider(ID<Provider>)
    /// A course with all its offerings.
    case course(ID<Course>)
    /// One offering.
    case offering(ID<Offering>)
    /// What the source calls so: a course with all its offerings, else the offerings of that name.
    ///
    /// For formats whose deletions name a record without saying what it is.
    case named(String)
}
