import Answers
import ArgumentParser
import Logging
import Service

struct AssistantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract: "Let an assistant use the catalogue, by the Model Context Protocol.",
        discussion: """
            Speaks the protocol over standard input and output, with the tools search, show, match \
            and path; it is started by the assistant's program, not by hand. A profile is used for \
            the answer and kept nowhere. An entry for programs that take one:

            {"mcpServers": {"leerwijzer": {"command": "leerwijzer", "args": ["mcp", "--catalog", "/path/to/catalog"]}}}
            """)

    @OptionGroup var workspace: WorkspaceOptions

    func run() async throws {
        let live = try LiveCatalogue(workspace, try workspace.open())
        var logger = Logger(label: "leerwijzer") { StreamLogHandler.standardError(label: $0) }
        // Standard error is shown to people by some programs; each call is no news to them.
        logger.logLevel = .warning
        var settings = ServiceSettings()
        settings.language = workspace.lang?.rawValue
        try await AssistantServer(
            catalogue: live, settings: settings, logger: logger, today: workspace.today
        ).run()
    }
}
