import Answers
import CourseModel
import Ingest
import Quality

/// The report as one page that needs nothing else: no scripts, no pictures, no network.
///
/// Faults are grouped by code, with their explanation. Memory and page are bounded: of each kind a
/// fixed number is listed, and it is said how many more there are.
struct CheckHTML: CheckOutput {
    let language: AnswerLanguage
    /// How many faults of one kind are listed.
    static let listed = 100
    private var faults: [DiagnosticCode: [Diagnostic]] = [:]

    init(language: AnswerLanguage) { self.language = language }

    func begin() throws {
        let title = language(nl: "Controle van feeds", en: "Check of feeds")
        try Console.write(ReportPage.head(title, language), to: 1)
    }

    mutating func begin(feed: String) { faults = [:] }

    mutating func write(_ diagnostic: Diagnostic) {
        if faults[diagnostic.code, default: []].count < Self.listed {
            faults[diagnostic.code, default: []].append(diagnostic)
        }
    }

    mutating func end(feed: String, _ checked: CheckedFeed, _ counts: FaultCounts) throws {
        try print("<section>")
        try print("<h2>\(feed.escapedForHTML)</h2>")
        try printAccount(checked, counts)
        try printCompleteness(checked.completeness)
        try printFaults(counts)
        try print("</section>")
        faults = [:]
    }

    mutating func end(feed: String, failure: Failure) throws {
        try print("<section>")
        try print("<h2>\(feed.escapedForHTML)</h2>")
        try print("<p class=\"error\"><strong>\(failure.message.escapedForHTML)</strong></p>")
        try print("</section>")
    }

    func end(status: Failure.Status?) throws {
        try print(ReportPage.foot)
    }

    private func printAccount(_ checked: CheckedFeed, _ counts: FaultCounts) throws {
        let summary = checked.summary
        try print(
            "<p>\(summary.format.escapedForHTML) · \(summary.bytes) bytes · "
                + "\(count(counts, .error)), \(count(counts, .warning)), \(count(counts, .note))</p>"
        )
        try print(
            "<p>" + language(nl: "Officieel schema: ", en: "Official schema: ")
                + SchemaWording(language: language).text(checked.schema).escapedForHTML + "</p>")
        if !summary.isComplete {
            try print(
                "<p class=\"error\"><strong>"
                    + language(
                        nl: "De feed is niet tot het einde gelezen.",
                        en: "The feed was not read to its end.") + "</strong></p>")
        }
        try print("<table>")
        try print("<caption>\(language(nl: "Wat er is gelezen", en: "What was read"))</caption>")
        let heads = [
            language(nl: "aangeboden", en: "offered"), language(nl: "aanvaard", en: "accepted"),
            language(nl: "quarantaine", en: "quarantined"),
        ].map { "<th scope=\"col\">\($0)</th>" }.joined()
        // An empty heading would be read out as one.
        try print("<tr><td></td>\(heads)</tr>")
        for (name, count) in [
            (language(nl: "cursussen", en: "courses"), \RecordCount.courses),
            (language(nl: "uitvoeringen", en: "offerings"), \RecordCount.offerings),
        ] {
            let cells = [summary.offered, summary.accepted, summary.quarantined]
                .map { "<td>\($0[keyPath: count])</td>" }.joined()
            try print("<tr><th scope=\"row\">\(name)</th>\(cells)</tr>")
        }
        try print("</table>")
    }

    private func printCompleteness(_ completeness: FeedCompleteness) throws {
        guard let score = completeness.score else { return }
        let wording = CompletenessWording(language: language)
        let name = language(nl: "Volledigheid", en: "Completeness")
        try print("<h3>\(name)</h3>")
        try print(
            "<p><meter min=\"0\" max=\"100\" low=\"50\" high=\"75\" optimum=\"100\" "
                + "value=\"\(Int(score.rounded()))\" aria-label=\"\(name)\">"
                + "\(wording.score(score))</meter> \(wording.score(score))</p>")
        if !completeness.gains.isEmpty {
            try print("<ul>")
            for gain in completeness.gains {
                try print("<li>\(wording.gain(gain).escapedForHTML)</li>")
            }
            try print("</ul>")
        }
        guard let least = completeness.lowest.first, least.score < 100 else { return }
        try print("<table>")
        try print(
            "<caption>"
                + language(nl: "Minst volledige cursussen", en: "Least complete courses")
                + "</caption>")
        try print(
            row(
                "th scope=\"col\"",
                [
                    language(nl: "cursus", en: "course"), language(nl: "punten", en: "points"),
                    language(nl: "ontbreekt", en: "lacking"),
                ]))
        for course in completeness.lowest where course.score < 100 {
            try print(
                row(
                    "td",
                    [
                        "\(course.title) (\(course.course.native))",
                        "\(Int(course.score.rounded()))",
                        course.lacking.map { wording.name($0.field) }.joined(separator: ", "),
                    ]))
        }
        try print("</table>")
    }

    private func printFaults(_ counts: FaultCounts) throws {
        try print("<h3>\(language(nl: "Fouten", en: "Faults"))</h3>")
        guard !counts.isEmpty else {
            try print("<p>\(language(nl: "Geen.", en: "None."))</p>")
            return
        }
        var told: Set<DiagnosticCode> = []
        for (kind, _) in counts.sorted where told.insert(kind.code).inserted {
            let number = counts.sorted.reduce(0) { $0 + ($1.kind.code == kind.code ? $1.count : 0) }
            try printKind(kind, number)
        }
    }

    private func printKind(_ kind: FaultCounts.Kind, _ number: Int) throws {
        let explanation = DiagnosticCatalogue.explanation(of: kind.code)
        let title = explanation.map { language($0.title) } ?? kind.code.name
        try print("<details>")
        try print(
            "<summary><span class=\"\(kind.severity.rawValue)\">\(word(kind.severity))</span> "
                + "\(title.escapedForHTML) <span class=\"count\">\(number)×</span> "
                + "<code>\(kind.code.name.escapedForHTML)</code></summary>")
        if let explanation {
            try print("<p>\(language(explanation.reason).escapedForHTML)</p>")
            try print(
                "<dl><dt>\(language(nl: "Niet", en: "Not"))</dt><dd><code>"
                    + "\(explanation.wrong.escapedForHTML)</code></dd>"
                    + "<dt>\(language(nl: "Maar", en: "But"))</dt><dd><code>"
                    + "\(explanation.right.escapedForHTML)</code></dd></dl>")
        }
        try print("<ul class=\"places\">")
        let listed = faults[kind.code] ?? []
        for fault in listed {
            let position = fault.position.map { ":\($0.line):\($0.column)" } ?? ""
            let record = fault.record.map { " (\($0))" } ?? ""
            try print(
                "<li><code>\((fault.file + position).escapedForHTML)</code> "
                    + "\((fault.message + record).escapedForHTML)</li>")
        }
        try print("</ul>")
        if number > listed.count {
            let rest = number - listed.count
            try print(
                "<p>"
                    + language(
                        nl: "En \(rest) andere; alles staat in <code>--format json</code>.",
                        en: "And \(rest) more; all are in <code>--format json</code>.") + "</p>")
        }
        try print("</details>")
    }

    private func count(_ counts: FaultCounts, _ severity: Diagnostic.Severity) -> String {
        let number = counts.count(of: severity)
        return switch severity {
        case .error:
            "\(number) "
                + (number == 1
                    ? language(nl: "fout", en: "error") : language(nl: "fouten", en: "errors"))
        case .warning:
            "\(number) "
                + (number == 1
                    ? language(nl: "waarschuwing", en: "warning")
                    : language(nl: "waarschuwingen", en: "warnings"))
        case .note:
            "\(number) "
                + (number == 1
                    ? language(nl: "opmerking", en: "note")
                    : language(nl: "opmerkingen", en: "notes"))
        }
    }

    private func word(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: language(nl: "fout", en: "error")
        case .warning: language(nl: "waarschuwing", en: "warning")
        case .note: language(nl: "opmerking", en: "note")
        }
    }

    private func row(_ tag: String, _ cells: [String]) -> String {
        let name = tag.prefix { $0 != " " }
        return "<tr>" + cells.map { "<\(tag)>\($0.escapedForHTML)</\(name)>" }.joined() + "</tr>"
    }

    private func print(_ line: String) throws { try Console.print(line) }
}
