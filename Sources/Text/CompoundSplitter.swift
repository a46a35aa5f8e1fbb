/// Splits Dutch compounds into words that the catalogue itself uses.
///
/// `boomverzorgingscursus` is `boomverzorging` + `cursus` when both are words of their own
/// somewhere. Parts may be linked by `s`, `e`, `en` or `er`. No dictionary is carried: what is a
/// word is asked of the caller, so the words follow the catalogue.
public struct CompoundSplitter: Sendable {
    /// The fewest bytes of a part.
    public static let shortestPart = 4
    private static let links: [[UInt8]] = ["", "s", "e", "en", "er"].map { Array($0.utf8) }

    // Endings, prefixes and particles that are words too, but hardly ever as a part of a compound
    // that a learner would look for.
    private static let neverParts: Set<String> = [
        "achter", "achtig", "baar", "beneden", "boven", "buiten", "daar", "eind", "ende", "gang",
        "gelijk", "gericht", "haar", "heden", "heid", "heids", "hier", "ingen", "isch", "ische",
        "keer", "loos", "loze", "midden", "mede", "naar", "onder", "over", "samen", "schap",
        "schappen", "send", "tegen", "teit", "terug", "tief", "tigen", "tussen", "vast", "voor",
        "voort", "vooruit", "waar", "weer", "zaam", "zelf", "zijds",
    ]

    /// A splitter.
    public init() {}

    /// The byte ranges of the parts, in order; `nil` when the word is no compound of known words.
    ///
    /// Of all splits the one with the fewest parts wins, then the one whose last part is longest:
    /// in Dutch the last part says what the thing is. A link between two parts is in neither range.
    ///
    /// - Parameters:
    ///   - word: Folded, `a`...`z` only; others have no parts.
    ///   - isWord: Whether folded bytes are a word of the catalogue.
    /// - Complexity: O(length²) questions.
    public func parts(
        of word: UnsafeBufferPointer<UInt8>, isWord: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> [Range<Int>]? {
        guard word.count >= 2 * Self.shortestPart, word.count <= Tokenizer.longestWord,
            word.allSatisfy({ 97...122 ~= $0 })
        else { return nil }
        return parts(of: word, from: 0, most: 3, isWord: isWord)
    }

    private func parts(
        of word: UnsafeBufferPointer<UInt8>, from start: Int, most: Int,
        isWord: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> [Range<Int>]? {
        func isPart(_ range: Range<Int>) -> Bool {
            let bytes = UnsafeBufferPointer(rebasing: word[range])
            guard isWord(bytes) else { return false }
            let text = String(decoding: bytes, as: UTF8.self)
            return !Self.neverParts.contains(text) && !StopWords.contains(text)
        }
        let shortest = Self.shortestPart
        guard word.count - start >= 2 * shortest, most >= 2 else { return nil }
        // Two parts first, the longest tail first.
        for tail in (start + shortest)...(word.count - shortest) {
            guard isPart(tail..<word.count) else { continue }
            for link in Self.links {
                let end = tail - link.count
                guard end - start >= shortest, word[end..<tail].elementsEqual(link),
                    isPart(start..<end)
                else { continue }
                return [start..<end, tail..<word.count]
            }
        }
        guard most >= 3 else { return nil }
        for end in (start + shortest)...(word.count - shortest) where isPart(start..<end) {
            for link in Self.links {
                let next = end + link.count
                guard next < word.count, word[end..<next].elementsEqual(link),
                    let rest = parts(of: word, from: next, most: most - 1, isWord: isWord)
                else { continue }
                return [start..<end] + rest
            }
        }
        return nil
    }
}
