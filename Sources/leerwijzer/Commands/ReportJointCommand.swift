import Answers
import ArgumentParser
import CourseModel
import Ingest
import Partnership

struct ReportJointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "joint",
        abstract: "Tell how the modules are doing that partners offer together.",
        discussion: """
            A joint module is made of parts that several partners offer. It is defined in a .toml file \
            of the catalogue's folder “joint”, and taken in with the next ingest:

            [[module]]
            id = "veilig-in-de-boom"
            parts = ["groene-school:BOOM-1", "boomschool:KLIM-1"]
            owners = ["groene-school", "boomschool"]   left out: whose sources have the parts
            level = "3"                                left out: the highest of its parts
            order = "any"                              left out: one part after the other
            [module.title]
            nl = "Veilig in de boom"
            [module.summary]
            nl = "Van de grond tot in de kroon."
            [[module.occasion]]                        left out: every way in which parts can follow
            id = "voorjaar-2027"
            parts = ["groene-school:BOOM-1#1", "boomschool:KLIM-1#3"]
            price = 850                                left out: what the parts cost together

            Each part must be offered, and no part begin before the one ahead of it is over; else the \
            module waits, and this tells why. It leaves when a part leaves.

            Exit status: 0 done; 65 when something is wrong with a module.
            """)

    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let definitions = try JointModules(catalogue.workspace)
        let language = workspace.language
        if !catalogue.hasStore { _ = try catalogue.index() }
        let report = try catalogue.store().snapshot {
            try JointReport(
                definitions, in: $0, catalogue.workspace.configuration, language: language)
        }
        if format == .json {
            try Console.print(try JSONOutput.line(report))
        } else {
            try printText(report)
        }
        if report.hasFaults { throw Failure(.data, "") }
    }

    private func printText(_ report: JointReport) throws {
        let language = workspace.language
        for module in report.modules {
            let state =
                module.isOffered
                ? language(
                    nl: "\(module.offerings) momenten", en: "\(module.offerings) occasions")
                : language(nl: "wordt niet aangeboden", en: "not offered")
            try Console.print(
                Terminal.output.bold(module.title) + "  [\(module.module)]  " + state)
            try Console.print(
                "  " + language(nl: "van ", en: "of ") + module.owners.joined(separator: ", "))
            for part in module.parts { try Console.print("  • " + part) }
            for fault in module.faults {
                try Console.print("  " + Terminal.output.yellow(fault.text))
            }
        }
        if report.modules.isEmpty {
            try Console.print(
                language(
                    nl: "er zijn geen gezamenlijke modules; zie: leerwijzer help report joint",
                    en: "there are no joint modules; see: leerwijzer help report joint"))
        }
    }
}
