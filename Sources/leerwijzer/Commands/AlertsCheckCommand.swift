import Answers
import ArgumentParser
import CourseModel
import Partnership

struct AlertsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Show what alerts find and what of it they would tell; nothing is sent.",
        discussion: """
            leerwijzer alerts check
            leerwijzer alerts check snoeien --format json
            """)

    @Argument(help: "The alerts; none for all.") var names: [String] = []
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let outcomes = try AlertRun(
            catalogue, travel: catalogue.travelTimes, now: workspace.now
        ).check(names)
        let output = AlertsOutput(outcomes: outcomes, language: workspace.language)
        switch format {
        case .json: try output.printJSON()
        case .table: try output.printFindings()
        }
        try output.fail()
    }
}
