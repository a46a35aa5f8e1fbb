import Answers
import CourseModel
import Skills

/// What `skills find` answers.
struct ConceptsFound: Encodable {
    struct Match: Encodable {
        var id: String
        var label: String
        /// The label that came nearest.
        var found: String
        /// What it rests on.
        var basis: String
        var confidence: Double

        init(_ match: ConceptMatch, id: String, label: String) {
            self.id = id
            self.label = label
            found = match.label
            basis = match.basis.rawValue
            confidence = (match.confidence * 100).rounded() / 100
        }
    }

    var skills: [Match]
    var occupations: [Match]

    func print(as format: TableOrJSON, in language: AnswerLanguage) throws {
        if format == .json { return try Console.print(try JSONOutput.line(self)) }
        if skills.isEmpty, occupations.isEmpty {
            return try Console.print(
                language(
                    nl: "Niets gevonden dat hierop lijkt; probeer een ander woord.",
                    en: "Nothing found that comes near; try another word."))
        }
        var table = TextTable([
            .init(heading: language(nl: "soort", en: "kind")),
            .init(heading: language(nl: "naam", en: "name"), canShrink: true),
            .init(heading: language(nl: "gevonden als", en: "found as"), canShrink: true),
            .init(heading: language(nl: "zekerheid", en: "confidence"), isNumeric: true),
            .init(heading: "id"),
        ])
        for (kind, matches) in [
            (language(nl: "vaardigheid", en: "skill"), skills),
            (language(nl: "beroep", en: "occupation"), occupations),
        ] {
            for match in matches {
                table.append([
                    kind, match.label, match.found == match.label ? "" : match.found,
                    "\(Int((match.confidence * 100).rounded())) %", match.id,
                ])
            }
        }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }
}
