import Answers
import CourseModel
import Storage

/// What machines can rely on for `report quality`.
public struct QualityAnswer: Encodable {
    struct Counts: Encodable {
        var offered: Int
        var accepted: Int
        var quarantined: Int
    }

    struct Gain: Encodable {
        var field: String
        var courses: Int
        var points: Double
    }

    struct Fault: Encodable {
        var severity: String
        var code: String
        var title: String
        var reason: Nullable<String>
        var count: Int
        var examples: [DiagnosticReport]
    }

    struct Repair: Encodable {
        var repair: String
        var code: Nullable<String>
        var field: Nullable<String>
        var courses: Int
        var offerings: Int
        var effect: Double
        var advice: String
        var gain: String
        var examples: [String]

        init(_ repair: FeedRepair, _ wording: QualityWording) {
            switch repair.kind {
            case .accept(let fault):
                (self.repair, code, field) = ("accept", Nullable(fault.name), Nullable(nil))
            case .newOccasion:
                (self.repair, code, field) = ("new-occasion", Nullable(nil), Nullable(nil))
            case .say(let missing):
                (self.repair, code, field) = ("say", Nullable(nil), Nullable(missing.rawValue))
            }
            courses = repair.courses
            offerings = repair.offerings
            effect = (repair.effect * 100).rounded() / 100
            advice = wording.advice(repair)
            gain = wording.gain(repair)
            examples = repair.examples
        }
    }

    struct Feed: Encodable {
        var source: String
        var partner: Nullable<String>
        var format: String
        var fetched: String
        var verdict: String
        var courses: Counts
        var offerings: Counts
        /// How many offerings learners can still take up.
        var ahead: Int
        /// 0...100; `null` without courses.
        var completeness: Nullable<Double>
        var raise: [Gain]
        var faults: [Fault]
        /// All of them, those that help learners most first.
        var repairs: [Repair]
    }

    var generation: Int
    var feeds: [Feed]

    /// What is told of sources.
    public init(_ feeds: [FeedQuality], generation: Generation, language: AnswerLanguage) {
        let wording = QualityWording(language: language)
        self.generation = generation.number
        self.feeds = feeds.map { feed in
            let run = feed.run
            return Feed(
                source: feed.status.source.id.value,
                partner: Nullable(feed.status.source.partner?.value), format: run.format,
                fetched: run.startedAt.iso, verdict: feed.status.lastRun.verdict.rawValue,
                courses: Counts(
                    offered: run.offered.courses, accepted: run.accepted.courses,
                    quarantined: run.quarantined.courses),
                offerings: Counts(
                    offered: run.offered.offerings, accepted: run.accepted.offerings,
                    quarantined: run.quarantined.offerings), ahead: feed.ahead,
                completeness: Nullable(feed.completeness.score.map(Self.tenths)),
                raise: feed.completeness.gains.map {
                    Gain(
                        field: $0.field.rawValue, courses: $0.courses,
                        points: Self.tenths($0.points))
                },
                faults: feed.faults.map {
                    Fault(
                        severity: $0.severity.rawValue, code: $0.code.name,
                        title: wording.title($0.code), reason: Nullable(wording.reason($0.code)),
                        count: $0.count, examples: $0.examples.map { DiagnosticReport($0) })
                }, repairs: feed.repairs.map { Repair($0, wording) })
        }
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
