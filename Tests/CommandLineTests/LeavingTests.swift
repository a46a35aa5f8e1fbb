import Foundation
import TestSupport
import Testing

@Suite("A partner that leaves takes its records with it")
struct LeavingTests {
    private let workspace: SampleWorkspace

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("feed.xml", newSchool)
        _ = try workspace.run("ingest", "feed.xml", "--source", "nieuw")
        // The course goes, and another comes: the first one is history.
        try workspace.scratch.write(
            "feed.xml", newSchool.replacing("/c/1", with: "/c/7").replacing("Wilgen", with: "Elzen")
        )
        _ = try workspace.run("ingest", "feed.xml", "--source", "nieuw")
    }

    /// What `tar` prints of an archive.
    private func tar(_ arguments: String...) throws -> String {
        let outcome = try Program(path: "/usr/bin/env").run(
            ["tar"] + arguments, in: workspace.scratch.folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output
    }

    private func lines(_ file: String) throws -> [[String: Any]] {
        try tar("-xOzf", "out.tar.gz", "sources/nieuw/" + file).split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test(
        "any tar reads what it had: originals byte for byte, history, quarantine, runs and a feed")
    func export() throws {
        let outcome = try workspace.run(
            "sources", "export", "nieuw", "out.tar.gz", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let counts = try json(outcome)["counts"] as? [String: Int]
        #expect(counts?["courses"] == 1)
        #expect(counts?["gone"] == 1)
        #expect(counts?["quarantined"] == 1)
        #expect(counts?["runs"] == 2)
        let names = try tar("-tzf", "out.tar.gz").split(separator: "\n")
        #expect(names.first == "leerwijzer-archive.json")
        #expect(names.last == "leerwijzer-archive-end.json")
        let courses = try lines("courses.ndjson")
        #expect(courses.map { $0["state"] as? String } == ["closed", "present"])
        let history = courses.first?["history"] as? [[String: Any]]
        #expect(history?.last?["change"] as? String == "closed")
        for course in courses {
            let file = try #require(course["original"] as? String)
            #expect(
                try tar("-xOzf", "out.tar.gz", "sources/nieuw/" + file).hasPrefix("<course>"))
        }
        let quarantined = try #require(try lines("quarantined.ndjson").first)
        #expect(
            try tar(
                "-xOzf", "out.tar.gz",
                "sources/nieuw/" + (quarantined["original"] as? String ?? "")
            ).contains("https://nieuw.example/c/2"))
        #expect(try lines("runs.ndjson").count == 2)
        #expect(try lines("providers.ndjson").count == 1)
        // So does any tool that knows checksums.
        _ = try tar("-xzf", "out.tar.gz")
        let sums = try Program(path: "/usr/bin/env").run(
            ["sha256sum", "--check", "--quiet", "SHA256SUMS"], in: workspace.scratch.folder)
        #expect(sums.status == 0, "\(sums.output)\(sums.errors)")
        // Another catalogue takes the feed in.
        let feed = try #require(names.first { $0.hasPrefix("sources/nieuw/feed/") })
        try workspace.scratch.write("back.xml", try tar("-xOzf", "out.tar.gz", String(feed)))
        let back = try workspace.run("check", "back.xml", "--format", "json")
        let feeds = try json(back)["feeds"] as? [[String: Any]]
        #expect((feeds?.first?["courses"] as? [String: Int])?["accepted"] == 1)
    }

    @Test("leaving writes the archive first, and history says that it left")
    func leave() throws {
        let outcome = try workspace.run("sources", "leave", "nieuw", "--out", "out.tar.gz")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("out.tar.gz: 1 courses, 1 that are gone"))
        #expect(try lines("courses.ndjson").last?["state"] as? String == "present")
        #expect(try workspace.run("search", "knotten").output.contains("Elzen") == false)
        let run = try workspace.run("sources", "history", "nieuw", "--run", "3", "--format", "json")
        #expect(run.output.contains("left the partnership"), "\(run.output)\(run.errors)")
        let show = try workspace.run("show", "nieuw:https://nieuw.example/c/7")
        #expect(show.output.contains("no longer in the feed: closed"))
    }

    @Test("a source that still stands in catalog.toml does not leave, and nothing is written")
    func refused() throws {
        try workspace.scratch.write(
            "catalog/catalog.toml",
            """
            [[partner]]
            id = "nieuw"
            name = "Nieuw"
            [[partner.source]]
            id = "nieuw"
            feed = "feed.xml"
            """)
        let outcome = try workspace.run("sources", "leave", "nieuw", "--out", "out.tar.gz")
        #expect(outcome.status == 64)
        #expect(!FileManager.default.fileExists(atPath: workspace.scratch.path("out.tar.gz")))
        let unknown = try workspace.run("sources", "export", "x", "out.tar.gz")
        #expect(unknown.status == 64)
        #expect(
            try workspace.run("sources", "export", "nieuw", "no/such/out.tar.gz").status == 73)
    }
}
