import Answers
import ArgumentParser
import Ingest

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the catalogue into another store: from its file to PostgreSQL, or back.",
        discussion: """
            Copies everything that is known, with its history, in one transaction; the other store \
            must be empty. Each table is read back and compared, row for row, before it is kept. \
            Nothing changes where it comes from: let nothing be ingested there from then on, and \
            say where the catalogue is with “store” in catalog.toml, LEERWIJZER_STORE or --store.

            leerwijzer migrate --to postgres://leerwijzer@db1,db2/catalogue
            leerwijzer migrate --store postgres://leerwijzer@db1/catalogue --to file
            """)

    @Option(
        help: ArgumentHelp(
            "The store to bring it into: postgres://USER@HOST/DATABASE, or “file”.",
            valueName: "address"))
    var to: String
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let source = catalogue.workspace.store
        let target = try StoreAddress(to)
        guard target != source else {
            throw Failure(.usage, "the catalogue is in \(target) already")
        }
        guard catalogue.hasStore else {
            throw Failure(
                .noInput,
                "there is no catalogue in \(catalogue.workspace.storeFile) to bring over; name "
                    + "where it is with --store")
        }
        let bar = ProgressBar()
        let language = workspace.language
        let tables = try catalogue.migrate(to: target) { rows in
            bar.show(
                language(nl: "overbrengen", en: "copying"), done: rows, of: 0,
                unit: language(nl: "rijen", en: "rows"))
        }
        bar.clear()
        var table = TextTable([
            .init(heading: language(nl: "tabel", en: "table")),
            .init(heading: language(nl: "rijen", en: "rows"), isNumeric: true),
            .init(heading: language(nl: "vingerafdruk", en: "fingerprint")),
        ])
        for entry in tables { table.append([entry.name, "\(entry.rows)", "\(entry.fingerprint)"]) }
        for line in table.lines(width: nil) { print(line) }
        print(
            language(
                nl: "overgebracht naar \(target), teruggelezen en gelijk bevonden",
                en: "brought into \(target), read back and found the same"))
        if try workspace.open().workspace.store == source {
            Console.complain(
                language(
                    nl: "de catalogus wordt nog gelezen uit \(source); zeg waar hij nu staat met "
                        + "“store” in catalog.toml of LEERWIJZER_STORE",
                    en: "the catalogue is still read from \(source); say where it is now with "
                        + "“store” in catalog.toml or LEERWIJZER_STORE"))
        }
    }
}
