import Foundation
import TestSupport
import Testing

@Suite("Owners of feeds are told which repairs would help learners most")
struct QualityReportTests {
    private let workspace: SampleWorkspace

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write(
            "catalog/catalog.toml",
            """
            [[partner]]
            id = "nieuw"
            name = "Nieuwe <School>"
            roles = ["provider"]
            [[partner.source]]
            id = "nieuw"
            feed = "feed.xml"
            [[partner]]
            id = "ander"
            name = "Ander"
            """)
        // Beside the two courses: one that is over, and two without a price.
        let more = [("3", "2025-02-01", ""), ("4", "2027-03-01", ""), ("5", "2027-03-01", "")]
            .map { id, start, price in
                """
                <course><dc:identifier>https://nieuw.example/c/\(id)</dc:identifier>
                <dc:title>Heggen scheren \(id)</dc:title>
                <presentation><dc:identifier>https://nieuw.example/p/\(id)</dc:identifier>
                <mlo:start dtf="\(start)">\(start)</mlo:start>\(price)</presentation></course>
                """
            }.joined()
        try workspace.scratch.write(
            "catalog/feed.xml",
            newSchool.replacing("  </provider>\n</catalog>", with: more + "</provider></catalog>"))
    }

    private func feed() throws -> [String: Any] {
        let outcome = try workspace.run("report", "quality", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let feeds = try json(outcome)["feeds"] as? [[String: Any]]
        return try #require(feeds?.first)
    }

    @Test("repairs are counted by what learners find, what nobody finds first")
    func repairs() throws {
        let feed = try feed()
        #expect(feed["partner"] as? String == "nieuw")
        #expect(feed["ahead"] as? Int == 3)
        #expect((feed["courses"] as? [String: Int])?["quarantined"] == 1)
        let repairs = try #require(feed["repairs"] as? [[String: Any]])
        func repair(_ key: String, _ value: String) throws -> [String: Any] {
            try #require(repairs.first { $0[key] as? String == value }, "\(repairs)")
        }
        let first = repairs.prefix(2).compactMap { $0["repair"] as? String }
        #expect(first == ["accept", "new-occasion"])
        let quarantined = try repair("code", "course-without-title")
        #expect(quarantined["courses"] as? Int == 1)
        let over = try repair("repair", "new-occasion")
        #expect(over["examples"] as? [String] == ["nieuw:https://nieuw.example/c/3"])
        // One says its price and place, two do not; none says a level.
        let price = try repair("field", "price")
        #expect(price["offerings"] as? Int == 2)
        #expect(price["effect"] as? Double == 0.24)
        #expect(try repair("field", "level")["offerings"] as? Int == 3)
        #expect(!repairs.contains { $0["field"] as? String == "start" }, "all that come say it")
        let effects = repairs.compactMap { $0["effect"] as? Double }
        #expect(effects == effects.sorted(by: >))
    }

    @Test("a person reads three repairs and every fault, a page can be sent to the owner")
    func people() throws {
        let text = try workspace.run("report", "quality", "--partner", "nieuw", "--lang", "nl")
        for expected in [
            "Nieuwe <School> (nieuw)", "volledigheid: ", "Deze 3 dingen helpen leerders het meest",
            "  1. ", "  3. ", "1 cursus wordt dan gevonden", "[course-without-title]",
        ] {
            #expect(text.output.contains(expected), "\(expected) in \(text.output)")
        }
        #expect(!text.output.contains("  4. "))
        let page = try workspace.run("report", "quality", "--format", "html")
        #expect(page.output.hasPrefix("<!DOCTYPE html>"))
        #expect(page.output.contains("Nieuwe &lt;School&gt;"))
        #expect(page.output.contains("<ol>") && page.output.contains("course-without-title"))
        #expect(page.output.hasSuffix("</html>\n"))
    }

    @Test("a partner without sources has nothing to mend, and one that is not there is told")
    func others() throws {
        _ = try feed()
        let other = try workspace.run("report", "quality", "--partner", "ander", "--format", "json")
        #expect((try json(other)["feeds"] as? [Any])?.isEmpty == true)
        let unknown = try workspace.run("report", "quality", "--partner", "x")
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("nieuw, ander"))
        #expect(try workspace.run("report", "quality", "--source", "x").status == 64)
    }
}
