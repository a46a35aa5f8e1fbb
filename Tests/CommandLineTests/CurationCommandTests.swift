import Foundation
import Testing

@Suite("Corrections are looked after on the command line")
struct CurationCommandTests {
    private static let course = "dierwijs:https://dierwijs.example/aanbod/dw-basis"

    private static func workspace() throws -> SampleWorkspace {
        let workspace = try SampleWorkspace()
        let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("catalog/curation")
        try FileManager.default.copyItem(
            at: sample, to: URL(fileURLWithPath: workspace.scratch.path("catalog/curation")))
        return workspace
    }

    @Test("the sample’s corrections count or wait, and reach show, search and the log")
    func sample() throws {
        let workspace = try Self.workspace()
        #expect(try workspace.run("curation", "check", "--lang", "en").status == 0)
        let list = try workspace.run("curation", "--lang", "en")
        #expect(list.status == 0, "\(list.errors)")
        #expect(list.output.contains("in force: \(Self.course)"))
        #expect(list.output.contains("waits for approval: \(Self.course)"))
        #expect(list.output.hasSuffix("3 corrections, 1 asks for a decision\n"))
        let waiting = try workspace.run("curation", "list", "--open", "--format", "json")
        #expect(waiting.output.contains("\"state\":\"waiting\""))
        #expect(!waiting.output.contains("in-force"))
        let found = try workspace.run(
            "search", "dieren", "--audience", "pupil", "--format", "json")
        #expect(found.output.contains(Self.course))
        let owned = try workspace.run(
            "search", "--partner", "vakcollege-middenweide", "--all", "--limit", "1000", "--format",
            "json")
        #expect(owned.output.contains("hetgroenehek:hetgroenehek:HEK-BBL-HOV2"))
        let shown = try workspace.run("show", Self.course, "--lang", "en")
        #expect(shown.output.contains("audiences: + pupil  (the feed says nothing)"))
        #expect(shown.output.contains("curated"))
        let log = try workspace.run("report", "log", "--corrections", "--lang", "en")
        #expect(
            log.output.contains("approved by Noor Verhage (fictief) (leerkring-houten)"))
        #expect(log.output.hasSuffix("2 runs\n"), "\(log.output)")
    }

    @Test("every field of a course tells who says it, since when and what was done to it")
    func provenance() throws {
        let workspace = try Self.workspace()
        let answer = try json(try workspace.run("show", Self.course, "--format", "json"))
        let origins = try #require(answer["origins"] as? [[String: Any]])
        func kinds(_ field: String) -> Set<String> {
            Set(
                origins.filter { $0["field"] as? String == field }.compactMap {
                    $0["kind"] as? String
                })
        }
        #expect(kinds("title") == ["declared"])
        #expect(kinds("audiences") == ["curated"])
        #expect(kinds("skills").contains("inferred"))
        #expect(kinds("coordinates") == ["derived"])
        // Every field of the course that says something is told of.
        let course = try #require(answer["course"] as? [String: Any])
        for (field, value) in course
        where !["id", "nativeID", "provenance"].contains(field) {
            let isEmpty =
                (value as? [Any])?.isEmpty ?? (value as? [String: Any]).map { content in
                    content.isEmpty || content.values.allSatisfy { ($0 as? [Any])?.isEmpty == true }
                } ?? false
            #expect(isEmpty || !kinds(field).isEmpty, "\(field)")
        }
        let title = try #require(origins.first { $0["field"] as? String == "title" })
        #expect(title["source"] as? String == "dierwijs")
        #expect(title["run"] is Int)
        #expect((title["since"] as? String)?.hasPrefix(SampleWorkspace.today) == true)
        let table = try workspace.run("show", Self.course, "--provenance", "--lang", "en")
        #expect(table.output.contains("Ties Oord (fictief) (brancheplatform-groenbreed)"))
        let curated = try workspace.run(
            "report", "provenance", "--kind", "curated", "--lang", "en")
        #expect(curated.output.hasSuffix("2 fields\n"), "\(curated.output)")
        let counts = try json(
            try workspace.run("report", "provenance", "--source", "dierwijs", "--format", "json"))
        let titles = try #require(counts["title"] as? [String: Int])
        #expect(titles.keys.sorted() == ["declared"])
    }

    @Test("a file with faults is refused by check and apply, and leaves what counts as it was")
    func faults() throws {
        let workspace = try Self.workspace()
        #expect(try workspace.run("curation", "apply").status == 0)
        try workspace.scratch.write(
            "catalog/curation/b.toml",
            "[[correction]]\ncourse = \"\(Self.course)\"\nauthr = \"Els\"\n")
        for command in ["check", "apply"] {
            let outcome = try workspace.run("curation", command, "--lang", "en")
            #expect(outcome.status == 65)
            #expect(
                outcome.errors.contains(
                    "curation/b.toml:3: correction[0].authr: is not a field; did you mean “author”?"
                ), "\(outcome.errors)")
        }
        let store = try workspace.run("curation", "check", "--store", "nowhere")
        #expect(store.status == 64, "\(store.errors)")
        let ingest = try workspace.run("ingest", "--lang", "en")
        #expect(ingest.status == 0)
        #expect(ingest.errors.contains("the corrections stay as they were"))
        #expect(
            try workspace.run("search", "dieren", "--audience", "pupil", "--format", "json")
                .output.contains(Self.course))
    }

    @Test("what is changed in a file takes hold with apply, and apply does nothing twice")
    func apply() throws {
        let workspace = try Self.workspace()
        let first = try workspace.run("curation", "apply", "--lang", "en")
        #expect(first.output.hasPrefix("nothing changed"), "\(first.output)")
        try workspace.scratch.write(
            "catalog/curation/groene-sector.toml",
            """
            [[correction]]
            course = "\(Self.course)"
            author = "Ties Oord (fictief)"
            partner = "brancheplatform-groenbreed"
            date = 2026-11-20
            reason = "zo heet de cursus nu"
            approval = [{ person = "Noor Verhage (fictief)", partner = "leerkring-houten" }]
            [correction.set]
            title.nl = "Dieren verzorgen voor beginners"
            """)
        let second = try workspace.run("curation", "apply", "--lang", "en")
        #expect(second.output.hasPrefix("applied"))
        #expect(second.errors.contains("correction withdrawn"))
        #expect(second.errors.contains("correction takes hold"))
        // What is published and what is matched say so, too.
        for format in ["csv", "xcri-cap", "schema.org"] {
            let feed = try workspace.run("publish", "--as", format)
            #expect(feed.output.contains("Dieren verzorgen voor beginners"), "\(format)")
        }
        let since = try workspace.run("publish", "--as", "csv", "--since", "15")
        #expect(since.output.contains("Dieren verzorgen voor beginners"))
        let original = try workspace.run("show", Self.course, "--original")
        #expect(!original.output.contains("voor beginners"))
        let third = try workspace.run("curation", "apply", "--lang", "en")
        #expect(third.output.hasPrefix("nothing changed"))
        let verify = try workspace.run("verify")
        #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
    }
}
