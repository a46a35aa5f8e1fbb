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
        for note in answer.notes { try Console.print(terminal.dim(note)) }
        if !rows.isEmpty {
            var columns: [TextTable.Column] = [
                .init(heading: language(nl: "cursus", en: "course"), canShrink: true),
                .init(heading: language(nl: "aanbieder", en: "provider"), canShrink: true),
                .init(heading: language(nl: "plaats", en: "place"), canShrink: true),
            ]
            if understood.place != nil { columns.append(.init(heading: "km", isNumeric: true)) }
            // An estimate says so: ~17.
            let showsTime = understood.place != nil && understood.travelMode != nil
            if showsTime { columns.append(.init(heading: "min", isNumeric: true)) }
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
                if showsTime {
                    cells.append(
                        row.travelMinutes.map { (row.travelIsRouted ? "" : "~") + "\($0)" } ?? "–")
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
            let found = Set(
                rows.lazy.compactMap(\.markedTitle).flatMap(\.segments)
                    .filter(\.isMarked).map(\.text))
            let lines = table.lines(width: terminal.width, heading: terminal.bold) { column, text in
                column == 0 ? Self.marking(found, in: text, terminal) : text
            }
            for line in lines { try Console.print(line) }
        }
        try printEvidence()
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

    private func printRelaxations() throws {
        let helpful = results.relaxations.filter { $0.total > results.total }
        if let wider = answer.wider {
            try Console.print("")
            try Console.print(
                language(
                    nl: "Verder weg: \(ReachText.text(wider.reach, .nl)) zijn er \(wider.total) "
                        + "(--widen zoekt vanzelf verder)",
                    en: "Farther away: \(wider.total) \(ReachText.text(wider.reach, .en)) "
                        + "(--widen goes on by itself)"))
        }
        guard !helpful.isEmpty else { return }
        try Console.print("")
        try Console.print(language(nl: "Meer vind je zonder:", en: "You find more without:"))
        for relaxation in helpful.prefix(5) {
            try Console.print(
                "  \(answer.name(of: relaxation.condition))  → \(relaxation.total) "
                    + language(nl: "uitvoeringen", en: "offerings"))
        }
    }

    /// A cell with the words that were found in bold; cells wrap, so words are looked for in lines.
    private static func marking(
        _ found: Set<String>, in line: String, _ terminal: Terminal
    ) -> String {
        guard !found.isEmpty, terminal.isStyled else { return line }
        return line.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let core = word.drop { !$0.isLetter && !$0.isNumber }
            var end = core.endIndex
            while end > core.startIndex {
                let last = core[core.index(before: end)]
                if last.isLetter || last.isNumber { break }
                end = core.index(before: end)
            }
            let name = core[..<end]
            guard found.contains(String(name)) else { return String(word) }
            return word[..<core.startIndex] + terminal.bold(String(name)) + word[end...]
        }.joined(separator: " ")
    }

    /// Snippets and explanations, a block for each result that has one.
    private func printEvidence() throws {
        let terminal = Terminal.output
        for (number, row) in rows.enumerated() where row.snippet != nil || row.explanation != nil {
            try Console.print("")
            try Console.print(
                "\(understood.query.offset + number + 1). "
                    + (row.markedTitle?.text(marking: terminal.bold) ?? row.title))
            if let snippet = row.snippet {
                let text = snippet.text(marking: terminal.bold)
                try Console.print("   " + text)
            }
            if let explanation = row.explanation {
                for line in ExplanationText(language: answer.language).lines(explanation) {
                    try Console.print("   " + terminal.dim(line))
                }
            }
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
