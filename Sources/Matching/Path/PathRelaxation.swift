import CourseModel

/// What would make a more complete path possible.
public struct PathRelaxation: Hashable, Sendable {
    /// What it takes.
    public enum Need: Hashable, Sendable {
        /// So many euro cents above the budget.
        case cents(Int)
        /// So many days after the deadline.
        case days(Int)
    }

    /// What it takes.
    public let need: Need
    /// The skills of the gap that the path then closes, weightiest first.
    public let closes: [Int]
}

/// Looks for a more complete path beyond one limit.
struct PathRelaxer {
    let sequenceLimit: Int
    let candidateLimit: Int

    /// The least that a limit has to give for a path that closes more than a weight.
    ///
    /// - Parameters:
    ///   - problem: The problem, without that limit.
    ///   - budget: The limit, when it is the budget; else the deadline is.
    func relaxation(
        of problem: PathProblem, beyond closed: Int, budget: Int?, deadline: Int32?, gap: [Int]
    ) -> PathRelaxation? {
        let reduced = PathReduction(limit: candidateLimit).reduced(problem).problem
        let search = PathSearch(reduced, sequenceLimit: sequenceLimit)
        let goal: PathGoal = budget == nil ? .fastest : .cheapest
        guard let answer = search.best(goal, closing: closed + 1) else { return nil }
        let taken = answer.steps.map { reduced.candidates[$0.candidate] }
        let closes = taken.reduce(GapSet()) { $0.union($1.closes) }.places.map { gap[$0] }
        if let budget {
            let cents = taken.reduce(0) { $0 + ($1.certainCents ?? 0) }
            // The cheapest after funding need not be above a budget that counts the price.
            return cents > budget
                ? PathRelaxation(need: .cents(cents - budget), closes: closes) : nil
        }
        guard let deadline, answer.measures.finish > deadline else { return nil }
        return PathRelaxation(
            need: .days(Int(answer.measures.finish - deadline)), closes: closes)
    }
}
