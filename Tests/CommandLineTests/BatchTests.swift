import Foundation
import TestSupport
import Testing

/// One ingested copy of the sample for all tests of batches, profiles and paths.
let askedSample = Result { () throws -> SampleWorkspace in
    let workspace = try SampleWorkspace()
    let outcome = try workspace.run("ingest")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return workspace
}

@Suite("Batches of profiles")
struct BatchTests {
    private let workspace: SampleWorkspace

    init() throws { workspace = try askedSample.get() }

    private static let good = [
        #"{"name":"a","occupation":{"wanted":"boomverzorger"},"home":{"place":"Houten"}}"#,
        #"{"name":"b","skills":{"wants":["snoeien"]},"level":{"has":2}}"#,
        #"{"name":"c","occupation":{"wanted":"hovenier"},"money":{"budget":"300 EUR"}}"#,
        #"{"name":"d","occupation":{"wanted":"warmtepompmonteur"},"home":{"place":"Nieuwegein"}}"#,
    ]

    private func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(
                try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test("answers stand in the order of the questions and are those of match, each time the same")
    func order() throws {
        let input = (0..<40).map { Self.good[$0 * 7 % 4] }.joined(separator: "\n") + "\n"
        let once = try workspace.run("batch", "--limit", "3", input: input)
        #expect(once.status == 0, "\(once.errors)")
        let again = try workspace.run("batch", "--limit", "3", input: input)
        #expect(once.output == again.output)
        let answers = try objects(once.output)
        #expect(answers.compactMap { $0["line"] as? Int } == Array(1...40))
        #expect(
            answers.compactMap { $0["name"] as? String }
                == (0..<40).map { ["a", "b", "c", "d"][$0 * 7 % 4] })
        try workspace.scratch.write("a.json", Self.good[0])
        let match = try workspace.run("match", "a.json", "--limit", "3", "--format", "json")
        var alone = try json(match)
        alone["line"] = 1
        alone["name"] = "a"
        var first = answers[0]
        let regions = try #require(first.removeValue(forKey: "regions") as? [String: String])
        #expect(regions["municipality"] == "GM0321")
        #expect(Set(regions.keys) == ["municipality", "province", "labourRegion", "corop"])
        #expect(NSDictionary(dictionary: alone) == NSDictionary(dictionary: first))
    }

    @Test("a faulty line is answered with its fault and does not stop the rest")
    func faults() throws {
        let long = #"{"name":""# + String(repeating: "x", count: 2 << 20) + #""}"#
        let input = [
            Self.good[0], "", "nonsense", #"{"home":{"place":"Houtn"}}"#, long,
            #"{"time":{"deadlin":"x"}}"#, #"{"name":"#, Self.good[1],
        ].joined(separator: "\r\n")
        let outcome = try workspace.run("batch", input: input)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("5 of 7 lines"))
        let answers = try objects(outcome.output)
        #expect(answers.compactMap { $0["line"] as? Int } == [1, 3, 4, 5, 6, 7, 8])
        let errors = answers.map { $0["error"] as? String }
        #expect(errors[0] == nil && errors[6] == nil)
        #expect(errors[1]?.contains("JSON object") == true)
        #expect(errors[2]?.contains("Houten") == true)
        #expect(errors[3]?.contains("1 MiB") == true)
        #expect(errors[4]?.contains("time.deadlin") == true)
        #expect(errors[5]?.contains("JSON") == true)
    }

    @Test("resuming gives the rest, byte for byte")
    func resume() throws {
        try workspace.scratch.write(
            "many.ndjson", (0..<30).map { Self.good[$0 % 4] }.joined(separator: "\n"))
        let whole = try workspace.run("batch", "many.ndjson", "--limit", "2")
        let rest = try workspace.run(
            "batch", "many.ndjson", "--limit", "2", "--resume-after", "17")
        #expect(rest.status == 0)
        #expect(
            rest.output.split(separator: "\n")
                == Array(whole.output.split(separator: "\n").dropFirst(17)))
    }

    @Test(
        "xargs, GNU parallel and a run that was killed and resumed all give the answers of one run")
    func unchanged() throws {
        try workspace.scratch.write(
            "handed-out.ndjson",
            (0..<60).map {
                #"{"name":"p\#($0)","occupation":{"wanted":"\#(["boomverzorger", "hovenier"][$0 % 2])"},"#
                    + #""home":{"place":"Houten"}}"#
            }.joined(separator: "\n") + "\n")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("batch.sh").path
        let outcome = try Program(path: "/bin/bash").run(
            [script, workspace.program.path, "handed-out.ndjson", SampleWorkspace.today],
            in: workspace.scratch.folder)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("xargs: same 60"))
        #expect(outcome.output.contains("killed and resumed: same 60"))
        // GNU parallel is Debian's package `parallel`; the script says when it is not there.
        #expect(
            outcome.output.contains("parallel: same 60")
                || outcome.output.contains("parallel: not installed"))
    }

    @Test("what is not there is told, and an empty input is no fault")
    func edges() throws {
        let missing = try workspace.run("batch", "nowhere.ndjson")
        #expect(missing.status == 66)
        let folder = try workspace.run("batch", "catalog")
        #expect(folder.status == 66)
        let empty = try workspace.run("batch")
        #expect(empty.status == 0 && empty.output.isEmpty)
        let wrong = try workspace.run("batch", "--limit", "0")
        #expect(wrong.status == 64)
    }
}
