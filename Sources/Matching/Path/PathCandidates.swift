import CourseModel
import Skills

/// Gathers the offerings that may be a step for a learner, and why others may not.
struct PathCandidates<Source: OfferingSource> {
    let scorer: Scorer<Source>
    /// The gaps that are to be closed: those that count, or the others when none does.
    private(set) var gap: [ResolvedProfile.Gap]
    /// How many gaps there are beyond those.
    let leftOut: Int
    private(set) var problem: PathProblem
    /// Offerings that break nothing but the budget, or nothing but the deadline.
    private(set) var overBudget: [PathProblem.Candidate] = []
    private(set) var pastDeadline: [PathProblem.Candidate] = []
    private(set) var withoutStart = 0

    private let source: Source
    /// Per gap, how many available offerings that close it are refused for what.
    private var refusals: [[PathObstacle: Int]]
    /// Per gap, how many candidates close it.
    private var taught: [Int]

    init(
        source: Source, skills: SkillsCatalogue, weights: MatchWeights, funding: FundingRules,
        profile resolved: ResolvedProfile, today: CalendarDate, isCandidate: (Int) -> Bool
    ) {
        let profile = resolved.profile
        var musts = profile.musts
        if resolved.places.contains(where: { $0.within != nil }) { musts.insert(.travel) }
        // The path as a whole keeps to these.
        musts.subtract([.budget, .start])
        self.source = source
        scorer = Scorer(
            source: source, resolved: resolved, skills: skills, weights: weights,
            funding: funding, today: today, musts: musts)
        let counted = resolved.gap.filter(\.isCounted)
        let all = counted.isEmpty ? resolved.gap : counted
        gap = Array(all.prefix(GapSet.capacity))
        leftOut = all.count - gap.count
        refusals = gap.map { _ in [:] }
        taught = gap.map { _ in 0 }
        var limits = PathProblem.Limits(
            firstDay: max(today, profile.startAfter ?? today).daysSince1970)
        limits.firstStartBy = profile.startBefore?.daysSince1970
        limits.deadline = profile.deadline?.daysSince1970
        limits.tenthsPerWeek = profile.hoursPerWeek.map { Int(($0 * 10).rounded(.down)) }
        limits.budget = scorer.budget
        limits.level = profile.levelHad?.eqf
        problem = PathProblem(weights: gap.map(\.weight), candidates: [], limits: limits)
        scorer.lookUpWays { [scorer] in scorer.forEachCandidateOffering(isCandidate, $0) }
        gather(resolved, weights, isCandidate)
    }

    private mutating func gather(
        _ resolved: ResolvedProfile, _ weights: MatchWeights, _ isCandidate: (Int) -> Bool
    ) {
        // The places of the gaps that count among all gaps, which is what a closing tells of.
        let places = gap.map { wanted in resolved.gap.firstIndex { $0.skill == wanted.skill } }
        var found: [PathProblem.Candidate] = []
        var refused: [(closes: GapSet, obstacle: PathObstacle)] = []
        var (dear, late): ([PathProblem.Candidate], [PathProblem.Candidate]) = ([], [])
        var undated = 0
        scorer.forEachCandidate { number, closing in
            guard !closing.likeness.isEmpty else { return }
            let closes = GapSet(
                places.indices.filter { place in
                    places[place].map {
                        closing.likeness[$0] >= weights.sameSkill
                            && closing.closed[$0] >= weights.surelyClosed
                    } ?? false
                })
            guard !closes.isEmpty else { return }
            let course = source.facts(ofCourse: number)
            for offering in source.offerings(ofCourse: number) {
                let facts = source.facts(ofOffering: offering)
                guard scorer.isAvailable(facts), isCandidate(offering) else { continue }
                let way = scorer.way(offering: offering, facts)
                let candidate = candidate(offering, number, closes, facts, course, way)
                if facts.start == .unknown { undated += 1 }
                if let obstacle = obstacle(candidate, facts, course, way) {
                    refused.append((closes, obstacle))
                    if obstacle == .limit(.budget), problem.limits.budget != nil,
                        candidate.certainCents != nil,
                        self.obstacle(candidate, facts, course, way, but: .budget) == nil
                    {
                        dear.append(candidate)
                    }
                    if obstacle == .limit(.time), problem.limits.deadline != nil,
                        self.obstacle(candidate, facts, course, way, but: .deadline) == nil
                    {
                        late.append(candidate)
                    }
                } else {
                    found.append(candidate)
                }
            }
        }
        withoutStart = undated
        // By the offering's id, so that the order of the index decides nothing.
        problem.candidates = byID(found)
        overBudget = dear
        pastDeadline = late
        for (closes, obstacle) in refused {
            for place in closes.places { refusals[place][obstacle, default: 0] += 1 }
        }
        for candidate in problem.candidates {
            for place in candidate.closes.places { taught[place] += 1 }
        }
    }

    private func byID(_ candidates: [PathProblem.Candidate]) -> [PathProblem.Candidate] {
        candidates.map { (id: source.id(ofOffering: $0.offering), candidate: $0) }
            .sorted { $0.id < $1.id }.map(\.candidate)
    }

    /// A limit of the path as a whole that can be left out.
    enum Relaxable {
        case budget, deadline
    }

    /// The problem as it would be without a limit; `nil` when that limit is not set.
    func problem(without limit: Relaxable) -> PathProblem? {
        var relaxed = problem
        switch limit {
        case .budget:
            guard problem.limits.budget != nil else { return nil }
            relaxed.limits.budget = nil
            relaxed.candidates = byID(problem.candidates + overBudget)
        case .deadline:
            guard problem.limits.deadline != nil else { return nil }
            relaxed.limits.deadline = nil
            relaxed.candidates = byID(problem.candidates + pastDeadline)
        }
        return relaxed
    }

    private func candidate(
        _ offering: Int, _ number: Int, _ closes: GapSet, _ facts: OfferingFacts,
        _ course: CourseFacts, _ way: Scorer<Source>.Way
    ) -> PathProblem.Candidate {
        var start: Int32?
        var days = facts.days ?? PathPlanner<Source>.assumedDays
        if case .day(let day) = facts.start {
            start = day
            if let last = facts.lastDay { days = last - day + 1 }
        }
        let net = scorer.netPrice(scorer.fundingTraces(facts, course), facts)
        var candidate = PathProblem.Candidate(
            offering: offering, course: number, closes: closes, start: start, days: max(1, days),
            cents: net?.cents ?? scorer.cost(facts),
            minutes: way.place == nil ? 0 : Int(way.minutes.rounded()))
        candidate.certainCents = scorer.certainCost(facts, course)
        candidate.availableUntil = facts.availableUntil
        candidate.slots = facts.slots
        candidate.tenthsPerWeek = course.hoursPerWeek.map { Int((Double($0) * 10).rounded(.up)) }
        candidate.level = course.level
        return candidate
    }

    /// What keeps an offering from being any step.
    private func obstacle(
        _ candidate: PathProblem.Candidate, _ facts: OfferingFacts, _ course: CourseFacts,
        _ way: Scorer<Source>.Way, but relaxed: Relaxable? = nil
    ) -> PathObstacle? {
        let profile = scorer.resolved.profile
        if let audience = profile.audience, !course.audiences.isEmpty,
            !course.audiences.contains(audience)
        {
            return .audience
        }
        if course.kind == .event, !profile.kinds.contains(.event) { return .event }
        return limit(candidate, facts, course, way, but: relaxed).map { .limit($0) }
    }

    /// The limit that an offering breaks by itself.
    private func limit(
        _ candidate: PathProblem.Candidate, _ facts: OfferingFacts, _ course: CourseFacts,
        _ way: Scorer<Source>.Way, but relaxed: Relaxable?
    ) -> Profile.Must? {
        if let first = scorer.broken(candidate.offering, facts, course, way).first {
            return first.must
        }
        if let budget = problem.limits.budget {
            guard let cents = candidate.certainCents, cents <= budget || relaxed == .budget
            else { return .budget }
        } else if scorer.resolved.profile.budget != nil {
            return .budget
        }
        switch facts.start {
        case .unknown: return .start
        case .day(let day): if day < problem.limits.firstDay { return .start }
        case .continuous: break
        }
        let limits = problem.limits
        if let most = limits.tenthsPerWeek, let tenths = candidate.tenthsPerWeek, tenths > most {
            return .time
        }
        let first = max(candidate.start ?? limits.firstDay, limits.firstDay)
        if let deadline = limits.deadline, relaxed != .deadline,
            first + candidate.days - 1 > deadline
        {
            return .time
        }
        return nil
    }

    /// The limit that keeps every candidate for a gap from being taken by itself: a level that only
    /// another step could reach, or a start after the last day to begin.
    private func obstacleToAll(closing place: Int) -> Profile.Must? {
        var last: Profile.Must?
        for number in problem.candidates.indices
        where problem.candidates[number].closes.contains(place) {
            guard problem.placement(of: number, after: []) == nil else { return nil }
            let needed = problem.candidates[number].level
            let isTooHigh = problem.limits.level.map { needed ?? 0 > $0 + 1 } ?? false
            last = isTooHigh ? .level : .start
        }
        return last
    }

    /// What stays open when these gaps are closed, and why.
    func open(_ closed: GapSet) -> [OpenGap] {
        gap.indices.filter { !closed.contains($0) }.map { place in
            let refused = refusals[place].values.reduce(0, +)
            let why: OpenGap.Why
            if taught[place] > 0 {
                why =
                    obstacleToAll(closing: place).map {
                        .refused(.limit($0), offerings: taught[place])
                    } ?? .doesNotCombine(offerings: taught[place])
            } else if let most = PathObstacle.allCases.max(by: {
                refusals[place][$0] ?? 0 < refusals[place][$1] ?? 0
            }), refused > 0 {
                why = .refused(most, offerings: refused)
            } else {
                why = .notTaught
            }
            return OpenGap(skill: gap[place].skill, why: why)
        }
    }
}
