import ArgumentParser

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tell how the catalogue is doing, and whom it serves.",
        subcommands: [
            ReportChangesCommand.self, ReportCoverageCommand.self, ReportDuplicatesCommand.self,
            ReportExpiringCommand.self, ReportFairnessCommand.self, ReportGapsCommand.self,
            ReportLogCommand.self, ReportProvenanceCommand.self,
        ])
}
