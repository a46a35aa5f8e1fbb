import CourseModel
import SearchIndex

/// Shows why a result was found: its words in its texts, and the parts of its score.
public struct Evidence {
    /// How much of it to show beside the marks in titles.
    public struct Extent: OptionSet, Sendable {
        /// One bit for each part.
        public let rawValue: Int
        /// The parts whose bits are set.
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// A piece of the description in which the words stand.
        public static let snippets = Extent(rawValue: 1)
        /// The parts of the score.
        public static let explanations = Extent(rawValue: 2)
    }

    private let query: Query
    private let index: IndexReader
    private let someWords: Bool
    private let language: AnswerLanguage
    private let extent: Extent
    private let documents: [ID<Course>: IndexDocument]
    private let highlighter: Highlighter

    /// The evidence for the results of a query.
    ///
    /// - Parameters:
    ///   - documents: The courses of the results as they were indexed; those that are missing have
    ///     no snippet and no explanation.
    /// - Throws: ``IndexError`` when the index is damaged.
    public init(
        _ query: Query, _ results: SearchResults, in index: IndexReader, language: AnswerLanguage,
        extent: Extent, documents: [ID<Course>: IndexDocument]
    ) throws {
        self.query = query
        self.index = index
        self.language = language
        self.extent = extent
        self.documents = documents
        someWords = results.understood.someWordsSuffice
        highlighter = try Highlighter(query, in: index)
    }

    /// Adds what there is to a row.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func add(to row: inout ResultRow, course: Int) throws {
        guard !highlighter.isEmpty else { return }
        row.markedTitle = try highlighter.mark(row.title, in: nil)
        guard let document = documents[row.course] else { return }
        if extent.contains(.snippets) { row.snippet = try snippet(document.record.course) }
        if extent.contains(.explanations) {
            row.explanation = try index.explain(
                query, course: course, document: document, some: someWords)
        }
    }

    /// The first text that has the words: in the reader's language, and the shorter texts first.
    private func snippet(_ course: Course) throws -> MarkedText? {
        var texts: [(text: String, language: LanguageTag?)] = []
        for wording in course.summary.wordings { texts.append((wording.text, wording.language)) }
        func add(_ rich: LocalizedRichText) {
            for wording in rich.wordings {
                texts.append((wording.text.plainText, wording.language))
            }
        }
        add(course.description)
        for section in course.sections { add(section.text) }
        add(course.prerequisites)
        let own = language.preferences.first
        for text in texts.filter({ $0.language == own }) + texts.filter({ $0.language != own }) {
            if let snippet = try highlighter.snippet(of: text.text, in: text.language) {
                return snippet
            }
        }
        return nil
    }
}
