import CourseModel

/// The labels of one kind of concept, found by their words and letters.
struct NameIndex: Sendable {
    private let names: [ConceptName]
    /// Folded words in order → labels.
    private let exact: [String: [Int32]]
    /// Sorted stems → labels.
    private let byStems: [String: [Int32]]
    private let rankers: [(ranker: ConceptRanker, names: [Int32])]

    init(_ table: ConceptTable) {
        var names: [ConceptName] = []
        for row in 0..<table.count { names += table.allNames(row) }
        var exact: [String: [Int32]] = [:]
        var byStems: [String: [Int32]] = [:]
        for (number, name) in names.enumerated() {
            let words = splitWords(of: name.text, language: name.language)
            exact[Self.exactKey(words), default: []].append(Int32(number))
            byStems[Self.stemKey(words), default: []].append(Int32(number))
        }
        self.names = names
        self.exact = exact
        self.byStems = byStems
        rankers = [LanguageTag.dutch, .english].map { language in
            let numbers = names.indices.filter { names[$0].language == language }
            let ranker = ConceptRanker(
                labels: numbers.lazy.map { (concept: names[$0].concept, text: names[$0].text) },
                language: language)
            return (ranker, numbers.map(Int32.init))
        }
    }

    /// The concepts that `text` may mean: by their labels, by the labels' words, by their letters.
    func matches(_ text: String, limit: Int) -> [ConceptMatch] {
        var best: [Int: ConceptMatch] = [:]
        func offer(_ name: ConceptName, _ basis: ConceptMatch.Basis, _ confidence: Double) {
            if let known = best[name.concept], known.confidence >= confidence { return }
            best[name.concept] = ConceptMatch(
                number: name.concept, label: name.text, basis: basis, confidence: confidence)
        }
        for language in [LanguageTag.dutch, .english] {
            let words = splitWords(of: text, language: language)
            for number in exact[Self.exactKey(words)] ?? [] {
                let name = names[Int(number)]
                if name.isPreferred {
                    offer(name, .label, 1)
                } else {
                    offer(name, .alternativeLabel, 0.97)
                }
            }
            for number in byStems[Self.stemKey(words)] ?? []
            where names[Int(number)].language == language {
                let name = names[Int(number)]
                offer(name, .words, name.isPreferred ? 0.92 : 0.9)
            }
        }
        for (ranker, numbers) in rankers {
            for ranked in ranker.rank(text, limit: max(limit, 20)) {
                let name = names[Int(numbers[ranked.label])]
                let nearness = max(ranked.score, Self.misspelling(text, name))
                offer(name, .letters, min(nearness, 0.88))
            }
        }
        return Array(
            best.values.sorted {
                if $0.confidence != $1.confidence { return $0.confidence > $1.confidence }
                return $0.number < $1.number
            }.prefix(limit))
    }

    /// How near a text is to a label when it is taken for a misspelling of it, 0...1.
    private static func misspelling(_ text: String, _ name: ConceptName) -> Double {
        let first = Array(exactKey(splitWords(of: text, language: name.language)).utf8)
        let second = Array(exactKey(splitWords(of: name.text, language: name.language)).utf8)
        let length = max(first.count, second.count)
        guard length >= 5, let edits = editDistance(first, second, limit: length < 9 ? 1 : 2)
        else { return 0 }
        return 1 - Double(edits) / Double(length)
    }

    private static func exactKey(_ words: [Word]) -> String {
        words.map(\.folded).joined(separator: " ")
    }

    private static func stemKey(_ words: [Word]) -> String {
        words.filter { !$0.isStopword }.map(\.stem).sorted().joined(separator: " ")
    }
}
