import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct ReportChangesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Tell in words what changed in the catalogue since a generation or a day.",
        discussion: """
            leerwijzer report changes --since 12
            leerwijzer report changes --since 2027-01-31 --source groene-school --lang nl
            """)

    @Option(
        help: ArgumentHelp(
            "A generation, or a day (YYYY-MM-DD) of which the start is meant.", valueName: "n|day"))
    var since: String
    @Option(help: ArgumentHelp("Only this source.", valueName: "id")) var source: String?
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func validate() throws {
        guard CalendarDate(iso: since) != nil || Int(since).map({ $0 >= 0 }) == true else {
            throw ValidationError(
                "--since takes a generation such as 12, or a day such as 2027-01-31")
        }
    }

    func run() throws {
        let catalogue = try workspace.open()
        guard catalogue.hasStore else {
            throw IngestError.nothingToRead(folder: catalogue.workspace.folder)
        }
        let language = workspace.language
        try catalogue.store().snapshot { snapshot in
            let start = try generation(in: snapshot)
            if let source, try snapshot.source(ID(source)) == nil {
                throw IngestError.unknownSource(
                    source, known: try snapshot.sources().map(\.source.id.value))
            }
            var count = 0
            if format == .json {
                try Console.write(
                    "{\"since\":\(start),\"generation\":\(snapshot.generation),\"changes\":[",
                    to: 1)
            }
            try ChangeReport.forEachChange(
                since: start, of: source.map { ID($0) }, in: snapshot,
                ledger: try ShownCourses(catalogue.workspace, in: snapshot).ledger, language
            ) { change in
                if format == .json {
                    let line = try JSONOutput.line(ChangeJSON(change))
                    try Console.write((count > 0 ? ",\n" : "\n") + line, to: 1)
                } else {
                    for line in change.lines(language) { try Console.print(line) }
                }
                count += 1
            }
            let corrections = try snapshot.runs(of: source.map { ID($0) }, limit: .max)
                .filter { $0.generation.map { $0 > start } ?? false }.reversed()
                .flatMap(\.curated)
            if format == .json {
                let list = try JSONOutput.line(corrections.map(CuratedChangeJSON.init))
                try Console.print("],\"corrections\":\(list)}")
            } else {
                for correction in corrections { try Console.print(correction.line(language)) }
                let generation = snapshot.generation
                try Console.print(
                    language(
                        nl: "\(count) cursussen gewijzigd van generatie \(start) tot \(generation)",
                        en: "\(count) courses changed from generation \(start) to \(generation)"))
            }
        }
    }

    private func generation(in snapshot: any CatalogueSnapshot) throws -> Generation {
        if let day = CalendarDate(iso: since) {
            return try ChangeReport.generation(before: day, in: snapshot)
        }
        let start = Generation(Int(since) ?? 0)
        guard start <= snapshot.generation else {
            throw Failure(
                .usage,
                "there is no generation \(start) yet; the catalogue is at \(snapshot.generation)")
        }
        return start
    }
}
