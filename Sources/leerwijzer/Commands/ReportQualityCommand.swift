import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct ReportQualityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality",
        abstract: "Tell owners of feeds how good their information is, and what to mend first.",
        discussion: """
            For each source: how complete its courses are, its faults with examples, and the repairs \
            that would help learners most. A repair is measured by what learners would find: how many \
            offerings are found by nobody since they are in quarantine or over, or not by those who \
            ask for a place, a price, a level, a start, a length, a mode, a subject or a skill. What \
            the catalogue worked out itself, such as a place from a postcode, counts as said.

            leerwijzer report quality
            leerwijzer report quality --partner groene-school --format html > quality.html
            """)

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case table, json, html
    }

    @Option(help: ArgumentHelp("Only sources of this partner.", valueName: "id"))
    var partner: String?
    @Option(help: ArgumentHelp("Only this source.", valueName: "id")) var source: String?
    @Option(help: ArgumentHelp("Form of the report: table, json, html.", valueName: "form"))
    var format: Form = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let configuration = catalogue.workspace.configuration
        if let partner, !configuration.partners.contains(where: { $0.id.value == partner }) {
            throw Failure(
                .usage,
                "there is no partner “\(partner)” in catalog.toml; known: "
                    + configuration.partners.map(\.id.value).joined(separator: ", "))
        }
        let index = try catalogue.index()
        let (generation, feeds) = try catalogue.store().snapshot { snapshot in
            let known = try snapshot.sources()
            if let source, !known.contains(where: { $0.source.id.value == source }) {
                throw IngestError.unknownSource(source, known: known.map(\.source.id.value))
            }
            let wanted = known.filter { status in
                (source == nil || status.source.id.value == source)
                    && (partner == nil
                        || configuration.partner(of: status.source.id)?.id.value == partner)
            }
            return (
                snapshot.generation,
                try wanted.map {
                    try FeedQuality(of: $0, in: snapshot, index: index, today: workspace.day)
                }
            )
        }
        let output = QualityOutput(
            feeds: feeds, configuration: configuration, language: workspace.language)
        switch format {
        case .table: try output.printText()
        case .html: try output.printPage()
        case .json:
            try Console.print(
                try JSONOutput.line(
                    QualityAnswer(feeds, generation: generation, language: workspace.language)))
        }
    }
}
