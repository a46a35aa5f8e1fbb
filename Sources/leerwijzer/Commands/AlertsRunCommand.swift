import Answers
import ArgumentParser
import Partnership

struct AlertsRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Tell what is new, once; run it from a timer.",
        discussion: """
            Exit status 69 when something was not delivered (the next run tries again), 65 when an \
            alert is faulty, 75 when another process is running them.

            leerwijzer alerts run
            leerwijzer alerts run snoeien
            """)

    @Argument(help: "The alerts; none for all.") var names: [String] = []
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    func run() throws {
        let catalogue = try workspace.open()
        let outcomes = try AlertRun(
            catalogue, travel: catalogue.travelTimes, now: workspace.now
        ).run(names)
        let output = AlertsOutput(outcomes: outcomes, language: workspace.language)
        switch format {
        case .json: try output.printJSON()
        case .table: try output.printSteps()
        }
        try output.fail()
    }
}
