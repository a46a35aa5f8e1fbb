/// A course with its offerings: the unit that feeds hold, that is stored, and that is written.
public struct CourseRecord: Hashable, Sendable, Codable {
    /// The course.
    public let course: Course
    /// Its offerings, ordered as in the feed, each of ``course`` and with an id of its own.
    public let offerings: [Offering]

    /// Puts offerings with their course.
    ///
    /// - Returns: `nil` when an offering belongs to another course or two share an id.
    public init?(course: Course, offerings: [Offering]) {
        guard offerings.allSatisfy({ $0.course == course.id }), Self.haveOwnIDs(offerings) else {
            return nil
        }
        self.course = course
        self.offerings = offerings
    }

    private static func haveOwnIDs(_ offerings: [Offering]) -> Bool {
        guard offerings.count <= 8 else {
            return Set(offerings.map(\.id)).count == offerings.count
        }
        // Most courses have few offerings; comparing costs less than hashing then.
        for index in offerings.indices.dropFirst() {
            for other in 0..<index where offerings[other].id == offerings[index].id { return false }
        }
        return true
    }
}
