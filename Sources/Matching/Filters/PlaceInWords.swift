import Places
import SearchIndex
import Text

/// The place that is named among the words of a query: `verpleegkundige houten`, `lassen in Den
/// Bosch`, `zorg gelderland`.
///
/// Many towns bear the name of an ordinary word (Houten, Best, Dieren). Such a name stays a word
/// where a course has it in its title beside the other words, and in quotation marks. Else it is the
/// town when it follows a word such as `in`, or has a capital. Of the rest, what only stands before
/// a noun (`houten vloer`) is the town where no noun follows (`vloeren leggen houten`) or an
/// occupation does (`houten hovenier`), and what can be learnt about (`dieren`) is the town when no
/// course has all words.
struct PlaceInWords {
    /// What a name stands for.
    enum Meaning {
        case near(Place)
        case region(Places.Region)

        /// What it is called.
        var label: String {
            switch self {
            case .near(let place): place.label
            case .region(let region): region.label
            }
        }
    }

    /// A name that stands for a place.
    struct Found {
        let meaning: Meaning
        /// The name as it was typed.
        let text: String
        /// The query without the name and the word before it that leads to it.
        let otherWords: String
    }

    /// The place; `nil` when there is none.
    private(set) var found: Found?
    /// A name of a place that stayed a word, where the place may as well be meant.
    private(set) var leftAsWord: UnderstoodFilters.Concept?

    /// Looks for a place.
    ///
    /// - Parameters:
    ///   - isOccupation: Whether a text is surely what an occupation is called.
    ///   - finds: Whether some course has all of the words.
    init(
        _ words: String, gazetteer: Gazetteer, isOccupation: (String) throws -> Bool,
        finds: (String) throws -> Bool
    ) throws {
        let typed = words.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !words.contains(where: { "\":*|“”„".contains($0) }), typed.count <= 12 else { return }
        for length in [4, 3, 2, 1] where length <= typed.count {
            // Names mostly stand at the end.
            for start in (0...typed.count - length).reversed() {
                let end = start + length
                let name = typed[start..<end].joined(separator: " ")
                guard let meaning = Self.meaning(name, gazetteer) else { continue }
                let leads = start > 0 && Self.leads.contains(typed[start - 1].lowercased())
                let rest = typed[..<(leads ? start - 1 : start)] + typed[end...]
                let other = rest.joined(separator: " ")
                let isMeant = try Self.isMeant(
                    typed[start..<end], isLed: leads, before: typed[end...].first, other: other,
                    all: words, isOccupation, finds)
                if isMeant {
                    found = Found(meaning: meaning, text: name, otherWords: other)
                    leftAsWord = nil
                    return
                }
                // Whoever looks for what can be learnt about is not told of a town each time.
                let mayBeMeant =
                    !Self.subjects.contains(WordFolding.fold(name))
                    || end == typed.count && !other.isEmpty
                if leftAsWord == nil, mayBeMeant {
                    leftAsWord = .init(text: name, label: meaning.label)
                }
            }
        }
    }

    private static func meaning(_ name: String, _ gazetteer: Gazetteer) -> Meaning? {
        let folded = WordFolding.fold(name)
        guard folded.count > 2, !StopWords.contains(folded), !folded.hasPrefix("-") else {
            return nil
        }
        switch gazetteer.resolve(name) {
        case .found(let place) where place.kind != .coordinates: return .near(place)
        case .region(let region): return .region(region)
        case .found, .ambiguous, .unknown: return nil
        }
    }

    private static func isMeant(
        _ name: ArraySlice<String>, isLed: Bool, before next: String?, other: String, all: String,
        _ isOccupation: (String) throws -> Bool, _ finds: (String) throws -> Bool
    ) throws -> Bool {
        let inTitle = name.map { "titel:\($0)" }.joined(separator: " ") + " " + other
        if try finds(inTitle) { return false }
        if isLed || name.count > 1 || name.first?.first?.isUppercase ?? false { return true }
        if name.first?.first?.isNumber ?? false { return true }
        let folded = WordFolding.fold(name.joined())
        if subjects.contains(folded) { return try !finds(all) }
        if qualities.contains(folded), let next, !tellsForm(next) { return try isOccupation(other) }
        return true
    }

    /// Whether a word tells of which form or level learning is, and is no thing of some quality.
    private static func tellsForm(_ word: String) -> Bool {
        let folded = WordFolding.fold(word)
        return forms.contains(folded) || leads.contains(folded)
            || folded.first?.isNumber ?? false
    }

    /// Words that lead to a place.
    private static let leads: Set<String> = [
        "in", "bij", "te", "nabij", "rond", "rondom", "omgeving", "omstreken", "regio", "buurt",
        "near", "around", "at",
    ]

    private static let forms: Set<String> = [
        "avond", "bbl", "bol", "deeltijd", "duaal", "gratis", "hbo", "mavo", "havo", "mbo",
        "niveau", "online", "overdag", "vmbo", "vwo", "weekend", "wo",
    ]

    /// Names of towns that as words tell what something is like, and stand before it.
    private static let qualities: Set<String> = [
        "best", "echt", "goor", "groen", "groot", "heel", "houten", "klein", "laag", "made", "mild",
        "nieuw", "oranje", "raar", "ruim", "vuren",
    ]

    /// Names of towns that as words tell what can be learnt about, or done.
    private static let subjects: Set<String> = [
        "anderen", "balk", "beek", "bergen", "boer", "boom", "bos", "boven", "buren", "dieren",
        "dijk", "dijken", "doorn", "duiven", "eind", "handel", "haren", "heide", "helden", "herten",
        "hoek", "hoeven", "horn", "hout", "huizen", "hulst", "kamp", "kapel", "kerk", "klimmen",
        "kruis", "land", "leek", "linde", "linden", "loon", "mark", "markt", "meer", "middelaar",
        "molen", "monster", "noord", "noorden", "oost", "petten", "putten", "reek", "rekken",
        "rijen", "roosteren", "schijf", "sloten", "spier", "stad", "steen", "straten", "tegelen",
        "veen", "veld", "velden", "veulen", "vijlen", "vliet", "waal", "wal", "water", "wateren",
        "weer", "werken", "west", "wijk", "wijngaarden", "winkel", "wolf", "zand", "zegge",
        "zetten", "zuid",
    ]
}
