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

/// A number of courses and of offerings.
public struct RecordCount: Hashable, Sendable, Codable {
    /// How many courses.
    public var courses: Int
    /// How many offerings.
    public var offerings: Int

    /// A number of courses and of offerings.
    public init(courses: Int = 0, offerings: Int = 0) {
        self.courses = courses
        self.offerings = offerings
    }

    /// The sum.
    public static func + (first: Self, second: Self) -> Self {
        RecordCount(
            courses: first.courses + second.courses,
            offerings: first.offerings + second.offerings)
    }

    /// Adds to a count.
    public static func += (first: inout Self, second: Self) { first = first + second }
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

/// A record that could not be accepted, kept so that nothing is lost.
public struct QuarantinedRecord: Hashable, Sendable {
    /// What sort of record it is.
    public enum Kind: String, Hashable, Sendable, Codable {
        /// A course, with the offerings in it.
        case course
        /// One offering.
        case offering
    }

    /// What sort of record it is.
    public var kind: Kind
    /// What the feed calls it, when that could be read.
    public var nativeID: String?
    /// The file it stands in.
    public var file: String
    /// Where it starts there.
    public var position: SourcePosition?
    /// Its bytes as they stand in the feed.
    public var original: [UInt8]
    /// Why it was not accepted, the weightiest first; never empty.
    public var reasons: [Diagnostic]
    /// How many courses and offerings it stands for.
    public var count: RecordCount

    /// A record that could not be accepted.
    public init(
        kind: Kind, nativeID: String?, file: String, position: SourcePosition?, original: [UInt8],
        reasons: [Diagnostic], count: RecordCount
    ) {
        self.kind = kind
        self.nativeID = nativeID
        self.file = file
        self.position = position
        self.original = original
        self.reasons = reasons
        self.count = count
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
}
