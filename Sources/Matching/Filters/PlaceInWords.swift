import Places
import SearchIndex
import Text

/// The place that is named among the words of a query: `verpleegkundige houten`, `lassen in Den
/// Bosch`, `zorg gelderland`.
///
/// Many towns bear the name of an ordinary word (Houten, Best, Dieren), so a name only stands for a
/// town when no course has it in its title beside the other words, and moreover it follows a word
/// such as `in`, has a capital, is no ordinary word, or no course has all words. In quotation marks
/// it stays a word.
struct PlaceInWords {
    /// What the name stands for.
    enum Meaning {
        case near(Place)
        case region(Places.Region)
    }

    /// What it stands for.
    let meaning: Meaning
    /// The name as it was typed.
    let text: String
    /// The query without the name and the word before it that leads to it.
    let otherWords: String

    /// Looks for a place; `nil` when there is none.
    ///
    /// - Parameter finds: Whether some course has all of the words.
    init?(
        _ words: String, gazetteer: Gazetteer, finds: (String) throws -> Bool
    ) throws {
        let typed = words.split(whereSeparator: \.isWhitespace).map(String.init)
        guard !words.contains(where: { "\":*|“”„".contains($0) }), typed.count <= 12 else {
            return nil
        }
        for length in [4, 3, 2, 1] where length <= typed.count {
            // Names mostly stand at the end.
            for start in (0...typed.count - length).reversed() {
                let end = start + length
                let name = typed[start..<end].joined(separator: " ")
                guard let meaning = Self.meaning(name, gazetteer) else { continue }
                let leads = start > 0 && Self.leads.contains(typed[start - 1].lowercased())
                let rest = typed[..<(leads ? start - 1 : start)] + typed[end...]
                let other = rest.joined(separator: " ")
                guard
                    try Self.isMeant(
                        typed[start..<end], isLed: leads, other: other, all: words, finds)
                else { continue }
                self.meaning = meaning
                text = name
                otherWords = other
                return
            }
        }
        return nil
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
        _ name: ArraySlice<String>, isLed: Bool, other: String, all: String,
        _ finds: (String) throws -> Bool
    ) throws -> Bool {
        let inTitle = name.map { "titel:\($0)" }.joined(separator: " ") + " " + other
        if try finds(inTitle) { return false }
        if isLed || name.count > 1 || name.first?.first?.isUppercase ?? false { return true }
        if name.first?.first?.isNumber ?? false { return true }
        if !ordinary.contains(WordFolding.fold(name.joined())) { return true }
        return try !finds(all)
    }

    /// Words that lead to a place.
    private static let leads: Set<String> = [
        "in", "bij", "te", "nabij", "rond", "rondom", "omgeving", "omstreken", "regio", "buurt",
        "near", "around", "at",
    ]

    /// Names of towns that are ordinary words too, and such as learners use.
    private static let ordinary: Set<String> = [
        "aalst", "balk", "beek", "beers", "bergen", "best", "bocht", "boom", "born", "boven", "bos",
        "dieren", "dijk", "doorn", "dorst", "echt", "eind", "elst", "goes", "groen", "groot",
        "grou", "haren", "heel", "heide", "heino", "hem", "hoek", "hoogwerf", "horn", "hout",
        "houten",
        "huizen", "kamp", "kapel", "kerk", "klein", "kruis", "laag", "leens", "lent", "lies",
        "loon",
        "made", "maar", "mark", "markt", "meer", "mild", "molen", "monster", "nes", "nieuw",
        "noord",
        "oost", "ooij", "ouder", "peel", "put", "raar", "rijen", "rijs", "ruim", "sloten", "spier",
        "stad", "steen", "straten", "stroe", "tuil", "uit", "veen", "velden", "vliet", "vorden",
        "vuren", "wal", "water", "weer", "weert", "werken", "west", "wijk", "wolf", "zand",
        "zorgvlied",
        "zuid",
    ]
}
