import Foundation
import Testing

@Suite("what is past is erased when a person or a timer says so", .timeLimit(.minutes(15)))
struct EraseCommandTests {
    private let workspace: SampleWorkspace

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try write(title: "Lassen bij Truusje Xylofoon")
        #expect(try workspace.run("ingest", today: "2026-01-10").status == 0)
        try write(title: "Lassen")
        #expect(try workspace.run("ingest", today: "2026-02-10").status == 0)
    }

    private func write(title: String, settings: String = "") throws {
        try workspace.scratch.write(
            "catalog/catalog.toml",
            """
            \(settings)
            [[partner]]
            id = "school"
            name = "School"
            [[partner.source]]
            id = "school"
            feed = "feed.xml"
            """)
        try workspace.scratch.write(
            "catalog/feed.xml",
            """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-01-01T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>School</dc:title><course><dc:identifier>c</dc:identifier>
            <dc:title>\(title)</dc:title><presentation><dc:identifier>o</dc:identifier>
            <mlo:start dtf="2027-02-02">2027-02-02</mlo:start></presentation></course>
            </provider></catalog>
            """)
    }

    /// Whether a word stands in any file that the program made.
    private func stands(_ word: String) throws -> Bool {
        let folder = workspace.scratch.path("catalog/.leerwijzer")
        let names = try #require(FileManager.default.enumerator(atPath: folder))
        for case let name as String in names {
            let data = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
            if data.range(of: Data(word.utf8)) != nil { return true }
        }
        return false
    }

    @Test("by the time that catalog.toml names; what is offered now stays")
    func retention() throws {
        let refused = try workspace.run("sources", "erase", "--lang", "en")
        #expect(refused.status == 64 && refused.errors.contains("[retention]"), "\(refused.errors)")
        #expect(try stands("Xylofoon"))
        try write(title: "Lassen", settings: "[retention]\nhistory-days = 30")
        let early = try workspace.run("sources", "erase", "--lang", "en", today: "2026-02-20")
        #expect(early.output.contains("erased: 0 versions"), "\(early.output)\(early.errors)")
        let done = try workspace.run("sources", "erase", "--lang", "en")
        #expect(done.status == 0 && done.output.contains("erased: 1 versions"), "\(done.errors)")
        #expect(done.errors.contains("back-ups of before now still hold it"))
        #expect(try !stands("Xylofoon"))
        #expect(try workspace.run("search", "lassen", "--format", "csv").output.contains("Lassen"))
        #expect(try workspace.run("verify").status == 0)
    }

    @Test("of one course, and of a source that left")
    func named() throws {
        let course = try workspace.run(
            "sources", "erase", "--course", "school:c", "--lang", "en")
        #expect(course.status == 0, "\(course.errors)")
        #expect(course.output.contains("erased: 1 versions"), "\(course.output)")
        #expect(try !stands("Xylofoon"))
        let configured = try workspace.run("sources", "erase", "--everything", "school")
        #expect(configured.status == 64)
        try workspace.scratch.write("catalog/catalog.toml", "[name]\nen = \"x\"\n")
        let present = try workspace.run(
            "sources", "erase", "--everything", "school", "--lang", "en")
        #expect(present.status == 64 && present.errors.contains("sources leave school"))
        #expect(try workspace.run("sources", "leave", "school").status == 0)
        let gone = try workspace.run("sources", "erase", "--everything", "school", "--lang", "en")
        #expect(gone.status == 0 && gone.output.contains("1 courses"), "\(gone.errors)")
        #expect(try workspace.run("verify").status == 0)
    }

    @Test("a wrong name or two ways at once are told, and nothing is erased")
    func refusals() throws {
        for words in [
            ["--older-than", "1", "--before", "2026-01-01"], ["--everything"],
            ["--course", "school:c", "school"], ["--older-than", "-1"], ["--before", "soon"],
            ["--older-than", "1", "nowhere"], ["--course", "nowhere:c"],
            ["--everything", "nowhere"],
        ] {
            let outcome = try workspace.program.run(
                ["sources", "erase"] + words + ["--today", SampleWorkspace.today],
                in: workspace.scratch.folder)
            #expect(outcome.status == 64, "\(words): \(outcome.errors)")
        }
        #expect(try stands("Xylofoon"))
    }
}
