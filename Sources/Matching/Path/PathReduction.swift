/// Makes a problem small enough to search.
struct PathReduction {
    /// How many candidates may stay.
    let limit: Int

    /// The problem without candidates that others can stand in for, and, when there are still too
    /// many, with only the best for each gap; the latter may leave the best path out.
    func reduced(_ problem: PathProblem) -> (problem: PathProblem, isReduced: Bool) {
        var result = problem
        result.candidates = undominated(problem.candidates)
        guard result.candidates.count > limit else { return (result, false) }
        let all = result.candidates
        var kept: Set<Int> = []
        var depth = 0
        // Round after round, the next best of each gap by each measure, until the limit.
        let rankings = problem.weights.indices.flatMap { gap -> [[Int]] in
            let closing = all.indices.filter { all[$0].closes.contains(gap) }
            return measures(problem).map { measure in
                closing.sorted { first, second in
                    let keys = (measure(all[first]), measure(all[second]))
                    return keys.0 != keys.1 ? keys.0 < keys.1 : first < second
                }
            }
        }
        while kept.count < limit, rankings.contains(where: { $0.count > depth }) {
            for ranking in rankings where ranking.count > depth && kept.count < limit {
                kept.insert(ranking[depth])
            }
            depth += 1
        }
        result.candidates = all.indices.filter(kept.contains).map { all[$0] }
        return (result, true)
    }

    /// What a candidate is good by; less is better.
    private func measures(
        _ problem: PathProblem
    ) -> [(PathProblem.Candidate) -> Int] {
        [
            { -$0.closes.weight(problem.weights) },
            { $0.cents ?? .max },
            { Int(max($0.start ?? 0, problem.limits.firstDay) + $0.days) },
            { $0.minutes },
        ]
    }

    /// The candidates for which no other of the same course can stand in.
    private func undominated(_ all: [PathProblem.Candidate]) -> [PathProblem.Candidate] {
        var courses: [Int: [Int]] = [:]
        for (number, candidate) in all.enumerated() {
            courses[candidate.course, default: []].append(number)
        }
        return all.indices.filter { number in
            !(courses[all[number].course] ?? []).contains { other in
                other != number && canStandIn(all[other], for: all[number])
                    // Of two that can stand in for each other, the first stays.
                    && (other < number || !canStandIn(all[number], for: all[other]))
            }
        }.map { all[$0] }
    }

    /// Whether every path with one candidate stays a path, no worse for any goal, with the other.
    private func canStandIn(
        _ other: PathProblem.Candidate, for candidate: PathProblem.Candidate
    ) -> Bool {
        other.start == candidate.start && other.days == candidate.days
            && other.availableUntil >= candidate.availableUntil && other.closes == candidate.closes
            && other.slots.isSubset(of: candidate.slots)
            && other.tenthsPerWeek == candidate.tenthsPerWeek && other.level == candidate.level
            && other.minutes <= candidate.minutes
            && isNoMore(other.cents, candidate.cents)
            && isNoMore(other.certainCents, candidate.certainCents)
    }

    private func isNoMore(_ cents: Int?, _ other: Int?) -> Bool {
        guard let other else { return true }
        return cents.map { $0 <= other } ?? false
    }
}
