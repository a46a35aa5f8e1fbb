import Answers
import Ingest

/// How the likeness of two courses is said to a person.
public enum DuplicateWording {
    /// `99.2% sure: same title, same start days; but: another level`.
    public static func likeness(
        _ likeness: DuplicateRegister.Likeness, _ language: AnswerLanguage
    ) -> String {
        let thousandths = Int(((1 - likeness.doubt) * 1000).rounded(.down))
        let sure = "\(thousandths / 10)\(language(nl: ",", en: "."))\(thousandths % 10)%"
        var text = language(nl: "\(sure) zeker", en: "\(sure) sure")
        let (against, pro) = (
            likeness.evidence.filter(\.isAgainst), likeness.evidence.filter { !$0.isAgainst }
        )
        if !pro.isEmpty { text += ": " + pro.map { name($0, language) }.joined(separator: ", ") }
        if !against.isEmpty {
            text += language(nl: "; maar: ", en: "; but: ")
            text += against.map { name($0, language) }.joined(separator: ", ")
        }
        return text
    }

    private static func name(
        _ evidence: SameCourseScore.Evidence, _ language: AnswerLanguage
    ) -> String {
        switch evidence {
        case .sameAddress: language(nl: "hetzelfde webadres", en: "same web address")
        case .sameID: language(nl: "hetzelfde kenmerk", en: "same id")
        case .sameCode: language(nl: "dezelfde registercode", en: "same register entry")
        case .sameTitle: language(nl: "dezelfde titel", en: "same title")
        case .nearTitle: language(nl: "bijna dezelfde titel", en: "nearly the same title")
        case .sameProvider: language(nl: "dezelfde aanbieder", en: "same provider")
        case .sameText: language(nl: "dezelfde tekst", en: "same text")
        case .sameStarts: language(nl: "dezelfde startdagen", en: "same start days")
        case .samePlaces: language(nl: "dezelfde plaatsen", en: "same places")
        case .samePrice: language(nl: "dezelfde prijs", en: "same price")
        case .otherStep:
            language(nl: "een andere stap in de titel", en: "another step in the title")
        case .otherProvider: language(nl: "een andere aanbieder", en: "another provider")
        case .otherLevel: language(nl: "een ander niveau", en: "another level")
        case .otherText: language(nl: "een andere tekst", en: "another text")
        case .otherStarts: language(nl: "andere startdagen", en: "other start days")
        case .otherPlaces: language(nl: "andere plaatsen", en: "other places")
        }
    }
}
