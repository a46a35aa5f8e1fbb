import CourseModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Ranks concepts by how near they are to a text.
///
/// Several views of the same words are added up (``RankingView``): letters and words of the labels,
/// and, where more is known, their translations, descriptions, groups and related concepts.
/// Everything is computed from what is given: no network, the same answer every time. What each view
/// brings stands in `Skills.docc`.
public struct ConceptRanker: Sendable {
    /// A concept and how near it is.
    public struct Ranked: Hashable, Sendable {
        /// The concept's number, in the order given.
        public let concept: Int
        /// Which of its labels came nearest, 0 for the first.
        public let label: Int
        /// How near it is, 0...1.
        ///
        /// Of labels alone it is near 1 when the words are the same; where more is known it
        /// is how likely the concept is the one that is meant.
        public let score: Double
    }

    private let weights: RankingWeights
    private let words: RankingWords
    /// Where the labels of each concept start, and one beyond.
    private let firstLabels: FlatArray<Int32>
    /// 1 for each concept that is a group of concepts.
    private let groupMarks: FlatArray<UInt8>
    private let conceptCount: Int
    private let indexes: [(view: RankingView, index: TermIndex, owners: UnitOwners)]

    /// Takes up concepts of which nothing is known but their labels.
    public init(labels: [[String]], language: LanguageTag) {
        self.init(
            concepts: labels.map { RankedConcept(labels: $0) }, language: language,
            weights: .labelsOnly)
    }

    /// Takes up concepts.
    ///
    /// - Parameters:
    ///   - concepts: What is known of each; its number is its place here.
    ///   - related: What they are related to.
    ///   - language: Of the texts that will be looked up.
    ///   - lexicon: From words of that language to words of the other one.
    init(
        concepts: [RankedConcept], related: [RelatedConcept] = [], language: LanguageTag,
        lexicon: Lexicon? = nil, weights: RankingWeights
    ) {
        self.weights = weights
        let words = RankingWords(
            texts: concepts.lazy.flatMap { $0.labels + [$0.text] } + related.lazy.map(\.text),
            language: language, lexicon: lexicon)
        self.words = words
        conceptCount = concepts.count
        groupMarks = FlatArray(concepts.map { $0.isGroup ? 1 : 0 })
        var owners: [Int32] = []
        var first: [Int32] = []
        for (number, concept) in concepts.enumerated() {
            first.append(Int32(owners.count))
            owners += repeatElement(Int32(number), count: concept.labels.count)
        }
        first.append(Int32(owners.count))
        firstLabels = FlatArray(first)
        let builder = RankingIndexes(
            concepts: concepts, related: related, labelOwners: owners, words: words)
        indexes = RankingView.allCases.compactMap { view in
            guard weights.views[view] != nil,
                let (index, owners) = builder.index(view)
            else { return nil }
            return (view, index, owners)
        }
    }

    /// The concepts nearest to a text, nearest first; ties keep the order of the concepts.
    ///
    /// - Complexity: O(occurrences of the text's letters and words in all labels and texts).
    public func rank(_ text: String, limit: Int) -> [Ranked] {
        guard limit > 0, conceptCount > 0 else { return [] }
        let query = words.query(text, passingOver: weights.framing)
        guard !query.letters.isEmpty else { return [] }
        var sums = groupMarks.withElements { $0.map { $0 == 1 ? -weights.groupPenalty : 0 } }
        // A damaged file gives nothing, and whoever asked makes it again.
        guard sums.count == conceptCount else { return [] }
        var labelSums = [Float](repeating: 0, count: Int(firstLabels[conceptCount]))
        var isTouched = [Bool](repeating: false, count: conceptCount)
        var seen: [RankingTrees.Seen] = []
        for (view, index, owners) in indexes {
            guard let weight = weights.views[view] else { continue }
            let units = index.scores(query.terms(for: view))
            if view == .labelLetters || view == .labelWords {
                for label in units.indices where label < labelSums.count {
                    labelSums[label] += weight.score * units[label]
                }
            }
            let scores = owners.concepts(of: units, count: conceptCount)
            let most = scores.max() ?? 0
            let factor = weight.score + (most > 0 ? weight.share / most : 0)
            for concept in scores.indices where scores[concept] > 0 {
                sums[concept] += factor * scores[concept]
                isTouched[concept] = true
            }
            if weights.trees != nil {
                seen.append(RankingTrees.Seen(view: view, scores: scores, most: most))
            }
        }
        if let trees = weights.trees {
            return reordered(sums, isTouched, labelSums, by: trees, seen, limit: limit)
        }
        return nearest(sums, isTouched, labelSums, limit: limit)
    }

    /// The concepts that come nearest at first sight, in the order that weights and trees together put
    /// them; the others after them, as the weights have them.
    private func reordered(
        _ sums: [Float], _ isTouched: [Bool], _ labelSums: [Float], by trees: RankingTrees,
        _ seen: [RankingTrees.Seen], limit: Int
    ) -> [Ranked] {
        let sight = trees.firstSight(seen, count: conceptCount)
        func isBefore(_ scores: [Float]) -> (Int, Int) -> Bool {
            { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
        }
        let touched = sums.indices.filter { isTouched[$0] }
        let heads = touched.sorted(by: isBefore(sight)).prefix(RankingTrees.candidates)
        let scores = trees.scores(
            heads.map { sums[$0] },
            heads.map { trees.score($0, isGroup: groupMarks[$0] == 1, seen) })
        let order = scores.indices.sorted(by: isBefore(scores))
        guard let best = order.first.map({ scores[$0] }) else { return [] }
        let all = scores.reduce(Float(0)) { $0 + exp($1 - best) }
        var ranked = order.prefix(limit).map { place in
            Ranked(
                concept: heads[place], label: bestLabel(of: heads[place], labelSums),
                score: Double(likelihood(exp(scores[place] - best) / all)))
        }
        guard ranked.count < limit else { return ranked }
        let isHead = Set(heads)
        for concept in touched.sorted(by: isBefore(sums)) where !isHead.contains(concept) {
            guard ranked.count < limit else { break }
            ranked.append(
                Ranked(concept: concept, label: bestLabel(of: concept, labelSums), score: 0))
        }
        return ranked
    }

    /// How often a concept with such a share of all is meant.
    private func likelihood(_ share: Float) -> Float {
        weights.doubt == 1 ? min(1, share) : min(1, pow(share, weights.doubt))
    }

    private func nearest(
        _ sums: [Float], _ isTouched: [Bool], _ labelSums: [Float], limit: Int
    ) -> [Ranked] {
        let candidates = sums.indices.filter { isTouched[$0] && sums[$0] > weights.least }
        let ranked = candidates.sorted {
            sums[$0] != sums[$1] ? sums[$0] > sums[$1] : $0 < $1
        }
        guard let best = ranked.first.map({ sums[$0] }) else { return [] }
        let all =
            weights.isLogarithmic
            ? candidates.reduce(Float(0)) { $0 + exp(sums[$1] - best) } : 1
        return ranked.prefix(limit).map { concept in
            let score =
                weights.isLogarithmic
                ? likelihood(exp(sums[concept] - best) / all) : min(1, sums[concept])
            return Ranked(
                concept: concept, label: bestLabel(of: concept, labelSums), score: Double(score))
        }
    }

    /// The first of the labels that come nearest.
    private func bestLabel(of concept: Int, _ sums: [Float]) -> Int {
        let first = Int(firstLabels[concept])
        let end = Int(firstLabels[concept + 1])
        var best = first
        for label in first..<max(first, end) where sums[label] > sums[best] { best = label }
        return best - first
    }

    /// Whether a score is how likely the concept is the one that is meant.
    var isCalibrated: Bool { weights.isLogarithmic }
}

extension ConceptRanker {
    func write(to file: inout RankingFile.Writer) {
        file.put(conceptCount)
        words.write(to: &file)
        file.put(firstLabels)
        file.put(groupMarks)
        file.put(indexes.count)
        for (view, index, owners) in indexes {
            file.put(view.rawValue)
            index.write(to: &file)
            owners.write(to: &file)
        }
    }

    /// - Parameter weights: How views are weighed, which the file does not hold.
    init(
        _ file: inout RankingFile.Reader, weights: RankingWeights
    ) throws(RankingFile.Unreadable) {
        self.weights = weights
        conceptCount = try file.number()
        words = try RankingWords(&file)
        firstLabels = try file.array()
        groupMarks = try file.array()
        guard firstLabels.count == conceptCount + 1, groupMarks.count == conceptCount else {
            throw .damaged
        }
        var indexes: [(view: RankingView, index: TermIndex, owners: UnitOwners)] = []
        for _ in 0..<(try file.number()) {
            guard let view = RankingView(rawValue: try file.number()) else { throw .damaged }
            indexes.append((view, try TermIndex(&file), try UnitOwners(&file)))
        }
        self.indexes = indexes
    }
}
