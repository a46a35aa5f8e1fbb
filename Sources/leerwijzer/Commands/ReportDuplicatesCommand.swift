import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership
import Storage

struct ReportDuplicatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Tell which courses several sources give, which of them is shown, and why.",
        discussion: """
            Courses that are surely the same stand once in searches: a school's own feed goes before \
            one that passes it on, and what the shown one leaves out is filled up from the others. \
            Both stay in the catalogue, and “show” tells which field is whose. What is less sure is \
            listed as possible and left apart. How sure it has to be stands in catalog.toml: \
            [duplicates] max-doubt = 0.02, or merge = false.

            leerwijzer report duplicates
            leerwijzer report duplicates --source leerkring --format json
            """)

    @Option(help: ArgumentHelp("Only those with a course of this source.", valueName: "id"))
    var source: String?
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        // The first command on a workspace reads its sources.
        _ = try catalogue.index()
        var register = try catalogue.duplicates()
        if let source {
            guard try catalogue.store().snapshot({ try $0.source(ID(source)) }) != nil else {
                throw IngestError.unknownSource(
                    source,
                    known: try catalogue.store().snapshot {
                        try $0.sources().map(\.source.id.value)
                    })
            }
            func isOf(_ courses: [ID<Course>]) -> Bool {
                courses.contains { $0.value.hasPrefix(source + ":") }
            }
            register.clusters.removeAll { !isOf([$0.shown] + $0.others) }
            register.possible.removeAll { !isOf($0.courses) }
        }
        if format == .json { return try Console.print(try JSONOutput.line(register)) }
        let language = workspace.language
        let titles = try catalogue.store().snapshot { snapshot in
            var titles: [ID<Course>: String] = [:]
            let curation = Curation(catalogue.workspace)
            let ids =
                register.clusters.flatMap { [$0.shown] + $0.others }
                + register.possible.flatMap(\.courses)
            for id in ids {
                titles[id] = try snapshot.record(id).flatMap {
                    curation.applied(to: $0.record).course.title.text(in: language.preferences)
                }
            }
            return titles
        }
        func line(_ course: ID<Course>) -> String { "\(titles[course] ?? "")  [\(course)]" }
        for cluster in register.clusters {
            try Console.print(Terminal.output.bold(line(cluster.shown)))
            for other in cluster.others { try Console.print("  = \(line(other))") }
            for likeness in cluster.because {
                try Console.print("    " + DuplicateWording.likeness(likeness, language))
            }
        }
        if !register.possible.isEmpty {
            try Console.print("")
            try Console.print(
                Terminal.output.bold(
                    language(nl: "Misschien hetzelfde", en: "Perhaps the same")))
            for likeness in register.possible {
                try Console.print(likeness.courses.map(line).joined(separator: "\n  ? "))
                try Console.print("    " + DuplicateWording.likeness(likeness, language))
            }
        }
        let (count, possible) = (register.clusters.count, register.possible.count)
        let merged =
            register.isMerged
            ? language(
                nl: count == 1 ? "staat er één keer" : "staan er één keer",
                en: count == 1 ? "stands once" : "stand once")
            : language(
                nl: (count == 1 ? "staat" : "staan") + " er apart (merge = false)",
                en: (count == 1 ? "stands" : "stand") + " apart (merge = false)")
        try Console.print(
            language(
                nl: (count == 1 ? "1 cursus" : "\(count) cursussen")
                    + " uit meerdere bronnen \(merged); \(possible) misschien hetzelfde",
                en: (count == 1 ? "1 course" : "\(count) courses")
                    + " of several sources \(merged); \(possible) perhaps the same"))
    }
}
