import CourseModel

/// Ranks the labels of concepts by how near they are to a text.
///
/// Two views of the same words are added up, each a cosine between TF-IDF vectors: whole words by
/// their stem, which is exact but misses compounds and misspellings, and character sequences of two
/// to four letters within words, which bridge both. A concept counts as its best label.
///
/// Everything is computed from the labels given: no model, no network, the same answer every time.
public struct ConceptRanker: Sendable {
    /// A concept and how near it is.
    public struct Ranked: Hashable, Sendable {
        /// The concept's number, as given with its labels.
        public let concept: Int
        /// The label's number, in the order given.
        public let label: Int
        /// 0...1; 1 when the words are the same.
        public let score: Double
    }

    private let language: LanguageTag
    private let concepts: [Int32]
    private let grams: TermIndex
    private let stems: TermIndex

    /// The share of whole words in a score; character sequences have the rest.
    private static let wordShare: Float = 0.4

    /// Takes up labels.
    ///
    /// - Parameters:
    ///   - labels: Concept numbers with a label each; a concept may come with many.
    ///   - language: Of the labels, for their stems.
    public init(labels: some Sequence<(concept: Int, text: String)>, language: LanguageTag) {
        var concepts: [Int32] = []
        var grams = TermIndex.Builder()
        var stems = TermIndex.Builder()
        for label in labels {
            concepts.append(Int32(label.concept))
            let words = splitWords(of: label.text, language: language)
            grams.add(Self.grams(of: words))
            stems.add(Self.stems(of: words))
        }
        self.language = language
        self.concepts = concepts
        self.grams = grams.finish()
        self.stems = stems.finish()
    }

    /// The concepts nearest to a text, nearest first; ties keep the order of the concepts.
    ///
    /// - Complexity: O(occurrences of the text's character sequences in all labels).
    public func rank(_ text: String, limit: Int) -> [Ranked] {
        let words = splitWords(of: text, language: language)
        guard limit > 0, !words.isEmpty else { return [] }
        var scores = [Float](repeating: 0, count: concepts.count)
        grams.score(Self.grams(of: words), share: 1 - Self.wordShare, into: &scores)
        stems.score(Self.stems(of: words), share: Self.wordShare, into: &scores)
        var best: [Int32: (label: Int, score: Float)] = [:]
        for (label, score) in scores.enumerated() where score > 0.05 {
            if let known = best[concepts[label]], known.score >= score { continue }
            best[concepts[label]] = (label, score)
        }
        let ranked = best.sorted {
            if $0.value.score != $1.value.score { return $0.value.score > $1.value.score }
            return $0.key < $1.key
        }
        return ranked.prefix(limit).map {
            Ranked(
                concept: Int($0.key), label: $0.value.label,
                score: min(1, Double($0.value.score)))
        }
    }

    private static func grams(of words: [Word]) -> [UInt64] {
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

    private static func stems(of words: [Word]) -> [UInt64] {
        words.filter { !$0.isStopword }.map { termHash($0.stem) }
    }
}

/// FNV-1a of a word, the same on every run.
func termHash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
}
