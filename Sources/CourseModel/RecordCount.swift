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

    /// Whether there is none of either.
    public var isZero: Bool { courses == 0 && offerings == 0 }

    /// The sum.
    public static func + (first: Self, second: Self) -> Self {
        RecordCount(
            courses: first.courses + second.courses,
            offerings: first.offerings + second.offerings)
    }

    /// Adds to a count.
    public static func += (first: inout Self, second: Self) { first = first + second }
}

extension RecordCount: CustomStringConvertible {
    /// `12 courses, 30 offerings`.
    public var description: String { "\(courses) courses, \(offerings) offerings" }
}
