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
/// open-Q-cat `HANDICAP`), so it is taken from words: those that name it, beside one that says that it
/// is there, for it may also be what is taught ("opleiding tot gebarentolk"). A denial near it ("de
/// zolder is niet rolstoeltoegankelijk") says that it is lacking. Said both ways, it is lacking: a
/// promise that may not hold is worse than none.
struct StatedAccessibility {
    private(set) var provides: Set<Accessibility> = []
    private(set) var lacks: Set<Accessibility> = []

    /// Words that name it.
    private static let names: [(need: Accessibility, phrases: [String])] = [
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
        (
            .wheelchair,
            [
                "rolstoeltoegankelijk", "rolstoelvriendelijk", "toegankelijk voor rolstoel",
                "toegankelijk voor een rolstoel", "met een rolstoel", "per rolstoel", "drempelvrij",
                "wheelchair accessible", "wheelchair-accessible", "wheelchair access",
                "accessible by wheelchair", "accessible to wheelchair", "step-free",
            ]
        ),
    ]
    /// Ends of words for where lessons are.
    private static let places = [
        "locatie", "gebouw", "lokaal", "lokalen", "school", "zaal", "zalen", "leslocatie",
        "terrein", "praktijkhal", "location", "building", "classroom", "venue", "premises",
        "rooms", "ruimte", "ruimtes", "ruimten",
    ]
    /// Words that say that something is there for those who come.
    private static let offers: Set<String> = [
        "aanwezig", "beschikbaar", "aanvraag", "verzoek", "overleg", "leggen", "uitgelegd",
        "lesmateriaal", "cursusmateriaal", "materiaal", "available", "request", "provided",
        "explain", "explained", "material", "materials",
    ]
    private static let offeringPhrases = [
        "er is", "is er", "er zijn", "zijn er", "lessen zijn", "les is", "uitleg in", "there is",
        "is there", "lessons are",
    ]
    /// Words of a clause about what is learnt or made.
    private static let teaching: Set<String> = [
        "leer", "leert", "leren", "word", "opleiding", "opleidingen", "opgeleid", "schrijf",
        "schrijft", "schrijven", "maken", "aanleggen", "installeren", "ontwerpen", "inrichten",
        "learn", "become", "write", "writing", "install", "design",
    ]
    /// Words that make what follows them, or stands before them, the subject.
    private static let courses: Set<String> = [
        "cursus", "training", "workshop", "module", "les", "lessen", "over", "course", "about",
    ]
    private static let denials: Set<String> = [
        "niet", "geen", "zonder", "not", "no", "without", "isn't", "aren't",
    ]
    /// What it is good to be without.
    private static let barriers: Set<String> = [
        "drempel", "drempels", "trap", "trappen", "step", "steps", "stairs",
    ]
    private static let turns: Set<String> = ["maar", "wel", "but"]
    /// How many words a denial may stand from what it denies.
    private static let nearness = 4
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
        let marks: Set<Character> = [".", ",", ";", "!", "?", "\n", ":"]
        for clause in folded.split(whereSeparator: { marks.contains($0) }) {
            let words = Self.words(of: clause)
            if !isAboutPlace, words.contains(where: Self.teaching.contains) { continue }
            let namesPlace = words.contains { word in
                Self.places.contains { word.hasSuffix($0) }
            }
            let spaced = " " + words.joined(separator: " ") + " "
            let offers =
                words.contains(where: Self.offers.contains)
                || Self.offeringPhrases.contains { spaced.contains(" \($0) ") }
            for (need, phrases) in Self.names {
                guard let range = phrases.lazy.compactMap({ clause.firstRange(of: $0) }).first
                else { continue }
                let before = Self.words(of: clause[..<range.lowerBound])
                // The phrase may be the beginning of a longer word.
                let after = Self.words(
                    of: clause[range.upperBound...].drop { $0.isLetter })
                if Self.isDenied(before: before, after: after) {
                    lacks.insert(need)
                    continue
                }
                let isOffered =
                    switch need {
                    case .wheelchair: namesPlace
                    case .hearingLoop, .quiet: namesPlace || offers
                    case .signLanguage, .sight, .plainLanguage: offers
                    }
                let isSubject = [before.last, after.first].contains { word in
                    word.map { Self.courses.contains($0) } ?? false
                }
                if isAboutPlace || isOffered && !isSubject { provides.insert(need) }
            }
        }
        provides.subtract(lacks)
    }

    private static func words(of text: Substring) -> [String] {
        text.split { !$0.isLetter && $0 != "'" && $0 != "-" }.map { String($0) }
    }

    /// Whether a phrase is denied by a word shortly before or after it.
    private static func isDenied(before: [String], after: [String]) -> Bool {
        for (distance, word) in before.reversed().prefix(nearness).enumerated() {
            if turns.contains(word) { break }
            // What follows “and” is a statement of its own when it has a subject and a verb.
            if distance >= 2, word == "en" || word == "and" { break }
            guard denials.contains(word) else { continue }
            let next = before.count - distance
            if next == before.endIndex || !barriers.contains(before[next]) { return true }
        }
        for word in after.prefix(nearness) {
            if turns.contains(word) || word == "en" || word == "and" { break }
            // “Without help” takes nothing away.
            if denials.contains(word), word != "zonder", word != "without" { return true }
        }
        return false
    }

    private static func hasHint(_ text: String) -> Bool {
        text.withCString { start in hints.contains { strstr(start, $0) != nil } }
    }
}
