import Matching
import Places
import SearchIndex

/// The answer to a search: what was found, and how the question was understood.
public struct SearchAnswer: Sendable {
    /// What was found.
    public let results: SearchResults
    /// The hits of this page.
    public let rows: [ResultRow]
    /// The filters as they were understood.
    public let understood: UnderstoodFilters
    /// The language of the answer.
    public let language: AnswerLanguage

    /// Searches.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public init(
        _ understood: UnderstoodFilters, in index: IndexReader, language: AnswerLanguage
    ) throws {
        results = try index.search(understood.query)
        rows = try ResultRows(index: index, understood: understood, language: language)
            .rows(of: results)
        self.understood = understood
        self.language = language
    }

    /// How many there are: `157 offerings of 32 courses`.
    public var headline: String {
        if results.total == 0 {
            return language(nl: "Niets gevonden", en: "Nothing found")
        }
        let offerings =
            results.total == 1
            ? language(nl: "1 uitvoering", en: "1 offering")
            : language(nl: "\(results.total) uitvoeringen", en: "\(results.total) offerings")
        let courses =
            results.totalCourses == 1
            ? language(nl: "1 cursus", en: "1 course")
            : language(
                nl: "\(results.totalCourses) cursussen", en: "\(results.totalCourses) courses")
        return language(nl: "\(offerings) van \(courses)", en: "\(offerings) of \(courses)")
    }

    /// What a condition is called: the filter as it is written on the command line, or the word.
    public func name(of condition: Condition) -> String {
        switch condition {
        case .word(let word): "“\(word)”"
        case .near: "--within"
        case .price: "--max-price"
        case .start: "--start-after/--start-before"
        case .dayPart: "--evenings/--weekends"
        case .weeks: "--max-weeks"
        case .open: "--open-only"
        case .past, .full, .cancelled:
            language(nl: "verborgen (met --all)", en: "hidden (with --all)")
        default: "--\(condition)"
        }
    }

    /// What machines can rely on for `search`.
    public struct JSON: Encodable {
        struct QueryJSON: Encodable {
            struct WordJSON: Encodable {
                var text: String
                var reading: String
                var terms: [String]
            }

            var words: [WordJSON]
            var excluded: [WordJSON]
            var ignored: [String]
            var suggestion: Nullable<String>
            var near: Nullable<String>
            var within: Nullable<String>
            var region: Nullable<String>
            var concepts: [String: String]
        }

        package struct ValueJSON: Encodable {
            var value: String
            var label: String
            var count: Int
            var selected: Bool
        }

        struct RelaxationJSON: Encodable {
            var without: String
            var total: Int
        }

        var total: Int
        var totalCourses: Int
        var query: QueryJSON
        var results: [ResultRow.JSON]
        package var facets: [String: [ValueJSON]]
        var needingNoTravel: Int
        var relaxations: [RelaxationJSON]
    }

    /// The answer in the form of the JSON contract.
    public var json: JSON {
        func word(_ word: UnderstoodWord) -> JSON.QueryJSON.WordJSON {
            .init(text: word.text, reading: word.reading.rawValue, terms: word.terms)
        }
        return JSON(
            total: results.total, totalCourses: results.totalCourses,
            query: .init(
                words: results.understood.words.map(word),
                excluded: results.understood.excluded.map(word),
                ignored: results.understood.ignored,
                suggestion: Nullable(results.understood.suggestion),
                near: Nullable(understood.place?.label),
                within: Nullable(understood.reach.map { ReachText.text($0, language) }),
                region: Nullable(understood.region?.label),
                concepts: Dictionary(
                    understood.concepts.map { ($0.text, $0.label) }, uniquingKeysWith: { $1 })),
            results: rows.map(\.json),
            facets: Dictionary(
                uniqueKeysWithValues: results.facets.map { facet in
                    (
                        facet.kind.rawValue,
                        facet.values.map {
                            JSON.ValueJSON(
                                value: $0.value, label: $0.label, count: $0.count,
                                selected: $0.isSelected)
                        }
                    )
                }), needingNoTravel: results.needingNoTravel,
            relaxations: results.relaxations.map {
                .init(without: name(of: $0.condition), total: $0.total)
            })
    }
}
