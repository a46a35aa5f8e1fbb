/// Words and phrases that mean the same to who looks for a course, and words that say little about
/// one.
///
/// Written as text, one entry a line:
/// ```
/// # a comment
/// bbl = beroepsbegeleidende leerweg = leerbaan    each also finds the others
/// thuisstudie > online, afstandsonderwijs         the first also finds the rest, not the reverse
/// ? cursus, opleiding                             may be missing from a result
/// ! evc                                           forget what is known of it by default
/// ```
/// Case, accents and endings do not count: an entry for `leerbaan` also holds for `leerbanen`, one
/// for `e-learning` also for `elearning` and `e learning`.
public struct Synonyms: Sendable {
    /// A word or several that belong together.
    public struct Phrase: Hashable, Sendable {
        /// As it was written.
        public let text: String
        /// Its folded words (``WordFolding``); at least one.
        public let words: [String]
    }

    /// The most words of a phrase.
    public static let mostWords = 8

    /// What else to look for, by the key of what is asked for.
    private var others: [String: [Phrase]] = [:]
    private var weak: Set<String> = []
    private var forgotten: Set<String> = []
    /// The number of words of the longest phrase that has synonyms.
    public private(set) var longest = 0

    /// No synonyms.
    public init() {}

    /// Reads entries.
    ///
    /// - Throws: All faults of the text together.
    public init(parsing text: String) throws(SynonymFaults) {
        var faults: [SynonymFaults.Fault] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let entry = line.trimmingBlanks()
            guard !entry.isEmpty, entry.first != "#" else { continue }
            if let message = read(entry) { faults.append(.init(line: index + 1, message: message)) }
        }
        guard faults.isEmpty else { throw SynonymFaults(faults: faults) }
    }

    /// What else to look for when these folded words are asked for, one behind the other; empty when
    /// nothing is known of them.
    public func others(for words: ArraySlice<String>) -> [Phrase] {
        others[Self.key(words)] ?? []
    }

    /// Whether a folded word says so little about a course that results may lack it.
    public func isWeak(_ word: String) -> Bool { weak.contains(Self.key([word])) }

    /// These entries and those of a partnership, which may forget some of these.
    public func adding(_ more: Synonyms) -> Synonyms {
        var all = self
        for key in more.forgotten {
            all.others[key] = nil
            all.weak.remove(key)
        }
        if !more.forgotten.isEmpty {
            for (key, phrases) in all.others {
                all.others[key] = phrases.filter {
                    !more.forgotten.contains(Self.key($0.words[...]))
                }
            }
        }
        for (key, phrases) in more.others {
            for phrase in phrases { all.add(phrase, to: key) }
        }
        all.weak.formUnion(more.weak)
        all.longest = max(longest, more.longest)
        return all
    }

    // MARK: Reading

    /// Takes up a line; returns what is wrong with it.
    private mutating func read(_ entry: Substring) -> String? {
        if entry.first == "?" || entry.first == "!" {
            return readList(entry.dropFirst(), isWeak: entry.first == "?")
        }
        let isOneWay = entry.contains(">")
        guard isOneWay != entry.contains("=") else {
            return isOneWay
                ? "has both “=” and “>”; write two lines"
                : "has neither “=” nor “>”; write: word = word, or word > word, word"
        }
        guard isOneWay else {
            var phrases: [Phrase] = []
            for part in entry.split(separator: "=", omittingEmptySubsequences: false) {
                guard let phrase = Self.phrase(part) else { return Self.fault(part) }
                phrases.append(phrase)
            }
            if let twice = Self.firstTwice(phrases) { return "has “\(twice.text)” twice" }
            for phrase in phrases {
                for other in phrases where other != phrase { relate(phrase, other) }
            }
            return nil
        }
        let sides = entry.split(separator: ">", omittingEmptySubsequences: false)
        guard sides.count == 2 else { return "has “>” twice; write two lines" }
        guard let first = Self.phrase(sides[0]) else { return Self.fault(sides[0]) }
        var rest: [Phrase] = []
        for part in sides[1].split(separator: ",", omittingEmptySubsequences: false) {
            guard let phrase = Self.phrase(part) else { return Self.fault(part) }
            rest.append(phrase)
        }
        if let twice = Self.firstTwice([first] + rest) { return "has “\(twice.text)” twice" }
        for phrase in rest { relate(first, phrase) }
        return nil
    }

    private mutating func readList(_ list: Substring, isWeak: Bool) -> String? {
        for part in list.split(separator: ",", omittingEmptySubsequences: false) {
            guard let phrase = Self.phrase(part) else { return Self.fault(part) }
            if isWeak {
                guard phrase.words.count == 1 else {
                    return "“\(phrase.text)” is more than one word; only words may be missing"
                }
                weak.insert(Self.key(phrase.words[...]))
            } else {
                forgotten.insert(Self.key(phrase.words[...]))
            }
        }
        return nil
    }

    private mutating func relate(_ phrase: Phrase, _ other: Phrase) {
        longest = max(longest, phrase.words.count)
        add(other, to: Self.key(phrase.words[...]))
    }

    private mutating func add(_ phrase: Phrase, to key: String) {
        if others[key]?.contains(where: { $0.words == phrase.words }) ?? false { return }
        others[key, default: []].append(phrase)
    }

    private static func fault(_ part: Substring) -> String {
        let text = part.trimmingBlanks()
        if text.isEmpty { return "has nothing on one side of a sign; write a word there" }
        return words(text).isEmpty
            ? "“\(text)” holds no word" : "“\(text)” has more than \(mostWords) words"
    }

    private static func firstTwice(_ phrases: [Phrase]) -> Phrase? {
        var seen: Set<String> = []
        return phrases.first { !seen.insert(key($0.words[...])).inserted }
    }

    private static func phrase(_ text: Substring) -> Phrase? {
        let text = text.trimmingBlanks()
        let words = words(text)
        guard !words.isEmpty, words.count <= mostWords else { return nil }
        return Phrase(text: String(text), words: words)
    }

    /// Folded words; one that is written with a hyphen or digits (`e-learning`, `nt2`) stays whole.
    private static func words(_ text: Substring) -> [String] {
        var words: [String] = []
        var partsLeft = 0
        var tokenizer = Tokenizer()
        tokenizer.forEachWord(in: String(text)) { word in
            if partsLeft > 0 {
                partsLeft -= 1
            } else {
                words.append(String(decoding: word.bytes, as: UTF8.self))
                if word.span > 1 { partsLeft = word.span }
            }
        }
        return words
    }

    /// Stems without space between them, so that `nt 2` has the key of `nt2`.
    private static func key(_ words: ArraySlice<String>) -> String {
        words.map { dutch.stems(of: $0).first ?? $0 }.joined()
    }

    private static let dutch = Analyzer(languages: [.dutch])
}

/// What is wrong with a text of synonyms.
public struct SynonymFaults: Error, Hashable, Sendable {
    /// A fault.
    public struct Fault: Hashable, Sendable {
        /// 1-based.
        public let line: Int
        /// What is wrong and what to do.
        public let message: String
    }

    /// The faults, by line; at least one.
    public let faults: [Fault]
}

extension Substring {
    fileprivate func trimmingBlanks() -> Substring {
        var text = self
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
