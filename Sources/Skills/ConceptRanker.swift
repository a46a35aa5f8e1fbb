import CourseModel
import Text

/// Ranks concepts by how near their labels are to a text.
///
/// Three views of the same words are added up, each a cosine between TF-IDF vectors:
/// - the label's words by their stem, with the parts of Dutch compounds that are words of other
///   labels: exact, but blind to spelling;
/// - its character sequences of two to four letters within words, which see through misspellings,
///   endings and compounds;
/// - the same of all labels of a concept together, so that a concept with many fitting labels comes
///   before one that has a single one by chance.
///
/// A concept counts as its best label. Everything is computed from the labels given: no model, no
/// network, the same answer every time. The shares were chosen on the public evaluation sets; what
/// each view brings stands in `Skills.docc`.
public struct ConceptRanker: Sendable {
    /// A concept and how near it is.
    public struct Ranked: Hashable, Sendable {
        /// The concept's number, as given with its labels.
        public let concept: Int
        /// The number of the label that came nearest, in the order given.
        public let label: Int
        /// 0...1; near 1 when the words are the same.
        public let score: Double
    }

    private let language: LanguageTag
    private let concepts: [Int32]
    /// Whether a label is the first of its concept: the preferred one.
    private let isFirst: [Bool]
    private let conceptCount: Int
    private let stems: TermIndex
    private let grams: TermIndex
    private let conceptGrams: TermIndex
    private let compounds: CompoundParts

    private static let stemShare: Float = 0.23
    private static let gramShare: Float = 0.54
    private static let conceptShare: Float = 0.23
    /// What a preferred label has over another one: of two that fit alike it is the likelier.
    private static let preferredBonus: Float = 0.015
    /// Below this nothing is left but chance.
    private static let least: Float = 0.04

    /// Takes up labels.
    ///
    /// - Parameters:
    ///   - labels: Concept numbers from 0 with a label each; a concept may come with many, its
    ///     preferred one first.
    ///   - language: Of the labels, for their stems and compounds.
    public init(labels: some Sequence<(concept: Int, text: String)>, language: LanguageTag) {
        var concepts: [Int32] = []
        var isFirst: [Bool] = []
        var seen: Set<Int> = []
        var split: [[Word]] = []
        for label in labels {
            concepts.append(Int32(label.concept))
            isFirst.append(seen.insert(label.concept).inserted)
            split.append(splitWords(of: label.text, language: language))
        }
        let compounds = CompoundParts(words: split.joined(), language: language)
        var stems = TermIndex.Builder()
        var grams = TermIndex.Builder()
        var ofConcept = [[UInt64]](repeating: [], count: Int((concepts.max() ?? -1) + 1))
        for (concept, words) in zip(concepts, split) {
            let ofLabel = Self.grams(of: words)
            grams.add(ofLabel)
            stems.add(Self.stems(of: words, compounds))
            ofConcept[Int(concept)] += ofLabel
        }
        var conceptGrams = TermIndex.Builder()
        for terms in ofConcept { conceptGrams.add(terms) }
        self.language = language
        self.concepts = concepts
        self.isFirst = isFirst
        self.compounds = compounds
        conceptCount = ofConcept.count
        self.stems = stems.finish()
        self.grams = grams.finish()
        self.conceptGrams = conceptGrams.finish()
    }

    /// The concepts nearest to a text, nearest first; ties keep the order of the concepts.
    ///
    /// - Complexity: O(occurrences of the text's character sequences in all labels).
    public func rank(_ text: String, limit: Int) -> [Ranked] {
        let words = splitWords(of: text, language: language)
        guard limit > 0, !words.isEmpty else { return [] }
        let terms = Self.grams(of: words)
        var scores = [Float](repeating: 0, count: concepts.count)
        grams.score(terms, share: Self.gramShare, into: &scores)
        stems.score(Self.stems(of: words, compounds), share: Self.stemShare, into: &scores)
        var ofConcepts = [Float](repeating: 0, count: conceptCount)
        conceptGrams.score(terms, share: Self.conceptShare, into: &ofConcepts)
        var best = [(label: Int32, score: Float)](repeating: (-1, 0), count: conceptCount)
        for (label, score) in scores.enumerated() where score > 0 {
            let concept = Int(concepts[label])
            let sum =
                score + ofConcepts[concept] + (isFirst[label] ? Self.preferredBonus : 0)
            if sum > best[concept].score { best[concept] = (Int32(label), sum) }
        }
        let ranked = best.indices.filter { best[$0].score > Self.least }
            .sorted {
                best[$0].score != best[$1].score ? best[$0].score > best[$1].score : $0 < $1
            }
        return ranked.prefix(limit).map {
            Ranked(
                concept: $0, label: Int(best[$0].label), score: min(1, Double(best[$0].score)))
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

    private static func stems(of words: [Word], _ compounds: CompoundParts) -> [UInt64] {
        var terms: [UInt64] = []
        for word in words where !word.isStopword {
            terms.append(termHash(word.stem))
            for stem in compounds.stems(ofPartsOf: word) { terms.append(termHash(stem)) }
        }
        return terms
    }
}

/// The parts of Dutch compounds, as far as they are words of the same labels.
struct CompoundParts: Sendable {
    private let vocabulary: Set<String>
    private let language: LanguageTag
    private let splitter = CompoundSplitter()

    init(words: some Sequence<Word>, language: LanguageTag) {
        // English writes its compounds apart.
        vocabulary =
            language == .dutch
            ? Set(words.lazy.filter { !$0.isStopword }.map(\.folded)) : []
        self.language = language
    }

    /// The stems of the parts of a word; none when it is no compound.
    func stems(ofPartsOf word: Word) -> [String] {
        guard !vocabulary.isEmpty else { return [] }
        return Array(word.folded.utf8).withUnsafeBufferPointer { bytes in
            let parts = splitter.parts(of: bytes) {
                vocabulary.contains(String(decoding: $0, as: UTF8.self))
            }
            return (parts ?? []).compactMap { part in
                let text = String(decoding: bytes[part], as: UTF8.self)
                return splitWords(of: text, language: language).first?.stem
            }
        }
    }
}

/// FNV-1a of a word, the same on every run.
func termHash(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
}
