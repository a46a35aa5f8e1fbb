/// Finds the best path of a problem by branch and bound.
///
/// It walks the sequences of candidates, most promising first, and leaves out what provably cannot
/// hold a better path than the best one found: the gaps that could still be closed weigh too little,
/// or closing them costs, takes or travels too much. It is exact unless it runs into its limit of
/// sequences; the answer says which.
public struct PathSearch: Sendable {
    /// The problem.
    public let problem: PathProblem
    /// How many sequences are looked at before the search gives up proving.
    public let sequenceLimit: Int

    /// A search.
    public init(_ problem: PathProblem, sequenceLimit: Int = 100_000) {
        self.problem = problem
        self.sequenceLimit = sequenceLimit
    }

    /// A path with what it comes to.
    public struct Answer: Hashable, Sendable {
        /// Its steps, in order.
        public var steps: [PathProblem.Step]
        /// What they come to.
        public var measures: PathMeasures
        /// Whether no other path of the problem is better.
        public var isProven: Bool
        /// How many sequences were looked at.
        public var sequences: Int
    }

    /// The best path for a goal.
    ///
    /// - Parameter closing: The least weight of gaps that it closes.
    /// - Returns: `nil` when no path was found that closes that much. Of equal paths, the one whose
    ///   candidates stand first.
    public func best(_ goal: PathGoal, closing target: Int = 1) -> Answer? {
        var walk = Walk(problem, goal, target: target, limit: sequenceLimit)
        walk.run()
        guard let steps = walk.bestSteps, let measures = walk.bestMeasures else { return nil }
        return Answer(
            steps: steps, measures: measures, isProven: !walk.isCut, sequences: walk.sequences)
    }

    /// Whether the last word on a goal is that no path closes so much: `best` found none and was not
    /// cut short.
    public func isProvenImpossible(_ goal: PathGoal, closing target: Int) -> Bool {
        var walk = Walk(problem, goal, target: target, limit: sequenceLimit)
        walk.run()
        return walk.bestSteps == nil && !walk.isCut
    }

    /// The walk through the sequences.
    private struct Walk {
        let problem: PathProblem
        let goal: PathGoal
        let target: Int
        let limit: Int

        var steps: [PathProblem.Step] = []
        var closed = GapSet()
        var measures = PathMeasures()
        var certainCents = 0
        var courses: Set<Int> = []
        var bestSteps: [PathProblem.Step]?
        var bestMeasures: PathMeasures?
        var bestKey: [Int] = []
        var sequences = 0
        var isCut = false

        init(_ problem: PathProblem, _ goal: PathGoal, target: Int, limit: Int) {
            self.problem = problem
            self.goal = goal
            self.target = target
            self.limit = limit
        }

        /// A candidate that may yet be taken, with the weight that it would add.
        struct Open {
            var number: Int
            var gain: Int
        }

        mutating func run() {
            let open = problem.candidates.indices.map { Open(number: $0, gain: 0) }
            extend(open)
        }

        private mutating func extend(_ before: [Open]) {
            let open = stillOpen(before)
            guard canImprove(open) else { return }
            // What adds most for its price first, so that a good path is soon there to measure by.
            let children = open.sorted { first, second in
                let firstWorth = first.gain * (worth(second) + 1)
                let secondWorth = second.gain * (worth(first) + 1)
                return firstWorth != secondWorth
                    ? firstWorth > secondWorth : first.number < second.number
            }
            for child in children {
                guard let step = problem.placement(of: child.number, after: steps) else { continue }
                guard sequences < limit else {
                    isCut = true
                    return
                }
                sequences += 1
                take(step, gain: child.gain) { walk in
                    walk.note()
                    walk.extend(open)
                }
            }
        }

        /// What a goal would rather have less of.
        private func worth(_ open: Open) -> Int {
            let candidate = problem.candidates[open.number]
            switch goal {
            case .mostComplete, .cheapest: return (candidate.cents ?? 100_000) / 100
            case .fastest:
                return Int(max(candidate.start ?? 0, problem.limits.firstDay) + candidate.days)
                    - Int(problem.limits.firstDay)
            case .nearest: return candidate.minutes
            }
        }

        private mutating func take(
            _ step: PathProblem.Step, gain: Int, _ body: (inout Walk) -> Void
        ) {
            let candidate = problem.candidates[step.candidate]
            let before = (closed, measures, certainCents)
            steps.append(step)
            courses.insert(candidate.course)
            closed = closed.union(candidate.closes)
            measures.closed += gain
            measures.unknownPrices += candidate.cents == nil ? 1 : 0
            measures.cents += candidate.cents ?? 0
            measures.finish = max(measures.finish, step.end)
            measures.minutes += candidate.minutes
            measures.steps += 1
            certainCents += candidate.certainCents ?? 0
            body(&self)
            steps.removeLast()
            courses.remove(candidate.course)
            (closed, measures, certainCents) = before
        }

        /// Keeps the path that stands when it is the best so far.
        private mutating func note() {
            guard measures.closed >= target else { return }
            let key = measures.key(goal)
            if let bestSteps {
                if bestKey.lexicographicallyPrecedes(key) { return }
                if key == bestKey,
                    !steps.map(\.candidate).lexicographicallyPrecedes(bestSteps.map(\.candidate))
                {
                    return
                }
            }
            bestSteps = steps
            bestMeasures = measures
            bestKey = key
        }

        /// The candidates that may stand anywhere further on.
        private func stillOpen(_ before: [Open]) -> [Open] {
            let lastStart = steps.last?.start ?? .min
            var open: [Open] = []
            open.reserveCapacity(before.count)
            for item in before {
                let candidate = problem.candidates[item.number]
                guard !courses.contains(candidate.course) else { continue }
                if let start = candidate.start, start < lastStart { continue }
                if let budget = problem.limits.budget,
                    certainCents + (candidate.certainCents ?? 0) > budget
                {
                    continue
                }
                let gain = candidate.closes.subtracting(closed).weight(problem.weights)
                if gain > 0 { open.append(Open(number: item.number, gain: gain)) }
            }
            return open
        }

        /// Whether a longer path may be better than the best one found.
        private func canImprove(_ open: [Open]) -> Bool {
            guard !open.isEmpty else { return false }
            var all = closed
            for item in open { all = all.union(problem.candidates[item.number].closes) }
            var mostClosed = all.weight(problem.weights)
            if let budget = problem.limits.budget {
                mostClosed = min(
                    mostClosed,
                    measures.closed + affordable(open, budget: budget - certainCents))
            }
            guard mostClosed >= target, mostClosed > measures.closed else { return false }
            guard bestSteps != nil else { return true }
            var least = measures
            least.closed = mostClosed
            least.steps += 1
            // A path that counts must close this much more.
            let needed = max(goal == .mostComplete ? mostClosed : target, 0) - measures.closed
            if needed > 0 {
                least.cents += leastSum(open, needed) { problem.candidates[$0].cents ?? 0 }
                least.minutes += leastSum(open, needed) { problem.candidates[$0].minutes }
            }
            return !bestKey.lexicographicallyPrecedes(least.key(goal))
        }

        /// At most so much weight is to be had for a budget, if candidates could be bought in part.
        private func affordable(_ open: [Open], budget: Int) -> Int {
            PathBounds.mostGain(
                open.map { ($0.gain, problem.candidates[$0.number].certainCents ?? 0) },
                within: budget)
        }

        /// At least so much of a measure is needed for a weight, if candidates could be had in part.
        private func leastSum(_ open: [Open], _ needed: Int, _ measure: (Int) -> Int) -> Int {
            PathBounds.leastSum(open.map { ($0.gain, measure($0.number)) }, gaining: needed)
        }
    }
}
