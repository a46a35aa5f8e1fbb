import Answers
import CourseModel
import Feeds
import Ingest

/// The report for a person at a terminal: a line a fault, as compilers do it, then counts.
struct CheckTable: CheckOutput {
    let language: AnswerLanguage
    /// Whether only the counts are printed.
    let isSummary: Bool

    /// How many suggestions are printed.
    private static let suggestions = 5

    func begin() {}
    func begin(feed: String) {}

    func write(_ diagnostic: Diagnostic) throws {
        guard !isSummary else { return }
        try Console.print(DiagnosticLine(language: language).text(diagnostic))
    }

    func end(feed: String, _ checked: CheckedFeed, _ counts: FaultCounts) throws {
        let summary = checked.summary
        try Console.print(
            Terminal.output.bold("\(feed)") + ": \(summary.format), \(summary.bytes) bytes")
        try Console.print(
            language(nl: "  aangeboden    ", en: "  offered       ") + count(summary.offered))
        try Console.print(
            language(nl: "  aanvaard      ", en: "  accepted      ") + count(summary.accepted))
        try Console.print(
            language(nl: "  quarantaine   ", en: "  quarantined   ") + count(summary.quarantined))
        if !summary.isComplete {
            try Console.print(
                language(nl: "  niet tot het einde gelezen", en: "  not read to its end"))
        }
        try Console.print(
            "  schema        " + SchemaWording(language: language).text(checked.schema))
        let wording = CompletenessWording(language: language)
        if let score = checked.completeness.score {
            try Console.print(
                language(nl: "  volledigheid  ", en: "  completeness  ") + wording.score(score))
            for gain in checked.completeness.gains.prefix(Self.suggestions) {
                try Console.print("    \(wording.gain(gain))")
            }
        }
        guard !counts.isEmpty else {
            try Console.print(language(nl: "  geen fouten", en: "  no faults"))
            return
        }
        var table = TextTable([
            .init(heading: language(nl: "  aantal", en: "   count"), isNumeric: true),
            .init(heading: language(nl: "ernst", en: "severity")),
            .init(heading: "code"),
        ])
        for (kind, number) in counts.sorted {
            table.append(["\(number)", kind.severity.rawValue, kind.code.name])
        }
        for line in table.lines(width: nil) { try Console.print(line) }
        if let first = counts.sorted.first {
            try Console.print(
                Terminal.output.dim(
                    language(nl: "  uitleg: ", en: "  explained by: ")
                        + "leerwijzer check --explain \(first.kind.code)"))
        }
    }

    func end(feed: String, failure: Failure) {
        Console.complain("\(Terminal.errors.red("\(feed):")) \(failure.message)")
    }

    func end(status: Failure.Status?) {}

    private func count(_ count: RecordCount) -> String {
        language(
            nl: "\(count.courses) cursussen, \(count.offerings) uitvoeringen",
            en: "\(count.courses) courses, \(count.offerings) offerings")
    }
}

/// A fault on one line.
struct DiagnosticLine {
    let language: AnswerLanguage
    var terminal = Terminal.output

    /// `file:line:column: severity: message [code] (record, field)`, as compilers do it.
    func text(_ diagnostic: Diagnostic) -> String {
        var place = diagnostic.file
        if let position = diagnostic.position { place += ":\(position.line):\(position.column)" }
        let of = [diagnostic.record, diagnostic.field].compactMap { $0 }.joined(separator: ", ")
        return terminal.bold(place) + ": " + word(diagnostic.severity) + ": "
            + diagnostic.message + " [\(diagnostic.code)]" + (of.isEmpty ? "" : " (\(of))")
    }

    private func word(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: terminal.red(language(nl: "fout", en: "error"))
        case .warning: terminal.yellow(language(nl: "waarschuwing", en: "warning"))
        case .note: language(nl: "opmerking", en: "note")
        }
    }
}
