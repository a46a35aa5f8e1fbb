import Answers
import CourseModel
import Skills

/// What `skills show` answers: one skill or occupation.
struct ConceptShown: Encodable {
    struct Named: Encodable {
        var id: String
        var label: String
    }

    var id: String
    /// `skill`, `knowledge` or `occupation`.
    var kind: String
    var label: [String: String]
    var alternatives: [String: [String]]
    var description: [String: String]
    /// What it is part of, as far as it is a skill of the catalogue.
    var broader: [Named]
    /// Of an occupation: the skills that everyone in it has, and others.
    var essential: [Named]
    var optional: [Named]
    /// Of a skill: the occupations that ask for it.
    var occupations: [Named]

    /// - Returns: `nil` when there is no such concept.
    init?(_ id: String, in skills: SkillsCatalogue, language: AnswerLanguage) throws {
        func named(_ skill: Int) -> Named {
            Named(
                id: skills.skillID(skill).value, label: skills.skillLabel(skill, in: language.tag))
        }
        func texts(_ text: LocalizedText) -> [String: [String]] {
            Dictionary(
                grouping: text.wordings, by: { $0.language?.description ?? "" }
            ).mapValues { $0.map(\.text) }
        }
        let names: (label: LocalizedText, alternatives: LocalizedText)
        essential = []
        optional = []
        occupations = []
        if let number = skills.number(of: ID<Skill>(id)) {
            let skill = skills.skill(number)
            self.id = skill.id.value
            kind = skill.kind.rawValue
            names = (skill.label, skill.alternativeLabels)
            broader = skill.broader.compactMap { skills.number(of: ID<Skill>($0)) }.map(named)
            for occupation in 0..<skills.occupationCount
            where skills.needs(ofOccupation: occupation).contains(where: { $0.skill == number }) {
                occupations.append(
                    Named(
                        id: skills.occupationID(occupation).value,
                        label: skills.occupationLabel(occupation, in: language.tag)))
            }
        } else if let number = skills.number(of: ID<Occupation>(id)) {
            let occupation = skills.occupation(number)
            self.id = occupation.id.value
            kind = "occupation"
            names = (occupation.label, occupation.alternativeLabels)
            broader = []
            for need in skills.needs(ofOccupation: number) {
                if need.importance == .essential {
                    essential.append(named(need.skill))
                } else {
                    optional.append(named(need.skill))
                }
            }
        } else {
            return nil
        }
        label = texts(names.label).compactMapValues(\.first)
        alternatives = texts(names.alternatives)
        description = texts(try skills.description(of: self.id)).compactMapValues(\.first)
    }

    func print(as format: TableOrJSON, in language: AnswerLanguage) throws {
        if format == .json { return try Console.print(try JSONOutput.line(self)) }
        let tags = language == .nl ? ["nl", "en"] : ["en", "nl"]
        let names = tags.compactMap { label[$0] }
        try Console.print(Terminal.output.bold(names.joined(separator: " · ")))
        let kinds = [
            "skill": language(nl: "vaardigheid", en: "skill"),
            "knowledge": language(nl: "kennis", en: "knowledge"),
            "occupation": language(nl: "beroep", en: "occupation"),
        ]
        try Console.print("\(kinds[kind] ?? kind) · \(id)")
        for tag in tags {
            if let text = description[tag] {
                try Console.print(text)
                break
            }
        }
        for tag in tags {
            if let others = alternatives[tag], !others.isEmpty {
                try Console.print(
                    language(nl: "ook (\(tag)): ", en: "also (\(tag)): ")
                        + others.joined(separator: ", "))
            }
        }
        for (heading, concepts) in [
            (language(nl: "deel van", en: "part of"), broader),
            (language(nl: "vraagt altijd", en: "always asks for"), essential),
            (language(nl: "vraagt soms", en: "sometimes asks for"), optional),
            (language(nl: "gevraagd door", en: "asked for by"), occupations),
        ] where !concepts.isEmpty {
            try Console.print("\(heading):")
            for concept in concepts { try Console.print("  \(concept.label)  \(concept.id)") }
        }
    }
}
