import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct SourcesExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Give a partner everything that its source ever had, in one file.",
        discussion: """
            A compressed tar archive that needs no program of ours: each course as its feed gave it, \
            byte for byte, also those that are gone; what was made of it with its history and remarks, \
            one JSON object a line; what was never accepted, and why; the account of every run; and \
            what is offered now as a feed that any catalogue can take in; with the checksum of every \
            file. It is read again and checked before it gets its name. Another catalogue takes it in \
            with leerwijzer import. All sources in one archive: leerwijzer export.

            leerwijzer sources export groene-school groene-school.tar.gz
            """)

    @Argument(help: "The source.") var source: String
    @Argument(help: ArgumentHelp("The file to write.", valueName: "file")) var file: String
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        let archive = try Self.write(
            source, of: catalogue, to: file, now: workspace.now, language: workspace.language,
            isQuiet: format == .json)
        if format == .json { try Console.print(try JSONOutput.line(archive)) }
    }

    /// Writes the archive and says what is in it.
    @discardableResult
    static func write(
        _ source: String, of catalogue: Catalogue, to file: String, now: Moment,
        language: AnswerLanguage, isQuiet: Bool = false
    ) throws -> OpenArchive {
        let archive = try OpenArchive.write(ID(source), of: catalogue, now: now, to: file)
        let counts = archive.counts
        if !isQuiet {
            try Console.print(
                language(
                    nl: "\(file): \(counts.courses) cursussen, \(counts.gone) die weg zijn, "
                        + "\(counts.quarantined) in quarantaine, \(counts.runs) runs",
                    en: "\(file): \(counts.courses) courses, \(counts.gone) that are gone, "
                        + "\(counts.quarantined) in quarantine, \(counts.runs) runs"))
        }
        return archive
    }
}
