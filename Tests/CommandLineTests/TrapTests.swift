import Foundation
import TestSupport
import Testing

/// Faults that other course catalogues had, each with the test that keeps it out here, end to end.
///
/// Two have their test where they can be made by hand: an alert that lists a closed course
/// (`AlertTests.closedCourse`), and a curated skill that comes back after it was removed, among the
/// tests of curation.
@Suite("Traps that other catalogues fell into")
struct TrapTests {
    // MARK: A feed of traps

    /// Rows of our own CSV form: course, title, offering, start, price, venue, street, city,
    /// latitude, longitude.
    private static let rows = """
        course_id,provider_id,provider,title,offering_id,start,price,venue,street,city,latitude,longitude
        swapped,p,School,Wisselteelt,swapped-1,2027-03-01,,,,,5.1689,52.0283
        street,p,School,Veldkunde,street-1,2027-03-01,,Afdeling Nijmegen,Maastrichtse weg,Houten,,
        province,p,School,Landkunde,province-1,2027-03-01,,,Limburg,Gelderland,,
        east,p,School,Kompas,east-1,2027-03-01,,,,,52.0300,5.3700
        north,p,School,Kompas,north-1,2027-03-01,,,,,52.1700,5.1700
        typo,p,School,Boomverzorging,typo-1,2027-03-01,,,,Houten,,
        nothing,p,School,Zwijgkunst,nothing-1,,,,,,,
        """

    private static let markup = """
        <?xml version="1.0" encoding="UTF-8"?>
        <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
        generated="2026-11-24T00:00:00Z"><provider><dc:identifier>q</dc:identifier>
        <dc:title>School</dc:title>
        <courses><dc:identifier>X</dc:identifier><dc:title>Geen cursus</dc:title></courses>
        <course><dc:identifier>prefix</dc:identifier><dc:title>Voorvoegsel</dc:title>
        <courseware><dc:title>Geen titel</dc:title></courseware>
        <presentations>x2</presentations><presentation><dc:identifier>prefix-1</dc:identifier>
        <mlo:start dtf="2027-03-01">maart</mlo:start></presentation></course>
        <course><dc:identifier>escaped</dc:identifier>
        <dc:title>Knippen &amp;amp; plakken caf&amp;eacute;</dc:title>
        <dc:description>&amp;lt;p&amp;gt;Eén &amp;lt;b&amp;gt;mooie&amp;lt;/b&amp;gt; dag\
        &amp;lt;/p&amp;gt;</dc:description><presentation><dc:identifier>escaped-1</dc:identifier>
        <mlo:start dtf="2027-03-01">maart</mlo:start></presentation></course>
        </provider></catalog>
        """

    /// One workspace with those feeds read in, for all tests that only ask.
    private static let shared = Result { () throws -> SampleWorkspace in
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("rows.csv", rows)
        try workspace.scratch.write("markup.xml", markup)
        // The same letters in the encoding that the declaration does not name.
        let latin = try #require(
            markup.replacing("Voorvoegsel", with: "Crème brûlée").replacing("Eén", with: "Een")
                .replacing(">q<", with: ">r<").data(using: .isoLatin1))
        try workspace.scratch.write("latin.xml", latin)
        let outcome = try workspace.run("ingest", "rows.csv", "markup.xml", "latin.xml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        return workspace
    }

    private func search(
        _ arguments: String..., in workspace: SampleWorkspace? = nil
    ) throws -> [[String: Any]] {
        let workspace = try workspace ?? Self.shared.get()
        let outcome = try workspace.program.run(
            ["search"] + arguments + [
                "--format", "json", "--offerings", "--limit", "1000", "--today",
                SampleWorkspace.today,
            ], in: workspace.scratch.folder)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try #require(try json(outcome)["results"] as? [[String: Any]])
    }

    private func show(_ id: Any?) throws -> [String: Any] {
        let workspace = try Self.shared.get()
        return try json(
            try workspace.run("show", try #require(id as? String), "--format", "json"))
    }

    // MARK: Places

    @Test("latitude and longitude swapped: the place is put right, and the feed's owner is told")
    func swappedCoordinates() throws {
        let row = try #require(try search("wisselteelt").first)
        #expect(row["lat"] as? Double == 52.0283 && row["lon"] as? Double == 5.1689)
        let found = try search("--near", "Houten", "--within", "5km")
        #expect(found.contains { $0["title"] as? String == "Wisselteelt" })
        let diagnostics = try #require(try show(row["course"])["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.contains { $0["code"] as? String == "coordinates-swapped" })
    }

    @Test("the name of a department or a province is never looked up as a street or a town")
    func departmentAsStreet() throws {
        let department = try #require(try search("veldkunde").first)
        #expect(department["place"] as? String == "Houten")
        let latitude = try #require(department["lat"] as? Double)
        #expect(abs(latitude - 52.03) < 0.05, "Houten, not Nijmegen or Maastricht")
        let province = try #require(try search("landkunde").first)
        #expect(province["lat"] is NSNull && province["lon"] is NSNull)
        for place in ["Arnhem", "Maastricht", "Nijmegen"] {
            let near = try search("--near", place, "--within", "40km")
            #expect(!near.contains { ["Veldkunde", "Landkunde"].contains($0["title"] as? String) })
        }
    }

    @Test("a degree is not of one length: 0.20° east is nearer than 0.14° north")
    func fixedDegree() throws {
        let rows = try search("kompas", "--near", "52.03,5.17", "--within", "15km")
        #expect(rows.compactMap { $0["lon"] as? Double } == [5.37])
        let distance = try #require(rows.first?["distanceKm"] as? Double)
        #expect(abs(distance - 13.7) < 0.1)
        #expect(try search("kompas", "--near", "52.03,5.17", "--within", "16km").count == 2)
    }

    // MARK: Words and values

    @Test("a slip of the pen finds what was meant, and an operator of another system does no harm")
    func typos() throws {
        for words in ["boomverzorgign", "bomverzorging", "boomverzorgin", "boomverzorging~0"] {
            let titles = try search(words).compactMap { $0["title"] as? String }
            #expect(titles.contains("Boomverzorging"), "\(words): \(titles)")
        }
    }

    @Test("what a feed does not say is told as not known: no zero, no invented value")
    func inventedValues() throws {
        let row = try #require(try search("zwijgkunst").first)
        for field in [
            "price", "level", "start", "end", "lat", "lon", "distanceKm", "travelMinutes",
        ] {
            #expect(row[field] is NSNull, "\(field): \(row[field] ?? "–")")
        }
        #expect(row["modes"] as? [String] == [] && row["status"] as? String == "unstated")
        let offerings = try #require(try show(row["course"])["offerings"] as? [[String: Any]])
        for field in ["placesLeft", "price", "capacity", "hoursPerWeek"] {
            #expect(offerings[0][field] == nil || offerings[0][field] is NSNull, "\(field)")
        }
        #expect(try search("zwijgkunst", "--max-price", "100").isEmpty, "not known is not free")
        let scores = Set(try search().compactMap { $0["score"] as? Double })
        #expect(!scores.contains(0.83) && !scores.contains(83))
    }

    // MARK: Feeds that shrink, and ids that change

    private static func feed(_ ids: some Sequence<String>) -> String {
        rows.prefix { $0 != "\n" } + "\n"
            + ids.enumerated().map { number, id in
                "\(id),p,School,Cursus \(number),\(id)-1,2027-03-01,,,,Houten,,\n"
            }.joined()
    }

    /// Reads twenty courses, then another feed of the same source.
    private func replace(
        by feed: String
    ) throws -> (workspace: SampleWorkspace, outcome: Program.Outcome) {
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("school.csv", Self.feed((0..<20).map { "c\($0)" }))
        try #require(try workspace.run("ingest", "school.csv").status == 0)
        try workspace.scratch.write("school.csv", feed)
        return (workspace, try workspace.run("ingest", "school.csv"))
    }

    private func total(_ workspace: SampleWorkspace) throws -> Int? {
        try json(try workspace.run("search", "--format", "json", "--offerings"))["total"] as? Int
    }

    @Test("a feed with zero rows is held, and nothing of the catalogue goes")
    func zeroRows() throws {
        let (workspace, outcome) = try replace(by: Self.feed([]))
        #expect(outcome.status == 75 && outcome.errors.contains("the feed is empty"))
        #expect(try total(workspace) == 20)
    }

    @Test("a feed with half the rows is held; a person lets it in or turns it down")
    func halfTheRows() throws {
        let (workspace, outcome) = try replace(by: Self.feed((0..<10).map { "c\($0)" }))
        #expect(outcome.status == 75 && outcome.errors.contains("10 of 20 courses"))
        #expect(try total(workspace) == 20)
        #expect(try workspace.run("sources", "discard", "school").status == 0)
        #expect(try total(workspace) == 20)
    }

    @Test("a changed id scheme is held, and its run tells which id became which")
    func changedIDs() throws {
        let (workspace, outcome) = try replace(by: Self.feed((0..<20).map { "2027/\($0)" }))
        #expect(outcome.status == 75 && outcome.errors.contains("another id"))
        #expect(try total(workspace) == 20)
        let run = try json(
            try workspace.run("sources", "history", "school", "--run", "2", "--format", "json"))
        let renamed = try #require(run["renamed"] as? [[String: String]])
        #expect(renamed.count == 20)
        #expect(
            renamed.allSatisfy { pair in
                let number = (pair["old"] ?? "").split(separator: "c").last ?? ""
                return pair["new"]?.hasSuffix("2027/\(number)") == true
            })
    }

    // MARK: Markup and encodings

    @Test("Latin-1 that calls itself UTF-8 is read as the letters it means")
    func mislabelledEncoding() throws {
        let row = try #require(try search("brûlée").first)
        #expect(row["title"] as? String == "Crème brûlée")
        #expect(try search("creme").first?["title"] as? String == "Crème brûlée")
    }

    @Test("what was encoded twice is shown as it was meant, in answers, feeds and the text itself")
    func encodedTwice() throws {
        let row = try #require(try search("plakken").first)
        #expect(row["title"] as? String == "Knippen & plakken café")
        let workspace = try Self.shared.get()
        let shown = try workspace.run("show", try #require(row["course"] as? String))
        #expect(shown.output.contains("mooie"))
        for mark in ["&amp;", "&lt;", "&eacute;", "<b>", "<p>"] {
            #expect(!shown.output.contains(mark), "\(mark)")
        }
        let atom = try workspace.run("publish", "--as", "atom")
        #expect(!atom.output.contains("&amp;amp;") && !atom.output.contains("&amp;eacute;"))
        #expect(atom.output.contains("Knippen &amp; plakken café"))
    }

    @Test("an element whose name begins as another's is not taken for it")
    func sharedPrefix() throws {
        let rows = try search("voorvoegsel")
        #expect(rows.compactMap { $0["start"] as? String } == ["2027-03-01"])
        #expect(try search("geen cursus").allSatisfy { $0["title"] as? String != "Geen cursus" })
    }

    // MARK: Results

    @Test("results have no window: the last of more than 10,000 is found as the first")
    func resultWindow() throws {
        let many = 10_100
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write(
            "many.csv",
            "course_id,title,offering_id,start\n"
                + (0..<many).map { "a,Snoeien,o\($0),2027-03-01\n" }.joined())
        let read = try workspace.run("ingest", "many.csv")
        try #require(read.status == 0, "\(read.errors)")
        let last = try json(
            try workspace.run(
                "search", "snoeien", "--format", "json", "--offerings", "--limit", "100", "--page",
                "101"))
        #expect(last["total"] as? Int == many)
        let rows = try #require(last["results"] as? [[String: Any]])
        #expect(
            rows.count == 100 && Set(rows.compactMap { $0["offering"] as? String }).count == 100)
    }

    @Test("the day in a list of results is the day on the course's own page")
    func cardAndDetail() throws {
        let workspace = try SampleWorkspace()
        let outcome = try workspace.run(
            "search", "boom", "--format", "json", "--offerings", "--limit", "60")
        let rows = try #require(try json(outcome)["results"] as? [[String: Any]])
        var checked = 0
        for course in Set(rows.compactMap { $0["course"] as? String }).sorted().prefix(4) {
            let shown = try json(try workspace.run("show", course, "--format", "json"))
            let offerings = try #require(shown["offerings"] as? [[String: Any]])
            for row in rows where row["course"] as? String == course {
                guard let day = row["start"] as? String else { continue }
                let offering = try #require(
                    offerings.first { $0["id"] as? String == row["offering"] as? String })
                let timing = try JSONSerialization.data(
                    withJSONObject: try #require(offering["timing"]))
                #expect(String(decoding: timing, as: UTF8.self).contains(day), "\(row)")
                checked += 1
            }
        }
        #expect(checked > 4)
    }

    @Test("making the index again empties nothing that staff look at")
    func reindex() throws {
        let (workspace, _) = try replace(by: Self.feed((0..<10).map { "c\($0)" }))
        let course = try #require(try search(in: workspace).first?["course"] as? String)
        func views() throws -> [String] {
            try [
                ["sources", "list", "--format", "json"],
                ["sources", "history", "school", "--format", "json"],
                ["sources", "history", "school", "--run", "2", "--format", "json"],
                ["show", course, "--format", "json"],
                ["report", "expiring", "--days", "365", "--format", "json"],
                ["search", "--format", "json", "--limit", "100"],
            ].map { arguments in
                let outcome = try workspace.program.run(
                    arguments + ["--today", SampleWorkspace.today], in: workspace.scratch.folder)
                #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
                return outcome.output
            }
        }
        let before = try views()
        #expect(before[0].contains("are gone"), "the hold is told")
        try FileManager.default.removeItem(
            atPath: workspace.scratch.path("catalog/.leerwijzer/index"))
        #expect(try views() == before)
    }

    @Test("nothing that a provider says of itself moves it up: no place can be bought")
    func paidPlacement() throws {
        func answer(_ mark: String) throws -> [[String]] {
            let workspace = try SampleWorkspace(feeds: false)
            let courses = ["A", "B", "C"].map { id in
                """
                <course\(id == "C" ? mark : "")><dc:identifier>\(id)</dc:identifier>
                <dc:title>Snoeien</dc:title><presentation><dc:identifier>\(id)1</dc:identifier>
                <mlo:start dtf="2027-0\(id == "C" ? 5 : 3)-01">2027</mlo:start></presentation>
                </course>
                """
            }.joined()
            let head = Self.markup.prefix { $0 != "\n" }
            try workspace.scratch.write(
                "feed.xml",
                head + """

                    <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
                    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
                    generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
                    <dc:title>School</dc:title>\(courses)</provider></catalog>
                    """)
            try #require(try workspace.run("ingest", "feed.xml").status == 0)
            return try search("snoeien", in: workspace).map {
                ["\($0["course"] ?? "")", "\($0["score"] ?? "")", "\($0["start"] ?? "")"]
            }
        }
        let plain = try answer("")
        #expect(plain.count == 3)
        #expect(plain.last?.last == "2027-05-01", "what starts later stands last")
        #expect(
            try answer(#" featured="true" sponsored="true" promoted="1" priority="1" rank="1""#)
                == plain)
    }
}
