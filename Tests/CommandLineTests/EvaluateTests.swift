import Foundation
import TestSupport
import Testing

@Suite("A judged set is ranked from the command line")
struct EvaluateTests {
    @Test("a set that is not there leaves no run, and one that is there leaves its own")
    func run() throws {
        let scratch = try Scratch()
        try scratch.write("corpus.tsv", "id\tconcept\tlabel\nL1\tc/1\tboomverzorger\n")
        let program = Program.built("leerwijzer")
        func evaluate(_ set: String) throws -> Program.Outcome {
            try program.run(
                ["evaluate", "--set", set, "--corpus", "corpus.tsv", "--run", "out.run"],
                in: scratch.folder)
        }
        let missing = try evaluate("nowhere")
        #expect(missing.status == 66)
        #expect(missing.errors.contains("nowhere/queries.tsv"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out.run")))
        try scratch.write("set/queries.tsv", "qid\ttext\nQ1\tboomverzorger\n")
        #expect(try evaluate("set").status == 0)
        let text = try String(contentsOfFile: scratch.path("out.run"), encoding: .utf8)
        #expect(text.hasPrefix("Q1 Q0 L1 1 "))
        // What was there before a run that fails stays.
        try scratch.write("set/queries.tsv", "qid\ttext\nQ1\n")
        #expect(try evaluate("set").status == 65)
        #expect(try String(contentsOfFile: scratch.path("out.run"), encoding: .utf8) == text)
    }
}
