import CourseModel

/// Turns texts into the terms that views compare.
struct RankingWords: Sendable {
    let language: LanguageTag
    let otherLanguage: LanguageTag
    private let compounds: CompoundParts
    private let lexicon: FlatIndex<Translation>?

    /// What a stem stands for: the hash of a stem of the other language, and how often.
    private struct Translation: BitwiseCopyable {
        var hash: UInt64
        var share: Float
        /// Fills it up to its stride: what lies between would go into the file as it happens to be.
        private let unused: UInt32 = 0
    }

    init(texts: some Sequence<String>, language: LanguageTag, lexicon: Lexicon?) {
        self.language = language
        otherLanguage = language == .english ? .dutch : .english
        // English writes its compounds apart: no need to go through its texts.
        compounds =
            language == .english
            ? CompoundParts(words: [Word](), language: language)
            : CompoundParts(
                words: texts.lazy.flatMap { splitWords(of: $0, language: language) },
                language: language)
        self.lexicon = lexicon.map { lexicon in
            var translations: [UInt64: [Translation]] = [:]
            for (word, translation) in lexicon.entries {
                translations[termHash(word), default: []].append(
                    Translation(hash: termHash(translation.word), share: translation.share))
            }
            return FlatIndex(translations)
        }
    }

    /// Whether words can be translated.
    var canTranslate: Bool { lexicon != nil }

    /// A text to look up.
    struct Query {
        var letters: [WeightedTerm]
        var words: [WeightedTerm]
        var translated: [WeightedTerm]
        var headLetters: [WeightedTerm]
        var headEndings: [WeightedTerm]
        var restLetters: [WeightedTerm]

        func terms(for view: RankingView) -> [WeightedTerm] {
            switch view {
            case .labelLetters, .conceptLetters, .preferredLetters, .otherLetters: letters
            case .labelWords, .conceptWords, .text, .group, .related: words
            case .otherLabels, .otherText, .otherWords, .otherGroup, .otherRelated: translated
            case .headLetters: headLetters
            case .headEndings: headEndings
            case .restLetters: restLetters
            }
        }
    }

    /// - Parameter framing: Folded words that are passed over unless no others are left.
    func query(_ text: String, passingOver framing: Set<String> = []) -> Query {
        let all = splitWords(of: text, language: language)
        let telling = framing.isEmpty ? all : all.filter { !framing.contains($0.folded) }
        let split = telling.contains { !$0.isStopword } ? telling : all
        let stems = stems(of: split)
        let title = title(text)
        return Query(
            letters: WeightedTerm.counted(Self.letters(of: split)),
            words: WeightedTerm.counted(stems.map(termHash)),
            translated: lexicon.map { lexicon in
                WeightedTerm.counted(
                    stems.map(termHash).flatMap { stem in
                        lexicon[stem]?.map { WeightedTerm(hash: $0.hash, count: $0.share) }
                            ?? [WeightedTerm(hash: stem, count: Lexicon.unknownShare)]
                    })
            } ?? [], headLetters: WeightedTerm.counted(title.headLetters),
            headEndings: WeightedTerm.counted(title.headEndings),
            restLetters: WeightedTerm.counted(title.restLetters))
    }

    /// A job title in its parts, as terms.
    struct Title {
        var headLetters: [UInt64]
        var headEndings: [UInt64]
        var restLetters: [UInt64]
    }

    /// The parts of a job title.
    ///
    /// Its first word (but for “senior” and “junior”) and all others. What
    /// stands in brackets or after a slash is left out.
    func title(_ text: String) -> Title {
        var words = splitWords(of: Self.withoutAsides(text), language: language)
            .filter { !$0.isStopword }
        if words.isEmpty { words = splitWords(of: text, language: language) }
        var head = words[...]
        while head.count > 1, let first = head.first, ["senior", "junior"].contains(first.folded) {
            head.removeFirst()
        }
        let rest = words.count > 1 ? words[1...] : words[...]
        let ending = head.first.map { Array($0.folded.utf8) } ?? []
        return Title(
            headLetters: Self.letters(of: Array(head.prefix(1))),
            headEndings: (3...9).filter { $0 <= ending.count }.map { termHash(ending.suffix($0)) },
            restLetters: Self.letters(of: Array(rest)))
    }

    private static func withoutAsides(_ text: String) -> String {
        var kept: [UInt8] = []
        var depth = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth = max(0, depth - 1)
            } else if depth == 0 {
                if byte == UInt8(ascii: "/") { break }
                kept.append(byte)
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    /// The letters of a text of the language that is looked up, or of the other one.
    func letters(_ text: String, isOther: Bool = false) -> [UInt64] {
        Self.letters(of: splitWords(of: text, language: isOther ? otherLanguage : language))
    }

    /// The stems of a text, with the parts of compounds.
    func words(_ text: String) -> [UInt64] { stems(text).map(termHash) }

    /// The stems of a text in the other language.
    func otherWords(_ text: String) -> [UInt64] { otherStems(text).map(termHash) }

    func stems(_ text: String) -> [String] {
        stems(of: splitWords(of: text, language: language))
    }

    func otherStems(_ text: String) -> [String] {
        splitWords(of: text, language: otherLanguage).filter { !$0.isStopword }.map(\.stem)
    }

    private func stems(of words: [Word]) -> [String] {
        words.filter { !$0.isStopword }.flatMap { compounds.terms(of: $0) }
    }

    private static func letters(of words: [Word]) -> [UInt64] {
        var terms: [UInt64] = []
        for word in words {
            let padded = [32] + Array(word.folded.utf8) + [32]
            for size in 2...4 where padded.count >= size {
                for start in 0...(padded.count - size) {
                    var term: UInt64 = 0
                    for byte in padded[start..<start + size] { term = term << 8 | UInt64(byte) }
                    terms.append(term)
                }
            }
        }
        return terms
    }
}

extension RankingWords {
    func write(to file: inout RankingFile.Writer) {
        file.put(language == .english ? 1 : 0)
        compounds.write(to: &file)
        file.put(lexicon == nil ? 0 : 1)
        lexicon?.write(to: &file)
    }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        language = try file.number() == 1 ? .english : .dutch
        otherLanguage = language == .english ? .dutch : .english
        compounds = try CompoundParts(&file, language: language)
        lexicon = try file.number() == 1 ? try FlatIndex(&file) : nil
    }
}
