import Answers
import ArgumentParser
import Ingest

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that the catalogue is sound: store, originals, counts, index.",
        discussion: """
            Reads every byte. Exit status 65 when something is damaged; what to do is told.

            leerwijzer verify
            leerwijzer verify --repair
            """)

    @Flag(help: "Make a damaged index again; the store is never changed.") var repair = false
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    private struct Report: Encodable {
        struct FaultJSON: Encodable {
            var part: String
            var message: String
        }
        var generation: Int
        var courses: Int
        var offerings: Int
        var faults: [FaultJSON]
    }

    func run() throws {
        let catalogue = try workspace.open()
        var check = try CatalogueCheck(catalogue)
        let found = check.faults
        let isIndexOnly = !found.isEmpty && found.allSatisfy { $0.part == .index }
        if repair, isIndexOnly {
            try catalogue.remakeIndex()
            check = try CatalogueCheck(try workspace.open())
        }
        let language = workspace.language
        switch format {
        case .json:
            print(
                try JSONOutput.line(
                    Report(
                        generation: check.generation.number, courses: check.present.courses,
                        offerings: check.present.offerings,
                        faults: check.faults.map {
                            .init(part: $0.part.rawValue, message: $0.text)
                        })))
        case .table:
            for fault in found { print("\(fault.part.rawValue): \(fault.text)") }
            if check.faults.isEmpty {
                let remade =
                    found.isEmpty
                    ? ""
                    : language(nl: "de index is opnieuw gemaakt; ", en: "the index was remade; ")
                print(
                    remade
                        + language(
                            nl: "generatie \(check.generation) is in orde: "
                                + "\(check.present.courses) cursussen en "
                                + "\(check.present.offerings) uitvoeringen",
                            en: "generation \(check.generation) is sound: "
                                + "\(check.present.courses) courses and "
                                + "\(check.present.offerings) offerings"))
            }
        }
        guard !check.faults.isEmpty else { return }
        throw Failure(
            .data,
            isIndexOnly
                ? language(
                    nl: "de index is beschadigd; maak hem opnieuw met leerwijzer verify --repair",
                    en: "the index is damaged; make it again with leerwijzer verify --repair")
                : language(
                    nl: "de opslag is beschadigd; zet de laatste goede kopie terug met leerwijzer "
                        + "restore BESTAND --replace, en lees de bronnen daarna opnieuw in",
                    en: "the store is damaged; put the last good back-up back with leerwijzer "
                        + "restore FILE --replace, then ingest the sources again"))
    }
}
