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
        var keys = Keys()
        for (index, line) in text[...].parts(at: "\n").enumerated() {
            let entry = line.trimmingBlanks()
            guard let sign = entry.utf8.first, sign != UInt8(ascii: "#") else { continue }
            if let message = read(entry, &keys) {
                faults.append(.init(line: index + 1, message: message))
            }
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

    // The signs are ASCII, and every command that searches reads the standard entries: this goes by
    // bytes, since to go by characters would take longer than the search itself.

    /// The keys of phrases that were met while reading.
    private struct Keys {
        private var known: [[String]: String] = [:]

        subscript(words: [String]) -> String {
            mutating get {
                if let key = known[words] { return key }
                let key = Synonyms.key(words[...])
                known[words] = key
                return key
            }
        }
    }

    /// Takes up a line; returns what is wrong with it.
    private mutating func read(_ entry: Substring, _ keys: inout Keys) -> String? {
        let sign = entry.utf8.first
        if sign == UInt8(ascii: "?") || sign == UInt8(ascii: "!") {
            return readList(
                Substring(entry.utf8.dropFirst()), isWeak: sign == UInt8(ascii: "?"), &keys)
        }
        let isOneWay = entry.utf8.contains(UInt8(ascii: ">"))
        guard isOneWay != entry.utf8.contains(UInt8(ascii: "=")) else {
            return isOneWay
                ? "has both “=” and “>”; write two lines"
                : "has neither “=” nor “>”; write: word = word, or word > word, word"
        }
        guard isOneWay else {
            var phrases: [Phrase] = []
            for part in entry.parts(at: "=") {
                guard let phrase = Self.phrase(part) else { return Self.fault(part) }
                phrases.append(phrase)
            }
            if let twice = Self.firstTwice(phrases, &keys) { return "has “\(twice.text)” twice" }
            for phrase in phrases {
                for other in phrases where other != phrase { relate(phrase, other, &keys) }
            }
            return nil
        }
        let sides = entry.parts(at: ">")
        guard sides.count == 2 else { return "has “>” twice; write two lines" }
        guard let first = Self.phrase(sides[0]) else { return Self.fault(sides[0]) }
        var rest: [Phrase] = []
        for part in sides[1].parts(at: ",") {
            guard let phrase = Self.phrase(part) else { return Self.fault(part) }
            rest.append(phrase)
        }
        if let twice = Self.firstTwice([first] + rest, &keys) {
            return "has “\(twice.text)” twice"
        }
        for phrase in rest { relate(first, phrase, &keys) }
        return nil
    }

    private mutating func readList(
        _ list: Substring, isWeak: Bool, _ keys: inout Keys
    ) -> String? {
        for part in list.parts(at: ",") {
            guard let phrase = Self.phrase(part) else { return Self.fault(part) }
            if isWeak {
                guard phrase.words.count == 1 else {
                    return "“\(phrase.text)” is more than one word; only words may be missing"
                }
                weak.insert(keys[phrase.words])
            } else {
                forgotten.insert(keys[phrase.words])
            }
        }
        return nil
    }

    private mutating func relate(_ phrase: Phrase, _ other: Phrase, _ keys: inout Keys) {
        longest = max(longest, phrase.words.count)
        add(other, to: keys[phrase.words])
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

    private static func firstTwice(_ phrases: [Phrase], _ keys: inout Keys) -> Phrase? {
        var seen: Set<String> = []
        for phrase in phrases where !seen.insert(keys[phrase.words]).inserted { return phrase }
        return nil
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
        var text = unicodeScalars
        while let first = text.first, first.properties.isWhitespace { text.removeFirst() }
        while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        return Substring(text)
    }

    /// The parts between the places where a sign of ASCII stands, empty ones too.
    fileprivate func parts(at sign: Unicode.Scalar) -> [Substring] {
        utf8.split(separator: UInt8(ascii: sign), omittingEmptySubsequences: false)
            .map { Substring($0) }
    }
}
