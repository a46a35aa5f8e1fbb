import Answers
import CourseModel
import Glibc
import Matching

/// The answer to a match in each of its forms.
struct MatchOutput {
    let answer: MatchAnswer

    private var matches: MatchResults { answer.matches }
    private var language: AnswerLanguage { answer.language }

    func print(as form: OutputForm) throws {
        switch form {
        case .table: try printText()
        case .json: try Console.print(try JSONOutput.line(try answer.json()))
        case .ndjson:
            for match in matches.results {
                try Console.print(try JSONOutput.line(try answer.json(match)))
            }
        case .csv:
            try Console.write(CSVOutput.line(CSVOutput.heading), to: STDOUT_FILENO)
            for match in matches.results {
                try Console.write(
                    CSVOutput.line(CSVOutput.cells(try answer.row(match))), to: STDOUT_FILENO)
            }
        case .geojson:
            try Console.write(
                try GeoJSONOutput.text(try matches.results.map(answer.row)), to: STDOUT_FILENO)
        case .ics:
            let (text, left) = CalendarOutput.text(
                try matches.results.map(answer.row), made: answer.today)
            try Console.write(text, to: STDOUT_FILENO)
            if left > 0 {
                Console.complain(
                    language(
                        nl: "\(left) uitvoeringen zonder begindatum staan niet in de agenda",
                        en: "\(left) offerings without a start day are not in the calendar"))
            }
        }
    }

    // MARK: Text

    private func printText() throws {
        let terminal = Terminal.output
        let width = terminal.width ?? 100
        for line in answer.notUnderstood {
            for line in line.wrapped(to: width) { try Console.print(terminal.yellow(line)) }
        }
        for line in answer.understanding { try Console.print(terminal.dim(line)) }
        try Console.print("")
        guard !matches.results.isEmpty else {
            for line in nothingFits.wrapped(to: width) { try Console.print(line) }
            try printNearMisses(width)
            return
        }
        try Console.print(
            terminal.bold(
                language(
                    nl:
                        "\(matches.total) uitvoeringen van \(matches.totalCourses) cursussen passen; "
                        + "de beste \(matches.results.count):",
                    en: "\(matches.total) offerings of \(matches.totalCourses) courses fit; "
                        + "the best \(matches.results.count):")))
        let wording = Wording(language: language)
        for (number, match) in matches.results.enumerated() {
            let row = try answer.row(match)
            try Console.print("")
            for (index, line) in "\(number + 1). \(row.title)".wrapped(to: width).enumerated() {
                try Console.print(index == 0 ? terminal.bold(line) : "   " + terminal.bold(line))
            }
            let facts = [
                row.provider, row.place, wording.kind(row.kind),
                row.level.eqf == nil ? nil : wording.level(row.level, stated: nil),
                wording.start(row.start), wording.price(row.price, includesVAT: row.includesVAT),
            ].compactMap { $0 }
            try indented(facts.joined(separator: " · "), width, terminal.dim)
            for reason in match.reasons {
                try indented("• " + reason.text(in: language.reasons), width) { $0 }
            }
            try indented(parts(match.parts), width, terminal.dim)
            try indented(row.offering.value, width, terminal.dim)
        }
        try printNearMisses(width)
    }

    private var nothingFits: String {
        guard let wish = answer.resolved.unrecognisedWishes.first, answer.resolved.gap.isEmpty
        else {
            return language(
                nl: "Niets past binnen alle grenzen van dit profiel.",
                en: "Nothing fits within all limits of this profile.")
        }
        let search = "leerwijzer search \"\(wish.resolution.text)\""
        return language(
            nl: "Zonder wens die we begrijpen is niet te zeggen wat past. Zoek op woorden met: "
                + search,
            en:
                "Without a wish that is understood nothing can be said to fit. Search by words with: "
                + search)
    }

    private func indented(
        _ text: String, _ width: Int, _ style: (String) -> String
    ) throws(Failure) {
        for line in text.wrapped(to: max(20, width - 3)) {
            try Console.print("   " + style(line))
        }
    }

    private func parts(_ parts: MatchParts) -> String {
        let named = [
            (
                language(nl: "vaardigheden", en: "skills"),
                // Who wishes for nothing has nothing that could be fulfilled.
                answer.resolved.hasWish ? parts.skills : nil
            ),
            (language(nl: "reis", en: "travel"), parts.travel),
            (language(nl: "niveau", en: "level"), parts.level),
            (language(nl: "tijd", en: "time"), parts.time),
            (language(nl: "kosten", en: "cost"), parts.cost),
            (language(nl: "wensen", en: "wishes"), parts.preferences),
        ]
        let separator = language == .nl ? "," : "."
        return named.compactMap { name, thousandths in
            guard let thousandths else { return nil }
            let hundredths = thousandths / 10
            return "\(name) \(hundredths / 100)\(separator)"
                + "\(hundredths / 10 % 10)\(hundredths % 10)"
        }.joined(separator: "  ")
    }

    private func printNearMisses(_ width: Int) throws {
        guard !matches.nearMisses.isEmpty else { return }
        try Console.print("")
        try Console.print(
            Terminal.output.bold(
                language(nl: "Net buiten bereik:", en: "Just out of reach:")))
        for miss in matches.nearMisses {
            let row = try answer.row(miss.match)
            let taught = miss.match.covers.prefix(3).map(answer.label)
            try indented(
                "• \(row.title) (\(row.provider), \(row.place)): "
                    + miss.text(in: language.reasons)
                    + (taught.isEmpty
                        ? ""
                        : language(nl: "; leert je ", en: "; teaches you ")
                            + taught.joined(separator: ", ")),
                width
            ) { $0 }
        }
    }
}
