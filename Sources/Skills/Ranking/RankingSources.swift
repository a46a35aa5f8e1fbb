import CourseModel

/// What a classification knows of concepts that are to be ranked.
struct RankingSources {
    enum Kind {
        case skill, occupation
    }

    private let classification: Classification
    private let places: [String: (kind: Kind, place: Int)]

    init(_ classification: Classification) {
        self.classification = classification
        var places: [String: (kind: Kind, place: Int)] = [:]
        for (place, concept) in classification.skills.enumerated() {
            places[Classification.key(concept.id)] = (.skill, place)
        }
        for (place, concept) in classification.occupations.enumerated() {
            places[Classification.key(concept.id)] = (.occupation, place)
        }
        self.places = places
    }

    /// Adds what is known of a concept; which kind it is, `nil` when nothing is known of it.
    func add(
        to ranked: inout RankedConcept, id: String, language: LanguageTag, replacingLabels: Bool
    ) -> Kind? {
        guard let (kind, place) = places[Classification.key(id)] else {
            // A unit group of ISCO is a member of itself, so that its name counts for the group.
            if let code = Classification.isco08(ofGroup: id) { ranked.groups = [code] }
            return nil
        }
        let concept =
            kind == .skill ? classification.skills[place] : classification.occupations[place]
        let own = concept.wording(language)
        let other = concept.wording(language == .english ? .dutch : .english)
        if replacingLabels, !own.labels.isEmpty { ranked.labels = own.labels }
        if ranked.text.isEmpty { ranked.text = own.text }
        ranked.otherLabels = other.labels
        ranked.otherText = other.text
        ranked.groups =
            kind == .skill
            ? concept.broader.map(Classification.key)
            : concept.isco08.isEmpty ? [] : [concept.isco08]
        return kind
    }

    /// What concepts are related to: the occupations that ask for skills, or the skills that
    /// occupations ask for.
    ///
    /// - Parameter places: The numbers of the concepts that are ranked, by the last part of their
    ///   ids.
    func related(
        to places: [String: Int], language: LanguageTag, areSkills: Bool
    ) -> [RelatedConcept] {
        let others = areSkills ? classification.occupations : classification.skills
        let ranked = areSkills ? classification.skills : classification.occupations
        let numbers = ranked.map { places[Classification.key($0.id)] }
        var links = [[(concept: Int, strength: Float)]](repeating: [], count: others.count)
        for need in classification.needs {
            let (from, to) =
                areSkills ? (need.occupation, need.skill) : (need.skill, need.occupation)
            guard let number = numbers[to] else { continue }
            links[from].append((number, need.isEssential ? 1 : 0.5))
        }
        let otherLanguage: LanguageTag = language == .english ? .dutch : .english
        let kin = kin(areSkills: areSkills)
        return others.indices.map { place in
            let wording = others[place].wording(language)
            return RelatedConcept(
                text: (wording.labels + [wording.text]).joined(separator: "\n"),
                otherText: kin[place].map { number in
                    let wording = ranked[number].wording(otherLanguage)
                    return wording.label + " " + wording.text.prefix(200)
                }.joined(separator: "\n"), links: links[place])
        }
    }
}

extension RankingSources {
    /// For each occupation the skills it asks for, or for each skill the occupations that ask for it.
    private func kin(areSkills: Bool) -> [[Int]] {
        var kin = [[Int]](
            repeating: [],
            count: areSkills ? classification.occupations.count : classification.skills.count)
        for need in classification.needs {
            if areSkills {
                kin[need.occupation].append(need.skill)
            } else {
                kin[need.skill].append(need.occupation)
            }
        }
        return kin
    }
}

extension Classification {
    /// Whether an id is that of a group and not of an occupation or skill, which ESCO's ids tell.
    static func isGroup(_ id: String) -> Bool {
        let parts = id.split(separator: "/")
        return parts.count >= 2 && ["isco", "isced-f"].contains(parts[parts.count - 2])
    }

    /// The four digits of a unit group of ISCO-08 (`…/isco/C2221`).
    static func isco08(ofGroup id: String) -> String? {
        let key = key(id)
        guard isGroup(id), key.hasPrefix("C"), key.utf8.count == 5 else { return nil }
        return String(key.dropFirst())
    }
}
