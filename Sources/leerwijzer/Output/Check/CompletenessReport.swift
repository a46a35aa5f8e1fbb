import Answers
import Quality

/// What machines can rely on for the completeness of a feed.
struct CompletenessReport: Encodable {
    struct Gain: Encodable {
        var field: String
        var courses: Int
        var points: Double
    }

    struct Course: Encodable {
        var course: String
        var title: String
        var score: Double
        var lacking: [String]
    }

    /// 0...100; `null` for a feed without courses.
    var score: Nullable<Double>
    /// What would raise the score most, first.
    var raise: [Gain]
    /// The courses that say least; all of them with `--scores`.
    var lowest: [Course]

    init(_ completeness: FeedCompleteness) {
        score = Nullable(completeness.score.map(Self.tenths))
        raise = completeness.gains.map {
            Gain(
                field: $0.field.rawValue, courses: $0.courses, points: Self.tenths($0.points))
        }
        lowest = completeness.lowest.map { course in
            Course(
                course: course.course.native.description, title: course.title,
                score: Self.tenths(course.score), lacking: course.lacking.map(\.field.rawValue))
        }
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
