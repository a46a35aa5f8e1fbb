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

    fileprivate struct Phrase: Sendable {
        var skill: Int32
        /// The numbers of its stems.
        var stems: [Int32]
        var isPreferred: Bool
        /// The label as written, when it is so short that its case matters (`SQL`, `C#`, `R`).
        var exactText: String?
    }

    /// The labels of one language.
    struct Labels: Sendable {
        fileprivate let numbers: [String: Int32]
        fileprivate let phrases: [Phrase]
        /// By stem, the phrases of which it is the rarest.
        fileprivate let byRarest: [[Int32]]
    }

    private let languages: [LanguageTag: Labels]

    init(_ table: ConceptTable) {
        var builders: [LanguageTag: Labels.Builder] = [:]
        for row in 0..<table.count {
            for name in table.allNames(row) {
                builders[name.language, default: Labels.Builder()].add(name)
            }
        }
        languages = builders.mapValues { $0.finish() }
    }

    /// The labels of a language; `nil` when there are none.
    subscript(language: LanguageTag) -> Labels? { languages[language] }

    static func slice(_ text: String, _ range: Range<Int>) -> String {
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        let end = utf8.index(utf8.startIndex, offsetBy: range.upperBound)
        return String(text[start..<end])
    }
}

extension PhraseIndex.Labels {
    /// The number of no stem of any label.
    static let unknown: Int32 = -1

    /// The number of a stem, ``unknown`` when no label has it.
    func number(of stem: String) -> Int32 { numbers[stem] ?? Self.unknown }

    /// The number of the longest stem of a label that a stem ends in, ``unknown`` when there is none.
    ///
    /// A Dutch compound is what it ends in: `huisdieren` are animals.
    func number(ofEndOf stem: String) -> Int32 {
        var end = stem[...]
        while end.utf8.count > Self.shortestEnd {
            end = end.dropFirst()
            if let number = numbers[String(end)] { return number }
        }
        return Self.unknown
    }

    /// Shorter ends are endings more often than words.
    private static let shortestEnd = 4

    /// By stem, the numbers of the labels that have it.
    var phrasesByStem: [[Int32]] {
        var lists = [[Int32]](repeating: [], count: byRarest.count)
        for (number, phrase) in phrases.enumerated() {
            for stem in phrase.stems { lists[Int(stem)].append(Int32(number)) }
        }
        return lists
    }

    /// The skill of a label.
    func skill(ofPhrase number: Int32) -> Int { Int(phrases[Int(number)].skill) }

    /// Whether a label has a stem.
    func phrase(_ number: Int32, has stem: Int32) -> Bool {
        phrases[Int(number)].stems.contains(stem)
    }

    /// The labels of which all words stand in a text, near each other.
    ///
    /// - Parameters:
    ///   - stems: The numbers of the words that carry meaning, in order.
    ///   - ranges: Where those words stand in the text's UTF-8.
    func hits(in stems: [Int32], _ ranges: [Range<Int>], text: String) -> [PhraseIndex.Hit] {
        var hits: [PhraseIndex.Hit] = []
        for (place, stem) in stems.enumerated() where stem >= 0 {
            for number in byRarest[Int(stem)] {
                let phrase = phrases[Int(number)]
                if let exact = phrase.exactText {
                    guard PhraseIndex.slice(text, ranges[place]) == exact else { continue }
                }
                guard let hit = Self.hit(phrase, around: place, stems),
                    !hits.contains(where: { $0.skill == hit.skill && $0.places == hit.places })
                else { continue }
                hits.append(hit)
            }
        }
        return hits
    }

    /// The words of a phrase nearest to one of them, when they all stand within its own length and
    /// two words more.
    private static func hit(
        _ phrase: PhraseIndex.Phrase, around place: Int, _ stems: [Int32]
    ) -> PhraseIndex.Hit? {
        let reach = phrase.stems.count + 1
        var chosen: [Int] = []
        for stem in phrase.stems {
            guard let nearest = nearest(stem, to: place, within: reach, stems) else { return nil }
            chosen.append(nearest)
        }
        let sorted = chosen.sorted()
        guard let first = sorted.first, let last = sorted.last, last - first <= reach
        else { return nil }
        return PhraseIndex.Hit(
            skill: Int(phrase.skill), places: sorted, span: last - first + 1,
            inOrder: chosen == sorted, isPreferred: phrase.isPreferred,
            isSingle: phrase.stems.count == 1)
    }

    /// Where a stem stands nearest to a place; of two as near the earlier one.
    private static func nearest(
        _ stem: Int32, to place: Int, within reach: Int, _ stems: [Int32]
    ) -> Int? {
        for distance in 0...reach {
            if place >= distance, stems[place - distance] == stem { return place - distance }
            if place + distance < stems.count, stems[place + distance] == stem {
                return place + distance
            }
        }
        return nil
    }

    /// Collects the labels of one language.
    struct Builder {
        private var numbers: [String: Int32] = [:]
        private var stems: [String] = []
        private var frequency: [Int] = []
        private var phrases: [PhraseIndex.Phrase] = []

        mutating func add(_ name: ConceptName) {
            var own: [Int32] = []
            for word in splitWords(of: name.text, language: name.language)
            where !word.isStopword {
                let number = number(of: word.stem)
                if !own.contains(number) { own.append(number) }
            }
            guard !own.isEmpty else { return }
            for stem in own { frequency[Int(stem)] += 1 }
            phrases.append(
                PhraseIndex.Phrase(
                    skill: Int32(name.concept), stems: own, isPreferred: name.isPreferred,
                    exactText: name.text.utf8.count <= 3 ? name.text : nil))
        }

        private mutating func number(of stem: String) -> Int32 {
            if let known = numbers[stem] { return known }
            let number = Int32(stems.count)
            numbers[stem] = number
            stems.append(stem)
            frequency.append(0)
            return number
        }

        func finish() -> PhraseIndex.Labels {
            var byRarest = [[Int32]](repeating: [], count: stems.count)
            for (number, phrase) in phrases.enumerated() {
                let rarest = phrase.stems.min {
                    (frequency[Int($0)], stems[Int($0)]) < (frequency[Int($1)], stems[Int($1)])
                }
                if let rarest { byRarest[Int(rarest)].append(Int32(number)) }
            }
            return PhraseIndex.Labels(numbers: numbers, phrases: phrases, byRarest: byRarest)
        }
    }
}
