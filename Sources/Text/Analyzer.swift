import Synchronization

/// A word of a text: as it is written, folded, and without its endings.
public struct Token: Hashable, Sendable {
    /// Lower case without accents (``WordFolding``).
    public let form: String
    /// The stem in each language of the analyzer, in its order, without repeats.
    public let stems: [String]
    /// Where it stands: 0 for the first word of the text.
    public let position: Int
    /// How many positions it covers: more than 1 for a joined word (`e-learning`), whose parts
    /// follow it.
    public let span: Int
    /// Its UTF-8 offsets in the text.
    public let source: Range<Int>
    /// Whether it is a stop word.
    public let isStopWord: Bool
}

/// Turns text into words the way the index does: split, folded, stemmed.
///
/// The same text gives the same words on every machine. An analyzer may be copied and used from
/// any number of threads; its stemmers and their cache are shared under a lock.
public struct Analyzer: Sendable {
    /// Whose endings are taken off.
    public let languages: [StemLanguage]
    private let stemmers: SharedStemmers

    /// An analyzer for texts that may be in any of `languages`.
    ///
    /// Give one language when the text's is known, and both when it is not: a word then has a stem
    /// in each, and shares one with the same word in either language.
    public init(languages: [StemLanguage] = [.dutch, .english]) {
        self.languages = languages
        stemmers = SharedStemmers(languages)
    }

    /// The words of a text, in order; joined words before their parts.
    public func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var tokenizer = Tokenizer()
        tokenizer.forEachWord(in: text) { word in
            let form = String(decoding: word.bytes, as: UTF8.self)
            tokens.append(
                Token(
                    form: form, stems: stems(of: form), position: word.position, span: word.span,
                    source: word.source, isStopWord: StopWords.contains(form)))
        }
        return tokens
    }

    /// The stems of a folded word, one per language, without repeats.
    public func stems(of form: String) -> [String] { stemmers.stems(of: form) }
}

/// One stemmer a language with the stems found so far, for one thread at a time.
private final class SharedStemmers: Sendable {
    private struct State: ~Copyable, Sendable {
        var dutch: Stemmer?
        var english: Stemmer?
        var cache: [String: [String]] = [:]
    }

    private static let mostCached = 50_000
    private let languages: [StemLanguage]
    private let state = Mutex(State())

    init(_ languages: [StemLanguage]) { self.languages = languages }

    func stems(of form: String) -> [String] {
        state.withLock { state in
            if let known = state.cache[form] { return known }
            var stems: [String] = []
            for language in languages {
                let stem: String
                switch language {
                case .dutch:
                    if state.dutch == nil { state.dutch = Stemmer(.dutch) }
                    stem = state.dutch?.stem(form) ?? form
                case .english:
                    if state.english == nil { state.english = Stemmer(.english) }
                    stem = state.english?.stem(form) ?? form
                }
                if !stems.contains(stem) { stems.append(stem) }
            }
            // Starting over costs less than remembering which words were used last.
            if state.cache.count >= Self.mostCached { state.cache.removeAll() }
            state.cache[form] = stems
            return stems
        }
    }
}
