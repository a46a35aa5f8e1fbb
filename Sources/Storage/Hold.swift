import CourseModel

/// Why a feed waits for a person.
public struct Hold: Hashable, Sendable, CustomStringConvertible {
    /// What looked wrong.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// The feed holds nothing, while the source had something.
        case emptyFeed = "empty-feed"
        /// More courses or offerings that were still to come vanished than the limit allows.
        case tooManyLost = "too-many-lost"
        /// Most of what vanished came back under another id with the same title.
        case idSchemeChanged = "id-scheme-changed"
    }

    /// What looked wrong.
    public var reason: Reason
    /// What vanished while it was still to come.
    public var lost: RecordCount
    /// What the source had that was still to come.
    public var current: RecordCount
    /// How many of the vanished courses came back under another id with the same title.
    public var renamedCourses: Int

    /// Why a feed waits.
    public init(
        reason: Reason, lost: RecordCount, current: RecordCount, renamedCourses: Int = 0
    ) {
        self.reason = reason
        self.lost = lost
        self.current = current
        self.renamedCourses = renamedCourses
    }

    /// What happened, in a sentence.
    public var description: String {
        switch reason {
        case .emptyFeed:
            "the feed is empty, while the source had \(current)"
        case .tooManyLost:
            "\(lost.courses) of \(current.courses) courses and \(lost.offerings) of "
                + "\(current.offerings) offerings that were still to come are gone"
        case .idSchemeChanged:
            "\(lost.courses) of \(current.courses) courses are gone, and \(renamedCourses) of them "
                + "are back under another id: the source seems to have renumbered its records"
        }
    }
}
