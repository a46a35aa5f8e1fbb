import Answers
import ArgumentParser
import Ingest

struct BackUpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Keep the catalogue in one file.",
        discussion: """
            The store as it is at one moment, whatever is ingested or served meanwhile, and \
            everything else in the catalogue's folder but the index, which is made again. The copy \
            of the store is checked before the file gets its name. It is an archive that tar can \
            read, too.

            leerwijzer backup /backups/catalogue-2026-11-24.tar.gz
            """)

    @Argument(help: ArgumentHelp("The file to write.", valueName: "file")) var file: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let kept = try workspace.open().backUp(to: file)
        let language = workspace.language
        print(
            language(
                nl: "generatie \(kept.generation): \(kept.present.courses) cursussen en "
                    + "\(kept.present.offerings) uitvoeringen, \(kept.files) bestanden, "
                    + "\(kept.bytes) bytes, bewaard in \(file)",
                en: "generation \(kept.generation): \(kept.present.courses) courses and "
                    + "\(kept.present.offerings) offerings, \(kept.files) files, "
                    + "\(kept.bytes) bytes, kept in \(file)"))
    }
}
