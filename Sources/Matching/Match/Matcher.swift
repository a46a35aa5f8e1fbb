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

    /// The offerings of a course that can be taken up and break no more limits than so many, each
    /// with its score and the limit that it breaks.
    private func forEachOffering(
        ofCourse course: Int, _ courseFacts: CourseFacts, _ closing: Scorer<Source>.Closing,
        _ scorer: Scorer<Source>, mayBreak most: Int, _ isCandidate: (Int) -> Bool,
        _ body: (_ offering: Int, _ score: Int, (must: Profile.Must, by: Shortfall)?) -> Void
    ) {
        for offering in source.offerings(ofCourse: course) {
            let facts = source.facts(ofOffering: offering)
            guard scorer.isAvailable(facts), isCandidate(offering) else { continue }
            var broken = scorer.brokenApartFromTravel(offering, facts, courseFacts, most: most)
            guard broken.count <= most else { continue }
            let way = scorer.way(offering: offering, facts)
            if scorer.limitsTravel { broken.note(.travel, scorer.travelShortfall(way)) }
            guard broken.count <= most else { continue }
            let score = scorer.parts(offering, facts, courseFacts, closing, way)
                .total(weights.shares)
            body(offering, score, broken.first)
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
        scorer.forEachCandidate { course, closing in
            let courseFacts = source.facts(ofCourse: course)
            guard scorer.teaches(courseFacts) else { return }
            forEachOffering(
                ofCourse: course, courseFacts, closing, scorer, mayBreak: 0, isCandidate
            ) { offering, score, _ in
                total += 1
                best.offer(offering, score: score, source)
            }
        }
        return (
            total,
            best.entries.map { entry in
                let course = source.course(ofOffering: entry.offering)
                let facts = source.facts(ofOffering: entry.offering)
                return Ranked(
                    offering: entry.offering, score: entry.score,
                    parts: scorer.parts(
                        entry.offering, facts, source.facts(ofCourse: course),
                        scorer.closing(course: course) ?? Scorer<Source>.Closing(),
                        scorer.way(offering: entry.offering, facts)))
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
        var others: [Int: Int] = [:]
        var misses: [Profile.Must: TopList] = [:]
        var shortfalls: [Int: Shortfall] = [:]
        scorer.forEachCandidate { course, closing in
            let courseFacts = source.facts(ofCourse: course)
            guard scorer.teaches(courseFacts) else { return }
            var fitting = 0
            var bestOfCourse = TopList(limit: 1)
            var missesOfCourse: [Profile.Must: (list: TopList, by: Shortfall)] = [:]
            forEachOffering(
                ofCourse: course, courseFacts, closing, scorer, mayBreak: 1, isCandidate
            ) { offering, score, broken in
                guard let (must, by) = broken else {
                    fitting += 1
                    if oncePerCourse {
                        bestOfCourse.offer(offering, score: score, source)
                    } else {
                        best.offer(offering, score: score, source)
                    }
                    return
                }
                // Of a course that can be taken up as it is, the other occasions are no news.
                guard fitting == 0, nearMissLimits.admit(by), scorer.isWorthTelling(closing)
                else { return }
                var known = missesOfCourse[must] ?? (TopList(limit: 1), by)
                if known.list.offer(offering, score: score, source) { known.by = by }
                missesOfCourse[must] = known
            }
            guard fitting == 0 else {
                total += fitting
                totalCourses += 1
                for entry in bestOfCourse.entries
                where best.offer(entry.offering, score: entry.score, source) {
                    others[entry.offering] = fitting - 1
                }
                return
            }
            for (must, miss) in missesOfCourse {
                for entry in miss.list.entries {
                    misses[must, default: TopList(limit: nearMissLimits.perLimit)]
                        .offer(entry.offering, score: entry.score, source)
                    shortfalls[entry.offering] = miss.by
                }
            }
        }
        let explainer = Explainer(scorer: scorer, skills: skills)
        let nearMisses = Profile.Must.allCases.flatMap { must in
            (misses[must]?.entries ?? []).compactMap { entry -> NearMiss? in
                guard let by = shortfalls[entry.offering] else { return nil }
                return NearMiss(
                    match: explainer.match(entry.offering), blockedBy: must, by: by)
            }
        }
        return MatchResults(
            total: total, totalCourses: totalCourses,
            results: best.entries.map {
                explainer.match($0.offering, otherOccasions: others[$0.offering] ?? 0)
            },
            nearMisses: nearMisses)
    }
}

/// The best few of many, in order: by score, equals by their ids.
///
/// An id is asked for only where it decides or stays, since making one costs more than a score.
struct TopList {
    /// An offering and what orders it.
    struct Entry {
        var offering: Int
        var score: Int
        var id: ID<Offering>

        func isBetter(than other: Entry) -> Bool {
            score != other.score ? score > other.score : id < other.id
        }
    }

    private let limit: Int
    private(set) var entries: [Entry] = []

    init(limit: Int) { self.limit = max(0, limit) }

    /// Takes an offering up when it is among the best.
    ///
    /// - Returns: Whether it is.
    @discardableResult
    mutating func offer(_ offering: Int, score: Int, _ source: some OfferingSource) -> Bool {
        if entries.count == limit {
            guard let last = entries.last, score >= last.score else { return false }
        }
        let entry = Entry(offering: offering, score: score, id: source.id(ofOffering: offering))
        if entries.count == limit {
            guard let last = entries.last, entry.isBetter(than: last) else { return false }
            entries.removeLast()
        }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entry.isBetter(than: entries[middle]) { high = middle } else { low = middle + 1 }
        }
        entries.insert(entry, at: low)
        return true
    }
}
