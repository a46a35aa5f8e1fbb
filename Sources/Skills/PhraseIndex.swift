import CourseModel

/// The labels of skills as sets of words, found in running text.
struct PhraseIndex: Sendable {
    /// A label whose words stand near each other in a text.
    struct Hit: Sendable {
        var skill: Int
        /// Where its words stand, as numbers of the text's words that carry meaning.
        var places: [Int]
        /// How many words of the text lie between the first and last of them, them included.
        var span: Int
        /// Whether they stand in the label's order.
        var inOrder: Bool
        var isPreferred: Bool
        /// The only word of a label of one word.
        var isSingle: Bool
    }

    private struct Phrase: Sendable {
        var skill: Int32
        var stems: [String]
        var isPreferred: Bool
        /// The label as written, when it is so short that its case matters (`SQL`, `C#`, `R`).
        var exactText: String?
    }

    private let phrases: [LanguageTag: [Phrase]]
    /// Per language, the rarest stem of each phrase → phrases.
    private let byRarest: [LanguageTag: [String: [Int32]]]

    init(_ table: ConceptTable) {
        var phrases: [LanguageTag: [Phrase]] = [:]
        for row in 0..<table.count {
            for name in table.allNames(row) {
                var stems: [String] = []
                for word in splitWords(of: name.text, language: name.language)
                where !word.isStopword && !stems.contains(word.stem) {
                    stems.append(word.stem)
                }
                guard !stems.isEmpty else { continue }
                phrases[name.language, default: []].append(
                    Phrase(
                        skill: Int32(row), stems: stems, isPreferred: name.isPreferred,
                        exactText: name.text.utf8.count <= 3 ? name.text : nil))
            }
        }
        self.phrases = phrases
        byRarest = phrases.mapValues { phrases in
            var frequency: [String: Int] = [:]
            for phrase in phrases { for stem in phrase.stems { frequency[stem, default: 0] += 1 } }
            var index: [String: [Int32]] = [:]
            for (number, phrase) in phrases.enumerated() {
                let rarest = phrase.stems.min {
                    (frequency[$0] ?? 0, $0) < (frequency[$1] ?? 0, $1)
                }
                if let rarest { index[rarest, default: []].append(Int32(number)) }
            }
            return index
        }
    }

    /// The labels of which all words stand in `words`, near each other.
    ///
    /// - Parameter words: The words of a text that carry meaning, in order.
    func hits(in words: [Word], text: String, language: LanguageTag) -> [Hit] {
        guard let phrases = phrases[language], let index = byRarest[language] else { return [] }
        var places: [String: [Int]] = [:]
        for (place, word) in words.enumerated() { places[word.stem, default: []].append(place) }
        var hits: [Hit] = []
        var seen: Set<String> = []
        for (place, word) in words.enumerated() {
            for number in index[word.stem] ?? [] {
                let phrase = phrases[Int(number)]
                if let exact = phrase.exactText {
                    guard Self.slice(text, word.range) == exact else { continue }
                }
                guard let hit = Self.hit(phrase, around: place, places) else { continue }
                if seen.insert("\(phrase.skill) \(hit.places)").inserted { hits.append(hit) }
            }
        }
        return hits
    }

    /// The words of a phrase nearest to one of them, when they all stand within its own length and
    /// two words more.
    private static func hit(_ phrase: Phrase, around place: Int, _ places: [String: [Int]]) -> Hit?
    {
        let reach = phrase.stems.count + 1
        var chosen: [Int] = []
        for stem in phrase.stems {
            guard let nearest = places[stem]?.min(by: { abs($0 - place) < abs($1 - place) }),
                abs(nearest - place) <= reach
            else { return nil }
            chosen.append(nearest)
        }
        let sorted = chosen.sorted()
        guard let first = sorted.first, let last = sorted.last, last - first <= reach
        else { return nil }
        return Hit(
            skill: Int(phrase.skill), places: sorted, span: last - first + 1,
            inOrder: chosen == sorted, isPreferred: phrase.isPreferred,
            isSingle: phrase.stems.count == 1)
    }

    static func slice(_ text: String, _ range: Range<Int>) -> String {
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        let end = utf8.index(utf8.startIndex, offsetBy: range.upperBound)
        return String(text[start..<end])
    }
}
