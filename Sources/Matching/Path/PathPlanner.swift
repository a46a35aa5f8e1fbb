import CourseModel
import Skills

/// Puts offerings together into paths that close a learner's gap.
///
/// Weekly hours, budget, deadline and reach are hard limits whenever the profile states them, besides
/// what it names as a must. A start window holds for the first step; later ones start when they can.
public struct PathPlanner<Source: OfferingSource>: Sendable {
    /// How many days an offering is reckoned to take that does not say.
    public static var assumedDays: Int32 { 28 }

    private let source: Source
    private let skills: SkillsCatalogue
    private let weights: MatchWeights
    private let funding: FundingRules
    /// The share of what can be closed, in percent, that the cheapest, fastest and nearest path
    /// close at least.
    public var leastShare = 80
    /// How many offerings are searched at most; of more, the best for each gap are taken.
    public var candidateLimit = 60
    /// How many sequences are looked at for each goal before the search gives up proving.
    public var sequenceLimit = 100_000

    /// A planner over the offerings of a source.
    public init(
        source: Source, skills: SkillsCatalogue, weights: MatchWeights = MatchWeights(),
        funding: FundingRules = .none
    ) {
        self.source = source
        self.skills = skills
        self.weights = weights
        self.funding = funding
    }

    /// The paths for a learner; none when nothing closes a gap within the limits.
    ///
    /// - Parameters:
    ///   - profile: The learner.
    ///   - today: What is past is before this day.
    ///   - isCandidate: Which offerings count; all of them unless further filters are set.
    public func paths(
        for profile: ResolvedProfile, today: CalendarDate,
        isCandidate: (_ offering: Int) -> Bool = { _ in true }
    ) -> PathResults {
        let gathered = PathCandidates(
            source: source, skills: skills, weights: weights, funding: funding, profile: profile,
            today: today, isCandidate: isCandidate)
        let whole = gathered.problem
        let problem = PathReduction(limit: candidateLimit).reduced(whole)
        let isReduced = problem.isReduced
        let search = PathSearch(problem.problem, sequenceLimit: sequenceLimit)
        let bounds = PathRootBounds(whole)
        var found: [(goal: PathGoal, answer: PathSearch.Answer, proof: PathProof)] = []
        if let complete = search.best(.mostComplete) {
            // Without places there is nothing to be near to.
            let goals = PathGoal.allCases.filter { $0 != .nearest || !profile.places.isEmpty }
            let target = max(1, (complete.measures.closed * leastShare + 99) / 100)
            for goal in goals {
                let answer =
                    goal == .mostComplete ? complete : search.best(goal, closing: target)
                guard let answer else { continue }
                let bound = bounds.bound(goal, closing: target)
                let isBest =
                    answer.isProven && !isReduced
                    || PathRootBounds.isReached(bound, goal, answer.measures)
                found.append((goal, answer, isBest ? .best : .bound(bound)))
            }
        }
        let paths = merged(found, problem.problem, gathered)
        let mostComplete = found.first.map { $0.answer.steps } ?? []
        let closed = mostComplete.reduce(GapSet()) {
            $0.union(problem.problem.candidates[$1.candidate].closes)
        }
        return PathResults(
            paths: paths, gap: gathered.gap.map(\.skill), weights: whole.weights,
            open: gathered.open(closed),
            relaxations: relaxations(
                gathered, beyond: found.first?.answer.measures.closed ?? 0),
            leftOut: gathered.leftOut,
            eligible: whole.candidates.count, considered: problem.problem.candidates.count,
            withoutStart: gathered.withoutStart)
    }

    /// What would make a more complete path possible: more money, or more time.
    private func relaxations(
        _ gathered: PathCandidates<Source>, beyond closed: Int
    ) -> [PathRelaxation] {
        let limits = gathered.problem.limits
        let relaxer = PathRelaxer(sequenceLimit: sequenceLimit, candidateLimit: candidateLimit)
        let gap = gathered.gap.map(\.skill)
        return [
            gathered.problem(without: .budget).flatMap {
                relaxer.relaxation(
                    of: $0, beyond: closed, budget: limits.budget, deadline: nil, gap: gap)
            },
            gathered.problem(without: .deadline).flatMap {
                relaxer.relaxation(
                    of: $0, beyond: closed, budget: nil, deadline: limits.deadline, gap: gap)
            },
        ].compactMap { $0 }
    }

    /// One path for all goals that it is the best for.
    private func merged(
        _ found: [(goal: PathGoal, answer: PathSearch.Answer, proof: PathProof)],
        _ problem: PathProblem, _ gathered: PathCandidates<Source>
    ) -> [LearningPath] {
        var paths: [LearningPath] = []
        for (index, first) in found.enumerated()
        where !found[..<index].contains(where: { $0.answer.steps == first.answer.steps }) {
            let same = found.filter { $0.answer.steps == first.answer.steps }
            paths.append(
                path(
                    goals: same.map(\.goal),
                    proofs: Dictionary(
                        same.map { ($0.goal, $0.proof) }, uniquingKeysWith: { first, _ in first }),
                    first.answer, problem, gathered))
        }
        return paths
    }

    private func path(
        goals: [PathGoal], proofs: [PathGoal: PathProof], _ answer: PathSearch.Answer,
        _ problem: PathProblem, _ gathered: PathCandidates<Source>
    ) -> LearningPath {
        let explainer = Explainer(scorer: gathered.scorer, skills: skills)
        let gap = gathered.gap.map(\.skill)
        var closed = GapSet()
        var steps: [LearningStep] = []
        for step in answer.steps {
            let candidate = problem.candidates[step.candidate]
            let facts = source.facts(ofOffering: candidate.offering)
            steps.append(
                LearningStep(
                    match: explainer.match(candidate.offering),
                    start: CalendarDate(daysSince1970: step.start),
                    startIsChosen: candidate.start == nil,
                    end: CalendarDate(daysSince1970: step.end),
                    endIsKnown: facts.lastDay != nil || facts.days != nil,
                    hoursPerWeek: candidate.tenthsPerWeek.map { Double($0) / 10 },
                    cents: candidate.cents,
                    closes: candidate.closes.subtracting(closed).places.map { gap[$0] }))
            closed = closed.union(candidate.closes)
        }
        return LearningPath(
            goals: goals, steps: steps, closes: closed.places.map { gap[$0] },
            open: gap.indices.filter { !closed.contains($0) }.map { gap[$0] },
            measures: answer.measures,
            finish: CalendarDate(daysSince1970: answer.measures.finish), proofs: proofs)
    }
}
