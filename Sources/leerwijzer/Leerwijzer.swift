import ArgumentParser
import Glibc

/// The command line: wires the parts together and words their answers.
@main
struct Leerwijzer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leerwijzer",
        abstract: "Brings the course offers of a region together and matches learners to them.",
        discussion: """
            The first command in a folder with a catalogue reads its feeds; after that answers \
            come from its index.

            leerwijzer match catalog/profiles/worker.toml
            leerwijzer search boomverzorging --near Houten --within 20km
            leerwijzer check feed.xml
            leerwijzer publish --as xcri-cap --region Utrecht --out utrecht.xml

            Exit status: 0 done; 64 wrong usage; 65 faults in the data; 66 no such input; \
            69 a service is away; 73, 74 cannot write, I/O error; 75 held for a person.
            """,
        version: "0.1.0",
        subcommands: [
            IngestCommand.self,
            CheckCommand.self,
            SearchCommand.self,
            ShowCommand.self,
            MatchCommand.self,
            PathCommand.self,
            BatchCommand.self,
            ReportCommand.self,
            ProfileCommand.self,
            PublishCommand.self,
            SourcesCommand.self,
            CurationCommand.self,
            AlertsCommand.self,
            ReportsCommand.self,
            FormatsCommand.self,
            SkillsCommand.self,
            EvaluateCommand.self,
            ServeCommand.self,
            AssistantCommand.self,
            BackUpCommand.self,
            RestoreCommand.self,
            ExportCommand.self,
            ImportCommand.self,
            VerifyCommand.self,
            MigrateCommand.self,
        ])

    /// Runs the command and turns failures of every part into a message and an exit status.
    static func main() async {
        // A reader that goes away (`| head`) is told by `write`, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parsed(Array(CommandLine.arguments.dropFirst()))
            // A cast to the protocol would look through the conformances of all libraries.
            switch command {
            case let serving as ServeCommand: try await serving.run()
            case let assistant as AssistantCommand: try await assistant.run()
            default: try command.run()
            }
        } catch {
            let failure = Failure(explaining: error)
            guard let failure else { exit(withError: error) }
            if !failure.message.isEmpty {
                Console.complain("\(Terminal.errors.red("leerwijzer:")) \(failure.message)")
            }
            Glibc.exit(failure.status.rawValue)
        }
    }
    /// The commands that learners use at the shell, where the start is most of the time.
    private static let often: [any ParsableCommand.Type] = [
        SearchCommand.self, ShowCommand.self, MatchCommand.self,
    ]

    /// The command that the arguments ask for.
    ///
    /// One that is used often is first parsed by itself: to parse it as one of the tree of all
    /// commands takes twice as long. What it does not take (help, a fault, a script for the shell)
    /// is left to the tree, which words it.
    private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        if let name = arguments.first,
            let type = often.first(where: { $0.configuration.commandName == name }),
            let command = try? type.parseAsRoot(Array(arguments.dropFirst())),
            Swift.type(of: command) == type
        {
            return command
        }
        return try parseAsRoot(arguments)
    }
}
