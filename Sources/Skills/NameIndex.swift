import CourseModel
import Text

/// The labels of one kind of concept, found by the words as they stand.
struct ExactNames: Sendable {
    /// A label, by where it stands in the table.
    private struct Place: BitwiseCopyable {
        var concept: Int32
        var start: UInt32
        var length: UInt32
        /// 1 when it is the preferred one, and 2 when it is English.
        var flags: UInt32
    }

    private let table: ConceptTable
    private let places: FlatArray<Place>
    /// The hash of the folded words in order → labels.
    private let byWords: FlatIndex<Int32>

    /// How many labels there are.
    var count: Int { places.count }

    init(_ table: ConceptTable) {
        self.table = table
        var places: [Place] = []
        for row in 0..<table.count {
            for name in table.nameRanges(row) {
                places.append(
                    Place(
                        concept: Int32(row), start: UInt32(name.range.lowerBound),
                        length: UInt32(name.range.count),
                        flags: (name.isPreferred ? 1 : 0) | (name.language == .english ? 2 : 0)))
            }
        }
        var byWords: [UInt64: [Int32]] = [:]
        byWords.reserveCapacity(places.count)
        var tokenizer = Tokenizer()
        for (number, place) in places.enumerated() {
            let key = Self.key(Self.text(of: place, in: table), &tokenizer)
            byWords[termHash(key), default: []].append(Int32(number))
        }
        self.places = FlatArray(places)
        self.byWords = FlatIndex(byWords)
    }

    /// A label by its number.
    func name(_ number: Int32) -> ConceptName {
        let place = places[Int(number)]
        return ConceptName(
            concept: Int(place.concept), language: place.flags & 2 > 0 ? .english : .dutch,
            text: Self.text(of: place, in: table), isPreferred: place.flags & 1 > 0)
    }

    private static func text(of place: Place, in table: ConceptTable) -> String {
        table.text(Int(place.start)..<Int(place.start) + Int(place.length))
    }

    /// The concepts that bear `text` as a label, those that prefer it first.
    func matches(_ text: String) -> [ConceptMatch] {
        var tokenizer = Tokenizer()
        var best: [Int: ConceptMatch] = [:]
        let key = Self.key(text, &tokenizer)
        for number in byWords[termHash(key)] ?? [] {
            let name = name(number)
            guard Self.key(name.text, &tokenizer) == key else { continue }
            if best[name.concept]?.basis == .label { continue }
            best[name.concept] = ConceptMatch(
                number: name.concept, label: name.text,
                basis: name.isPreferred ? .label : .alternativeLabel,
                confidence: name.isPreferred ? 1 : 0.97)
        }
        return best.values.sorted(by: ConceptMatch.isLikelier)
    }

    func write(to file: inout RankingFile.Writer) {
        file.put(places)
        byWords.write(to: &file)
    }

    init(
        _ file: inout RankingFile.Reader, table: ConceptTable
    ) throws(RankingFile.Unreadable) {
        self.table = table
        places = try file.array()
        byWords = try FlatIndex(&file)
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
    /// The labels of one language.
    private struct Labels: Sendable {
        let language: LanguageTag
        /// The hash of the sorted stems, of compounds those of their parts → labels.
        let byStems: FlatIndex<Int32>
        let compounds: CompoundParts
        let ranker: ConceptRanker
        /// The labels of each concept that the ranker knows, in its order.
        let names: FlatLists<Int32>
    }

    private let exact: ExactNames
    private let languages: [Labels]

    /// - Parameter knowledge: What an import knows of the concepts, for rankers that use it.
    init(_ exact: ExactNames, knowledge: ImportedKnowledge? = nil) {
        self.exact = exact
        let all = (0..<Int32(exact.count)).map(exact.name)
        languages = [LanguageTag.dutch, .english].map { language in
            let words = all.lazy.filter { $0.language == language }
                .flatMap { splitWords(of: $0.text, language: language) }
            let parts = CompoundParts(words: words, language: language)
            var byStems: [UInt64: [Int32]] = [:]
            // The labels of each concept that has any in the language, in order.
            var names: [[Int32]] = []
            var concept = -1
            for (number, name) in all.enumerated() where name.language == language {
                byStems[termHash(Self.stemKey(name.text, language, parts)), default: []].append(
                    Int32(number))
                if name.concept != concept { names.append([]) }
                concept = name.concept
                names[names.count - 1].append(Int32(number))
            }
            let labels = names.map { $0.map { all[Int($0)].text } }
            let rows = names.map { all[Int($0[0])].concept }
            let informed =
                language == .dutch ? knowledge?.ranker(dutchLabels: labels, rows: rows) : nil
            return Labels(
                language: language, byStems: FlatIndex(byStems), compounds: parts,
                ranker: informed ?? ConceptRanker(labels: labels, language: language),
                names: FlatLists(names))
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
        for labels in languages {
            let key = Self.stemKey(text, labels.language, labels.compounds)
            for number in labels.byStems[termHash(key)] ?? [] {
                let name = exact.name(number)
                guard Self.stemKey(name.text, labels.language, labels.compounds) == key else {
                    continue
                }
                offer(name, .words, name.isPreferred ? 0.92 : 0.9)
            }
            for ranked in labels.ranker.rank(text, limit: max(limit, 20)) {
                let numbers = labels.names[ranked.concept]
                guard numbers.indices.contains(ranked.label) else { continue }
                let name = exact.name(numbers[ranked.label])
                offer(
                    name, .letters,
                    max(
                        labels.ranker.isCalibrated
                            ? Self.mostLikely * ranked.score
                            : Self.confidence(score: ranked.score), Self.misspelling(text, name)))
            }
        }
        return Array(best.values.sorted(by: ConceptMatch.isLikelier).prefix(limit))
    }

    func write(to file: inout RankingFile.Writer) {
        for labels in languages {
            labels.byStems.write(to: &file)
            labels.compounds.write(to: &file)
            labels.ranker.write(to: &file)
            labels.names.write(to: &file)
        }
    }

    /// - Parameter informed: How the Dutch ranker of what was imported weighs its views.
    init(
        _ file: inout RankingFile.Reader, exact: ExactNames, informed: RankingWeights
    ) throws(RankingFile.Unreadable) {
        self.exact = exact
        var languages: [Labels] = []
        for language in [LanguageTag.dutch, .english] {
            languages.append(
                Labels(
                    language: language, byStems: try FlatIndex(&file),
                    compounds: try CompoundParts(&file, language: language),
                    ranker: try ConceptRanker(
                        &file, weights: language == .dutch ? informed : .labelsOnly),
                    names: try FlatLists(&file)))
        }
        self.languages = languages
    }

    /// How often a first place with such a score is right: read off the public evaluation sets of
    /// job titles and skill statements, 5,285 queries, which agree within 0.1.
    private static let calibration: [(score: Double, confidence: Double)] = [
        (0, 0), (0.3, 0.07), (0.45, 0.16), (0.55, 0.23), (0.65, 0.4), (0.75, 0.55), (0.85, 0.7),
        (0.95, 0.85), (1, 0.89),
    ]

    /// How often a place that stands alone is right.
    private static let mostLikely = 0.89

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
        guard length >= 5 else { return 0 }
        var distance = EditDistance(from: first[...], limit: length < 9 ? 1 : 2)
        guard let edits = distance(to: second[...]) else { return 0 }
        return min(0.88, 1 - Double(edits) / Double(length)) - (name.isPreferred ? 0 : 0.02)
    }

    private static func stemKey(
        _ text: String, _ language: LanguageTag, _ compounds: CompoundParts
    ) -> String {
        splitWords(of: text, language: language).filter { !$0.isStopword }
            .flatMap { word in
                let parts = compounds.stems(ofPartsOf: word)
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
