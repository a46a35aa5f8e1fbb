import CourseModel
import Matching
import Places
import SearchIndex
import Skills

/// What it takes to answer learners: the catalogue's offerings, places and skills, and the filters
/// that narrow what may be offered.
///
/// It holds nothing of a learner and never changes, so any number of threads can ask it.
public struct LearnerDesk: Sendable {
    /// The index of the catalogue.
    public let index: IndexReader
    /// Its offerings, as matching reads them.
    public let offerings: IndexOfferings
    /// Places and travel.
    public let gazetteer: Gazetteer
    /// Skills and occupations.
    public let skills: SkillsCatalogue
    /// The partnership's funding schemes.
    public let funding: FundingRules
    /// How much each part of a match counts here.
    public let weights: MatchWeights
    /// The filters as they were understood.
    public let understood: UnderstoodFilters
    /// The day that is taken for today.
    public let today: CalendarDate
    /// How long ways take: a router's times where there is one, else estimates.
    public let travel: TravelTimes
    private let candidates: Set<Int>?
    private let namedLanguage: AnswerLanguage?
    private let usualLanguage: AnswerLanguage

    /// A desk for a catalogue.
    ///
    /// - Parameters:
    ///   - weights: How much each part of a match counts.
    ///   - travel: Where travel times come from: estimates unless given.
    ///   - filters: What narrows the offerings; those that do not pass are never offered.
    ///   - named: The language to answer in, whatever the learner's.
    ///   - usual: The language to answer in when neither the command nor the profile names one.
    /// - Throws: ``FilterFault`` for a filter that is not understood; ``IndexError``.
    public init(
        index: IndexReader, gazetteer: Gazetteer, skills: SkillsCatalogue, funding: FundingRules,
        weights: MatchWeights = MatchWeights(), travel: TravelTimes = TravelTimes(),
        filters: Filters, today: CalendarDate,
        named: AnswerLanguage?, usual: AnswerLanguage
    ) throws {
        self.index = index
        self.gazetteer = gazetteer
        self.skills = skills
        self.funding = funding
        self.weights = weights
        self.today = today
        self.travel = travel
        offerings = IndexOfferings(index)
        understood = try FilterReader(
            gazetteer: gazetteer, skills: skills, index: index, travel: travel,
            today: today
        ).query(filters)
        candidates = filters.areEmpty ? nil : try index.offerings(matching: understood.query)
        namedLanguage = named
        usualLanguage = usual
    }

    /// Looks a profile's words and places up.
    public func resolve(_ profile: Profile) throws(ProfilePlaceError) -> ResolvedProfile {
        try ResolvedProfile(profile, skills: skills, weights: weights, travel: travel) {
            PlaceAnswer($0, in: gazetteer)
        }
    }

    /// Whether the filters let an offering through.
    public func isCandidate(_ offering: Int) -> Bool { candidates?.contains(offering) ?? true }

    /// Ranks the offerings for a learner.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func match(
        _ resolved: ResolvedProfile, limit: Int, oncePerCourse: Bool
    ) throws -> MatchResults {
        let matches = Matcher(source: offerings, skills: skills, weights: weights, funding: funding)
            .match(
                resolved, today: today, limit: limit, oncePerCourse: oncePerCourse,
                isCandidate: isCandidate)
        try offerings.check()
        return matches
    }

    /// Plans the paths that close a learner's gap.
    ///
    /// - Parameter leastShare: What the cheapest, fastest and nearest path close at least, in
    ///   percent of what the most complete one closes.
    /// - Throws: ``IndexError`` when the index is damaged.
    public func paths(for resolved: ResolvedProfile, leastShare: Int) throws -> PathResults {
        var planner = PathPlanner(
            source: offerings, skills: skills, weights: weights, funding: funding)
        planner.leastShare = leastShare
        let results = planner.paths(for: resolved, today: today, isCandidate: isCandidate)
        try offerings.check()
        return results
    }

    /// Why there is nothing to plan a path for, and what to do; for profiles without a gap.
    public func whyNoGap(_ resolved: ResolvedProfile) -> String {
        let context = context(for: resolved)
        guard context.notUnderstood.isEmpty else {
            return context.notUnderstood.joined(separator: " ")
        }
        return context.language(
            nl: "er is niets te leren; vul wanted in onder occupation of wants onder skills",
            en: "there is no gap to close; fill in wanted under occupation or wants under skills")
    }

    /// Makes the answer to show or to send.
    public func answer(_ matches: MatchResults, for resolved: ResolvedProfile) -> MatchAnswer {
        MatchAnswer(matches: matches, context: context(for: resolved))
    }

    /// Makes the answer to show or to send.
    public func answer(_ results: PathResults, for resolved: ResolvedProfile) -> PathAnswer {
        PathAnswer(results: results, context: context(for: resolved))
    }

    /// Chooses modules that together cover a team, and makes the answer.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func cover(_ team: ResolvedProfile) throws -> TeamAnswer {
        let cover = TeamPlanner(
            source: offerings, skills: skills, weights: weights, funding: funding
        )
        .cover(for: team, today: today, isCandidate: isCandidate)
        try offerings.check()
        return TeamAnswer(cover: cover, context: context(for: team))
    }

    private func context(for resolved: ResolvedProfile) -> AnswerContext {
        let language = language(for: resolved.profile)
        return AnswerContext(
            resolved: resolved, language: language, today: today, skills: skills,
            rows: rows(in: language))
    }

    /// Rows of this catalogue in a language.
    public func rows(in language: AnswerLanguage) -> ResultRows {
        ResultRows(index: index, understood: understood, language: language)
    }

    /// The language to answer in where no profile was read.
    public var language: AnswerLanguage { namedLanguage ?? usualLanguage }

    /// The learner's own language, unless one was named.
    public func language(for profile: Profile) -> AnswerLanguage {
        if let namedLanguage { return namedLanguage }
        guard let language = profile.language else { return usualLanguage }
        return language == .dutch ? .nl : .en
    }

    /// How an offering fits a learner; an apprenticeship or internship by level and way.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func fit(
        _ resolved: ResolvedProfile, offering: Int
    ) throws -> Matcher<IndexOfferings>.Fit {
        let matcher = Matcher(source: offerings, skills: skills, weights: weights, funding: funding)
        let fit =
            matcher.isPlace(offering: offering)
            ? matcher.candidacy(resolved, offering: offering, today: today)
            : matcher.fit(resolved, offering: offering, today: today)
        try offerings.check()
        return fit
    }

    /// The offering with an id, or all offerings of the course with it; `nil` when there is none.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func offerings(of id: String) throws -> Range<Int>? { try index.offerings(of: id) }
}
