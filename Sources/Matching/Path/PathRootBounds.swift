/// What no path of a problem can go beyond, whatever the search finds.
struct PathRootBounds {
    private let problem: PathProblem

    init(_ problem: PathProblem) { self.problem = problem }

    /// The most weight that can be closed, or the least of the goal's measure for closing a weight.
    func bound(_ goal: PathGoal, closing target: Int) -> Int {
        let candidates = problem.candidates
        func items(
            _ measure: (PathProblem.Candidate) -> Int
        ) -> [(gain: Int, measure: Int)] {
            candidates.map { ($0.closes.weight(problem.weights), measure($0)) }
        }
        switch goal {
        case .mostComplete:
            let all = candidates.reduce(GapSet()) { $0.union($1.closes) }.weight(problem.weights)
            guard let budget = problem.limits.budget else { return all }
            return min(all, PathBounds.mostGain(items { $0.certainCents ?? 0 }, within: budget))
        case .cheapest: return PathBounds.leastSum(items { $0.cents ?? 0 }, gaining: target)
        case .nearest: return PathBounds.leastSum(items(\.minutes), gaining: target)
        case .fastest:
            // The first day by which enough could be closed if everything fitted beside everything.
            let ends = candidates.map { candidate in
                (
                    end: max(candidate.start ?? .min, problem.limits.firstDay)
                        + candidate.days - 1, closes: candidate.closes
                )
            }.sorted { $0.end < $1.end }
            var closed = GapSet()
            for (end, closes) in ends {
                closed = closed.union(closes)
                if closed.weight(problem.weights) >= target { return Int(end) }
            }
            return ends.last.map { Int($0.end) } ?? 0
        }
    }

    /// Whether a path is as good as its bound, which proves it the best in the goal's own measure.
    static func isReached(_ bound: Int, _ goal: PathGoal, _ measures: PathMeasures) -> Bool {
        switch goal {
        case .mostComplete: measures.closed >= bound
        case .cheapest: measures.unknownPrices == 0 && measures.cents <= bound
        case .fastest: Int(measures.finish) <= bound
        case .nearest: measures.minutes <= bound
        }
    }
}
