import Answers
import ArgumentParser
import CourseModel
import Partnership
import Storage

struct ReportsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports",
        abstract: "Deal with reports of wrong listings: list, answer and close them.",
        discussion: """
            Anyone can report on a course's page, or with POST /v1/reports, that its listing is \
            wrong, without saying who they are. Who reports gets an address where the answer stands. \
            A report is erased 90 days after it is closed, and after a year in any case.

            leerwijzer reports --partner groene-school
            leerwijzer reports answer REFERENCE "The school is asked for the new price."
            leerwijzer reports close REFERENCE --as mended "The price is right now."
            """,
        subcommands: [
            ReportsListCommand.self, ReportsAnswerCommand.self, ReportsCloseCommand.self,
        ], defaultSubcommand: ReportsListCommand.self)
}

struct ReportsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the reports that wait, the oldest first.")

    @Option(help: ArgumentHelp("Only of this partner's sources.", valueName: "id"))
    var partner: String?
    @Option(help: ArgumentHelp("Only of this source.", valueName: "id")) var source: String?
    @Flag(help: "Also those that are closed.") var closed = false
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    private struct JSON: Encodable {
        var source: String
        var partner: Nullable<String>
        var text: String
        var receivedAt: String
    }

    func run() throws {
        let opened = try workspace.open().workspace
        let configuration = opened.configuration
        if let partner, !configuration.partners.contains(where: { $0.id.value == partner }) {
            throw Failure(
                .usage,
                "there is no partner “\(partner)” in catalog.toml; known: "
                    + configuration.partners.map(\.id.value).joined(separator: ", "))
        }
        let reports = try ReportBox(opened).all(at: workspace.now).filter { report in
            (closed || report.status != .closed)
                && (source == nil || report.source.value == source)
                && (partner == nil
                    || configuration.partner(of: report.source)?.id.value == partner)
        }
        switch format {
        case .json:
            try Console.print(
                try JSONOutput.line(
                    reports.map { report in
                        Beside(
                            report.json,
                            JSON(
                                source: report.source.value,
                                partner: Nullable(
                                    configuration.partner(of: report.source)?.id.value),
                                text: report.text,
                                receivedAt: Moment(secondsSince1970: report.receivedAt).iso))
                    }))
        case .table: try printText(reports)
        }
    }

    private func printText(_ reports: [ListingReport]) throws {
        let language = workspace.language
        guard !reports.isEmpty else {
            Console.complain(
                language(nl: "er wachten geen meldingen", en: "no reports are waiting"))
            return
        }
        for report in reports {
            let day = Wording(language: language).date(
                Moment(secondsSince1970: report.receivedAt).day)
            try Console.print(Terminal.output.bold(report.reference) + "  \(day)  \(report.source)")
            try Console.print("  \(report.title) (\(report.course))")
            try Console.print(
                "  \(report.fault.wording(language)) – \(report.stateWording(language))")
            for line in report.text.split(separator: "\n") { try Console.print("  > \(line)") }
            for line in (report.answer ?? "").split(separator: "\n") {
                try Console.print("  < \(line)")
            }
        }
    }
}

struct ReportsAnswerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Tell who reported what is being done; it stays open.")

    @Argument(help: "The report's reference.") var reference: String
    @Argument(help: "What to tell, at most 1000 characters.") var text: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let report = try ReportBox(try workspace.open().workspace).answer(
            reference, text, at: workspace.now)
        try Console.print("\(report.reference): \(report.stateWording(workspace.language))")
    }
}

struct ReportsCloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a report, and tell who reported what came of it.")

    @Argument(help: "The report's reference.") var reference: String
    @Argument(help: "What to tell, at most 1000 characters; else an earlier answer stays.")
    var text: String?
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "What came of it: \(ListingReport.Outcome.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "outcome"))
    var outcome: ListingReport.Outcome
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let report = try ReportBox(try workspace.open().workspace).close(
            reference, as: outcome, text, at: workspace.now)
        try Console.print("\(report.reference): \(report.stateWording(workspace.language))")
    }
}

extension ListingReport.Outcome: ExpressibleByArgument {}
