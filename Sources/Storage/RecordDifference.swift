import CourseModel

/// How one version of a record differs from the one before.
public struct RecordDifference: Hashable, Sendable {
    /// Whether the course's own fields, or the order of the offerings that stayed, differ.
    public var isCourseChanged: Bool
    /// The keys of offerings that were not there before.
    public var added: [String]
    /// The keys of offerings that say something else.
    public var changed: [String]
    /// How many offerings say the same.
    public var unchanged: Int
    /// The offerings that are there no longer, as they were.
    public var vanished: [RecordDigest.Item]

    /// Compares two versions.
    ///
    /// - Complexity: O(offerings).
    public init(from old: RecordDigest, to new: RecordDigest) {
        isCourseChanged = old.content != new.content
        added = []
        changed = []
        unchanged = 0
        vanished = []
        var places: [String: Int] = [:]
        for (place, item) in old.items.enumerated() { places[item.key] = place }
        var last = -1
        for item in new.items {
            guard let place = places.removeValue(forKey: item.key) else {
                added.append(item.key)
                continue
            }
            if place < last { isCourseChanged = true }
            last = place
            if old.items[place].content == item.content {
                unchanged += 1
            } else {
                changed.append(item.key)
            }
        }
        for item in old.items where places[item.key] != nil { vanished.append(item) }
    }
}
