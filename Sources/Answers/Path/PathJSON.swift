import CourseModel
import Matching

/// What machines can rely on for `path`.
public struct PathJSON: Encodable {
    struct Path: Encodable {
        var goals: [String]
        var closes: [String]
        var open: [String]
        /// The weight of the closed gaps as a share of all, 0...1.
        var share: Double
        /// What is to be paid after funding for the steps whose price is known.
        var cost: Amount
        var unknownPrices: Int
        var finish: String
        var travelMinutes: Int
        var proofs: [String: Proof]
        var steps: [Beside<ResultRow.JSON, Step>]
    }

    struct Amount: Encodable {
        var amount: String
        var currency = "EUR"
    }

    struct Proof: Encodable {
        /// Whether no path within the limits is better.
        var proven: Bool
        /// What no path goes beyond, when that is not proven: a share of the weight, euro, a day,
        /// or minutes.
        var bound: Nullable<String>
    }

    /// What is told of a step beside its offering.
    struct Step: Encodable {
        var from: String
        var to: String
        var startIsChosen: Bool
        var endIsKnown: Bool
        var hoursPerWeek: Nullable<Double>
        var net: Nullable<Amount>
        var closes: [String]
        var reasons: [String]
    }

    struct Open: Encodable {
        var skill: String
        /// `not-taught`, `outside-limit`, `for-others`, `events-only` or `does-not-combine`.
        var why: String
        var limit: Nullable<String>
        var offerings: Int
    }

    struct Relaxation: Encodable {
        /// `budget` or `deadline`.
        var limit: String
        /// How much more, in euro or days.
        var by: String
        var closes: [String]
    }

    var gap: [String]
    var notUnderstood: [NotUnderstoodJSON]
    var paths: [Path]
    var open: [Open]
    var relaxations: [Relaxation]
    var leftOut: Int
    var eligible: Int
    var considered: Int
    var withoutStart: Int

    init(_ answer: PathAnswer) throws {
        let results = answer.results
        func id(_ skill: Int) -> String { answer.context.id(skill) }
        let all = max(1, results.weights.reduce(0, +))
        gap = results.gap.map(id)
        notUnderstood = answer.context.notUnderstoodJSON
        paths = try results.paths.map { path in
            Path(
                goals: path.goals.map(\.rawValue), closes: path.closes.map(id),
                open: path.open.map(id), share: Self.share(path.measures.closed, of: all),
                cost: Amount(amount: FundingJSON.amount(path.measures.cents)),
                unknownPrices: path.measures.unknownPrices, finish: path.finish.iso,
                travelMinutes: path.measures.minutes,
                proofs: Dictionary(
                    uniqueKeysWithValues: path.proofs.map {
                        ($0.rawValue, Self.proof($1, $0, all))
                    }),
                steps: try path.steps.map { step in
                    Beside(
                        try answer.row(step).json,
                        Step(
                            from: step.start.iso, to: step.end.iso,
                            startIsChosen: step.startIsChosen, endIsKnown: step.endIsKnown,
                            hoursPerWeek: Nullable(step.hoursPerWeek),
                            net: Nullable(
                                step.cents.map { Amount(amount: FundingJSON.amount($0)) }),
                            closes: step.closes.map(id),
                            reasons: answer.reasons(step).map {
                                $0.text(in: answer.language.reasons)
                            }))
                })
        }
        open = results.open.map { gap in
            switch gap.why {
            case .notTaught:
                Open(skill: id(gap.skill), why: "not-taught", limit: Nullable(nil), offerings: 0)
            case .refused(.limit(let must), let count):
                Open(
                    skill: id(gap.skill), why: "outside-limit", limit: Nullable(must.rawValue),
                    offerings: count)
            case .refused(.audience, let count):
                Open(
                    skill: id(gap.skill), why: "for-others", limit: Nullable(nil),
                    offerings: count)
            case .refused(.event, let count):
                Open(
                    skill: id(gap.skill), why: "events-only", limit: Nullable(nil),
                    offerings: count)
            case .doesNotCombine(let count):
                Open(
                    skill: id(gap.skill), why: "does-not-combine", limit: Nullable(nil),
                    offerings: count)
            }
        }
        relaxations = results.relaxations.map { relaxation in
            switch relaxation.need {
            case .cents(let cents):
                Relaxation(
                    limit: "budget", by: FundingJSON.amount(cents),
                    closes: relaxation.closes.map(id))
            case .days(let days):
                Relaxation(
                    limit: "deadline", by: "\(days)", closes: relaxation.closes.map(id))
            }
        }
        leftOut = results.leftOut
        eligible = results.eligible
        considered = results.considered
        withoutStart = results.withoutStart
    }

    private static func share(_ weight: Int, of all: Int) -> Double {
        (Double(weight) / Double(all) * 1000).rounded() / 1000
    }

    private static func proof(_ proof: PathProof, _ goal: PathGoal, _ all: Int) -> Proof {
        guard case .bound(let bound) = proof else {
            return Proof(proven: true, bound: Nullable(nil))
        }
        let text =
            switch goal {
            case .mostComplete: "\(share(bound, of: all))"
            case .cheapest: FundingJSON.amount(bound)
            case .fastest: CalendarDate(daysSince1970: Int32(bound)).iso
            case .nearest: "\(bound)"
            }
        return Proof(proven: false, bound: Nullable(text))
    }
}
