import CourseModel
import Text

/// The labels of one kind of concept, found by the words as they stand.
struct ExactNames: Sendable {
    let names: [ConceptName]
    /// Folded words in order → labels.
    private let byWords: [String: [Int32]]

    init(_ table: ConceptTable) {
        var names: [ConceptName] = []
        for row in 0..<table.count { names += table.allNames(row) }
        var byWords: [String: [Int32]] = [:]
        byWords.reserveCapacity(names.count)
        var tokenizer = Tokenizer()
        for (number, name) in names.enumerated() {
            byWords[Self.key(name.text, &tokenizer), default: []].append(Int32(number))
        }
        self.names = names
        self.byWords = byWords
    }

    /// The concepts that bear `text` as a label, those that prefer it first.
    func matches(_ text: String) -> [ConceptMatch] {
        var tokenizer = Tokenizer()
        var best: [Int: ConceptMatch] = [:]
        for number in byWords[Self.key(text, &tokenizer)] ?? [] {
            let name = names[Int(number)]
            if best[name.concept]?.basis == .label { continue }
            best[name.concept] = ConceptMatch(
                number: name.concept, label: name.text,
                basis: name.isPreferred ? .label : .alternativeLabel,
                confidence: name.isPreferred ? 1 : 0.97)
        }
        return best.values.sorted(by: ConceptMatch.isLikelier)
    }

    /// The folded words, a joined word (`e-learning`) as one.
    static func key(_ text: String, _ tokenizer: inout Tokenizer) -> String {
        var key: [UInt8] = []
        var covered = 0
        tokenizer.forEachWord(in: text) { word in
            guard word.position >= covered else { return }
            if word.span > 1 { covered = word.position + word.span }
            if !key.isEmpty { key.append(32) }
            key += word.bytes
        }
        return String(decoding: key, as: UTF8.self)
    }
}

/// The labels of one kind of concept, found by their words in any form and by their letters.
struct NearNames: Sendable {
    private let exact: ExactNames
    /// Sorted stems, of compounds those of their parts → labels.
    private let byStems: [LanguageTag: [String: [Int32]]]
    private let compounds: [LanguageTag: CompoundParts]
    private let rankers: [(language: LanguageTag, ranker: ConceptRanker, names: [[Int32]])]

    /// - Parameter knowledge: What an import knows of the concepts, for rankers that use it.
    init(_ exact: ExactNames, knowledge: ImportedKnowledge? = nil) {
        self.exact = exact
        var byStems: [LanguageTag: [String: [Int32]]] = [:]
        var compounds: [LanguageTag: CompoundParts] = [:]
        for language in [LanguageTag.dutch, .english] {
            let words = exact.names.lazy.filter { $0.language == language }
                .flatMap { splitWords(of: $0.text, language: language) }
            let parts = CompoundParts(words: words, language: language)
            compounds[language] = parts
            for (number, name) in exact.names.enumerated() where name.language == language {
                byStems[language, default: [:]][
                    Self.stemKey(name.text, language, parts), default: []
                ].append(Int32(number))
            }
        }
        self.byStems = byStems
        self.compounds = compounds
        rankers = [LanguageTag.dutch, .english].map { language in
            // The labels of each concept that has any in the language, in order.
            var names: [[Int32]] = []
            var concept = -1
            for (number, name) in exact.names.enumerated() where name.language == language {
                if name.concept != concept { names.append([]) }
                concept = name.concept
                names[names.count - 1].append(Int32(number))
            }
            let labels = names.map { $0.map { exact.names[Int($0)].text } }
            let rows = names.map { exact.names[Int($0[0])].concept }
            let ranker =
                language == .dutch
                ? knowledge?.ranker(dutchLabels: labels, rows: rows)
                    ?? ConceptRanker(labels: labels, language: language)
                : ConceptRanker(labels: labels, language: language)
            return (language, ranker, names)
        }
    }

    /// The concepts that `text` may mean, likeliest first.
    func matches(_ text: String, limit: Int) -> [ConceptMatch] {
        var best: [Int: ConceptMatch] = [:]
        func offer(_ name: ConceptName, _ basis: ConceptMatch.Basis, _ confidence: Double) {
            if let known = best[name.concept], known.confidence >= confidence { return }
            best[name.concept] = ConceptMatch(
                number: name.concept, label: name.text, basis: basis, confidence: confidence)
        }
        for (language, ranker, numbers) in rankers {
            let key = Self.stemKey(text, language, compounds[language])
            for number in byStems[language]?[key] ?? [] {
                let name = exact.names[Int(number)]
                offer(name, .words, name.isPreferred ? 0.92 : 0.9)
            }
            for ranked in ranker.rank(text, limit: max(limit, 20)) {
                let name = exact.names[Int(numbers[ranked.concept][ranked.label])]
                offer(
                    name, .letters,
                    max(
                        ranker.isCalibrated
                            ? Self.calibration[Self.calibration.count - 1].confidence
                                * ranked.score
                            : Self.confidence(score: ranked.score), Self.misspelling(text, name)))
            }
        }
        return Array(best.values.sorted(by: ConceptMatch.isLikelier).prefix(limit))
    }

    /// How often a first place with such a score is right: read off the public evaluation sets of
    /// job titles and skill statements, 5,285 queries, which agree within 0.1.
    private static let calibration: [(score: Double, confidence: Double)] = [
        (0, 0), (0.3, 0.07), (0.45, 0.16), (0.55, 0.23), (0.65, 0.4), (0.75, 0.55), (0.85, 0.7),
        (0.95, 0.85), (1, 0.89),
    ]

    private static func confidence(score: Double) -> Double {
        for (low, high) in zip(calibration, calibration.dropFirst()) where score <= high.score {
            let share = (score - low.score) / (high.score - low.score)
            return low.confidence + share * (high.confidence - low.confidence)
        }
        return 0.89
    }

    /// How sure it is that a text is a misspelling of a label, 0...0.88.
    private static func misspelling(_ text: String, _ name: ConceptName) -> Double {
        var tokenizer = Tokenizer()
        let first = Array(ExactNames.key(text, &tokenizer).utf8)
        let second = Array(ExactNames.key(name.text, &tokenizer).utf8)
        let length = max(first.count, second.count)
        guard length >= 5, let edits = editDistance(first, second, limit: length < 9 ? 1 : 2)
        else { return 0 }
        return min(0.88, 1 - Double(edits) / Double(length)) - (name.isPreferred ? 0 : 0.02)
    }

    private static func stemKey(
        _ text: String, _ language: LanguageTag, _ compounds: CompoundParts?
    ) -> String {
        splitWords(of: text, language: language).filter { !$0.isStopword }
            .flatMap { word in
                let parts = compounds?.stems(ofPartsOf: word) ?? []
                return parts.isEmpty ? [word.stem] : parts
            }.sorted().joined(separator: " ")
    }
}

extension ConceptMatch {
    /// The order of matches: surest first, then by number.
    static func isLikelier(_ first: ConceptMatch, _ second: ConceptMatch) -> Bool {
        first.confidence != second.confidence
            ? first.confidence > second.confidence : first.number < second.number
    }
}
