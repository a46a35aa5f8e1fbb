import ArgumentParser
import CourseModel
import Feeds
import Ingest

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read feeds without storing them and tell every fault.",
        discussion: """
            The same code reads the feed as for ingest. Each fault has its place, a stable code, \
            and what to do; the status is 65 when something could not be accepted.

            leerwijzer check feed.xml
            leerwijzer check feed.xml --format json > report.json
            """)

    @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "feed"))
    var feeds: [String]

    @Flag(help: "Only the counts, not each fault.")
    var summary = false

    @OptionGroup var report: ReportFormat
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let check = FeedCheck(
            gazetteer: try catalogue.gazetteer(),
            currency: catalogue.workspace.configuration.currency, today: workspace.day)
        var writer = FeedReportWriter()
        var status: Failure.Status?
        if report.isJSON { try writer.begin() }
        for feed in feeds {
            var counts: [DiagnosticKey: Int] = [:]
            if report.isJSON { try writer.beginFeed() }
            do {
                let result = try check.run(location: feed, format: report.feedFormat) {
                    diagnostic in
                    counts[DiagnosticKey(diagnostic), default: 0] += 1
                    if report.isJSON {
                        try writer.write(diagnostic)
                    } else if !summary {
                        try Console.print(line(diagnostic))
                    }
                }
                if report.isJSON {
                    try writer.endFeed(
                        FeedReport(
                            source: feed, format: result.format, bytes: result.bytes,
                            offered: result.offered, accepted: result.accepted,
                            quarantined: result.quarantined))
                } else {
                    try printSummary(feed, result, counts)
                }
                let hasErrors = counts.keys.contains { $0.severity == .error }
                if hasErrors || !result.quarantined.isZero || !result.isComplete {
                    status = status ?? .data
                }
            } catch {
                guard let failure = Failure(explaining: error) else { throw error }
                if report.isJSON {
                    try writer.endFeed(source: feed, failure: failure.message)
                } else {
                    Console.complain("\(Terminal.errors.red("\(feed):")) \(failure.message)")
                }
                status = status ?? failure.status
            }
        }
        if report.isJSON { try writer.end(generation: nil) }
        if let status { throw Failure(status, "") }
    }

    private struct DiagnosticKey: Hashable {
        let severity: Diagnostic.Severity
        let code: DiagnosticCode

        init(_ diagnostic: Diagnostic) {
            severity = diagnostic.severity
            code = diagnostic.code
        }
    }

    /// `file:line:column: severity: message [code] (record, field)`, as compilers do it.
    private func line(_ diagnostic: Diagnostic) -> String {
        var place = diagnostic.file
        if let position = diagnostic.position { place += ":\(position.line):\(position.column)" }
        let of = [diagnostic.record, diagnostic.field].compactMap { $0 }.joined(separator: ", ")
        return Terminal.output.bold(place) + ": " + word(diagnostic.severity) + ": "
            + diagnostic.message + " [\(diagnostic.code)]" + (of.isEmpty ? "" : " (\(of))")
    }

    private func word(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: Terminal.output.red(workspace.language(nl: "fout", en: "error"))
        case .warning: Terminal.output.yellow(workspace.language(nl: "waarschuwing", en: "warning"))
        case .note: workspace.language(nl: "opmerking", en: "note")
        }
    }

    private func printSummary(
        _ feed: String, _ result: FeedSummary, _ counts: [DiagnosticKey: Int]
    ) throws {
        let language = workspace.language
        try Console.print(
            Terminal.output.bold("\(feed)") + ": \(result.format), \(result.bytes) bytes")
        try Console.print(
            language(nl: "  aangeboden   ", en: "  offered      ") + count(result.offered))
        try Console.print(
            language(nl: "  aanvaard     ", en: "  accepted     ") + count(result.accepted))
        try Console.print(
            language(nl: "  quarantaine  ", en: "  quarantined  ") + count(result.quarantined))
        if !result.isComplete {
            try Console.print(
                language(
                    nl: "  niet tot het einde gelezen", en: "  not read to its end"))
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
        let sorted = counts.sorted { first, second in
            if first.key.severity != second.key.severity {
                return first.key.severity > second.key.severity
            }
            if first.value != second.value { return first.value > second.value }
            return first.key.code < second.key.code
        }
        for (key, number) in sorted {
            table.append(["\(number)", key.severity.rawValue, key.code.name])
        }
        for line in table.lines(width: nil) { try Console.print(line) }
    }

    private func count(_ count: RecordCount) -> String {
        workspace.language(
            nl: "\(count.courses) cursussen, \(count.offerings) uitvoeringen",
            en: "\(count.courses) courses, \(count.offerings) offerings")
    }
}
