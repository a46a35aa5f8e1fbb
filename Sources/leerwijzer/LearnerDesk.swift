import CourseModel
import Ingest
import Matching
import Places
import SearchIndex
import Skills

/// What it takes to answer learners: the catalogue's offerings, places and skills, and the filters
/// that narrow what may be offered.
///
/// It holds nothing of a learner and never changes, so any number of threads can ask it.
struct LearnerDesk: Sendable {
    let index: IndexReader
    let offerings: IndexOfferings
    let gazetteer: Gazetteer
    let skills: SkillsCatalogue
    let funding: FundingRules
    let understood: UnderstoodFilters
    let today: CalendarDate
    private let candidates: Set<Int>?
    private let namedLanguage: AnswerLanguage?
    private let usualLanguage: AnswerLanguage

    init(_ workspace: WorkspaceOptions, filters: FilterOptions) throws {
        let catalogue = try workspace.open()
        gazetteer = try catalogue.gazetteer()
        skills = try catalogue.skills()
        funding = try workspace.funding()
        index = try catalogue.index()
        offerings = IndexOfferings(index)
        today = workspace.day
        understood = try FilterReader(
            gazetteer: gazetteer, skills: skills, index: index, today: today
        ).query(try filters.filters(words: []))
        candidates = filters.isEmpty ? nil : try index.offerings(matching: understood.query)
        namedLanguage = workspace.lang
        usualLanguage = workspace.language
    }

    /// Looks a profile's words and places up.
    func resolve(_ profile: Profile) throws(ProfilePlaceError) -> ResolvedProfile {
        try ResolvedProfile(profile, skills: skills) { PlaceAnswer($0, in: gazetteer) }
    }

    /// Whether the filters let an offering through.
    func isCandidate(_ offering: Int) -> Bool { candidates?.contains(offering) ?? true }

    /// Ranks the offerings for a learner.
    func match(_ resolved: ResolvedProfile, limit: Int, oncePerCourse: Bool) throws -> MatchResults
    {
        let matches = Matcher(source: offerings, skills: skills, funding: funding).match(
            resolved, today: today, limit: limit, oncePerCourse: oncePerCourse,
            isCandidate: isCandidate)
        try offerings.check()
        return matches
    }

    /// Makes the answer to show or to send.
    func output(_ matches: MatchResults, for resolved: ResolvedProfile) -> MatchOutput {
        let language = language(for: resolved.profile)
        return MatchOutput(
            matches: matches, resolved: resolved, skills: skills,
            rows: ResultRows(index: index, understood: understood, language: language),
            language: language, today: today)
    }

    /// The learner's own language, unless the command names one.
    func language(for profile: Profile) -> AnswerLanguage {
        if let namedLanguage { return namedLanguage }
        guard let language = profile.language else { return usualLanguage }
        return language == .dutch ? .nl : .en
    }

    /// How an offering fits a learner.
    func fit(_ resolved: ResolvedProfile, offering: Int) throws -> Matcher<IndexOfferings>.Fit {
        let fit = Matcher(source: offerings, skills: skills, funding: funding).fit(
            resolved, offering: offering, today: today)
        try offerings.check()
        return fit
    }

    /// The offering with an id, or all offerings of the course with it; `nil` when there is none.
    func offerings(of id: String) throws -> Range<Int>? {
        if let course = try index.number(of: ID<Course>(id)) {
            return try index.offerings(ofCourse: course)
        }
        // An offering's id begins with that of its course.
        for mark in id.indices where id[mark] == "#" {
            guard let course = try index.number(of: ID<Course>(String(id[..<mark]))),
                let number = try index.number(of: ID<Offering>(id), ofCourse: course)
            else { continue }
            return number..<number + 1
        }
        return nil
    }
}
