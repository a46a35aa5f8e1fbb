import Answers
import ArgumentParser
import FoundationEssentials
import Ingest
import Logging
import Service

struct AssistantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let an assistant use the catalogue, by the Model Context Protocol.",
        discussion: """
            Speaks the protocol over standard input and output, with the tools search, show, match \
            and path; it is started by the assistant's program, not by hand. A profile is used for \
            the answer and kept nowhere. Links lead to where catalog.toml ([serve] base-url) or \
            LEERWIJZER_BASE_URL says that the service is. An entry for programs that take one:

            {"mcpServers": {"leerwijzer": {"command": "leerwijzer", "args": ["mcp", "--catalog", "/path/to/catalog"]}}}
            """)

    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let catalogue = try workspace.open()
        // Links and limits are those of the service that stands beside it.
        let settings = try ServiceSettings(
            flags: workspace.lang.map { ["lang": [$0.rawValue]] } ?? [:],
            environment: ProcessInfo.processInfo.environment,
            file: catalogue.workspace.configuration.serving)
        let live = try LiveCatalogue(workspace, catalogue)
        var logger = Logger(label: "leerwijzer") { StreamLogHandler.standardError(label: $0) }
        // Standard error is shown to people by some programs; each call is no news to them.
        logger.logLevel = .warning
        try await AssistantServer(
            catalogue: live, settings: settings, logger: logger, today: workspace.today
        ).run()
    }
}
