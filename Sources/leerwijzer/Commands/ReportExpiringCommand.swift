import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct ReportExpiringCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expiring",
        abstract: "List what can soon no longer be taken up, for partners to renew.",
        discussion: """
            Past offerings leave search, alerts and feeds by themselves. A course of which nothing \
            later is known is marked.

            leerwijzer report expiring --days 30 --partner groene-school
            leerwijzer report expiring --source groene-school --format json
            """)

    @Option(help: ArgumentHelp("How far to look ahead.", valueName: "number")) var days = 14
    @Option(help: ArgumentHelp("Only this source.", valueName: "id")) var source: String?
    @Option(help: ArgumentHelp("Only this partner's sources.", valueName: "id"))
    var partner: String?
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard 1...3_660 ~= days else { throw ValidationError("--days takes 1 to 3660") }
    }

    private struct JSON: Encodable {
        var partner: Nullable<String>
        var source: String
        var course: String
        var offering: String
        var title: String
        var lastDay: String
        var isLast: Bool
    }

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        let language = workspace.language
        let wording = Wording(language: language)
        let configuration = catalogue.workspace.configuration
        if let partner, !configuration.partners.contains(where: { $0.id.value == partner }) {
            throw Failure(
                .usage,
                "there is no partner “\(partner)” in catalog.toml; known: "
                    + configuration.partners.map(\.id.value).joined(separator: ", "))
        }
        func owner(_ entry: ExpiringOffering) -> Partner? {
            configuration.partner(of: entry.course.provenance.source)
        }
        let expiring = try catalogue.store().snapshot { snapshot in
            try ExpiringOffering.all(
                of: source.map { ID($0) }, today: workspace.day, days: days, in: snapshot)
        }.filter { partner == nil || owner($0)?.id.value == partner }
        func title(_ entry: ExpiringOffering) -> String {
            entry.course.title.text(in: language.preferences) ?? entry.course.nativeID
        }
        if format == .json {
            let entries = expiring.map {
                JSON(
                    partner: Nullable(owner($0)?.id.value),
                    source: $0.course.provenance.source.value, course: $0.course.id.value,
                    offering: $0.offering.id.value, title: title($0),
                    lastDay: $0.lastDay.iso, isLast: $0.isLast)
            }
            try Console.print(try JSONOutput.line(entries))
            return
        }
        var table = TextTable([
            .init(heading: language(nl: "laatste dag", en: "last day")),
            .init(heading: "partner", canShrink: true),
            .init(heading: language(nl: "cursus", en: "course"), canShrink: true),
            .init(heading: language(nl: "uitvoering", en: "offering"), canShrink: true),
            .init(heading: language(nl: "daarna", en: "after that")),
        ])
        for entry in expiring {
            table.append([
                wording.date(entry.lastDay), owner(entry)?.name ?? "–", title(entry),
                entry.offering.id.value,
                entry.isLast ? language(nl: "niets", en: "nothing") : "",
            ])
        }
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }
}
