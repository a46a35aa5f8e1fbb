import Foundation
import TestSupport
import Testing

@Suite("Who follows the catalogue is told when a course becomes a part of another")
struct MergedSinceTests {
    private let workspace: SampleWorkspace
    private let course = PortalAndSchool.course("A1")
    private let other = PortalAndSchool.other

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("catalog/catalog.toml", PortalAndSchool.settings)
        try feed("portal", course)
        try feed("school", other)
        _ = try workspace.run("ingest")
    }

    private func feed(_ name: String, _ courses: String) throws {
        try workspace.scratch.write("catalog/\(name).xml", PortalAndSchool.feed(courses))
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

        try feed("school", other)
        #expect(try ingest() > merged)
        let back = try workspace.run("publish", "--as", "csv", "--since", "\(merged)")
        #expect(back.errors.contains("gone: school:B1"), "\(back.errors)")
        #expect(back.output.contains("A1"), "the portal’s stands by itself again")
    }
}
