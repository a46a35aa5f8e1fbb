import CourseModel
import Text

/// Why a course has its score.
public struct ScoreExplanation: Hashable, Sendable {
    /// The score: the sum of those of the words.
    public var score: Float
    /// The words of the query that count, in order; one for words that were joined by `OR`.
    public var words: [Word]

    /// What a word of the query adds.
    public struct Word: Hashable, Sendable {
        /// The word as it was typed.
        public var text: String
        /// What it adds to the score; 0 when the course lacks it.
        public var score: Float
        /// Why the course has it: the way that adds most; `nil` when the course lacks it.
        public var reading: UnderstoodWord.Reading?
        /// The synonym, the parts or the corrected words that were found in its place.
        public var foundAs: String?
        /// Whether results may lack it.
        public var isOptional: Bool
        /// Where it stands, what adds most first.
        public var places: [Place]
    }

    /// A written word in a field.
    public struct Place: Hashable, Sendable {
        /// The field.
        public var field: IndexOptions.Field
        /// The word as the course writes it, folded.
        public var form: String
        /// How often it stands in the field.
        public var occurrences: Int
        /// What it adds to the score.
        public var score: Float
    }
}

extension IndexReader {
    /// Why a course has its score for a query.
    ///
    /// - Parameters:
    ///   - course: The course's number.
    ///   - document: What the index was made from: its texts tell where the words stand.
    ///   - some: Whether the results were of ``UnderstoodQuery/someWordsSuffice``.
    /// - Returns: `nil` when the words do not fit the course.
    /// - Throws: ``IndexError/damaged(path:section:)``.
    public func explain(
        _ query: Query, course: Int, document: IndexDocument, some: Bool = false
    ) throws(IndexError) -> ScoreExplanation? {
        var plan = WordPlan()
        let answer = try WordResolver(reader: self).add(query, to: &plan, some: some)
        guard !plan.isImpossible else { return nil }
        plan.prepare()
        var score: Float?
        var parts: [Int: (alternative: Int, leaves: [Float])] = [:]
        try plan.forEachCourse(in: course..<course + 1) { number, plan throws(IndexError) in
            score = plan.score(UInt32(number))
            for meaning in answer.meanings where !meaning.words.isEmpty {
                parts[meaning.clause] = plan.parts(meaning.clause, UInt32(number))
            }
        }
        if let failure = plan.failure { throw failure }
        guard let score else { return nil }
        let fields = try FormCounts(document, self)
        var words: [ScoreExplanation.Word] = []
        for meaning in answer.meanings where !meaning.words.isEmpty {
            let understood = answer.understood.words[meaning.words]
            var word = ScoreExplanation.Word(
                text: understood.map(\.text).joined(separator: " OR "), score: 0,
                isOptional: understood.contains(where: \.isOptional), places: [])
            if let best = parts[meaning.clause] {
                let way = meaning.ways[best.alternative]
                word.score = best.leaves.reduce(0, +)
                word.reading = way.reading
                word.foundAs = way.text
                for (terms, score) in zip(way.leaves, best.leaves) {
                    word.places += try fields.places(of: terms, score: score)
                }
                word.places.sort {
                    $0.score != $1.score
                        ? $0.score > $1.score
                        : ($0.field.rawValue, $0.form) < ($1.field.rawValue, $1.form)
                }
            }
            words.append(word)
        }
        return ScoreExplanation(score: score, words: words)
    }
}

/// How often each written word stands in each field of a course.
private struct FormCounts {
    private struct Key: Hashable {
        var form: String
        var language: TextLanguage
        var field: IndexOptions.Field
    }

    private let reader: IndexReader
    private var counts: [Key: Int] = [:]
    private var lengths: [IndexOptions.Field: Int] = [:]

    init(_ document: IndexDocument, _ reader: IndexReader) throws(IndexError) {
        self.reader = reader
        var tokenizer = Tokenizer()
        var counts: [Key: Int] = [:]
        var lengths: [IndexOptions.Field: Int] = [:]
        document.forEachText { text, tag, field in
            let language = TextLanguage(tag)
            tokenizer.forEachWord(in: text) { word in
                let form = String(decoding: word.bytes, as: UTF8.self)
                if field == .description, reader.options.leavesOutStopWords,
                    StopWords.contains(form)
                {
                    return
                }
                counts[Key(form: form, language: language, field: field), default: 0] += 1
                lengths[field, default: 0] += 1
            }
        }
        self.counts = counts
        self.lengths = lengths
    }

    /// Where terms stand that count as one word, and what each place adds to the word's score.
    func places(of terms: [Int], score: Float) throws(IndexError) -> [ScoreExplanation.Place] {
        var wanted = Set<UInt32>()
        var only: IndexOptions.Field?
        for term in terms {
            wanted.insert(try reader.plainTerm(term))
            switch try reader.terms.bytes(term).first {
            case TermSpace.title.rawValue: only = .title
            case TermSpace.provider.rawValue: only = .provider
            default: break
            }
        }
        var places: [(place: ScoreExplanation.Place, steps: Int64)] = []
        for (key, count) in counts where only == nil || key.field == only {
            var form = key.form
            let number = try form.withUTF8Bytes { bytes throws(IndexError) in
                try reader.formHashes.find(bytes)
            }
            guard let number else { continue }
            var weight: Float = 0
            try reader.forEachTerm(ofForm: number, in: key.language) { term, own in
                if wanted.contains(term) { weight += own }
            }
            guard weight > 0 else { continue }
            places.append(
                (
                    .init(field: key.field, form: key.form, occurrences: count, score: 0),
                    reader.ranking.contribution(
                        key.field, occurrences: count,
                        normal: reader.ranking.normal(key.field, length: lengths[key.field] ?? 0),
                        formWeight: weight)
                ))
        }
        let sum = places.reduce(0) { $0 + $1.steps }
        guard sum > 0 else { return [] }
        return places.map { entry in
            var place = entry.place
            place.score = score * Float(entry.steps) / Float(sum)
            return place
        }
    }
}
