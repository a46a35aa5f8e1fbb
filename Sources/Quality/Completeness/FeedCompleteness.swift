import CourseModel

/// How much of what learners need the courses of a feed say, and what would raise that most.
public struct FeedCompleteness: Sendable {
    /// What the feed's owner could add.
    public struct Gain: Hashable, Sendable {
        /// What is to be added.
        public let field: CompletenessField
        /// In how many courses it is missing, at least in part.
        public let courses: Int
        /// By how many points the feed's score would rise.
        public let points: Double
    }

    /// How many courses were measured.
    public private(set) var courses = 0
    /// The courses that say least, at most ``lowestCount`` of them, the lowest first.
    public private(set) var lowest: [CourseCompleteness] = []
    /// How many courses are kept in ``lowest``.
    public static let lowestCount = 10
    private var points = [Double](repeating: 0, count: CompletenessField.allCases.count)
    private var lacking = [Int](repeating: 0, count: CompletenessField.allCases.count)

    /// A feed without courses yet.
    public init() {}

    /// Counts a course in.
    public mutating func add(_ course: CourseCompleteness) {
        courses += 1
        for gain in course.lacking {
            let place = Self.places[gain.field] ?? 0
            points[place] += gain.points
            lacking[place] += 1
        }
        let isFull = lowest.count == Self.lowestCount
        if isFull, let last = lowest.last, course.score >= last.score { return }
        if isFull { lowest.removeLast() }
        let place = lowest.firstIndex { $0.score > course.score } ?? lowest.endIndex
        lowest.insert(course, at: place)
    }

    /// 0...100: the mean of the courses; `nil` without courses.
    public var score: Double? {
        guard courses > 0 else { return nil }
        return max(0, 100 - points.reduce(0, +) / Double(courses))
    }

    /// What is missing, what would raise the score most first.
    public var gains: [Gain] {
        guard courses > 0 else { return [] }
        return CompletenessField.allCases.enumerated().compactMap { place, field in
            lacking[place] == 0
                ? nil
                : Gain(
                    field: field, courses: lacking[place],
                    points: points[place] / Double(courses))
        }.sorted { $0.points > $1.points }
    }

    private static let places = Dictionary(
        uniqueKeysWithValues: CompletenessField.allCases.enumerated().map { ($1, $0) })
}
