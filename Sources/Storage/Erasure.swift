import CourseModel

/// What is to be erased of a catalogue's past.
///
/// Feeds name contact persons, and every version that a feed ever had is kept: what partners and the
/// law no longer allow to be kept goes with this.
public enum ErasureScope: Hashable, Sendable {
    /// What was past when a day (UTC) began, of one source or of all.
    ///
    /// - Versions of courses that a later run replaced before that day, with their originals and what
    ///   was noticed in them. A course's history then begins with its oldest version that is left.
    /// - Courses, offerings and providers that left the catalogue before that day. Of a provider that
    ///   courses may still name, its ways to be reached.
    /// - What the accounts of runs of before that day quote from feeds, and what is needed to take
    ///   those runs back: a rollback goes back no further.
    case past(before: CalendarDate, of: ID<Source>?)
    /// Everything that is past of one course: earlier versions with their originals, offerings that
    /// left it, what is in quarantine under its id; and the course itself, when it has left.
    case course(ID<Course>)
    /// Everything of a source that has no course in the catalogue any more, but for the accounts of
    /// its runs.
    case source(ID<Source>)
}

/// What was erased.
public struct Erasure: Hashable, Sendable {
    /// Courses that had left the catalogue.
    public var courses = 0
    /// Offerings that had left courses which are still there.
    public var offerings = 0
    /// Providers that had left, or whose ways to be reached were erased.
    public var providers = 0
    /// Versions of courses, those of erased courses included.
    public var versions = 0
    /// Records in quarantine.
    public var quarantined = 0
    /// Sources that were left alone because a feed of theirs waits for a person.
    public var waiting: [ID<Source>] = []
    /// Sources that were left alone because they still have courses in the catalogue.
    public var present: [ID<Source>] = []
    /// Whether the bytes are gone from the store's files as well; if not, something was reading or
    /// there was no room to write the files anew, and erasing once more does that.
    public var isWiped = false

    /// Nothing was erased.
    public init() {}

    /// Whether there was nothing to erase.
    public var isEmpty: Bool {
        courses == 0 && offerings == 0 && providers == 0 && versions == 0 && quarantined == 0
    }
}
