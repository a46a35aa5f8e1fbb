import ArgumentParser
import CourseModel
import Feeds
import Glibc
import Ingest
import Matching

struct PublishCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Write the catalogue, or a part of it, as a feed.",
        discussion: """
            Takes the same filters as search. What is past is left out unless --all is given. The \
            same catalogue on the same day gives the same bytes.

            leerwijzer publish --as xcri-cap --out feed.xml
            leerwijzer publish --as edudex --region Utrecht --out utrecht/
            """)

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "The format: "
                + Feeds.knownFormats.filter { $0.writer != nil }.map { $0.name }
                .joined(separator: ", ") + ".", valueName: "format"))
    var target: String

    @Option(
        help: ArgumentHelp(
            "A file, or for formats of several files a folder ending in / (default: standard "
                + "output).", valueName: "path"))
    var out: String?

    @Argument(help: ArgumentHelp("Only what these words find.", valueName: "word"))
    var words: [String] = []
    @OptionGroup(title: "Filters") var filters: FilterOptions
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        guard let format = Feeds.knownFormats.first(where: { $0.name == target }),
            let writer = format.writer
        else {
            let known = Feeds.knownFormats.filter { $0.writer != nil }.map { $0.name }
            throw Failure(
                .usage,
                "“\(target)” is not a format that can be written; choose from "
                    + known.joined(separator: ", "))
        }
        let catalogue = try workspace.open()
        let index = try catalogue.index()
        let asked = try filters.filters(words: words)
        let selection: Publication.Selection
        if filters.isEmpty, words.isEmpty {
            selection = .everything(includingPast: filters.all)
        } else {
            let reader = FilterReader(
                gazetteer: try catalogue.gazetteer(), skills: try catalogue.skills(), index: index,
                today: workspace.day)
            selection = .matching(try reader.query(asked).query)
        }
        let configuration = catalogue.workspace.configuration
        let context = FeedContext(
            title: configuration.name.text(in: configuration.languages) ?? "Leerwijzer",
            generated: workspace.day.iso + "T00:00:00Z", language: configuration.languages.first)
        let written = try catalogue.store().snapshot { snapshot in
            try Publication(index: index, today: workspace.day).write(
                selection, from: snapshot, as: writer, to: destination, context: context)
        }
        for diagnostic in written.diagnostics {
            Console.complain(
                "\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]")
        }
        if let out {
            Console.complain(
                workspace.language(
                    nl: "\(written.count.courses) cursussen en \(written.count.offerings) "
                        + "uitvoeringen geschreven naar \(out)",
                    en: "\(written.count.courses) courses and \(written.count.offerings) "
                        + "offerings written to \(out)"))
        }
    }

    private var destination: FeedDestination {
        guard let out else { return .descriptor(STDOUT_FILENO) }
        return out.hasSuffix("/") ? .folder(path: String(out.dropLast())) : .file(path: out)
    }
}
