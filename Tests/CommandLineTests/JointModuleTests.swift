import Foundation
import TestSupport
import Testing

@Suite("Partners offer a module together that is made of parts of each")
struct JointModuleTests {
    private let workspace: SampleWorkspace
    private let definition = """
        # Agreed in the autumn.
        [[module]]
        id = "veilig-in-de-boom"
        parts = ["een:https://een.example/c", "twee:https://twee.example/c"]
        [module.title]
        nl = "Veilig de boom in"
        en = "Safely into the tree"

        """

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write(
            "catalog/catalog.toml",
            """
            [[partner]]
            id = "een"
            name = "School Een"
            [[partner.source]]
            id = "een"
            feed = "een.xml"
            [[partner]]
            id = "twee"
            name = "Boomschool Twee"
            [[partner.source]]
            id = "twee"
            feed = "twee.xml"
            """)
        try feed("een", "Zagen met de motorzaag", [("2027-02-01", "2027-02-12")])
        try feed(
            "twee", "Klimmen met touw",
            [("2027-02-08", "2027-02-19"), ("2027-03-01", "2027-03-12")])
        try workspace.scratch.write("catalog/joint/bomen.toml", definition)
    }

    /// Writes a feed with one course, and another one that stays, given in Houten for € 150.
    private func feed(_ name: String, _ title: String?, _ dates: [(String, String)]) throws {
        func course(_ id: String, _ title: String, _ dates: [(String, String)]) -> String {
            let occasions = dates.enumerated().map { number, date in
                """
                <presentation><dc:identifier>https://\(name).example/\(id)/\(number)</dc:identifier>
                <mlo:start dtf="\(date.0)">\(date.0)</mlo:start><end dtf="\(date.1)">\(date.1)</end>
                <mlo:cost>150,00 euro</mlo:cost><venue><provider>
                <dc:identifier>https://\(name).example/v</dc:identifier><dc:title>Lokaal</dc:title>
                <mlo:location><mlo:town>Houten</mlo:town><mlo:postcode>3992 AB</mlo:postcode>
                </mlo:location></provider></venue></presentation>
                """
            }
            return """
                <course><dc:identifier>https://\(name).example/\(id)</dc:identifier>
                <dc:title>\(title)</dc:title>\(occasions.joined())</course>
                """
        }
        try workspace.scratch.write(
            "catalog/\(name).xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
                xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
                generated="2026-11-24T00:00:00Z">
            <provider><dc:identifier>https://\(name).example/</dc:identifier>
            <dc:title>School \(name)</dc:title>
            \(title.map { course("c", $0, dates) } ?? "")
            \(course("d", "Boekhouden \(name)", [("2027-05-03", "2027-05-04")]))
            </provider></catalog>
            """)
    }

    private func results(_ arguments: String...) throws -> [[String: Any]] {
        let outcome = try workspace.program.run(
            ["search"] + arguments + ["--format", "json", "--today", SampleWorkspace.today],
            in: workspace.scratch.folder)
        return try json(outcome)["results"] as? [[String: Any]] ?? []
    }

    private let id = "joint:veilig-in-de-boom"

    @Test("it is found and shown as one course with its owners and parts, at what the parts cost")
    func offered() throws {
        let found = try results("Veilig")
        #expect(found.count == 1, "the second part of 8 February begins before the first is over")
        let row = try #require(found.first)
        #expect(row["course"] as? String == id)
        #expect(row["start"] as? String == "2027-02-01")
        #expect(row["end"] as? String == "2027-03-12")
        #expect((row["price"] as? [String: Any])?["amount"] as? String == "300.00")
        #expect(row["provider"] as? String == "School Een en Boomschool Twee")
        #expect(row["place"] as? String == "Houten")
        #expect(try results("touw").contains { $0["course"] as? String == id }, "by its parts")
        #expect(try results("--partner", "een").contains { $0["course"] as? String == id })

        let shown = try workspace.run("show", id, "--lang", "en")
        for expected in [
            "Offered together by", "School Een, Boomschool Twee", "1. Zagen met de motorzaag",
            "2. Klimmen met touw", "joint/bomen.toml:2",
        ] {
            #expect(shown.output.contains(expected), "\(expected) in \(shown.output)")
        }
        let part = try workspace.run("show", "een:https://een.example/c", "--format", "json")
        let partOf = (try json(part)["joint"] as? [String: Any])?["partOf"] as? [[String: Any]]
        #expect(partOf?.first?["course"] as? String == id)
        let original = try workspace.run("show", id, "--original")
        #expect(original.output.hasPrefix("[[module]]\nid = \"veilig-in-de-boom\""))
        let feed = try workspace.run("publish", "--as", "xcri-cap")
        #expect(feed.output.contains("Veilig de boom in"))
    }

    @Test("it shows its parts as partners correct them, and as the feeds say when that ends")
    func corrected() throws {
        func correct(_ entry: String) throws {
            try workspace.scratch.write("catalog/curation/a.toml", entry)
            #expect(try workspace.run("curation", "apply").status == 0)
        }
        _ = try results("Veilig")
        try correct(
            """
            [[correction]]
            course = "twee:https://twee.example/c"
            author = "Els"
            partner = "een"
            date = 2026-11-24
            reason = "zo heet hij dit jaar"
            [correction.set]
            title.nl = "Klimmen met de stijgklem"
            """)
        #expect(try results("stijgklem").contains { $0["course"] as? String == id })
        let shown = try workspace.run("show", id, "--lang", "en")
        #expect(shown.output.contains("2. Klimmen met de stijgklem"), "\(shown.output)")
        #expect(!shown.output.contains("Klimmen met touw"))
        let again = try workspace.run("curation", "apply", "--lang", "en")
        #expect(again.output.hasPrefix("nothing changed"), "\(again.output)")
        try correct("")
        #expect(try workspace.run("show", id).output.contains("Klimmen met touw"))
    }

    @Test("nothing is written when neither definition nor parts changed; it leaves with a part")
    func lifecycle() throws {
        _ = try results("Veilig")
        func generation() throws -> Int? {
            try json(try workspace.run("ingest", "--format", "json"))["generation"] as? Int
        }
        let before = try generation()
        #expect(try generation() == before)

        try feed("twee", nil, [])
        let lost = try workspace.run("ingest")
        #expect(lost.errors.contains("no longer offered"), "\(lost.errors)")
        #expect(try results("Veilig").isEmpty)
        let report = try workspace.run("report", "joint", "--format", "json")
        #expect(report.status == 65)
        let module = (try json(report)["modules"] as? [[String: Any]])?.first
        #expect(module?["isOffered"] as? Bool == false)
        let faults = module?["faults"] as? [[String: Any]]
        #expect(faults?.first?["code"] as? String == "joint-part-missing")
        #expect(faults?.first?["line"] as? Int == 2)
        #expect(try workspace.run("show", id).output.contains("no longer in the feed: closed"))

        try feed("twee", "Klimmen met touw", [("2027-03-01", "2027-03-12")])
        _ = try workspace.run("ingest")
        #expect(try results("Veilig").count == 1)
        #expect(try workspace.run("report", "joint").status == 0)
        #expect(try workspace.run("verify").status == 0)
    }

    @Test("occasions that are named are held against their dates, and may have their own price")
    func occasions() throws {
        func occasion(_ id: String, _ second: Int, _ more: String = "") -> String {
            """
            [[module.occasion]]
            id = "\(id)"
            parts = ["een:https://een.example/c#https://een.example/c/0",
              "twee:https://twee.example/c#https://twee.example/c/\(second)"]
            \(more)

            """
        }
        try workspace.scratch.write(
            "catalog/joint/bomen.toml",
            definition + occasion("samen", 1, "price = 250") + occasion("botst", 0)
                + occasion("weg", 7))
        let ingested = try workspace.run("ingest")
        #expect(ingested.errors.contains("before"), "\(ingested.errors)")
        let found = try results("Veilig")
        #expect(found.map { $0["offering"] as? String } == [id + "#samen"])
        #expect((found.first?["price"] as? [String: Any])?["amount"] as? String == "250.00")
        let report = try workspace.run("report", "joint", "--lang", "en")
        #expect(report.status == 65)
        #expect(report.output.contains("[joint-dates-clash]"))
        #expect(report.output.contains("[joint-part-missing]"))
        #expect(report.output.contains("1 occasions"))
    }

    @Test("a file with faults changes nothing and says where; taken out, the module goes")
    func faults() throws {
        _ = try results("Veilig")
        try workspace.scratch.write(
            "catalog/joint/bomen.toml",
            definition.replacing("parts = [", with: "owner = [\"een\"]\nparts = [")
                + "[[module]]\nid = \"x\"\nparts = [\"een:1\"]\n[module.title]\nnl = \"X\"\n")
        let faulty = try workspace.run("ingest")
        #expect(faulty.errors.contains("bomen.toml:"), "\(faulty.errors)")
        #expect(faulty.errors.contains("did you mean “owners”?"))
        #expect(try results("Veilig").count == 1, "what was offered stays")
        #expect(try workspace.run("report", "joint").status == 65)
        try FileManager.default.removeItem(
            atPath: workspace.scratch.path("catalog/joint/bomen.toml"))
        _ = try workspace.run("ingest")
        #expect(try results("Veilig").isEmpty)
    }
}
