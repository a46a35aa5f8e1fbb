import CourseModel

/// How much of what learners need a course says.
public struct CourseCompleteness: Hashable, Sendable {
    /// The course.
    public let course: ID<Course>
    /// Its title, in Dutch when it has one.
    public let title: String
    /// 0...100.
    public let score: Double
    /// What it lacks, with the points that it would bring, the most first.
    public let lacking: [Gain]

    /// What would raise a score.
    public struct Gain: Hashable, Sendable {
        /// What is to be added.
        public let field: CompletenessField
        /// The points that it would bring.
        public let points: Double
    }

    /// Measures a course.
    public init(_ record: CourseRecord) {
        course = record.course.id
        title = record.course.title.text() ?? record.course.nativeID
        let gains = CompletenessField.allCases.map {
            Gain(field: $0, points: Double($0.weight) * (1 - $0.share(in: record)))
        }
        lacking = gains.filter { $0.points > 0 }.sorted { $0.points > $1.points }
        score = max(0, 100 - gains.reduce(0) { $0 + $1.points })
    }
}
