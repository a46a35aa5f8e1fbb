import Answers
import ArgumentParser
import Ingest

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a back-up in the place of a catalogue.",
        discussion: """
            All of the file is checked before anything changes; the store takes its place in one \
            last step. When a step fails, those before it are undone. Without --replace nothing \
            that is there is replaced; with it files of the same names are, and all that the \
            program had made in .leerwijzer. Every other file in the folder stays. A service that \
            runs goes over to what was put back as soon as its index is there.

            leerwijzer restore /backups/catalogue-2026-11-24.tar.gz --catalog /srv/catalogue
            """)

    @Argument(help: ArgumentHelp("The back-up.", valueName: "file")) var file: String
    @Flag(help: "Let the back-up take the place of what is there.") var replace = false
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let folder = Workspace.locate(named: workspace.catalog)
        let kept = try Restoration(of: file, into: folder).run(replacing: replace)
        // So that the next command answers at once.
        _ = try workspace.open(store: .file).index()
        let language = workspace.language
        print(
            language(
                nl: "generatie \(kept.generation) staat weer in \(folder): "
                    + "\(kept.present.courses) cursussen en \(kept.present.offerings) "
                    + "uitvoeringen",
                en: "generation \(kept.generation) is back in \(folder): "
                    + "\(kept.present.courses) courses and \(kept.present.offerings) offerings"))
        let used = try workspace.open().workspace.store
        if used.isShared {
            Console.complain(
                language(
                    nl: "de catalogus staat volgens de instellingen in \(used), en die is niet "
                        + "veranderd; breng wat is teruggezet naar een lege database met "
                        + "leerwijzer migrate --store file --to ADRES",
                    en: "by its settings the catalogue is kept in \(used), which was not changed; "
                        + "bring what was restored into an empty database with "
                        + "leerwijzer migrate --store file --to ADDRESS"))
        }
    }
}
