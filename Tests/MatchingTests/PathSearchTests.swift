import CourseModel
import Matching
import Testing

@Suite("The search for paths finds what trying everything finds")
struct PathSearchTests {
    @Test(
        "the best path for each goal is the best of all sequences", arguments: 0..<60)
    func bruteForce(seed: Int) {
        var random = SeededRandom(seed: seed)
        let problem = randomProblem(&random)
        let all = everyPath(problem)
        let search = PathSearch(problem, sequenceLimit: 1_000_000)
        let mostClosed = all.map(\.measures.closed).max() ?? 0
        for goal in PathGoal.allCases {
            for share in [1, 80, 100] {
                let target = max(1, (mostClosed * share + 99) / 100)
                let counting = all.filter { $0.measures.closed >= target }
                let best = counting.min { first, second in
                    let keys = (first.measures.key(goal), second.measures.key(goal))
                    return keys.0 != keys.1
                        ? keys.0.lexicographicallyPrecedes(keys.1)
                        : first.steps.map(\.candidate)
                            .lexicographicallyPrecedes(second.steps.map(\.candidate))
                }
                let answer = search.best(goal, closing: target)
                #expect(answer?.steps == best?.steps, "\(goal) at \(target)")
                #expect(answer?.measures == best?.measures, "\(goal) at \(target)")
                #expect(answer?.isProven ?? true)
            }
        }
        #expect(search.isProvenImpossible(.cheapest, closing: mostClosed + 1))
    }

    @Test("a search that is cut short still gives a path, and says that it proves nothing")
    func cut() {
        var random = SeededRandom(seed: 3)
        var problem = randomProblem(&random)
        problem.limits = PathProblem.Limits(firstDay: 0)
        let answer = PathSearch(problem, sequenceLimit: 3).best(.cheapest)
        #expect(answer?.isProven == false)
        #expect(answer?.steps.isEmpty == false)
    }

    @Test("more money, hours and time never make the most complete path less so", arguments: 0..<30)
    func monotone(seed: Int) {
        var random = SeededRandom(seed: 1000 + seed)
        let problem = randomProblem(&random)
        func closed(_ problem: PathProblem) -> Int {
            PathSearch(problem, sequenceLimit: 1_000_000).best(.mostComplete)?.measures.closed ?? 0
        }
        let before = closed(problem)
        let widenings: [(inout PathProblem.Limits) -> Void] = [
            { $0.budget = $0.budget.map { $0 + 300 } },
            { $0.deadline = $0.deadline.map { $0 + 30 } },
            { $0.firstStartBy = $0.firstStartBy.map { $0 + 20 } },
            { $0.level = $0.level.map { $0 + 1 } },
        ]
        for widen in widenings {
            var wider = problem
            widen(&wider.limits)
            #expect(closed(wider) >= before)
        }
    }
}

/// Up to seven candidates over two months.
private func randomProblem(_ random: inout SeededRandom) -> PathProblem {
    let gaps = 2 + random.below(4)
    let candidates = (0..<(3 + random.below(5))).map { number in
        var closes = GapSet((0..<gaps).filter { _ in random.below(3) == 0 })
        closes.insert(random.below(gaps))
        var candidate = PathProblem.Candidate(
            offering: number, course: random.below(6), closes: closes,
            start: random.below(3) == 0 ? nil : Int32(random.below(60)),
            days: Int32(1 + random.below(25)),
            cents: random.below(6) == 0 ? nil : random.below(8) * 100,
            minutes: random.below(5) * 10)
        if random.below(2) == 0 { candidate.slots = WeekSlots(.tuesday, .evening) }
        if random.below(3) == 0 { candidate.slots.insert(WeekSlots(.friday)) }
        candidate.tenthsPerWeek = random.below(5) == 0 ? nil : 20 + random.below(60)
        candidate.level = random.below(3) == 0 ? nil : 2 + random.below(3)
        if candidate.start == nil, random.below(2) == 0 {
            candidate.availableUntil = Int32(random.below(50))
        }
        return candidate
    }
    var limits = PathProblem.Limits(firstDay: Int32(random.below(10)))
    func maybe() -> Bool { random.below(2) == 0 }
    if maybe() { limits.firstStartBy = Int32(20 + random.below(30)) }
    if maybe() { limits.deadline = Int32(40 + random.below(40)) }
    if maybe() { limits.tenthsPerWeek = 60 + random.below(60) }
    if maybe() { limits.budget = random.below(20) * 100 }
    if maybe() { limits.level = 1 + random.below(3) }
    return PathProblem(
        weights: (0..<gaps).map { _ in 1 + random.below(4) }, candidates: candidates,
        limits: limits)
}

private struct TriedPath {
    var steps: [PathProblem.Step]
    var measures: PathMeasures
}

/// Every path of a problem, found by trying every sequence, day by day.
private func everyPath(_ problem: PathProblem) -> [TriedPath] {
    var found: [TriedPath] = []
    func extend(_ steps: [PathProblem.Step]) {
        for number in problem.candidates.indices {
            guard let step = firstFitting(problem, number, steps) else { continue }
            let longer = steps + [step]
            found.append(TriedPath(steps: longer, measures: measures(problem, longer)))
            extend(longer)
        }
    }
    extend([])
    return found
}

private func measures(_ problem: PathProblem, _ steps: [PathProblem.Step]) -> PathMeasures {
    let taken = steps.map { problem.candidates[$0.candidate] }
    var measures = PathMeasures()
    measures.closed = problem.weights.indices.filter { gap in
        taken.contains { $0.closes.contains(gap) }
    }.reduce(0) { $0 + problem.weights[$1] }
    measures.unknownPrices = taken.count { $0.cents == nil }
    measures.cents = taken.reduce(0) { $0 + ($1.cents ?? 0) }
    measures.finish = steps.map(\.end).max() ?? .min
    measures.minutes = taken.reduce(0) { $0 + $1.minutes }
    measures.steps = steps.count
    return measures
}

private func firstFitting(
    _ problem: PathProblem, _ number: Int, _ steps: [PathProblem.Step]
) -> PathProblem.Step? {
    let candidate = problem.candidates[number]
    let taken = steps.map { problem.candidates[$0.candidate] }
    guard !taken.contains(where: { $0.course == candidate.course }) else { return nil }
    let isNew = problem.weights.indices.contains { gap in
        candidate.closes.contains(gap) && !taken.contains { $0.closes.contains(gap) }
    }
    guard isNew else { return nil }
    if let budget = problem.limits.budget {
        let sum = (taken + [candidate]).reduce(0) { $0 + ($1.certainCents ?? 0) }
        guard sum <= budget else { return nil }
    }
    let earliest = max(problem.limits.firstDay, steps.map(\.start).max() ?? 0)
    let days = candidate.start.map { $0...$0 } ?? earliest...300
    for day in days where day >= earliest && fits(problem, candidate, day, steps) {
        return PathProblem.Step(candidate: number, start: day, end: day + candidate.days - 1)
    }
    return nil
}

private func fits(
    _ problem: PathProblem, _ candidate: PathProblem.Candidate, _ start: Int32,
    _ steps: [PathProblem.Step]
) -> Bool {
    let limits = problem.limits
    let end = start + candidate.days - 1
    if let deadline = limits.deadline, end > deadline { return false }
    if candidate.start == nil, start > candidate.availableUntil { return false }
    if steps.isEmpty, let last = limits.firstStartBy, start > last { return false }
    if let had = limits.level, let needed = candidate.level {
        let reached = steps.filter { $0.end < start }
            .compactMap { problem.candidates[$0.candidate].level }
        guard needed <= max(had, reached.max() ?? had) + 1 else { return false }
    }
    for day in start...end {
        let others = steps.filter { $0.start <= day && day <= $0.end }
            .map { problem.candidates[$0.candidate] }
        if others.contains(where: { !$0.slots.isDisjoint(with: candidate.slots) }) { return false }
        if let most = limits.tenthsPerWeek {
            let sum = (others + [candidate]).reduce(0) { $0 + ($1.tenthsPerWeek ?? most) }
            guard sum <= most else { return false }
        }
    }
    return true
}
