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

        func terms(for view: RankingView) -> [WeightedTerm] {
            switch view {
            case .labelLetters, .conceptLetters, .preferredLetters, .otherLetters: letters
            case .labelWords, .conceptWords, .text, .group, .related: words
            case .otherLabels, .otherText, .otherWords, .otherGroup, .otherRelated: translated
            }
        }
    }

    func query(_ text: String) -> Query {
        let split = splitWords(of: text, language: language)
        let stems = stems(of: split)
        return Query(
            letters: WeightedTerm.counted(Self.letters(of: split)),
            words: WeightedTerm.counted(stems.map(termHash)),
            translated: lexicon.map { lexicon in
                WeightedTerm.counted(
                    stems.map(termHash).flatMap { stem in
                        lexicon[stem]?.map { WeightedTerm(hash: $0.hash, count: $0.share) }
                            ?? [WeightedTerm(hash: stem, count: Lexicon.unknownShare)]
                    })
            } ?? [])
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
