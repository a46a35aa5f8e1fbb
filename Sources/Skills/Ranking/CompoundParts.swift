import CourseModel
import Text

/// The parts of Dutch compounds, as far as they are words of the same texts.
struct CompoundParts: Sendable {
    /// Words as they stand, and their stems.
    private let words: FlatNumbers
    private let stems: FlatNumbers
    private let isEmpty: Bool
    private let language: LanguageTag
    private let splitter = CompoundSplitter()

    /// The shortest rest of an unknown word that is taken for a word: shorter ones are endings.
    private static let shortestRest = 5

    init(words: some Sequence<Word>, language: LanguageTag) {
        var known: Set<String> = []
        var stems: Set<String> = []
        // English writes its compounds apart.
        if language == .dutch {
            for word in words where !word.isStopword && word.folded.utf8.count > 3 {
                known.insert(word.folded)
                if word.stem.utf8.count > 3 { stems.insert(word.stem) }
            }
        }
        self.words = Self.numbers(known)
        self.stems = Self.numbers(stems)
        isEmpty = known.isEmpty
        self.language = language
    }

    private static func numbers(_ words: Set<String>) -> FlatNumbers {
        FlatNumbers(
            Dictionary(words.map { (termHash($0), 0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The stems of the parts of a word; none when it is no compound.
    ///
    /// A part counts in any form that it has in the texts: `stapeltechniek` has `stapelen` in it.
    func stems(ofPartsOf word: Word) -> [String] {
        guard !isEmpty else { return [] }
        return Array(word.folded.utf8).withUnsafeBufferPointer { bytes in
            (splitter.parts(of: bytes, isWord: isWord) ?? []).compactMap { stem(bytes[$0]) }
        }
    }

    /// The stem of a word and those of its parts, each once; of a word that is not known and no
    /// compound of known ones, the longest known end and the longest known beginning.
    func terms(of word: Word) -> [String] {
        var terms = [word.stem]
        var parts = stems(ofPartsOf: word)
        if parts.isEmpty, !isEmpty { parts = knownRests(of: word) }
        for part in parts where !terms.contains(part) { terms.append(part) }
        return terms
    }

    private func knownRests(of word: Word) -> [String] {
        let bytes = Array(word.folded.utf8)
        guard bytes.count > Self.shortestRest + 1, bytes.allSatisfy({ 97...122 ~= $0 })
        else { return [] }
        return bytes.withUnsafeBufferPointer { bytes in
            guard !isWord(bytes) else { return [] }
            let last = bytes.count - Self.shortestRest
            var rests: [String] = []
            if last >= 2,
                let start = (2...last).first(where: {
                    isWord(UnsafeBufferPointer(rebasing: bytes[$0...]))
                })
            {
                rests += [stem(bytes[start...])].compactMap(\.self)
            }
            let longest = bytes.count - 2
            if longest >= Self.shortestRest,
                let end = (Self.shortestRest...longest).reversed().first(where: {
                    isWord(UnsafeBufferPointer(rebasing: bytes[..<$0]))
                })
            {
                rests += [stem(bytes[..<end])].compactMap(\.self)
            }
            return rests
        }
    }

    private func isWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if words[termHash(bytes)] != nil { return true }
        guard let stem = stem(bytes[...]), stem.utf8.count > 3 else { return false }
        return stems[termHash(stem)] != nil
    }

    private func stem(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        stemOfWord(String(decoding: bytes, as: UTF8.self), language: language)
    }
}

extension CompoundParts {
    func write(to file: inout RankingFile.Writer) {
        file.put(isEmpty ? 1 : 0)
        words.write(to: &file)
        stems.write(to: &file)
    }

    init(
        _ file: inout RankingFile.Reader, language: LanguageTag
    ) throws(RankingFile.Unreadable) {
        isEmpty = try file.number() == 1
        words = try FlatNumbers(&file)
        stems = try FlatNumbers(&file)
        self.language = language
    }
}
