import CourseModel

/// How a run changed things of one kind.
public struct ChangeCounts: Hashable, Sendable {
    /// Seen for the first time.
    public var added: Int
    /// Known, and now said differently.
    public var changed: Int
    /// Known, and said as before.
    public var unchanged: Int
    /// Vanished while still to come.
    public var closed: Int
    /// Vanished when it had started or its time was over.
    public var expired: Int
    /// Closed because the feed says that it is withdrawn.
    public var withdrawn: Int
    /// Back after it was closed, expired or withdrawn.
    public var reopened: Int

    /// Counts.
    public init(
        added: Int = 0, changed: Int = 0, unchanged: Int = 0, closed: Int = 0, expired: Int = 0,
        withdrawn: Int = 0, reopened: Int = 0
    ) {
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        self.closed = closed
        self.expired = expired
        self.withdrawn = withdrawn
        self.reopened = reopened
    }

    /// Whether nothing but unchanged things were seen.
    public var isUnchanged: Bool {
        added + changed + closed + expired + withdrawn + reopened == 0
    }

    /// Everything that is no longer offered: closed, expired and withdrawn together.
    public var gone: Int { closed + expired + withdrawn }
}

/// How a run changed the catalogue.
///
/// A course counts as changed when its own fields changed; that one of its offerings did counts with
/// the offerings.
public struct FeedChanges: Hashable, Sendable {
    /// Of courses.
    public var courses: ChangeCounts
    /// Of offerings.
    public var offerings: ChangeCounts
    /// Of providers.
    public var providers: ChangeCounts

    /// Counts.
    public init(
        courses: ChangeCounts = ChangeCounts(), offerings: ChangeCounts = ChangeCounts(),
        providers: ChangeCounts = ChangeCounts()
    ) {
        self.courses = courses
        self.offerings = offerings
        self.providers = providers
    }

    /// Whether nothing but unchanged things were seen.
    public var isUnchanged: Bool {
        courses.isUnchanged && offerings.isUnchanged && providers.isUnchanged
    }
}

/// One thing that a run changed.
public struct Change: Hashable, Sendable {
    /// What happened to it.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Seen for the first time.
        case added
        /// Said differently than before.
        case changed
        /// Vanished while still to come.
        case closed
        /// Vanished when it had started or its time was over.
        case expired
        /// The feed says that it is withdrawn, or its run was rolled back.
        case withdrawn
        /// Back after it was gone.
        case reopened
        /// Shown otherwise by a partner's correction; its feed says the same as before.
        case curated
    }

    /// What happened.
    public var kind: Kind
    /// The course.
    public var course: ID<Course>
    /// The offering; `nil` when it is about the course itself.
    public var offering: ID<Offering>?

    /// One change.
    public init(_ kind: Kind, course: ID<Course>, offering: ID<Offering>? = nil) {
        self.kind = kind
        self.course = course
        self.offering = offering
    }
}
