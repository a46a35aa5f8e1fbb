import Foundation
import Testing

@Suite("report coverage answers in every form")
struct CoverageCommandTests {
    private static let sample = Result { try SampleWorkspace() }
    private let workspace: SampleWorkspace

    init() throws { workspace = try Self.sample.get() }

    @Test("the table tells every labour-market region that reaches something, and how many do not")
    func table() throws {
        let outcome = try workspace.run("report", "coverage", "--lang", "en")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Midden-Utrecht"))
        #expect(outcome.output.contains("can be taken anywhere without travel: "))
    }

    @Test("one region is told by level, price and field, and narrowed by the filters of a search")
    func region() throws {
        let all = try workspace.run(
            "report", "coverage", "--region", "Houten", "--lang", "en")
        #expect(all.output.contains("gemeente Houten"))
        #expect(all.output.contains("NLQF 3"))
        let some = try json(
            try workspace.run(
                "report", "coverage", "--region", "Houten", "--level", "3", "--audience", "worker",
                "--format", "json"))
        let regions = try #require(some["regions"] as? [[String: Any]])
        let audiences = try #require(regions.first?["audiences"] as? [[String: Any]])
        #expect(audiences.count == 1)
        let reached = try #require(audiences.first?["reached"] as? [String: [String: Any]])
        let car = try #require(reached["car"])
        #expect((car["levels"] as? [String: Double])?.keys.sorted() == ["3"])
    }

    @Test(
        "what a generation reached stands in the trend once it was looked at, not for a supposed day"
    )
    func trend() throws {
        // A workspace of its own: what is kept must not depend on the order of the tests.
        let workspace = try SampleWorkspace()
        func told() throws -> [[String: Any]] {
            let outcome = try workspace.run(
                "report", "coverage", "--region", "Houten", "--trend", "--format", "json")
            let regions = try #require(try json(outcome)["regions"] as? [[String: Any]])
            return regions.first?["trend"] as? [[String: Any]] ?? []
        }
        #expect(try workspace.run("report", "coverage").status == 0)
        #expect(try told().isEmpty)
        let real = try workspace.program.run(
            ["report", "coverage"], in: workspace.scratch.folder)
        #expect(real.status == 0)
        let day = try #require(try told().first?["day"] as? String)
        #expect(day != "2199-01-01")
        #expect(try workspace.run("report", "coverage", today: "2199-01-01").status == 0)
        let after = try told()
        #expect(after.count == 1)
        #expect(after.first?["day"] as? String == day)
    }

    @Test("figures that cannot be kept are complained of, and the answer is given all the same")
    func notKept() throws {
        let workspace = try SampleWorkspace()
        _ = try workspace.run("report", "coverage")
        // A folder cannot be written as a file, not even by root.
        try workspace.scratch.write("catalog/.leerwijzer/coverage.ndjson.new/file", "")
        let outcome = try workspace.program.run(
            ["report", "coverage"], in: workspace.scratch.folder)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("can be taken anywhere without travel: "))
        #expect(outcome.errors.contains("the figures are not kept for --trend: cannot write"))
    }

    @Test(
        "what has no meaning here is refused with what to do",
        arguments: [
            (["--near", "Houten"], "--near and --area have no meaning here"),
            (["--within", "15km"], "takes minutes here"),
            (["--by", "boot"], "is no way to travel"),
            (["--region", "Nergens"], "Nergens"),
        ])
    func refused(arguments: [String], message: String) throws {
        let outcome = try workspace.program.run(
            ["report", "coverage"] + arguments, in: workspace.scratch.folder)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains(message))
    }
}

@Suite("report gaps answers in every form")
struct GapsCommandTests {
    private static let sample = Result { try SampleWorkspace() }
    private let workspace: SampleWorkspace

    init() throws { workspace = try Self.sample.get() }

    @Test("a region’s occupations are told with what they lack, in a table, JSON, CSV and a map")
    func forms() throws {
        let table = try workspace.run(
            "report", "gaps", "--region", "Houten", "--by", "car", "--lang", "en", "--limit", "3")
        #expect(table.status == 0)
        #expect(table.output.contains("--limit shows more"))
        let answer = try json(
            try workspace.run(
                "report", "gaps", "--region", "Houten", "--by", "car", "--format", "json"))
        let region = try #require((answer["regions"] as? [[String: Any]])?.first)
        let occupations = try #require(region["occupations"] as? [String: Any])
        let nearest = try #require(occupations["nearest"] as? [Any])
        #expect((1...10).contains(nearest.count))
        #expect(region["demand"] == nil, "no profiles were given")
        let csv = try workspace.run("report", "gaps", "--format", "csv")
        #expect(csv.output.hasPrefix("kind,code,region,what,"))
        let map = try workspace.run("report", "gaps", "--format", "svg")
        #expect(map.output.contains("<svg"))
    }

    @Test(
        "of profiles only counts of ten and more are told, and a line that is none is complained of"
    )
    func demand() throws {
        let line =
            #"{"occupation":{"wanted":"boomverzorger"},"home":{"place":"Houten"}}"# + "\n"
        let few = try workspace.run(
            "report", "gaps", "-", "--each", "municipality", "--format", "json", "--region",
            "Houten", input: String(repeating: line, count: 9))
        #expect(few.status == 0)
        #expect(few.output.contains("\"profiles\":null"))
        #expect(few.output.contains("\"suppressedProfiles\":null"))
        let nowhere = #"{"occupation":{"wanted":"boomverzorger"}}"# + "\n"
        let more = try workspace.run(
            "report", "gaps", "-", "--each", "municipality", "--format", "json", "--region",
            "Houten", input: String(repeating: line, count: 9) + nowhere)
        #expect(more.output.contains("\"suppressedProfiles\":10"))
        let enough = try workspace.run(
            "report", "gaps", "-", "--region", "Houten", "--lang", "en",
            input: String(repeating: line, count: 10) + "{]\n")
        #expect(enough.status == 65)
        #expect(enough.output.contains("10 profiles, 0 without a fitting offer"))
        #expect(enough.errors.contains("1 lines were no profiles"))
    }
}
