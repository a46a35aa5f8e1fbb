import Foundation
import TestSupport
import Testing

/// A feed of two providers whose courses stand mixed, the second provider told twice.
private func feed(_ courses: [(provider: Int, course: Int)], title: String = "Cursus") -> String {
    let body = courses.map { provider, course in
        """
          <provider>
            <dc:identifier>https://school\(provider).example/</dc:identifier>
            <dc:title>School \(provider)</dc:title>
            <course>
              <dc:identifier>https://school\(provider).example/c/\(course)</dc:identifier>
              <dc:title>\(title) \(course)</dc:title>
              <presentation>
                <dc:identifier>https://school\(provider).example/p/\(course)</dc:identifier>
                <mlo:start dtf="2027-02-0\(course % 9 + 1)">0\(course % 9 + 1)-02-2027</mlo:start>
              </presentation>
            </course>
          </provider>

        """
    }.joined()
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z">
        \(body)</catalog>
        """
}

@Suite("Formats are listed, and feeds are turned into one another without a catalogue")
struct ConversionTests {
    private let program = Program.built("leerwijzer")
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func run(_ arguments: String..., input: String = "") throws -> Program.Outcome {
        try program.run(
            arguments + (arguments[0] == "formats" ? [] : ["--today", SampleWorkspace.today]),
            in: scratch.folder, input: input)
    }

    @Test("the formats are listed, with what each one loses")
    func formats() throws {
        let list = try run("formats", "--format", "json")
        let formats = try #require(try json(list)["formats"] as? [[String: Any]])
        let names = formats.compactMap { $0["format"] as? String }
        #expect(names.contains("xcri-cap") && names.contains("lheo"))
        #expect(names.contains("atom") && names.contains("ics"))
        for format in formats {
            let writes = format["writes"] as? Bool == true
            #expect((format["dropped"] != nil) == writes, "\(format)")
        }
        let one = try run("formats", "xcri-cap")
        #expect(one.status == 0)
        #expect(one.output.contains("XCRI-CAP"))
        #expect(one.output.contains("course."))
        #expect(try run("formats", "lheo").output.contains("is only read"))
        #expect(try run("formats", "sitemap").output.contains("is only written"))
        #expect(try run("formats", "xcri").status == 64)
    }

    @Test("a feed is written in another format, each provider before its courses, once")
    func mixed() throws {
        try scratch.write("mixed.xml", feed([(1, 1), (2, 2), (1, 3), (2, 4)]))
        let outcome = try run("publish", "--from", "mixed.xml", "--as", "xcri-cap")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let output = outcome.output
        #expect(output.components(separatedBy: "<provider").count - 1 == 2)
        let order = ["School 1", "Cursus 1", "Cursus 3", "School 2", "Cursus 2", "Cursus 4"]
        let places = try order.map { try #require(output.range(of: $0)?.lowerBound) }
        #expect(places == places.sorted())
    }

    @Test("standard input is turned too, into the same bytes as the file")
    func piped() throws {
        let path = try scratch.write("feed", feed([(1, 1), (2, 2)]))
        let file = try run("publish", "--from", "feed", "--as", "loq")
        #expect(file.status == 0, "\(file.errors)")
        let pipe = try run("publish", "--from", "-", "--as", "loq", input: "<" + path)
        #expect(pipe.output == file.output)
        #expect(pipe.output.contains("Cursus 2"))
    }

    @Test("what came out is read back as the same courses")
    func back() throws {
        try scratch.write("feed.xml", feed([(1, 1), (1, 2), (2, 3)]))
        let first = try run(
            "publish", "--from", "feed.xml", "--as", "xcri-cap", "--out", "one.xml")
        #expect(first.status == 0)
        #expect(first.errors.contains("3 courses and 3 offerings written to one.xml"))
        let second = try run("publish", "--from", "one.xml", "--as", "xcri-cap")
        #expect(second.status == 0, "\(second.errors)")
        let one = try String(contentsOfFile: scratch.path("one.xml"), encoding: .utf8)
        #expect(
            second.output.replacingOccurrences(of: "one.xml", with: "feed.xml") == one)
    }

    @Test("half a feed is not written, and filters and a catalogue are refused")
    func refused() throws {
        let whole = feed([(1, 1), (1, 2), (2, 3)])
        try scratch.write("half.xml", String(whole.prefix(whole.count * 3 / 4)))
        let half = try run(
            "publish", "--from", "half.xml", "--as", "xcri-cap", "--out", "out.xml")
        #expect(half.status == 65)
        #expect(half.errors.contains("truncated-feed"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out.xml")))
        try scratch.write("whole.xml", whole)
        #expect(
            try run("publish", "--from", "whole.xml", "--as", "loq", "--kind", "course").status
                == 64)
        #expect(try run("publish", "--from", "whole.xml", "--as", "lheo").status == 64)
        #expect(try run("publish", "--from", "nergens.xml", "--as", "loq").status == 66)
    }

    @Test("a feed is compressed and split into files that are read as one feed")
    func packed() throws {
        try scratch.write("feed.xml", feed((1...5).map { (1, $0) }))
        let outcome = try run(
            "publish", "--from", "feed.xml", "--as", "csv", "--gzip", "--split", "2", "--out",
            "parts/")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("5 courses and 5 offerings written to 3 files"))
        let checked = try json(try run("check", "parts/", "--format", "json"))
        let report = try #require((checked["feeds"] as? [[String: Any]])?.first)
        #expect((report["courses"] as? [String: Any])?["accepted"] as? Int == 5)
        #expect(
            try run("publish", "--from", "feed.xml", "--as", "csv", "--split", "2").status == 64)
        #expect(
            try run(
                "publish", "--from", "feed.xml", "--as", "ooapi", "--split", "2", "--out", "x.json"
            ).errors.contains("written to 3 files"))
        let bySize = try run(
            "publish", "--from", "feed.xml", "--as", "csv", "--split", "2kB", "--out", "sized/")
        #expect(bySize.status == 0 && bySize.errors.contains("files"), "\(bySize.errors)")
        #expect(
            try run("publish", "--from", "feed.xml", "--as", "csv", "--split", "2 apples").status
                == 64)
        try scratch.write("damaged.xml.gz", "\u{1F}\u{8B}")
        let back = try run("publish", "--from", "parts/", "--as", "xcri-cap")
        #expect(back.output.contains("Cursus 5"))
    }

    @Test("pages of the catalogue stand in what is published for search engines and readers")
    func pages() throws {
        try scratch.write("feed.xml", feed([(1, 1)]))
        let page = "https://gids.example/cursus/{id}"
        for format in ["sitemap", "atom"] {
            let outcome = try run(
                "publish", "--from", "feed.xml", "--as", format, "--page", page)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("https://gids.example/cursus/feed%3Ahttps"))
        }
        #expect(
            try run("publish", "--from", "feed.xml", "--as", "atom", "--page", "x").status == 64)
    }

    @Test("a faulty record is told, left out, and decides the status")
    func quarantined() throws {
        let text = feed([(1, 1), (1, 2)]).replacingOccurrences(of: "Cursus 2", with: "")
        try scratch.write("faulty.xml", text)
        let outcome = try run("publish", "--from", "faulty.xml", "--as", "xcri-cap")
        #expect(outcome.status == 65)
        #expect(outcome.output.contains("Cursus 1"))
        #expect(outcome.errors.contains("[course-without-title]"))
    }
}

@Suite("What changed is published by itself")
struct ChangesTests {
    @Test("only what changed since a generation or a day is written, and what is gone is told")
    func since() throws {
        let workspace = try SampleWorkspace(feeds: false)
        let all = (1...9).map { (provider: 1, course: $0) }
        try workspace.scratch.write("school.xml", feed(all))
        let early = try workspace.run("ingest", "school.xml", today: "2026-11-01")
        #expect(early.status == 0, "\(early.errors)")
        let changed = feed(Array(all.dropLast())).replacingOccurrences(
            of: "Cursus 4", with: "Nieuwe cursus 4")
        try workspace.scratch.write("school.xml", changed)
        let late = try workspace.run("ingest", "school.xml", today: "2026-11-20")
        #expect(late.status == 0, "\(late.errors)")
        for since in ["1", "2026-11-10"] {
            let outcome = try workspace.run("publish", "--as", "xcri-cap", "--since", since)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("Nieuwe cursus 4"))
            #expect(!outcome.output.contains("Cursus 3"))
            #expect(outcome.errors.contains("gone: school:https://school1.example/c/9"))
            #expect(outcome.errors.contains("has no deletions; 1 courses"))
            #expect(outcome.errors.contains("--since 2"))
        }
        for (format, mark) in [
            ("atom", "<at:deleted-entry ref=\"urn:leerwijzer:course:school%3Ahttps"),
            ("ics", "STATUS:CANCELLED"),
        ] {
            let outcome = try workspace.run("publish", "--as", format, "--since", "1")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains(mark))
            #expect(outcome.output.contains("Nieuwe cursus 4"))
            #expect(!outcome.errors.contains("has no deletions"))
        }
        let everything = try workspace.run("publish", "--as", "xcri-cap", "--since", "2026-10-01")
        #expect(everything.output.contains("Cursus 3"))
        let nothing = try workspace.run("publish", "--as", "xcri-cap", "--since", "2")
        #expect(nothing.status == 0)
        #expect(!nothing.output.contains("<course"))
        #expect(try workspace.run("publish", "--as", "xcri-cap", "--since", "7").status == 64)
        #expect(try workspace.run("publish", "--as", "xcri-cap", "--since", "soon").status == 64)
    }

    @Test("a provider that changed is written though its courses did not")
    func provider() throws {
        let workspace = try SampleWorkspace(feeds: false)
        let text = feed([(1, 1), (1, 2), (2, 3)])
        try workspace.scratch.write("school.xml", text)
        #expect(try workspace.run("ingest", "school.xml", today: "2026-11-01").status == 0)
        try workspace.scratch.write(
            "school.xml", text.replacingOccurrences(of: "School 1", with: "Hogeschool 1"))
        #expect(try workspace.run("ingest", "school.xml", today: "2026-11-20").status == 0)
        let catalogue = try workspace.run("publish", "--as", "xcri-cap", "--since", "1")
        #expect(catalogue.output.contains("Hogeschool 1"))
        #expect(!catalogue.output.contains("School 2") && !catalogue.output.contains("<course"))
        // A table tells of a provider only with its courses.
        let table = try workspace.run("publish", "--as", "csv", "--since", "1")
        #expect(table.output.contains("Hogeschool 1") && table.output.contains("Cursus 2"))
        #expect(!table.output.contains("Cursus 3"))
    }
}
