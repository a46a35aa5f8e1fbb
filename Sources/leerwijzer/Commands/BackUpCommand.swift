import Answers
import ArgumentParser
import Ingest

struct BackUpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Keep the catalogue in one file.",
        discussion: """
            The store as it is at one moment, whatever is ingested or served meanwhile, and \
            everything else in the catalogue's folder but what is made again: the index, and \
            copies of feeds from the network. Links are followed; what cannot be kept is told. The \
            copy of the store is checked before the file gets its name. Only its owner can read \
            it, since settings hold secrets. It is an archive that tar can read, too. Keep it \
            outside the catalogue's folder, on another disk.

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
        for thing in kept.leftOut {
            let reason =
                switch thing.reason {
                case .linkToNothing:
                    language(nl: "de koppeling leidt nergens heen", en: "the link leads to nothing")
                case .noFile:
                    language(nl: "het is geen bestand of map", en: "it is neither file nor folder")
                case .backUp:
                    language(nl: "het is zelf een reservekopie", en: "it is a back-up itself")
                }
            Console.complain(
                language(
                    nl: "niet bewaard: \(thing.path): \(reason)",
                    en: "not kept: \(thing.path): \(reason)"))
        }
    }
}
