import Foundation
import TestSupport
import Testing

/// One ingested copy of the sample for all tests that only ask.
private let shared = Result { () throws -> SampleWorkspace in
    let workspace = try SampleWorkspace()
    let outcome = try workspace.run("ingest")
    try #require(outcome.status == 0, "\(outcome.errors)")
    return workspace
}

@Suite("Answers over the sample catalogue")
struct AnswerTests {
    private let workspace: SampleWorkspace

    init() throws { workspace = try shared.get() }

    private func results(_ outcome: Program.Outcome) throws -> [[String: Any]] {
        try json(outcome)["results"] as? [[String: Any]] ?? []
    }

    @Test("the sample is as large as promised, and nothing of it is in quarantine")
    func sample() throws {
        let outcome = try workspace.run("sources", "list", "--format", "json")
        let rows =
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]]
        let sources = try #require(rows)
        #expect(sources.count >= 8)
        #expect(sources.reduce(0) { $0 + ($1["courses"] as? Int ?? 0) } >= 200)
        #expect(sources.reduce(0) { $0 + ($1["offerings"] as? Int ?? 0) } >= 600)
        #expect(Set(sources.compactMap { $0["format"] as? String }) == ["edudex", "xcri-cap"])
    }

    @Test("all conditions of a search hold on each offering it gives")
    func conditions() throws {
        let outcome = try workspace.run(
            "search", "snoeien", "--near", "Houten", "--within", "30km", "--max-price", "500",
            "--start-after", "2027-01-01", "--format", "json", "--limit", "1000")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let rows = try results(outcome)
        #expect(!rows.isEmpty)
        #expect(try json(outcome)["total"] as? Int == rows.count)
        for row in rows {
            #expect(row["distanceKm"] as? Double ?? .infinity <= 30)
            let price = row["price"] as? [String: Any]
            #expect(Double(price?["amount"] as? String ?? "") ?? .infinity <= 500)
            #expect(
                row["startsContinuously"] as? Bool == true
                    || (row["start"] as? String ?? "") >= "2027-01-01")
        }
    }

    @Test("pages follow one another without gap or repeat, to the end")
    func pages() throws {
        var seen: [String] = []
        var page = 1
        while true {
            let outcome = try workspace.run(
                "search", "zorg", "--format", "json", "--limit", "50", "--page", "\(page)")
            let rows = try results(outcome)
            if rows.isEmpty { break }
            seen += rows.compactMap { $0["offering"] as? String }
            page += 1
        }
        let all = try results(
            try workspace.run("search", "zorg", "--format", "json", "--limit", "1000"))
        #expect(seen == all.compactMap { $0["offering"] as? String })
        #expect(Set(seen).count == seen.count)
    }

    @Test("the forms for machines hold the same offerings")
    func forms() throws {
        let filters = ["search", "boom", "--near", "Houten", "--within", "20km"]
        func run(_ form: String) throws -> String {
            let outcome = try workspace.program.run(
                filters + ["--format", form, "--limit", "1000", "--today", SampleWorkspace.today],
                in: workspace.scratch.folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        let whole = try JSONSerialization.jsonObject(with: Data(try run("json").utf8))
        let ids = ((whole as? [String: Any])?["results"] as? [[String: Any]] ?? [])
            .compactMap { $0["offering"] as? String }
        #expect(!ids.isEmpty)
        #expect(try run("ndjson").split(separator: "\n").count == ids.count)
        #expect(try run("csv").split(separator: "\r\n").count == ids.count + 1)
        let geo = try JSONSerialization.jsonObject(with: Data(try run("geojson").utf8))
        let features = (geo as? [String: Any])?["features"] as? [[String: Any]] ?? []
        #expect(features.compactMap { $0["id"] as? String } == ids)
        let calendar = try run("ics")
        #expect(
            calendar.hasPrefix("BEGIN:VCALENDAR\r\n") && calendar.hasSuffix("END:VCALENDAR\r\n"))
        #expect(calendar.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
    }

    @Test("a worker is matched within her limits, with reasons in her language")
    func match() throws {
        let outcome = try workspace.run(
            "match", "catalog/profiles/worker.toml", "--format", "json", "--limit", "1000")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let rows = try results(outcome)
        #expect(!rows.isEmpty)
        var last = Double.infinity
        for row in rows {
            let score = try #require(row["score"] as? Double)
            #expect(score <= last)
            last = score
            #expect((row["parts"] as? [String: Any])?.keys.contains("travel") == true)
            let reasons = try #require(row["reasons"] as? [String])
            #expect(!reasons.isEmpty)
            #expect(reasons.allSatisfy { !$0.contains("%") })
            if let price = row["price"] as? [String: Any] {
                #expect(Double(price["amount"] as? String ?? "") ?? .infinity <= 1500)
            }
        }
        let dutch = try workspace.run("match", "catalog/profiles/worker.toml")
        #expect(dutch.output.contains("leert je") && dutch.output.contains("die je nog mist"))
        let english = try workspace.run("match", "catalog/profiles/worker.toml", "--lang", "en")
        #expect(english.output.contains("closes"))
    }

    @Test(
        "every sample profile finds something",
        arguments: [
            "worker", "pupil", "student", "career-changer", "nurse", "returner", "team",
        ])
    func profiles(name: String) throws {
        let outcome = try workspace.run(
            "match", "catalog/profiles/\(name).toml", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try json(outcome)["total"] as? Int ?? 0 > 0)
    }

    @Test("a line is not broken between a euro sign and its amount")
    func amount() throws {
        let workspace = try SampleWorkspace(feeds: false)
        // 95 columns of the 100 of a line: the sign fits there, its amount does not.
        let filling = Array(repeating: "woord", count: 16).joined(separator: " ")
        try workspace.scratch.write(
            "school.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
                xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
                generated="2026-11-24T00:00:00Z">
              <provider>
                <dc:identifier>https://school.example/</dc:identifier>
                <dc:title>School</dc:title>
                <course>
                  <dc:identifier>https://school.example/c/1</dc:identifier>
                  <dc:title>Snoeien van fruitbomen</dc:title>
                  <dc:description>\(filling) € 526,35 aan materiaal</dc:description>
                  <presentation>
                    <dc:identifier>https://school.example/p/1</dc:identifier>
                    <mlo:start dtf="2027-02-01T00:00:00Z">2027-02-01</mlo:start>
                  </presentation>
                </course>
              </provider>
            </catalog>
            """)
        let ingested = try workspace.run("ingest", "school.xml")
        #expect(ingested.status == 0, "\(ingested.errors)")
        let shown = try workspace.run("show", "school:https://school.example/c/1")
        #expect(
            shown.output.contains("\n\(filling)\n€ 526,35 aan materiaal\n"), "\(shown.output)")
    }

    @Test("a course is shown with its offerings, origin and the bytes of its feed")
    func show() throws {
        let row = try #require(
            try results(try workspace.run("search", "snoeien", "--format", "json")).first)
        let id = try #require(row["course"] as? String)
        let text = try workspace.run("show", id)
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.contains(id))
        let original = try workspace.run("show", id, "--original")
        #expect(original.output.hasPrefix("<"))
        let machine = try workspace.run("show", id, "--format", "json")
        #expect(try json(machine)["history"] as? [Any] != nil)
        let unknown = try workspace.run("show", "no:such")
        #expect(unknown.status == 66)
    }

    @Test("nothing found says what to leave out")
    func nothing() throws {
        let outcome = try workspace.run(
            "search", "snoeien", "--near", "Houten", "--within", "1km", "--max-price", "1")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("Nothing found"))
        #expect(outcome.output.contains("--max-price"))
    }

    @Test("what is published is valid, and read back the same", arguments: ["xcri-cap", "edudex"])
    func publish(format: String) throws {
        let out = format == "edudex" ? "out-\(format)/" : "out-\(format).xml"
        let outcome = try workspace.run("publish", "--as", format, "--out", out)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let check = try workspace.run("check", out, "--format", "json", "--summary")
        let feeds = try #require(try json(check)["feeds"] as? [[String: Any]])
        let offered = feeds[0]["offerings"] as? [String: Any]
        let total =
            try json(
                try workspace.run("search", "--format", "json", "--limit", "1"))["total"] as? Int
        #expect(offered?["quarantined"] as? Int == 0)
        #expect(offered?["accepted"] as? Int ?? 0 >= total ?? .max)
        if format == "xcri-cap",
            let schema = SharedFiles.path("schemas/xcri-1.2/catalog-all.xsd")
        {
            let lint = try Program(path: "/usr/bin/xmllint").run(
                ["--noout", "--nonet", "--schema", schema, out], in: workspace.scratch.folder)
            #expect(lint.status == 0, "\(lint.errors.prefix(500))")
        }
        let again = try workspace.run("publish", "--as", format, "--out", "again-" + out)
        #expect(again.status == 0)
        let same = try Program(path: "/usr/bin/diff").run(
            ["-r", out, "again-" + out], in: workspace.scratch.folder)
        #expect(same.status == 0, "the same catalogue gives the same bytes")
    }

    @Test("help names every command, with examples, and wrong usage ends with 64")
    func help() throws {
        let help = try workspace.program.run(["--help"], in: workspace.scratch.folder)
        for command in [
            "ingest", "check", "search", "show", "match", "publish", "sources", "alerts",
            "reports",
        ] {
            #expect(help.output.contains("  \(command)"))
            let own = try workspace.program.run([command, "--help"], in: workspace.scratch.folder)
            #expect(own.status == 0)
        }
        #expect(try workspace.program.run(["serch"], in: workspace.scratch.folder).status == 64)
        #expect(
            try workspace.run("search", "--level", "12").status == 64)
    }
}

@Suite("Feeds that lose much are held until a person decides")
struct HoldTests {
    private func feed(_ courses: Range<Int>) -> String {
        let body = courses.map { number in
            """
            <course><dc:identifier>https://s.example/\(number)</dc:identifier>
            <dc:title>Cursus \(number)</dc:title><presentation>
            <dc:identifier>https://s.example/\(number)/p</dc:identifier>
            <mlo:start dtf="2027-03-01">2027-03-01</mlo:start></presentation></course>
            """
        }.joined()
        return """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>School</dc:title>\(body)</provider></catalog>
            """
    }

    @Test("half the courses gone: status 75, the old state stays; release lets them go")
    func hold() throws {
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("school.xml", feed(0..<40))
        #expect(try workspace.run("ingest", "school.xml").status == 0)
        try workspace.scratch.write("school.xml", feed(0..<20))
        let held = try workspace.run("ingest", "school.xml")
        #expect(held.status == 75)
        #expect(held.errors.contains("20 of 40 courses"))
        func total() throws -> Int? {
            try json(try workspace.run("search", "--format", "json"))["total"] as? Int
        }
        #expect(try total() == 40)
        #expect(try workspace.run("sources", "release", "school").status == 0)
        #expect(try total() == 20)
        #expect(try workspace.run("sources", "rollback", "school").status == 0)
        #expect(try total() == 40)
        #expect(try workspace.run("sources", "release", "school").status == 66)
    }
}
