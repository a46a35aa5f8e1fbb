import Answers
import CourseModel
import Glibc
import Matching
import Places
import SearchIndex

/// The answer to a search in each of its forms.
struct SearchOutput {
    let answer: SearchAnswer
    let today: CalendarDate

    private var results: SearchResults { answer.results }
    private var rows: [ResultRow] { answer.rows }
    private var understood: UnderstoodFilters { answer.understood }
    private var language: AnswerLanguage { answer.language }

    func print(as form: OutputForm, facets: Bool) throws {
        switch form {
        case .table: try printTable(facets: facets)
        case .json: try Console.print(try JSONOutput.line(answer.json))
        case .ndjson: for row in rows { try Console.print(try JSONOutput.line(row.json)) }
        case .csv:
            try Console.write(CSVOutput.line(CSVOutput.heading), to: STDOUT_FILENO)
            for row in rows {
                try Console.write(CSVOutput.line(CSVOutput.cells(row)), to: STDOUT_FILENO)
            }
        case .geojson: try Console.write(try GeoJSONOutput.text(rows), to: STDOUT_FILENO)
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
        try Console.print(answer.headline)
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
                "  \(answer.name(of: relaxation.condition))  → \(relaxation.total) "
                    + language(nl: "uitvoeringen", en: "offerings"))
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
}
