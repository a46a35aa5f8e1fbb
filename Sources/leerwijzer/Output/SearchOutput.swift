import CourseModel
import Glibc
import Matching
import Places
import SearchIndex

/// The answer to a search in each of its forms.
struct SearchOutput {
    let results: SearchResults
    let rows: [ResultRow]
    let understood: UnderstoodFilters
    let words: [String]
    let language: AnswerLanguage
    let today: CalendarDate

    func print(as form: OutputForm, facets: Bool) throws {
        switch form {
        case .table: try printTable(facets: facets)
        case .json: try Console.print(try JSONOutput.line(json))
        case .ndjson: for row in rows { try Console.print(try JSONOutput.line(row.json)) }
        case .csv:
            try Console.write(CSVOutput.line(CSVOutput.heading), to: STDOUT_FILENO)
            for row in rows {
                try Console.write(CSVOutput.line(CSVOutput.cells(row)), to: STDOUT_FILENO)
            }
        case .geojson: try Console.print(try JSONOutput.line(GeoJSONOutput(rows)))
        case .ics:
            let (text, left) = CalendarOutput.text(rows, made: today)
            try Console.write(text, to: STDOUT_FILENO)
            if left > 0 {
                Console.complain(
                    language(
                        nl: "\(left) uitvoeringen zonder begindatum staan niet in de agenda",
                        en: "\(left) offerings without a start day are not in the calendar"))
            }
        }
        if form != .table, form != .json { complainOfRest() }
    }

    /// A page that is not everything is said on standard error, so that no one takes it for all.
    private func complainOfRest() {
        let shown = rows.count
        let total = understood.query.groupsByCourse ? results.totalCourses : results.total
        guard shown < total else { return }
        Console.complain(
            language(
                nl: "\(shown) van \(total) resultaten; meer met --page of --limit",
                en: "\(shown) of \(total) results; more with --page or --limit"))
    }

    // MARK: Table

    private func printTable(facets: Bool) throws {
        let terminal = Terminal.output
        let wording = Wording(language: language)
        try Console.print(headline)
        for note in notes { try Console.print(terminal.dim(note)) }
        if !rows.isEmpty {
            var columns: [TextTable.Column] = [
                .init(heading: language(nl: "cursus", en: "course"), canShrink: true),
                .init(heading: language(nl: "aanbieder", en: "provider"), canShrink: true),
                .init(heading: language(nl: "plaats", en: "place"), canShrink: true),
            ]
            if understood.place != nil { columns.append(.init(heading: "km", isNumeric: true)) }
            columns += [
                .init(heading: "start"),
                .init(heading: language(nl: "niveau", en: "level")),
                .init(heading: language(nl: "prijs", en: "price"), isNumeric: true),
                .init(heading: "id", canShrink: true),
            ]
            var table = TextTable(columns)
            for row in rows {
                let status = wording.status(row.status).map { " (\($0))" } ?? ""
                var cells = [row.title + status, row.provider, row.place]
                if understood.place != nil {
                    cells.append(
                        row.distanceInKilometres.map {
                            String(wording.distance($0).dropLast(3))
                        } ?? "–")
                }
                cells += [
                    wording.start(row.start)
                        + (row.alternatives > 0 ? " +\(row.alternatives)" : ""),
                    wording.level(row.level, stated: row.statedLevel),
                    wording.price(row.price, includesVAT: row.includesVAT), row.offering.value,
                ]
                table.append(cells)
            }
            try Console.print("")
            for line in table.lines(width: terminal.width, heading: terminal.bold) {
                try Console.print(line)
            }
        }
        try printRelaxations()
        if facets { try printFacets() }
        let total = understood.query.groupsByCourse ? results.totalCourses : results.total
        let last = understood.query.offset + rows.count
        if last < total, !rows.isEmpty {
            try Console.print("")
            try Console.print(
                terminal.dim(
                    language(
                        nl: "\(understood.query.offset + 1)–\(last) van \(total); "
                            + "verder met --page \(last / understood.query.limit + 1)",
                        en: "\(understood.query.offset + 1)–\(last) of \(total); "
                            + "more with --page \(last / understood.query.limit + 1)")))
        }
    }

    private var headline: String {
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

    /// How the question was understood, where that is not plain.
    private var notes: [String] {
        var notes: [String] = []
        if let place = understood.place {
            let reach = understood.reach.map { ReachText.text($0, language) }
            notes.append(
                language(nl: "bij ", en: "near ") + place.label + (reach.map { ", \($0)" } ?? ""))
        }
        if let region = understood.region { notes.append("in \(region.label)") }
        for concept in understood.concepts {
            notes.append("“\(concept.text)” → \(concept.label)")
        }
        for word in results.understood.words {
            switch word.reading {
            case .word, .phrase: continue
            case .parts, .prefix, .spelling:
                let terms = word.terms.prefix(4).joined(separator: ", ")
                notes.append("“\(word.text)” → \(terms)")
            case .unknown:
                notes.append(
                    language(
                        nl: "geen cursus heeft iets als “\(word.text)”",
                        en: "no course has anything like “\(word.text)”"))
            }
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

    private func printRelaxations() throws {
        let helpful = results.relaxations.filter { $0.total > results.total }
        guard !helpful.isEmpty else { return }
        try Console.print("")
        try Console.print(language(nl: "Meer vind je zonder:", en: "You find more without:"))
        for relaxation in helpful.prefix(5) {
            try Console.print(
                "  \(name(of: relaxation.condition))  → \(relaxation.total) "
                    + language(nl: "uitvoeringen", en: "offerings"))
        }
    }

    private func name(of condition: Condition) -> String {
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

    private func printFacets() throws {
        for facet in results.facets where !facet.values.isEmpty {
            try Console.print("")
            try Console.print(Terminal.output.bold(facet.kind.rawValue))
            for value in facet.values.prefix(12) {
                let mark = value.isSelected ? "•" : " "
                try Console.print("  \(mark) \(value.label)  \(value.count)")
            }
            if facet.values.count > 12 {
                try Console.print(
                    language(
                        nl: "    … en \(facet.values.count - 12) meer, alle met --format json",
                        en: "    … and \(facet.values.count - 12) more, all with --format json"))
            }
        }
    }

    // MARK: JSON

    /// What machines can rely on for `search`.
    struct JSON: Encodable {
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

        struct ValueJSON: Encodable {
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
        var facets: [String: [ValueJSON]]
        var needingNoTravel: Int
        var relaxations: [RelaxationJSON]
    }

    private var json: JSON {
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

/// How a reach is said.
enum ReachText {
    static func text(_ reach: Reach, _ language: AnswerLanguage) -> String {
        switch reach {
        case .distance(let metres):
            let tenths = Int((metres / 100).rounded())
            let places = tenths % 10 == 0 ? "" : (language == .nl ? "," : ".") + "\(tenths % 10)"
            return language(nl: "binnen ", en: "within ") + "\(tenths / 10)\(places) km"
        case .time(let minutes, let mode):
            let way =
                switch mode {
                case .foot: language(nl: "lopen", en: "on foot")
                case .bike: language(nl: "fietsen", en: "by bike")
                case .transit: language(nl: "met het ov", en: "by public transport")
                case .car: language(nl: "met de auto", en: "by car")
                }
            return language(nl: "binnen ", en: "within ") + "\(Int(minutes.rounded())) min \(way)"
        }
    }
}
