import ArgumentParser
import CourseModel
import Partnership

/// Which alerts, and how to answer.
struct AlertOptions: ParsableArguments {
    @Argument(help: "The alerts; none for all.") var names: [String] = []
    @Option(help: ArgumentHelp("Form of the answer: table, json.", valueName: "form"))
    var format: TableOrJSON = .table
    @OptionGroup var workspace: WorkspaceOptions

    /// Runs alerts and prints what came of it.
    func answer(
        _ run: (AlertRun) throws -> [AlertOutcome], table: (AlertsOutput) throws -> Void
    ) throws {
        let catalogue = try workspace.open()
        let output = AlertsOutput(
            outcomes: try run(
                AlertRun(catalogue, travel: catalogue.travelTimes, now: workspace.now)),
            language: workspace.language)
        switch format {
        case .json: try output.printJSON()
        case .table: try table(output)
        }
        try output.fail()
    }
}
