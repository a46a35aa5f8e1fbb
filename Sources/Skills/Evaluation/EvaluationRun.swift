import CourseModel

/// Ranks the concepts of a corpus for the queries of a judged set.
///
/// A set is a folder with `queries.tsv` (`qid`, `text`); a corpus is a file with `id`, `concept`,
/// `label` and perhaps `description`, plain or compressed with gzip, several lines a concept. The
/// judgements of a set are not read.
public struct EvaluationRun: Sendable {
    /// One line of a run: a label of the corpus, and how near its concept is to the query.
    public struct Line: Hashable, Sendable {
        /// The query.
        public let query: String
        /// The line of the corpus.
        public let id: String
        /// 1 for the nearest.
        public let rank: Int
        /// 0...1.
        public let score: Double

        /// In the form of TREC runs: qid, `Q0`, id, rank, score and the name of the system.
        public var text: String { "\(query) Q0 \(id) \(rank) \(score) leerwijzer" }
    }

    let corpus: EvaluationCorpus
    let ranker: ConceptRanker
    /// Whether the labels ranked are those of the corpus.
    private let ranksOwnLabels: Bool

    /// How many lines a query gets.
    public static let depth = 50

    /// Reads a corpus.
    ///
    /// - Parameters:
    ///   - corpus: Its file.
    ///   - classification: What is known of its concepts besides, by their ids.
    ///   - language: Of the queries; that of the corpus when `nil`.
    public init(
        corpus file: String, classification: Classification?, language: LanguageTag? = nil
    ) throws(SkillsError) {
        let corpus = try EvaluationCorpus(file)
        let asked = language ?? corpus.language
        self.corpus = corpus
        ranksOwnLabels = asked == corpus.language
        ranker = corpus.ranker(for: asked, classification)
    }

    /// Ranks every query of a set, one after another.
    public func rank(
        set folder: String, _ take: (Line) throws -> Void
    ) throws {
        let file = folder + "/queries.tsv"
        var lines = try TextLineReader(file)
        var number = 1
        _ = try lines.next()
        while let line = try lines.next() {
            number += 1
            if line.isEmpty { continue }
            let fields = line.split(separator: 9, omittingEmptySubsequences: false)
            guard fields.count >= 2, !fields[0].isEmpty else {
                throw SkillsError.malformed(
                    file: file, line: number, problem: "there are no two fields, qid and text")
            }
            let query = String(decoding: fields[0], as: UTF8.self)
            let ranked = ranker.rank(
                String(decoding: fields[1], as: UTF8.self), limit: Self.depth)
            for (place, one) in ranked.enumerated() {
                try take(
                    Line(
                        query: query,
                        id: corpus.id(one.concept, label: ranksOwnLabels ? one.label : 0),
                        rank: place + 1, score: one.score))
            }
        }
    }
}
