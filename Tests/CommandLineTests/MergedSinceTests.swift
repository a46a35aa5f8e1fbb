import Foundation
import TestSupport
import Testing

@Suite("Who follows the catalogue is told when a course becomes a part of another")
struct MergedSinceTests {
    private let workspace: SampleWorkspace
    private let course = """
        <course><dc:identifier>A1</dc:identifier>
        <dc:title>Boomverzorging in de praktijk</dc:title>
        <dc:description>Snoeien van de kruin, stamvoet en wortels van laanbomen.</dc:description>
        <presentation><dc:identifier>A1-1</dc:identifier>
        <mlo:start dtf="2027-02-02">2027-02-02</mlo:start><venue><provider>
        <dc:identifier>v</dc:identifier><dc:title>Zaal</dc:title><mlo:location>
        <mlo:town>Houten</mlo:town><mlo:postcode>3991 AA</mlo:postcode></mlo:location>
        </provider></venue></presentation></course>
        """

    private let other = """
        <course><dc:identifier>B2</dc:identifier><dc:title>Boekhouden</dc:title>
        <dc:description>Facturen, btw en de jaarrekening voor kleine bedrijven.</dc:description>
        <presentation><dc:identifier>B2-1</dc:identifier>
        <mlo:start dtf="2027-09-14">2027-09-14</mlo:start></presentation></course>
        """

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write(
            "catalog/catalog.toml",
            """
            [[partner]]
            id = "portal"
            name = "Portal"
            roles = ["publisher"]
            [[partner.source]]
            id = "portal"
            feed = "portal.xml"
            [[partner]]
            id = "school"
            name = "Groene School"
            roles = ["provider"]
            [[partner.source]]
            id = "school"
            feed = "school.xml"
            """)
        try feed("portal", course)
        try feed(
            "school", other
        )
        _ = try workspace.run("ingest")
    }

    private func feed(_ name: String, _ courses: String) throws {
        try workspace.scratch.write(
            "catalog/\(name).xml",
            """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>Groene School</dc:title>\(courses)</provider></catalog>
            """)
    }

    private func ingest() throws -> Int {
        try #require(
            try json(try workspace.run("ingest", "--format", "json"))["generation"] as? Int)
    }

    @Test("a feed of changes tells it as gone, and as there again when it stands by itself")
    func followed() throws {
        let alone = try ingest()
        #expect(
            try json(workspace.run("search", "boomverzorging", "--format", "json"))["total"]
                as? Int == 1)
        let own = course.replacing("A1", with: "B1")
        try feed(
            "school",
            other + own)
        let merged = try ingest()
        #expect(merged > alone)
        let found = try json(
            workspace.run("search", "boomverzorging", "--format", "json"))["results"]
        #expect((found as? [[String: Any]])?.first?["course"] as? String == "school:B1")

        let changes = try workspace.run("publish", "--as", "csv", "--since", "\(alone)")
        #expect(changes.errors.contains("gone: portal:A1"), "\(changes.errors)")
        #expect(changes.output.contains("school:B1") || changes.output.contains("B1"))
        #expect(!changes.output.contains("A1"))
        let report = try workspace.run("report", "changes", "--since", "\(alone)")
        #expect(report.output.contains("now stands as part of [school:B1]"), "\(report.output)")
        let lines = try json(
            workspace.run("report", "changes", "--since", "\(alone)", "--format", "json"))
        let told = (lines["changes"] as? [[String: Any]])?.first {
            $0["course"] as? String == "portal:A1"
        }
        #expect(told?["partOf"] as? String == "school:B1")
        let later = try workspace.run("publish", "--as", "csv", "--since", "\(merged)")
        #expect(!later.errors.contains("portal:A1"))

        try feed(
            "school", other
        )
        #expect(try ingest() > merged)
        let back = try workspace.run("publish", "--as", "csv", "--since", "\(merged)")
        #expect(back.errors.contains("gone: school:B1"), "\(back.errors)")
        #expect(back.output.contains("A1"), "the portal’s stands by itself again")
    }
}
