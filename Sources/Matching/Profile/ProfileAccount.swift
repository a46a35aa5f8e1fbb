import CourseModel
import Places
import Skills

/// How a profile was understood, field by field, so that its author can see what it will do.
public struct ProfileAccount: Hashable, Sendable {
    /// One thing that the profile says.
    public struct Item: Hashable, Sendable {
        /// The field, such as `skills.wants`.
        public let field: String
        /// What stands there, when it was words that had to be looked up.
        public let said: String?
        /// What it was taken for; `nil` when it was not recognised.
        public let understood: String?
        /// The id of the concept that it was taken for.
        public let id: String?
        /// How sure that is, 0...1, when it was a guess at words.
        public let confidence: Double?
        /// What else it may mean, likeliest first.
        public let alternatives: [Alternative]

        /// A plain statement.
        init(_ field: String, _ understood: String, said: String? = nil) {
            self.field = field
            self.said = said
            self.understood = understood
            id = nil
            confidence = nil
            alternatives = []
        }

        /// What words were taken for.
        init(
            _ field: String, _ resolution: Resolution, label: (Int) -> String,
            id: (Int) -> String
        ) {
            self.field = field
            said = resolution.text
            let best = resolution.best
            understood = best.map { label($0.number) }
            self.id = best.map { id($0.number) }
            confidence = best?.confidence
            // What is certain has no rivals worth reading.
            alternatives =
                best.map { $0.confidence >= 0.995 } == true
                ? []
                : resolution.alternatives.prefix(3).map {
                    Alternative(
                        label: label($0.number), id: id($0.number), confidence: $0.confidence)
                }
        }
    }

    /// Something else that a text may mean.
    public struct Alternative: Hashable, Sendable {
        /// What it is called.
        public let label: String
        /// Its id, which can be written in the profile to be certain.
        public let id: String
        /// How likely it is, 0...1.
        public let confidence: Double
    }

    /// What the profile says, in the order of its documentation.
    public let items: [Item]
    /// The skills that are still to be learnt, heaviest first; those that the occupation may ask
    /// for are left out.
    public let gap: [String]
    /// How many more skills the occupation may ask for.
    public let optionalGapCount: Int

    /// Accounts for a profile, worded in a language.
    public init(_ resolved: ResolvedProfile, skills: SkillsCatalogue, in language: ReasonLanguage) {
        let tag: LanguageTag = language == .dutch ? .dutch : .english
        var writer = ProfileAccountWriter(
            resolved: resolved, skills: skills, tag: tag, words: PlainWords(language: language))
        items = writer.items()
        let counted = resolved.gap.filter(\.isCounted)
        gap = counted.map { skills.skillLabel($0.skill, in: tag) }
        optionalGapCount = resolved.gap.count - counted.count
    }
}

/// Words what each field of a profile was taken for.
private struct ProfileAccountWriter {
    let resolved: ResolvedProfile
    let skills: SkillsCatalogue
    let tag: LanguageTag
    let words: PlainWords
    private var written: [ProfileAccount.Item] = []

    init(resolved: ResolvedProfile, skills: SkillsCatalogue, tag: LanguageTag, words: PlainWords) {
        self.resolved = resolved
        self.skills = skills
        self.tag = tag
        self.words = words
    }

    private func pick(_ dutch: String, _ english: String) -> String {
        words.language.pick(dutch, english)
    }

    private mutating func add(_ field: String, _ text: String?, said: String? = nil) {
        if let text { written.append(.init(field, text, said: said)) }
    }

    mutating func items() -> [ProfileAccount.Item] {
        let profile = resolved.profile
        add("audience", profile.audience.map(words.audience))
        add("employment", profile.employment.map(words.employment))
        addConcepts()
        add("level.has", profile.levelHad.map { "NLQF \($0.rawValue)" })
        add("level.wants", profile.levelWanted.map { "NLQF \($0.rawValue)" })
        for place in resolved.places.reversed() { addPlace(place) }
        add(
            "time.hours-per-week",
            profile.hoursPerWeek.map {
                words.tenths(Int(($0 * 10).rounded())) + pick(" uur", " hours")
            })
        add("time.start-after", profile.startAfter.map(words.date))
        add("time.start-before", profile.startBefore.map(words.date))
        add("time.deadline", profile.deadline.map(words.date))
        add(
            "time.free",
            profile.freeSlots.isEmpty
                ? nil
                : profile.freeHours.isEmpty
                    ? words.slots(profile.free) : words.hours(profile.freeTimes))
        add(
            "needs.accessibility",
            list(Accessibility.allCases, profile.accessibility) { words.accessibility($0) })
        add(
            "needs.childcare",
            profile.childcare.isEmpty ? nil : words.hours(profile.childcare))
        add(
            "money.budget",
            profile.budget.map {
                $0.currency == .euro
                    ? words.euro(cents: Int($0.amount.scaled / 100))
                    : "\($0.amount) \($0.currency.code) "
                        + pick("(alleen euro’s worden vergeleken)", "(only euros are compared)")
            })
        add(
            "money.funding",
            profile.funding.isEmpty ? nil : words.list(profile.funding.map(words.scheme)))
        add("preferences.modes", list(DeliveryMode.allCases, profile.modes, words.mode))
        add(
            "preferences.languages",
            profile.languages.isEmpty ? nil : words.list(profile.languages.map(words.name)))
        add("preferences.kinds", list(CourseKind.allCases, profile.kinds, words.kind))
        add("preferences.must", list(Profile.Must.allCases, profile.musts, must))
        add("team.size", profile.teamSize > 1 ? "\(profile.teamSize)" : nil)
        for member in resolved.members {
            let lacks = resolved.gap.filter { member.gap.contains($0.skill) }
                .map { skills.skillLabel($0.skill, in: tag) }
            add(
                "team.member",
                lacks.isEmpty
                    ? pick("mist niets", "lacks nothing")
                    : pick("mist ", "lacks ") + words.list(lacks), said: member.name)
        }
        return written
    }

    private mutating func addConcepts() {
        func occupation(_ field: String, _ resolution: Resolution?) -> ProfileAccount.Item? {
            resolution.map {
                .init(field, $0, label: { skills.occupationLabel($0, in: tag) }) {
                    skills.occupationID($0).value
                }
            }
        }
        func skill(_ field: String, _ resolution: Resolution) -> ProfileAccount.Item {
            .init(field, resolution, label: { skills.skillLabel($0, in: tag) }) {
                skills.skillID($0).value
            }
        }
        written += [
            occupation("occupation.current", resolved.currentOccupation),
            occupation("occupation.wanted", resolved.wantedOccupation),
        ].compactMap { $0 }
        written += resolved.skillsHad.map { skill("skills.has", $0) }
        written += resolved.skillsWanted.map { skill("skills.wants", $0) }
    }

    private mutating func addPlace(_ place: LifePlace) {
        let profile = resolved.profile
        let stated =
            switch place.role {
            case .home: profile.home
            case .work: profile.work
            case .futureWork: profile.futureWork
            }
        let field = "\(place.role.rawValue)"
        add(
            "\(field).place", "\(place.label) (\(point(place.coordinates)))", said: stated?.place)
        let way = words.way(place.mode)
        switch place.within {
        case nil: add("\(field).within", pick("geen grens, \(way)", "no limit, \(way)"))
        case .metres(let metres):
            let minutes = Int(travelEstimate(metres: Double(metres), by: place.mode).rounded())
            let distance = words.tenths((metres + 50) / 100)
            add(
                "\(field).within",
                pick(
                    "\(distance) km hemelsbreed, ongeveer \(minutes) minuten \(way)",
                    "\(distance) km as the crow flies, about \(minutes) minutes \(way)"))
        case .minutes(let minutes):
            add("\(field).within", pick("\(minutes) minuten \(way)", "\(minutes) minutes \(way)"))
        }
    }

    /// Degrees to four places, some ten metres.
    private func point(_ coordinates: Coordinates) -> String {
        func degrees(_ value: Double) -> String {
            let scaled = Int((abs(value) * 10_000).rounded())
            let places = String(scaled % 10_000 + 10_000).dropFirst()
            return (value < 0 ? "-" : "") + "\(scaled / 10_000).\(places)"
        }
        return degrees(coordinates.latitude) + "," + degrees(coordinates.longitude)
    }

    private func list<Case: Hashable>(
        _ all: [Case], _ chosen: Set<Case>, _ word: (Case) -> String
    ) -> String? {
        chosen.isEmpty ? nil : words.list(all.filter(chosen.contains).map(word))
    }

    private func must(_ must: Profile.Must) -> String {
        switch must {
        case .travel: pick("binnen bereik", "within reach")
        case .budget: pick("binnen het budget", "within the budget")
        case .level: pick("op niveau", "at the level")
        case .start: pick("op tijd beginnen", "starts in time")
        case .time: pick("past in de tijd", "fits the time")
        case .language: pick("in de taal", "in the language")
        case .mode: pick("in de lesvorm", "in the mode")
        case .kind: pick("van de soort", "of the kind")
        case .accessibility: pick("toegankelijk", "accessible")
        case .childcare: pick("binnen de opvang van de kinderen", "within the childcare hours")
        case .commute:
            pick("past met de reis in de vrije tijd", "fits the free time with the way")
        }
    }
}
