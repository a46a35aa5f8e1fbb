import Foundation
import TestSupport
import Testing

@Suite("Show --original says what the catalogue does not hold")
struct OriginalTests {
    private static let feed = """
        <?xml version="1.0" encoding="UTF-8"?>
        <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            xmlns:own="https://school.example/ns" generated="2026-11-24T00:00:00Z">
          <provider>
            <dc:identifier>https://school.example/</dc:identifier>
            <dc:title>School</dc:title>
            <course>
              <dc:identifier>https://school.example/c/1</dc:identifier>
              <dc:title>Snoeien van fruitbomen</dc:title>
              <own:parking spaces="twaalf">achter de kas</own:parking>
              <presentation>
                <dc:identifier>https://school.example/p/1</dc:identifier>
                <mlo:start dtf="2027-02-01T00:00:00Z">2027-02-01</mlo:start>
              </presentation>
            </course>
          </provider>
        </catalog>
        """

    @Test("the original goes out byte for byte, and what is not held is listed beside it")
    func listed() throws {
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("school.xml", Self.feed)
        #expect(try workspace.run("ingest", "school.xml").status == 0)
        let id = "school:https://school.example/c/1"
        let original = try workspace.run("show", id, "--original")
        #expect(original.status == 0, "\(original.errors)")
        #expect(Self.feed.contains(original.output))
        #expect(original.output.hasPrefix("<course>"))
        let lines = original.errors.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "not word for word in the catalogue:", "  course/parking/@spaces: twaalf",
                "  course/parking: achter de kas",
            ])
        let shown = try json(try workspace.run("show", id, "--format", "json"))
        let missing = try #require(shown["notHeld"] as? [[String: String]])
        #expect(missing.map { $0["text"] } == ["twaalf", "achter de kas"])
    }
}
