import CourseModel
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

    /// The next wider reach and how many offerings it gives, when there are few.
    public let wider: (reach: Reach, total: Int)?

    /// Up to how many offerings are few.
    public static let few = 4

    /// Searches.
    ///
    /// - Parameters:
    ///   - extent: How much evidence to give beside the marks in titles.
    ///   - documents: Gives the courses as they were indexed, by id, with their skills or without;
    ///     asked once, when the extent needs them.
    /// - Throws: ``IndexError`` when the index is damaged.
    public init(
        _ understood: UnderstoodFilters, in index: IndexReader, language: AnswerLanguage,
        extent: Evidence.Extent = [],
        documents: (
            _ ids: [ID<Course>], _ withSkills: Bool
        ) throws -> [ID<Course>: IndexDocument] = { _, _ in [:] }
    ) throws {
        var understood = understood
        understood.query.relaxesUpTo = Self.few
        let results = try index.search(understood.query)
        var rows = try ResultRows(index: index, understood: understood, language: language)
            .rows(of: results)
        if !understood.query.words.isEmpty {
            let evidence = try Evidence(
                understood.query, results, in: index, language: language, extent: extent,
                documents: extent.isEmpty
                    ? [:]
                    : try documents(rows.map(\.course), extent.contains(.explanations)))
            for (number, hit) in results.hits.enumerated() {
                try evidence.add(to: &rows[number], course: hit.course)
            }
        }
        wider =
            results.total <= Self.few
            ? try Widening.next(understood, total: results.total, in: index) : nil
        self.results = results
        self.rows = rows
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

    /// How the question was understood, where that is not plain: a line for each thing to know.
    public var notes: [String] {
        var notes = [whereReading].compactMap { $0 } + readings
        for concept in understood.concepts {
            notes.append("“\(concept.text)” → \(concept.label)")
        }
        if let failure = understood.travel.failure {
            notes.append(
                language(
                    nl: "reistijden zijn geschat: \(failure)",
                    en: "travel times are estimates: \(failure)"))
        }
        if let left = understood.placeLeftAsWord {
            notes.append(
                leftAsWord(left)
                    + language(
                        nl: "; bedoel je de plaats, schrijf “in \(left.label)”",
                        en: "; if you mean the place, write “in \(left.label)”"))
        }
        if let suggestion = results.understood.suggestion {
            notes.append(
                language(nl: "bedoelde je: \(suggestion)?", en: "did you mean: \(suggestion)?"))
        }
        if results.needingNoTravel > 0 {
            notes.append(
                language(
                    nl: "daarnaast \(results.needingNoTravel) online of op je werkplek "
                        + "(--mode online,distance,workplace)",
                    en: "and \(results.needingNoTravel) more online or at your workplace "
                        + "(--mode online,distance,workplace)"))
        }
        return notes
    }

    /// `“houten” is hier een gewoon woord`.
    public func leftAsWord(_ name: UnderstoodFilters.Concept) -> String {
        language(
            nl: "“\(name.text)” is hier een gewoon woord",
            en: "“\(name.text)” is an ordinary word here")
    }

    /// Where was searched: `“houten” → bij Houten, binnen 15 km`; `nil` for everywhere.
    public var whereReading: String? {
        let named = understood.placeInWords.map { "“\($0)” → " } ?? ""
        if let place = understood.place {
            let reach = understood.reach.map { ", " + ReachText.text($0, language) } ?? ""
            return named + language(nl: "bij ", en: "near ") + place.label + reach
        }
        return understood.region.map { named + "in \($0.label)" }
    }

    /// What the words were taken for, where that is not plain, and what was done for want of results.
    public var readings: [String] {
        var notes: [String] = []
        if let asked = understood.widenedFrom {
            let text = ReachText.text(asked, language)
            notes.append(
                language(
                    nl: "\(text) was te weinig te vinden; daarom verder gezocht",
                    en: "there was too little \(text), so the search went further"))
        }
        for word in results.understood.words { notes += self.notes(of: word) }
        if results.understood.someWordsSuffice, results.total > 0 {
            notes.append(
                language(
                    nl:
                        "weinig cursussen hebben al je woorden; ook die er een deel van hebben staan erbij",
                    en: "few courses have all your words, so those that have some are shown too"))
        }
        return notes
    }

    private func notes(of word: UnderstoodWord) -> [String] {
        guard !word.isOptional else { return [] }
        let synonyms = word.synonyms.prefix(4).joined(separator: ", ")
        switch word.reading {
        case .word, .phrase:
            return synonyms.isEmpty
                ? []
                : [
                    language(
                        nl: "“\(word.text)”, ook \(synonyms)",
                        en: "“\(word.text)”, also \(synonyms)")
                ]
        case .synonym: return ["“\(word.text)” → \(synonyms)"]
        case .parts, .prefix, .spelling:
            let terms = word.terms.prefix(4).joined(separator: ", ")
            return ["“\(word.text)” → \(terms)" + (synonyms.isEmpty ? "" : ", \(synonyms)")]
        case .unknown:
            return [
                language(
                    nl: "geen cursus heeft iets als “\(word.text)”",
                    en: "no course has anything like “\(word.text)”")
            ]
        }
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
                var synonyms: [String]
                var optional: Bool
            }

            var words: [WordJSON]
            var excluded: [WordJSON]
            var ignored: [String]
            var suggestion: Nullable<String>
            var someWordsSuffice: Bool
            var near: Nullable<String>
            var placeInWords: Nullable<String>
            var placeLeftAsWord: Nullable<String>
            var within: Nullable<String>
            var widenedFrom: Nullable<String>
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

        struct WiderJSON: Encodable {
            var within: String
            var total: Int
        }

        var total: Int
        var totalCourses: Int
        var query: QueryJSON
        var results: [ResultRow.JSON]
        package var facets: [String: [ValueJSON]]
        var needingNoTravel: Int
        var relaxations: [RelaxationJSON]
        var wider: Nullable<WiderJSON>
    }

    /// The answer in the form of the JSON contract.
    public var json: JSON {
        func word(_ word: UnderstoodWord) -> JSON.QueryJSON.WordJSON {
            .init(
                text: word.text, reading: word.reading.rawValue, terms: word.terms,
                synonyms: word.synonyms, optional: word.isOptional)
        }
        return JSON(
            total: results.total, totalCourses: results.totalCourses,
            query: .init(
                words: results.understood.words.map(word),
                excluded: results.understood.excluded.map(word),
                ignored: results.understood.ignored,
                suggestion: Nullable(results.understood.suggestion),
                someWordsSuffice: results.understood.someWordsSuffice,
                near: Nullable(understood.place?.label),
                placeInWords: Nullable(understood.placeInWords),
                placeLeftAsWord: Nullable(understood.placeLeftAsWord?.text),
                within: Nullable(understood.reach.map { ReachText.text($0, language) }),
                widenedFrom: Nullable(
                    understood.widenedFrom.map { ReachText.text($0, language) }),
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
            },
            wider: Nullable(
                wider.map {
                    .init(within: ReachText.text($0.reach, language), total: $0.total)
                }))
    }
}
