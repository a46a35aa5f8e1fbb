import TestSupport
import Testing

@Suite("Commands that are parsed by themselves speak as those of the tree of all commands")
struct OftenUsedCommandTests {
    private func run(_ arguments: String...) throws -> Program.Outcome {
        let scratch = try Scratch()
        return try withExtendedLifetime(scratch) {
            try Program.built("leerwijzer").run(arguments, in: scratch.folder)
        }
    }

    @Test("help, with the program's name", arguments: ["search", "show", "match"])
    func help(command: String) throws {
        let asked = try run(command, "--help")
        #expect(asked.status == 0)
        #expect(asked.output == (try run("help", command)).output)
        #expect(asked.output.contains("USAGE: leerwijzer \(command) "), "\(asked.output)")
    }

    @Test("faults, with the program's name and status 64", arguments: ["search", "show", "match"])
    func faults(command: String) throws {
        let outcome = try run(command, "x", "--nonsense")
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("'--nonsense'"), "\(outcome.errors)")
        #expect(outcome.errors.contains("Usage: leerwijzer \(command) "), "\(outcome.errors)")
    }

    @Test("the program's version, and a script for the shell")
    func rest() throws {
        #expect(try run("search", "--version").output == run("--version").output)
        let script = try run("search", "--generate-completion-script", "bash")
        #expect(script.status == 0)
        #expect(script.output.contains("leerwijzer"), "\(script.output.prefix(200))")
    }
}
