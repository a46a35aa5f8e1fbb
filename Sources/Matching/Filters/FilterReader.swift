import CourseModel
import Places
import SearchIndex
import Settings
import Skills
import Text

/// Turns filters into a query of the index.
public struct FilterReader {
    private let gazetteer: () throws -> Gazetteer
    private let mayNamePlace: (_ words: String) throws -> Bool
    private let skills: () throws -> SkillsCatalogue
    private let index: IndexReader
    private let synonyms: Synonyms
    private let travel: TravelTimes
    private let today: CalendarDate

    /// A reader that looks names up in these; what filters do not ask for is not loaded.
    ///
    /// - Parameter mayNamePlace: Whether a place may be named among some words, as far as can be told
    ///   without the gazetteer.
    public init(
        gazetteer: @escaping @autoclosure () throws -> Gazetteer,
        mayNamePlace: @escaping (_ words: String) throws -> Bool = { _ in true },
        skills: @escaping @autoclosure () throws -> SkillsCatalogue, index: IndexReader,
        synonyms: Synonyms = .standard, travel: TravelTimes = TravelTimes(), today: CalendarDate
    ) {
        self.gazetteer = gazetteer
        self.mayNamePlace = mayNamePlace
        self.skills = skills
        self.index = index
        self.synonyms = synonyms
        self.travel = travel
        self.today = today
    }

    /// The query that the filters ask for, and how names in them were understood.
    ///
    /// - Throws: ``FilterFault`` for the first filter that is not understood; ``IndexError``.
    public func query(_ filters: Filters) throws -> UnderstoodFilters {
        var understood = UnderstoodFilters(
            query: Query(filters.words, today: today), travel: travel)
        if !filters.words.isEmpty { understood.query.synonyms = synonyms }
        try readPlace(filters, into: &understood)
        try readContent(filters, into: &understood)
        try readMeaning(filters, into: &understood)
        try readTime(filters, into: &understood)
        understood.query.openOnly = filters.openOnly
        understood.query.includesPast = filters.all
        understood.query.includesFull = filters.all
        understood.query.includesCancelled = filters.all
        if let reach = understood.reach { understood = try understood.reaching(reach, in: index) }
        return understood
    }

    /// The query as a learner means it who types words and looks at what comes: a place among the
    /// words is a place to be near to, and courses that have some of the words are better than none.
    ///
    /// - Parameter widens: Whether the reach is made wider when there is little in it; that of a
    ///   place among the words always is.
    /// - Throws: ``FilterFault`` for the first filter that is not understood; ``IndexError``.
    public func learnersQuery(
        _ filters: Filters, widens: Bool = false
    ) throws -> UnderstoodFilters {
        var filters = filters
        let words =
            try !filters.words.isEmpty && filters.near == nil && filters.region == nil
            && filters.area == nil && mayNamePlace(filters.words)
            ? try PlaceInWords(
                filters.words, gazetteer: gazetteer(),
                isOccupation: {
                    (try skills().resolveOccupation($0).best?.confidence ?? 0) > 0.9
                }
            ) { words in
                var query = Query(words, today: today)
                query.synonyms = synonyms
                query.includesPast = true
                query.includesFull = true
                query.includesCancelled = true
                query.limit = 0
                query.relaxesUpTo = nil
                return try index.search(query).total > 0
            } : nil
        if let place = words?.found {
            filters.words = place.otherWords
            switch place.meaning {
            case .near(let found):
                filters.near = found.label
                if filters.within == nil { filters.within = Widening.firstReach }
            case .region(let region): filters.region = region.label
            }
        }
        var understood = try query(filters)
        understood.placeInWords = words?.found?.text
        understood.placeLeftAsWord = words?.leftAsWord
        understood.query.fewestWithAllWords = Widening.enough
        if let reach = understood.reach { understood = try understood.reaching(reach, in: index) }
        if widens, understood.reach == nil {
            throw FilterFault("widen", "needs a radius; add --near PLACE --within 15km")
        }
        if widens || understood.placeInWords != nil {
            try Widening.widen(&understood, in: index)
        }
        return understood
    }

    // MARK: Where

    private func readPlace(
        _ filters: Filters, into understood: inout UnderstoodFilters
    ) throws {
        let mode = try travelMode(filters.by)
        if let near = filters.near {
            let place = try place(near)
            understood.place = place
            understood.travelMode = mode
            understood.query.near = Query.Nearness(center: place.coordinates)
            if let within = filters.within {
                let reach = try reach(within, by: mode ?? .bike)
                understood.reach = reach
            }
        } else if filters.within != nil {
            throw FilterFault("within", "needs a place; add --near PLACE")
        } else if filters.by != nil {
            throw FilterFault("by", "needs a place; add --near PLACE")
        }
        if let region = filters.region {
            let region = try self.region(region)
            understood.region = region
            understood.query.regions = [
                RegionCode(kind: region.kind, code: region.code)
            ]
        }
        if let area = filters.area {
            do {
                understood.query.area = try Area(geoJSON: Array(area.utf8), file: "the area")
            } catch {
                throw FilterFault("area", "\(error)")
            }
        }
    }

    private func place(_ text: String) throws -> Place {
        switch try gazetteer().resolve(text) {
        case .found(let place): return place
        case .ambiguous(let places):
            throw FilterFault(
                "near",
                "there are several places called “\(text)”; choose one of: "
                    + places.map(\.label).joined(separator: ", "))
        case .region(let region):
            throw FilterFault(
                "near",
                "“\(text)” is a region; use --region \"\(region.label)\" instead, or name a place in it"
            )
        case .unknown(let suggestions):
            throw FilterFault("near", Self.unknown("place", text, suggestions.map(\.label)))
        }
    }

    private func region(_ text: String) throws -> Places.Region {
        switch try gazetteer().region(named: text) {
        case .found(let region, others: _): return region
        case .ambiguous(let regions):
            throw FilterFault(
                "region",
                "there are several regions called “\(text)”; choose one of: "
                    + regions.map { "“\($0.label)”" }.joined(separator: ", "))
        case .unknown(let suggestions):
            throw FilterFault("region", Self.unknown("region", text, suggestions.map(\.label)))
        }
    }

    private static func unknown(
        _ what: String, _ text: String, _ suggestions: [String],
        otherwise advice: String = "give a Dutch name or a postcode"
    ) -> String {
        "no \(what) is called “\(text)”"
            + (suggestions.isEmpty
                ? "; \(advice)"
                : "; did you mean \(suggestions.prefix(3).joined(separator: ", "))?")
    }

    private func travelMode(_ text: String?) throws(FilterFault) -> TravelMode? {
        guard let text else { return nil }
        if let mode = TravelMode(text) { return mode }
        throw FilterFault("by", "“\(text)” is no way to travel; write foot, bike, transit or car")
    }

    private func reach(_ text: String, by mode: TravelMode) throws(FilterFault) -> Reach {
        do { return try Reach(text, by: mode) } catch { throw FilterFault("within", "\(error)") }
    }

    // MARK: What

    private func readContent(
        _ filters: Filters, into understood: inout UnderstoodFilters
    ) throws {
        for text in Self.parts(filters.level) {
            understood.query.levels.formUnion(try levels(text))
        }
        for text in Self.parts(filters.kind) {
            understood.query.kinds.insert(try choice("kind", text, FieldWords.kinds))
        }
        for text in Self.parts(filters.mode) {
            understood.query.modes.insert(try choice("mode", text, FieldWords.modes))
        }
        for text in Self.parts(filters.audience) {
            understood.query.audiences.insert(try choice("audience", text, FieldWords.audiences))
        }
        for text in Self.parts(filters.language) {
            let code = FieldWords.languages[text.lowercased()] ?? text
            guard let language = LanguageTag(code) else {
                throw FilterFault("language", "“\(text)” is not a language; write nl, en, de, …")
            }
            understood.query.languages.insert(language)
        }
        for text in filters.provider {
            let providers = try index.providers(matching: text)
            guard !providers.isEmpty else {
                throw FilterFault("provider", "no provider’s name holds “\(text)”")
            }
            understood.query.providers.formUnion(providers)
        }
        if !filters.partner.isEmpty { understood.query.partners = try partners(filters.partner) }
        for text in filters.subject {
            let subjects = try index.subjects(matching: text)
            guard !subjects.isEmpty else {
                throw FilterFault(
                    "subject",
                    "no course has the subject “\(text)”; write a code (scheme:code) or a word of "
                        + "its label, or look for the word without --subject")
            }
            understood.query.subjects.formUnion(subjects)
        }
        if let text = filters.maxPrice {
            let plain = text.filter { $0 != "€" && $0 != " " }
            guard let price = FixedDecimal(plain), price >= .zero else {
                throw FilterFault("max-price", "“\(text)” is no price in euro; write 250 or 99.50")
            }
            understood.query.maxPrice = price
        }
        if let weeks = filters.maxWeeks {
            guard weeks > 0 else { throw FilterFault("max-weeks", "give 1 week or more") }
            understood.query.maxWeeks = weeks
        }
    }

    private func partners(_ texts: [String]) throws -> Set<ID<Partner>> {
        let known = try index.partners
        var partners: Set<ID<Partner>> = []
        for text in Self.parts(texts) {
            guard known.contains(ID(text)) else {
                let ids = known.map(\.value).sorted()
                let hint = nearest(to: text.lowercased(), among: ids).map {
                    "did you mean “\($0)”?"
                }
                throw FilterFault(
                    "partner",
                    "searches show no course of a partner with the id “\(text)”, or show another "
                        + "partner’s instead (leerwijzer report duplicates tells); "
                        + (hint ?? "the ids are \(ids.prefix(20).joined(separator: ", "))"))
            }
            partners.insert(ID(text))
        }
        return partners
    }

    private func levels(_ text: String) throws(FilterFault) -> LevelSet {
        if text == "unknown" { return .unknown }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        if ends.count == 2, let first = NLQFLevel(rawValue: String(ends[0])),
            let last = NLQFLevel(rawValue: String(ends[1])), first <= last
        {
            return NLQFLevel.allCases.filter { $0 >= first && $0 <= last }
                .reduce(into: LevelSet()) { $0.formUnion(.nlqf($1)) }
        }
        guard let level = FieldWords.level(text) else {
            throw FilterFault(
                "level", "“\(text)” is no level; write 1-8, 4+, a range such as 3-5, or mbo 3, hbo…"
            )
        }
        return .nlqf(level)
    }

    private func choice<Choice: CaseIterable & RawRepresentable>(
        _ filter: String, _ text: String, _ alternatives: [String: Choice]
    ) throws(FilterFault) -> Choice where Choice.RawValue == String {
        let lower = text.lowercased()
        if let choice = Choice(rawValue: lower) ?? alternatives[lower] { return choice }
        let words = Choice.allCases.map(\.rawValue)
        let hint = nearest(to: lower, among: words).map { "; did you mean “\($0)”?" } ?? ""
        throw FilterFault(
            filter, "“\(text)” is not one of \(words.joined(separator: ", "))\(hint)")
    }

    // MARK: Skills and occupations

    private func readMeaning(
        _ filters: Filters, into understood: inout UnderstoodFilters
    ) throws {
        guard !filters.skill.isEmpty || !filters.occupation.isEmpty else { return }
        let skills = try skills()
        for text in filters.skill {
            if let number = skills.number(of: ID<Skill>(text)) {
                understood.query.skills.insert(skills.skillID(number).value)
            } else if text.contains(":") {
                // An id of a scheme that is not imported may still stand in a feed.
                understood.query.skills.insert(text)
            } else if let best = skills.resolveSkill(text).best {
                understood.query.skills.insert(skills.skillID(best.number).value)
                understood.concepts.append(.init(text: text, label: best.label))
            } else {
                let near = skills.resolveSkill(text).matches.map(\.label)
                throw FilterFault(
                    "skill",
                    Self.unknown(
                        "skill", text, near, otherwise: "leerwijzer skills find looks them up"))
            }
        }
        for text in filters.occupation {
            let number: Int
            if let known = skills.number(of: ID<Occupation>(text)) {
                number = known
            } else if let best = skills.resolveOccupation(text).best {
                number = best.number
                understood.concepts.append(.init(text: text, label: best.label))
            } else {
                let near = skills.resolveOccupation(text).matches.map(\.label)
                throw FilterFault(
                    "occupation",
                    Self.unknown(
                        "occupation", text, near,
                        otherwise: "leerwijzer skills find looks them up"))
            }
            // A course serves an occupation by teaching a skill that it cannot do without.
            let needs = skills.needs(ofOccupation: number).filter { $0.importance == .essential }
            // Without a skill to look for, every course would do.
            guard !needs.isEmpty else {
                throw FilterFault(
                    "occupation",
                    "“\(text)” has no skill that it cannot do without, so no course is known to lead to "
                        + "it; search for its words instead")
            }
            for need in needs {
                understood.query.occupationSkills.insert(skills.skillID(need.skill).value)
            }
        }
    }

    // MARK: When

    private func readTime(
        _ filters: Filters, into understood: inout UnderstoodFilters
    ) throws(FilterFault) {
        understood.query.startAfter = try day("start-after", filters.startAfter)
        understood.query.startBefore = try day("start-before", filters.startBefore)
        if let first = understood.query.startAfter, let last = understood.query.startBefore,
            last < first
        {
            throw FilterFault(
                "start-before", "\(last) lies before --start-after \(first); exchange them")
        }
        if filters.evenings { understood.query.dayParts.insert(.evening) }
        if filters.weekends { understood.query.dayParts.insert(.weekend) }
    }

    private func day(_ filter: String, _ text: String?) throws(FilterFault) -> CalendarDate? {
        guard let text else { return nil }
        switch FieldWords.date(text, today: today) {
        case .date(let date): return date
        case .fault(let text): throw FilterFault(filter, text.english)
        }
    }

    /// Values may be given apart or with commas between them.
    private static func parts(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",").map { String($0.trimmingSpaces()) } }
    }
}

/// A query and how the names in its filters were understood.
public struct UnderstoodFilters: Sendable {
    /// A name that was looked up.
    public struct Concept: Hashable, Sendable {
        /// As it was written.
        public let text: String
        /// What it was taken for.
        public let label: String
    }

    /// The query.
    public var query: Query
    /// The place that `--near` names.
    public var place: Place?
    /// How far from it.
    public var reach: Reach?
    /// How one travels, when that was said.
    public var travelMode: TravelMode?
    /// The region that `--region` names.
    public var region: Places.Region?
    /// Skills and occupations that were given in plain words.
    public var concepts: [Concept] = []
    /// What of the words was taken for the place, when no filter named one.
    public var placeInWords: String?
    /// The name of a place that was taken for a word, though the place may be meant.
    public var placeLeftAsWord: Concept?
    /// How far was asked for, when the reach was widened.
    public var widenedFrom: Reach?

    /// Travel times for reaches and results.
    public let travel: TravelTimes

    init(query: Query, travel: TravelTimes) {
        self.query = query
        self.travel = travel
    }
}
