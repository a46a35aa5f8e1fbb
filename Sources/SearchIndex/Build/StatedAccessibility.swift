import CourseModel
import Text

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What texts say of accessibility, in Dutch or English.
///
/// No feed format that we read has a field for it but a theme of texts (LHEO `acces-handicapes`,
/// open-Q-cat `HANDICAP`), so it is taken from words. A clause that also denies ("de zolder is niet
/// rolstoeltoegankelijk") says that it is lacking. Said both ways, it is lacking: a promise that may
/// not hold is worse than none.
struct StatedAccessibility {
    private(set) var provides: Set<Accessibility> = []
    private(set) var lacks: Set<Accessibility> = []

    /// Words that say it wherever they stand.
    private static let words: [(need: Accessibility, words: [String])] = [
        (.hearingLoop, ["ringleiding", "hearing loop", "induction loop"]),
        (
            .signLanguage,
            [
                "gebarentolk", "tolk gebarentaal", "sign language interpreter",
                "sign-language interpreter",
            ]
        ),
        (
            .sight,
            [
                "materiaal in braille", "material in braille", "grootletter", "large print",
                "lesmateriaal is geschikt voor schermlezers", "works with screen readers",
            ]
        ),
        (.quiet, ["prikkelarm", "low-stimulus", "low stimulus"]),
        (
            .plainLanguage,
            [
                "eenvoudig nederlands", "eenvoudige taal", "klare taal", "plain language",
                "plain dutch", "simple dutch",
            ]
        ),
    ]
    /// Words that say it of what they stand beside: a garden for wheelchairs can be what is taught.
    private static let wheelchair = [
        "rolstoeltoegankelijk", "rolstoelvriendelijk", "toegankelijk voor rolstoel",
        "toegankelijk voor een rolstoel", "met een rolstoel", "per rolstoel", "drempelvrij",
        "wheelchair accessible", "wheelchair-accessible", "wheelchair access",
        "accessible by wheelchair", "accessible to wheelchair", "step-free",
    ]
    private static let places = [
        "locatie", "gebouw", "lokaal", "lokalen", "school", "zaal", "zalen", "leslocatie",
        "terrein", "praktijkhal", "location", "building", "classroom", "venue", "premises",
        "rooms",
    ]
    private static let denials: Set<String> = [
        "niet", "geen", "zonder", "not", "no", "without", "isn't", "aren't",
    ]
    /// Beginnings without their first letter, which may be a capital: a text with none of them is
    /// passed over without being folded.
    private static let hints = [
        "olstoel", "rempelvrij", "heelchair", "tep-free", "ingleiding", " loop", "ebarent",
        "ign language", "ign-language", "raille", "rootletter", "arge print", "chermlezer",
        "creen reader", "rikkelarm", "ow-stimulus", "ow stimulus", "envoudig", "lare taal",
        "lain language", "lain dutch", "lain Dutch", "imple dutch", "imple Dutch",
    ]

    /// Reads a text in all its languages.
    mutating func read(_ text: LocalizedRichText) {
        for wording in text.wordings { read(wording.text.plainText) }
    }

    /// Reads sections; those on accessibility are about the place without saying so.
    mutating func read(_ sections: [TextSection]) {
        for section in sections {
            for wording in section.text.wordings {
                read(wording.text.plainText, isAboutPlace: section.theme == "accessibility")
            }
        }
    }

    /// Reads a text.
    mutating func read(_ text: String, isAboutPlace: Bool = false) {
        guard Self.hasHint(text) else { return }
        let folded = WordFolding.fold(text)
        let marks: Set<Character> = [".", ";", "!", "?", "\n", ":"]
        for clause in folded.split(whereSeparator: { marks.contains($0) }) {
            let words = clause.split { !$0.isLetter && $0 != "'" && $0 != "-" }
            let isDenied = words.contains { Self.denials.contains(String($0)) }
            func note(_ need: Accessibility) {
                if isDenied { lacks.insert(need) } else { provides.insert(need) }
            }
            for (need, phrases) in Self.words
            where phrases.contains(where: { clause.contains($0) }) { note(need) }
            if Self.wheelchair.contains(where: { clause.contains($0) }),
                isAboutPlace
                    || words.contains(where: { word in Self.places.contains { word.hasSuffix($0) } }
                    )
            {
                note(.wheelchair)
            }
        }
        provides.subtract(lacks)
    }

    private static func hasHint(_ text: String) -> Bool {
        text.withCString { start in hints.contains { strstr(start, $0) != nil } }
    }
}
