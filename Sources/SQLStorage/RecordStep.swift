import CourseModel
import Storage

/// What a run does to one course and its offerings.
struct RecordStep {
    /// The course's key.
    let course: Int
    let id: ID<Course>
    /// Its state afterwards.
    var state = RecordState.present
    /// What happens to the course itself; `nil` when it stays as it is.
    var change: Change.Kind?
    /// What happens to its offerings, by key.
    var offerings: [(key: String, kind: Change.Kind)] = []
    /// How many of its offerings stay as they are.
    var unchangedOfferings = 0
    /// Offerings that leave the record, with the state in which they are kept.
    var leaving: [(key: String, state: RecordState)] = []
    /// Offerings that come back into the record.
    var returning: [String] = []
    /// The version that was current.
    var oldVersion: Int?
    /// The version that becomes current.
    var newVersion: Int?
    /// The hashes of the new version.
    var content: UInt64 = 0
    var surroundings: UInt64 = 0
    /// Whether the new version says the same, so that it takes the old one's place.
    var isSame = false
    /// Whether the course was not known to readers before.
    var isNew = false
    /// Whether the course vanishes while it is still to come.
    var losesCourse = false
    /// How many offerings vanish while they are still to come.
    var lostOfferings = 0
    /// The title, to know a renumbered course again.
    var title = ContentHash(0)

    init(course: Int, id: ID<Course>) {
        self.course = course
        self.id = id
    }

    /// Adds the step to the counts of its run.
    func count(in changes: inout FeedChanges) {
        if let change {
            changes.courses.count(change)
        } else if newVersion != nil {
            changes.courses.unchanged += 1
        }
        for (_, kind) in offerings { changes.offerings.count(kind) }
        changes.offerings.unchanged += unchangedOfferings
    }

    /// The step as changes that can be listed.
    var changes: [Change] {
        var list: [Change] = []
        if let change { list.append(Change(change, course: id)) }
        for (key, kind) in offerings {
            list.append(Change(kind, course: id, offering: RecordDigest.offering(key, in: id)))
        }
        return list
    }
}
