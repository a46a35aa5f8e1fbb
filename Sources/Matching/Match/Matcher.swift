import CourseModel
import Skills

/// Ranks offerings for learners.
///
/// Exact and deterministic: every offering that keeps the limits is counted, the best are returned
/// in the one right order, and equals stand by their ids.
public struct Matcher<Source: OfferingSource>: Sendable {
    private let source: Source
    private let skills: SkillsCatalogue
    private let weights: MatchWeights
    private let funding: FundingRules
    private let nearMissLimits: NearMissLimits

    /// A matcher over the offerings of a source.
    public init(
        source: Source, skills: SkillsCatalogue, weights: MatchWeights = MatchWeights(),
        funding: FundingRules = .none, nearMissLimits: NearMissLimits = NearMissLimits()
    ) {
        self.source = source
        self.skills = skills
        self.weights = weights
        self.funding = funding
        self.nearMissLimits = nearMissLimits
    }

    /// How one offering fits a learner.
    public enum Fit: Sendable {
        /// It keeps all limits.
        case fits(Match)
        /// It breaks a limit, the first by so much.
        case breaks(Profile.Must, by: Shortfall)
        /// It closes none of the learner's gaps.
        case closesNothing
        /// It is past, full or cancelled.
        case notAvailable
    }

    /// How one offering fits a learner, as ``match(_:today:limit:oncePerCourse:isCandidate:)`` would
    /// say.
    @_specialize(where Source == IndexOfferings)
    public func fit(_ profile: ResolvedProfile, offering: Int, today: CalendarDate) -> Fit {
        let scorer = Scorer(
            source: source, resolved: profile, skills: skills, weights: weights, funding: funding,
            today: today)
        let facts = source.facts(ofOffering: offering)
        guard scorer.isAvailable(facts) else { return .notAvailable }
        let course = source.course(ofOffering: offering)
        guard scorer.teaches(source.facts(ofCourse: course)), scorer.closing(course: course) != nil
        else { return .closesNothing }
        scorer.lookUpWays { $0(offering) }
        let way = scorer.way(offering: offering, facts)
        if let (must, by) = scorer.broken(offering, facts, source.facts(ofCourse: course), way)
            .first
        {
            return .breaks(must, by: by)
        }
        return .fits(Explainer(scorer: scorer, skills: skills).match(offering))
    }

    /// How a learner suits a place to learn at work, such as an apprenticeship or an internship.
    ///
    /// Level and way come first, with what the learner wants to learn there beside them; a learner
    /// who closes no gap there is a candidate all the same. Learners are laid side by side, so what
    /// a profile does not say of its level or place counts as not known, and not as fitting.
    public func candidacy(
        _ profile: ResolvedProfile, offering: Int, today: CalendarDate
    ) -> Fit {
        let scorer = Scorer(
            source: source, resolved: profile, skills: skills, weights: weights, funding: funding,
            today: today)
        let facts = source.facts(ofOffering: offering)
        guard scorer.isAvailable(facts) else { return .notAvailable }
        let course = source.facts(ofCourse: source.course(ofOffering: offering))
        scorer.lookUpWays { $0(offering) }
        let way = scorer.way(offering: offering, facts)
        if let (must, by) = scorer.broken(offering, facts, course, way).first {
            return .breaks(must, by: by)
        }
        return .fits(
            Explainer(scorer: scorer, skills: skills, isForPlace: true).match(offering))
    }

    /// Whether an offering is a place to learn at work.
    public func isPlace(offering: Int) -> Bool {
        let kind = source.facts(ofCourse: source.course(ofOffering: offering)).kind
        return kind == .apprenticeshipPlace || kind == .internship
    }

    /// Tells of each of some offerings of a course that it can be taken up and breaks no more limits than
    /// so many: with the limit that it breaks, and the way there if that had to be reckoned.
    private func forEachFitting(
        _ offerings: [Int], _ courseFacts: CourseFacts, _ scorer: Scorer<Source>,
        mayBreak most: Int, _ isCandidate: (Int) -> Bool,
        _ body: (
            _ offering: Int, OfferingFacts, Scorer<Source>.Way?,
            (must: Profile.Must, by: Shortfall)?
        ) -> Void
    ) {
        for offering in offerings {
            let facts = source.facts(
                ofOffering: offering, withConditions: !scorer.conditionSets.isEmpty)
            guard scorer.isAvailable(facts), isCandidate(offering) else { continue }
            var broken = scorer.brokenApartFromTravel(offering, facts, courseFacts, most: most)
            guard broken.count <= most else { continue }
            var way: Scorer<Source>.Way?
            if scorer.limitsTravel {
                let there = scorer.way(offering: offering, facts)
                broken.note(.travel, scorer.travelShortfall(there))
                guard broken.count <= most else { continue }
                way = there
            }
            body(offering, facts, way, broken.first)
        }
    }

    /// An offering that keeps all limits, with its score and parts, before anything is said of it.
    public struct Ranked: Hashable, Sendable {
        /// The offering's number in its source.
        public let offering: Int
        /// What orders it: its parts by their shares.
        public let score: Int
        /// What the score is made of.
        public let parts: MatchParts
    }

    /// The offerings that fit a learner, best first, without reasons and near misses.
    ///
    /// They are those of ``match(_:today:limit:oncePerCourse:isCandidate:)``, each offering told by
    /// itself.
    ///
    /// - Returns: How many offerings keep all limits, and the best of them; ties by id.
    @_specialize(where Source == IndexOfferings)
    public func rank(
        _ profile: ResolvedProfile, today: CalendarDate, limit: Int,
        isCandidate: (_ offering: Int) -> Bool = { _ in true }
    ) -> (total: Int, best: [Ranked]) {
        let scorer = Scorer(
            source: source, resolved: profile, skills: skills, weights: weights, funding: funding,
            today: today)
        scorer.lookUpWays { scorer.forEachCandidateOffering(isCandidate, $0) }
        var total = 0
        var best = TopList(limit: limit)
        var closing = scorer.emptyClosing
        scorer.forEachCandidate(breaking: 0, nearMissLimits) { course, offerings in
            let courseFacts = source.facts(ofCourse: course)
            guard scorer.teaches(courseFacts), scorer.close(course: course, into: &closing) else {
                return
            }
            forEachFitting(offerings, courseFacts, scorer, mayBreak: 0, isCandidate) {
                offering, facts, way, _ in
                total += 1
                guard
                    let parts = scorer.parts(
                        offering, facts, courseFacts, closing, way, atLeast: best.least)
                else { return }
                best.offer(.init(offering, parts, parts.total(weights.shares)), source)
            }
        }
        return (
            total,
            best.entries.map {
                Ranked(offering: $0.offering, score: $0.score, parts: $0.parts)
            }
        )
    }

    /// The offerings that fit a learner, best first.
    ///
    /// - Parameters:
    ///   - profile: The learner.
    ///   - today: What is past is before this day.
    ///   - limit: How many results at most, 0 or more.
    ///   - oncePerCourse: Whether a course is told once, by the offering that fits best, with the
    ///     number of its other offerings that fit.
    ///   - isCandidate: Which offerings count; all of them unless further filters are set.
    /// - Complexity: O(offerings of the courses that teach a skill of the gap, or one like it).
    @_specialize(where Source == IndexOfferings)
    public func match(
        _ profile: ResolvedProfile, today: CalendarDate, limit: Int = 20,
        oncePerCourse: Bool = true,
        isCandidate: (_ offering: Int) -> Bool = { _ in true }
    ) -> MatchResults {
        let scorer = Scorer(
            source: source, resolved: profile, skills: skills, weights: weights, funding: funding,
            today: today)
        scorer.lookUpWays { scorer.forEachCandidateOffering(isCandidate, $0) }
        var total = 0
        var totalCourses = 0
        var best = TopList(limit: limit)
        // A list for each of the learner's limits.
        var misses = scorer.musts.map { _ in TopList(limit: nearMissLimits.perLimit) }
        var missesOfCourse = scorer.musts.map { _ in TopList(limit: 1) }
        var bestOfCourse = TopList(limit: 1)
        var closing = scorer.emptyClosing
        // What breaks a limit is looked at only to be told.
        let most = nearMissLimits.perLimit > 0 && !scorer.musts.isEmpty ? 1 : 0
        scorer.forEachCandidate(breaking: most, nearMissLimits) { course, offerings in
            let courseFacts = source.facts(ofCourse: course)
            guard scorer.teaches(courseFacts), scorer.close(course: course, into: &closing) else {
                return
            }
            var fitting = 0
            var isWorthTelling: Bool?
            var hasMisses = false
            bestOfCourse.removeAll()
            forEachFitting(offerings, courseFacts, scorer, mayBreak: most, isCandidate) {
                offering, facts, way, broken in
                func entry(atLeast least: Int) -> TopList.Entry? {
                    scorer.parts(offering, facts, courseFacts, closing, way, atLeast: least)
                        .map { .init(offering, $0, $0.total(weights.shares)) }
                }
                guard let (must, by) = broken else {
                    fitting += 1
                    if !oncePerCourse {
                        if let entry = entry(atLeast: best.least) { best.offer(entry, source) }
                    } else if let entry = entry(atLeast: max(best.least, bestOfCourse.least)) {
                        bestOfCourse.offer(entry, source)
                    }
                    return
                }
                // Of a course that can be taken up as it is, the other occasions are no news.
                guard fitting == 0, nearMissLimits.admit(by) else { return }
                let isTold = isWorthTelling ?? scorer.isWorthTelling(closing)
                isWorthTelling = isTold
                guard isTold, let place = scorer.musts.firstIndex(of: must),
                    var entry = entry(
                        atLeast: max(misses[place].least, missesOfCourse[place].least))
                else { return }
                entry.by = by
                missesOfCourse[place].offer(entry, source)
                hasMisses = true
            }
            if fitting > 0 {
                total += fitting
                totalCourses += 1
                for var entry in bestOfCourse.entries {
                    entry.otherOccasions = fitting - 1
                    best.offer(entry, source)
                }
            }
            guard hasMisses else { return }
            for place in missesOfCourse.indices {
                for entry in missesOfCourse[place].entries where fitting == 0 {
                    misses[place].offer(entry, source)
                }
                missesOfCourse[place].removeAll()
            }
        }
        let explainer = Explainer(scorer: scorer, skills: skills)
        let nearMisses = zip(scorer.musts, misses).flatMap { must, list in
            list.entries.compactMap { entry in
                entry.by.map {
                    NearMiss(match: explainer.match(entry.offering), blockedBy: must, by: $0)
                }
            }
        }
        return MatchResults(
            total: total, totalCourses: totalCourses,
            results: best.entries.map {
                explainer.match($0.offering, otherOccasions: $0.otherOccasions)
            },
            nearMisses: nearMisses)
    }
}
