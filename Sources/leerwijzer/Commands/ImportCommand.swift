import Answers
import ArgumentParser
import Ingest
import Partnership

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take an archive of export or sources export into a catalogue.",
        discussion: """
            The checksum of every file in it and every line is checked before anything changes. Each \
            source comes in run by run, so that its courses have the history that they had, with the \
            dates of then; then it is counted: offered = accepted + quarantined. A folder without a \
            catalogue becomes that of the archive, settings and data included. A catalogue that is \
            there gets the sources, and the lines that catalog.toml needs for them; its settings, \
            corrections and joint modules stay its own. Sources that it has already are refused, \
            unless they came from this archive; an import that was interrupted goes on.

            What does not come over: originals of earlier versions, what earlier runs quarantined, \
            and runs that were held. Generations get the numbers of the catalogue they come into.

            leerwijzer import catalogue.tar.gz --catalog /srv/catalogue --preview
            """)

    @Argument(help: ArgumentHelp("The archive.", valueName: "file")) var file: String
    @Flag(help: "Only check the archive and show what would come.") var preview = false
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let archive = try ArchiveImport(
            of: file, into: Workspace.locate(named: workspace.catalog),
            store: try workspace.store.map { try StoreAddress($0) }, today: workspace.day,
            now: workspace.now)
        if !preview {
            let bar = ProgressBar()
            let label = workspace.language(nl: "inlezen", en: "importing")
            try archive.run(in: { try workspace.open() }) { done, total in
                bar.show(label, done: done, of: total, unit: "")
            }
            bar.clear()
        }
        let output = ImportOutput(archive, isPreview: preview, workspace)
        try format == .json ? output.printJSON() : output.print()
    }
}
