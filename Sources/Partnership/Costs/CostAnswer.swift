import Answers
import CourseModel
import Matching

/// What machines can rely on for `report costs`; amounts are euro, as decimal text.
public struct CostAnswer: Encodable {
    struct Group: Encodable {
        var kind: String
        var courses: Int
        var priced: Int
        var free: Int
        var medianPrice: Nullable<String>
        var medianPerHour: Nullable<String>
    }

    struct Net: Encodable {
        var scheme: String
        var name: String
        var price: String
        var source: String
        var checked: String
    }

    struct Equivalent: Encodable {
        var course: String
        var title: String
        var provider: String
        var price: String
        var saving: String
        var shareOfSkills: Double
        var travelMinutes: Nullable<Int>
    }

    struct Row: Encodable {
        var course: String
        var offering: String
        var title: String
        var provider: String
        var kind: String
        var level: Nullable<Int>
        var price: String
        var excludesVAT: Bool
        var hours: Nullable<Double>
        /// stated, credits, weekly or contact.
        var hoursBasis: Nullable<String>
        var perHour: Nullable<String>
        var net: Nullable<Net>
        var equivalent: Nullable<Equivalent>
    }

    var priced: Int
    var groups: [Group]
    var courses: [Row]

    /// What is told of an overview.
    public init(_ overview: CostOverview, language: AnswerLanguage) {
        func title(_ course: String, _ english: String) -> String {
            language(nl: course, en: english)
        }
        priced = overview.priced
        groups = overview.groups.map {
            Group(
                kind: $0.kind.rawValue, courses: $0.courses, priced: $0.priced, free: $0.free,
                medianPrice: Nullable($0.medianCents.map(Self.euro)),
                medianPerHour: Nullable($0.medianCentsPerHour.map(Self.euro)))
        }
        courses = overview.rows.map { row in
            let (course, cost) = (row.course, row.cost)
            return Row(
                course: course.id.value, offering: cost.offering.value,
                title: title(course.title, course.englishTitle), provider: course.providerName,
                kind: course.kind.rawValue, level: Nullable(course.level.eqf),
                price: Self.euro(cost.cents), excludesVAT: cost.excludesVAT,
                hours: Nullable(cost.hours.map { ($0.hours * 10).rounded() / 10 }),
                hoursBasis: Nullable(cost.hours?.basis.rawValue),
                perHour: Nullable(cost.centsPerHour.map(Self.euro)),
                net: Nullable(
                    cost.net.map {
                        Net(
                            scheme: $0.rule.scheme.name,
                            name: language(nl: $0.rule.name.dutch, en: $0.rule.name.english),
                            price: Self.euro($0.cents), source: $0.rule.source,
                            checked: $0.rule.checked.iso)
                    }),
                equivalent: Nullable(
                    row.equivalent.map { other, found in
                        Equivalent(
                            course: other.id.value, title: title(other.title, other.englishTitle),
                            provider: other.providerName, price: Self.euro(found.cents),
                            saving: Self.euro(cost.cents - found.cents),
                            shareOfSkills: (found.share * 100).rounded() / 100,
                            travelMinutes: Nullable(found.minutes.map { Int($0.rounded(.up)) }))
                    }))
        }
    }

    private static func euro(_ cents: Int) -> String {
        FixedDecimal(scaled: Int64(cents) * 100).text(minimumPlaces: 2)
    }
}
