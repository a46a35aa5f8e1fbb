import ArgumentParser

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tell how the catalogue is doing, and whom it serves.",
        subcommands: [
            ReportChangesCommand.self, ReportCostsCommand.self, ReportCoverageCommand.self,
            ReportDuplicatesCommand.self, ReportExpiringCommand.self, ReportFairnessCommand.self,
            ReportGapsCommand.self, ReportJointCommand.self, ReportLogCommand.self,
            ReportProvenanceCommand.self, ReportQualityCommand.self,
        ])
}
