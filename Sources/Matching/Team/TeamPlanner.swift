import CourseModel
import Skills

/// Chooses modules that together cover what a team lacks.
///
/// Every skill that a member lacks and that can be learnt within the team's limits is covered. Of the
/// sets that do so, one with the fewest modules is taken; of those, the one that costs least when
/// only those go who lack something that it teaches. A module is given by the offering of its course
/// that costs least, then by the one that fits best. A budget that is a must is kept by what those
/// who go pay together: of the modules chosen, the dearest for what they close are left out until it
/// is.
public struct TeamPlanner<Source: OfferingSource>: Sendable {
    private let source: Source
    private let skills: SkillsCatalogue
    private let weights: MatchWeights
    private let funding: FundingRules
    /// How many sets are looked at before the search gives up proving.
    public var setLimit = 100_000

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

    /// What makes a course no module for a team, whatever its limits: a team that works does not
    /// move to another job, and an event shows more than it teaches.
    private func obstacle(_ course: CourseFacts, _ profile: Profile) -> PathObstacle? {
        if !course.audiences.isEmpty, !course.audiences.contains(.team),
            !course.audiences.contains(.worker)
        {
            return .audience
        }
        guard profile.kinds.isEmpty else {
            return profile.kinds.contains(course.kind) ? nil : .limit(.kind)
        }
        switch course.kind {
        case .event: return .event
        case .apprenticeshipPlace, .internship: return .limit(.kind)
        default: return nil
        }
    }

    /// The modules for a team.
    ///
    /// - Parameters:
    ///   - team: A profile with members; the limits are those of the profile.
    ///   - today: What is past is before this day.
    ///   - isCandidate: Which offerings count; all of them unless further filters are set.
    public func cover(
        for team: ResolvedProfile, today: CalendarDate,
        isCandidate: (_ offering: Int) -> Bool = { _ in true }
    ) -> TeamCover {
        let scorer = Scorer(
            source: source, resolved: team, skills: skills, weights: weights, funding: funding,
            today: today, musts: team.profile.musts.subtracting([.budget]))
        let keepsBudget = team.profile.musts.contains(.budget) && team.profile.budget != nil
        // What those who go pay for an offering.
        var charges: [Int: Int] = [:]
        // The gaps that are counted out to anyone of the team.
        let wanted = team.gap.indices.filter { team.gap[$0].isCounted }.prefix(GapSet.capacity)
        let lacking = wanted.map { place in
            team.members.indices.filter { team.members[$0].gap.contains(team.gap[place].skill) }
        }
        var modules: [TeamProblem.Module] = []
        var refused: [Int: PathObstacle] = [:]
        scorer.forEachCandidate { course, closing in
            let closes = GapSet(
                wanted.indices.filter { scorer.closes(wanted[$0], closing) })
            guard !closes.isEmpty else { return }
            let going = Set(closes.places.flatMap { lacking[$0] }).count
            var best: (module: TeamProblem.Module, score: Int)?
            for offering in source.offerings(ofCourse: course) {
                let facts = source.facts(ofOffering: offering)
                guard scorer.isAvailable(facts), isCandidate(offering) else { continue }
                let courseFacts = source.facts(ofCourse: course)
                let way = scorer.way(offering: offering, facts)
                if let obstacle = obstacle(courseFacts, team.profile) {
                    for place in closes.places where refused[place] == nil {
                        refused[place] = obstacle
                    }
                    continue
                }
                if let broken = scorer.broken(offering, facts, courseFacts, way).first {
                    for place in closes.places where refused[place] == nil {
                        refused[place] = .limit(broken.must)
                    }
                    continue
                }
                if keepsBudget {
                    guard let budget = scorer.budget,
                        let charge = scorer.certainCost(facts, courseFacts, learners: going),
                        charge <= budget
                    else {
                        for place in closes.places where refused[place] == nil {
                            refused[place] = .limit(.budget)
                        }
                        continue
                    }
                    charges[offering] = charge
                }
                let module = TeamProblem.Module(
                    offering: offering, course: course, closes: closes,
                    cents: facts.priceInCents.map { Int($0) * going },
                    id: source.id(ofOffering: offering).value)
                let score = scorer.parts(
                    offering, facts, courseFacts, closing, way, learners: going
                ).total(weights.shares)
                if best.map({ module.isPreferred(score, to: $0.module, $0.score) }) ?? true {
                    best = (module, score)
                }
            }
            if let best { modules.append(best.module) }
        }
        let (all, isLeast) = TeamProblem(modules: modules).solve(limit: setLimit)
        let chosen =
            keepsBudget ? Self.affordable(all, charges: charges, budget: scorer.budget ?? 0) : all
        for module in all where !chosen.contains(module) {
            for place in module.closes.places { refused[place] = .limit(.budget) }
        }
        let explainer = Explainer(scorer: scorer, skills: skills)
        var covered = GapSet()
        for module in chosen { covered = covered.union(module.closes) }
        return TeamCover(
            modules: chosen.map { module in
                let places = module.closes.places
                let going = Set(places.flatMap { lacking[$0] }).sorted()
                return TeamCover.Module(
                    match: explainer.match(module.offering, learners: going.count),
                    skills: places.map { team.gap[wanted[$0]].skill },
                    members: going, cents: module.cents)
            },
            open: wanted.indices.filter { !covered.contains($0) }.map { place in
                TeamCover.Open(
                    skill: team.gap[wanted[place]].skill, members: lacking[place],
                    why: refused[place])
            }, isProven: isLeast && chosen.count == all.count,
            leftOut: team.gap.count(where: \.isCounted) - wanted.count)
    }

    /// Modules without the dearest for what they close, until they cost no more than a budget.
    private static func affordable(
        _ modules: [TeamProblem.Module], charges: [Int: Int], budget: Int
    ) -> [TeamProblem.Module] {
        func charge(_ module: TeamProblem.Module) -> Int { charges[module.offering] ?? 0 }
        var kept = modules
        while kept.reduce(0, { $0 + charge($1) }) > budget,
            let dearest = kept.indices.max(by: { one, other in
                charge(kept[one]) * kept[other].closes.places.count
                    < charge(kept[other]) * kept[one].closes.places.count
            })
        {
            kept.remove(at: dearest)
        }
        return kept
    }
}

/// Modules that together cover what a team lacks.
public struct TeamCover: Sendable {
    /// A module and who takes it.
    public struct Module: Sendable {
        /// The offering, as it fits the team.
        public let match: Match
        /// The skills of the gap that it teaches, by their numbers.
        public let skills: [Int]
        /// The members who lack one of them, by their places in the profile.
        public let members: [Int]
        /// What it costs for them in euro cents; `nil` when not known.
        public let cents: Int?
    }

    /// A skill that no module within the limits teaches.
    public struct Open: Hashable, Sendable {
        /// Its number.
        public let skill: Int
        /// The members who lack it, by their places in the profile.
        public let members: [Int]
        /// What keeps modules that teach it out; `nil` when nothing teaches it.
        public let why: PathObstacle?
    }

    /// The modules.
    public let modules: [Module]
    /// What stays open, as demand that the region does not meet.
    public let open: [Open]
    /// Whether no set covers as much with fewer modules, or with as many for less.
    public let isProven: Bool
    /// How many gaps there are beyond those that were looked at.
    public let leftOut: Int

    /// What the modules with a price cost together, in euro cents.
    public var cents: Int { modules.reduce(0) { $0 + ($1.cents ?? 0) } }
}
