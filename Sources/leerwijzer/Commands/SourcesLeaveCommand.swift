import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct SourcesLeaveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leave",
        abstract: "Take a source that left the partnership out of the catalogue.",
        discussion: """
            Take the source out of catalog.toml first. Its courses are closed, not erased: their \
            history says so, and sources rollback brings them back. With --out everything that the \
            source ever had goes into one file for the partner, as with sources export.

            leerwijzer sources leave groene-school --out groene-school.tar.gz
            """)

    @Argument(help: "The source.") var source: String
    @Option(
        help: ArgumentHelp(
            "Write everything that the source had to this archive first.", valueName: "file"))
    var out: String?
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        let outcome = try catalogue.write {
            try Departure.check(
                ID(source), in: catalogue.store(), catalogue.workspace.configuration)
            if let out {
                try SourcesExportCommand.write(
                    source, of: catalogue, to: out, now: workspace.now,
                    language: workspace.language)
            }
            let outcome = try Departure.close(
                ID(source), in: catalogue.store(), catalogue.workspace.configuration,
                run: RunInfo(startedAt: workspace.now, today: workspace.day))
            try catalogue.settle()
            return outcome
        }
        let gone = outcome.changes.courses.gone
        try Console.print(
            workspace.language(
                nl: "\(source): \(gone) cursussen gesloten, generatie \(outcome.generation)",
                en: "\(source): \(gone) courses closed, generation \(outcome.generation)"))
    }
}
