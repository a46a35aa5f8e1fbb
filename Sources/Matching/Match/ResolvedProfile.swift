import CourseModel
import Places
import Settings
import Skills

/// A profile whose words have been looked up: places on the map, skills in the catalogue.
public struct ResolvedProfile: Sendable {
    /// The profile.
    public let profile: Profile
    /// The places of the learner's life, most telling first: future work, work, home.
    public let places: [LifePlace]
    /// The occupation that the learner has.
    public let currentOccupation: Resolution?
    /// The occupation that the learner wants.
    public let wantedOccupation: Resolution?
    /// The skills had, one resolution for each text.
    public let skillsHad: [Resolution]
    /// The skills wanted, one resolution for each text.
    public let skillsWanted: [Resolution]
    /// What the learner lacks for what he or she wants, heaviest first, then by number.
    public let gap: [Gap]
    /// The wishes whose words mean nothing in the catalogue, in the order of the profile: they stay
    /// open, whatever is offered.
    public let unrecognisedWishes: [UnrecognisedWish]
    /// How long the ways from those places take.
    public let travel: TravelTimes

    /// What each member of a team lacks, in the order of the profile.
    public let members: [Member]

    /// A member of a team and what this one lacks.
    public struct Member: Hashable, Sendable {
        /// What to call this one.
        public let name: String
        /// The skills lacked that count, by their numbers.
        public let gap: Set<Int>
        /// What this one's words were taken for.
        public let words: [Resolution]
    }

    /// Looks a profile up.
    ///
    /// - Parameters:
    ///   - travel: Where travel times come from: estimates unless given.
    ///   - find: Looks a place up.
    /// - Throws: ``ProfilePlaceError`` for a place that is not found or may be several.
    public init(
        _ profile: Profile, skills: SkillsCatalogue, weights: MatchWeights = MatchWeights(),
        travel: TravelTimes = TravelTimes(), find: (String) -> PlaceAnswer
    ) throws(ProfilePlaceError) {
        self.profile = profile
        self.travel = travel
        var places: [LifePlace] = []
        for (role, place) in Self.statedPlaces(of: profile) {
            places.append(try Self.lifePlace(role, place, find))
        }
        self.places = places
        currentOccupation = profile.currentOccupation.map { skills.resolveOccupation($0) }
        wantedOccupation = profile.wantedOccupation.map { skills.resolveOccupation($0) }
        skillsHad = profile.skillsHad.map { skills.resolveSkill($0) }
        skillsWanted = profile.skillsWanted.map { skills.resolveSkill($0) }
        // Without a wish, learning deepens the work that one has.
        let occupation = wantedOccupation ?? (skillsWanted.isEmpty ? currentOccupation : nil)
        var unrecognised = UnrecognisedWish.Gathering(weights)
        unrecognised.take(wantedOccupation, asOccupation: true)
        for wish in skillsWanted { unrecognised.take(wish) }
        guard !profile.members.isEmpty else {
            members = []
            unrecognisedWishes = unrecognised.wishes
            gap = Self.gap(
                skills: skills, weights: weights, had: skillsHad, wanted: skillsWanted,
                occupation: occupation)
            return
        }
        // What a team lacks is what any of its members lacks.
        var members: [Member] = []
        var lacked: [Int: Gap] = [:]
        for member in profile.members {
            let had = member.skillsHad.map { skills.resolveSkill($0) }
            let wanted = member.skillsWanted.map { skills.resolveSkill($0) }
            let own = member.occupation.map { skills.resolveOccupation($0) }
            unrecognised.take(own, asOccupation: true)
            for wish in wanted { unrecognised.take(wish) }
            let gap = Self.gap(
                skills: skills, weights: weights, had: skillsHad + had,
                wanted: skillsWanted + wanted, occupation: own ?? occupation)
            members.append(
                Member(
                    name: member.name, gap: Set(gap.filter(\.isCounted).map(\.skill)),
                    words: [own].compactMap { $0 } + had + wanted))
            for gap in gap where gap.weight > lacked[gap.skill]?.weight ?? 0 {
                lacked[gap.skill] = gap
            }
        }
        self.members = members
        unrecognisedWishes = unrecognised.wishes
        gap = lacked.values.sorted { ($1.weight, $0.skill) < ($0.weight, $1.skill) }
    }

    /// Whether the learner wishes for anything, understood or not.
    public var hasWish: Bool { !gap.isEmpty || !unrecognisedWishes.isEmpty }

    /// How many gaps are counted out to the learner, with the wishes that were not understood, each as
    /// one.
    public var openCount: Int { gap.count(where: \.isCounted) + unrecognisedWishes.count }

    /// Everything that keeps the places of a profile from being found, so that a person mends them
    /// in one go.
    public static func faults(
        inPlacesOf profile: Profile, find: (String) -> PlaceAnswer
    ) -> [ProfilePlaceError] {
        statedPlaces(of: profile).compactMap { role, place in
            do throws(ProfilePlaceError) {
                _ = try lifePlace(role, place, find)
                return nil
            } catch {
                return error
            }
        }
    }

    private static func statedPlaces(
        of profile: Profile
    ) -> [(role: LifePlace.Role, place: ProfilePlace)] {
        [
            (LifePlace.Role.futureWork, profile.futureWork), (.work, profile.work),
            (.home, profile.home),
        ].compactMap { role, place in place.map { (role, $0) } }
    }

    private static func lifePlace(
        _ role: LifePlace.Role, _ place: ProfilePlace, _ find: (String) -> PlaceAnswer
    ) throws(ProfilePlaceError) -> LifePlace {
        switch find(place.place) {
        case .found(let label, let coordinates):
            return LifePlace(
                role: role, label: label, coordinates: coordinates, within: place.within,
                mode: place.mode)
        case .ambiguous(let labels):
            throw ProfilePlaceError(role: role, text: place.place, problem: .ambiguous(labels))
        case .region(let label):
            throw ProfilePlaceError(role: role, text: place.place, problem: .region(label))
        case .unknown(let suggestions):
            throw ProfilePlaceError(
                role: role, text: place.place, problem: .unknown(suggestions: suggestions))
        }
    }

    /// A skill that the learner lacks, and how much it counts.
    public struct Gap: Hashable, Sendable {
        /// Why it counts.
        public enum Origin: Hashable, Sendable {
            /// The learner asks for it.
            case wanted
            /// The occupation cannot do without it.
            case essential
            /// The occupation may ask for it.
            case optional
        }

        /// The skill's number in its catalogue.
        public let skill: Int
        /// Why it counts.
        public let origin: Origin
        /// How much it counts, in thousandths.
        public let weight: Int

        /// Whether it is one of the gaps that are counted out to the learner.
        public var isCounted: Bool { origin != .optional }
    }

    private static func gap(
        skills: SkillsCatalogue, weights: MatchWeights, had: [Resolution], wanted: [Resolution],
        occupation: Resolution?
    ) -> [Gap] {
        let had = had.compactMap(\.best?.number)
        func isHad(_ skill: Int) -> Bool {
            had.contains {
                $0 == skill || Int(skills.similarity($0, skill) * 1000) >= weights.sameSkill
            }
        }
        var gaps: [Int: Gap] = [:]
        for resolution in wanted {
            guard let skill = resolution.best?.number, !isHad(skill) else { continue }
            gaps[skill] = Gap(skill: skill, origin: .wanted, weight: weights.wantedSkill)
        }
        if let occupation = occupation?.best?.number {
            for need in skills.needs(ofOccupation: occupation)
            where gaps[need.skill] == nil && !isHad(need.skill) {
                let isEssential = need.importance == .essential
                gaps[need.skill] = Gap(
                    skill: need.skill, origin: isEssential ? .essential : .optional,
                    weight: isEssential ? weights.essentialSkill : weights.optionalSkill)
            }
        }
        return gaps.values.sorted { ($1.weight, $0.skill) < ($0.weight, $1.skill) }
    }
}

/// A place of a learner's life, found on the map.
public struct LifePlace: Hashable, Sendable {
    /// What it is in the learner's life.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// The field names of a profile.
        case futureWork = "future-work"
        /// Where the learner works.
        case work
        /// Where the learner lives.
        case home
    }

    /// What it is.
    public let role: Role
    /// Its name as it is shown.
    public let label: String
    /// Where it is.
    public let coordinates: Coordinates
    /// How far the learner goes from it.
    public let within: ProfilePlace.Within?
    /// How the learner travels from it.
    public let mode: TravelMode
}

/// What looking a place up gives.
public enum PlaceAnswer: Sendable {
    /// One place.
    case found(label: String, Coordinates)
    /// Several places of that name, by the labels that tell them apart.
    case ambiguous([String])
    /// A region, which has no middle to travel from.
    case region(String)
    /// No such place; perhaps one of these was meant.
    case unknown(suggestions: [String])

    /// Looks a place up in a gazetteer.
    public init(_ text: String, in gazetteer: Gazetteer) {
        self =
            switch gazetteer.resolve(text) {
            case .found(let place):
                .found(label: Self.town(of: place), place.coordinates)
            case .ambiguous(let places): .ambiguous(places.map(\.label))
            case .region(let region): .region(region.label)
            case .unknown(let suggestions): .unknown(suggestions: suggestions.map(\.label))
            }
    }

    /// What to call a place in a sentence: the town of a postcode or a point.
    private static func town(of place: Place) -> String {
        switch place.kind {
        case .town, .municipality: return place.label
        case .postcode:
            return String(place.label.dropFirst(place.name.count).trimmingSpaces())
        case .coordinates:
            guard let open = place.label.lastIndex(of: "("), place.label.last == ")" else {
                return place.label
            }
            return String(place.label[place.label.index(after: open)...].dropLast())
        }
    }
}

/// A place of a profile that cannot be found on the map.
public struct ProfilePlaceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is the matter.
    public enum Problem: Hashable, Sendable {
        /// Several places have that name.
        case ambiguous([String])
        /// It is a region, which has no middle to travel from.
        case region(String)
        /// None has.
        case unknown(suggestions: [String])
    }

    /// Which place.
    public let role: LifePlace.Role
    /// As the profile has it.
    public let text: String
    /// What is the matter.
    public let problem: Problem

    /// The field, as profiles write it.
    public var field: String { "\(role.rawValue).place" }

    /// What is wrong, and what to write.
    public func message(in language: LanguageTag) -> String {
        let words = PlainWords(language: language == .dutch ? .dutch : .english)
        func quoted(_ names: [String]) -> String { words.choice(names.map { "“\($0)”" }) }
        let message =
            switch problem {
            case .ambiguous(let labels):
                FaultText(
                    nl: "“\(text)” kan meer plaatsen zijn; schrijf \(quoted(labels)), of een "
                        + "postcode",
                    en: "“\(text)” may be several places; write \(quoted(labels)), or a postcode")
            case .region(let label):
                FaultText(
                    nl: "“\(text)” is een regio (\(label)); schrijf een plaats of een postcode "
                        + "daarin",
                    en: "“\(text)” is a region (\(label)); write a town or a postcode in it")
            case .unknown(let suggestions) where suggestions.isEmpty:
                FaultText(
                    nl: "“\(text)” is geen plaats die we kennen; schrijf een plaats, een postcode "
                        + "of \"52.03,5.17\"",
                    en: "“\(text)” is not a place that is known; write a town, a postcode or "
                        + "\"52.03,5.17\"")
            case .unknown(let suggestions):
                FaultText(
                    nl: "“\(text)” is geen plaats die we kennen; bedoel je "
                        + "\(quoted(suggestions))?",
                    en: "“\(text)” is not a place that is known; did you mean "
                        + "\(quoted(suggestions))?")
            }
        return message.text(in: language)
    }

    /// The field, what is wrong, and what to write.
    public func description(in language: LanguageTag) -> String {
        "\(field): \(message(in: language))"
    }

    /// The same in English.
    public var description: String { description(in: .english) }
}
