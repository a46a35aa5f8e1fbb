import Answers
import ArgumentParser
import Ingest
import Partnership

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Put the whole catalogue into one open archive.",
        discussion: """
            A compressed tar archive that needs no program of ours: for every source what sources \
            export writes of one (originals byte for byte, every version and its history, quarantine, \
            accounts of runs, a feed), the settings, corrections, joint modules and data of the \
            catalogue's folder, and the checksum of every file. What learners saved (profiles, alerts, \
            reports) stays behind. It is read again and checked before it gets its name. Bring it into \
            another catalogue with leerwijzer import. To keep a catalogue as it is, secrets included: \
            leerwijzer backup.

            leerwijzer export catalogue.tar.gz
            """)

    @Argument(help: ArgumentHelp("The file to write.", valueName: "file")) var file: String
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        let archive = try OpenArchive.write(nil, of: catalogue, now: workspace.now, to: file)
        guard format == .table else { return try Console.print(try JSONOutput.line(archive)) }
        let counts = archive.counts
        try Console.print(
            workspace.language(
                nl: "\(file): generatie \(archive.generation), \(archive.sources.count) bronnen; "
                    + "\(counts.courses) cursussen, \(counts.gone) die weg zijn, "
                    + "\(counts.quarantined) in quarantaine, \(counts.runs) runs",
                en: "\(file): generation \(archive.generation), \(archive.sources.count) sources; "
                    + "\(counts.courses) courses, \(counts.gone) that are gone, "
                    + "\(counts.quarantined) in quarantine, \(counts.runs) runs"))
    }
}
