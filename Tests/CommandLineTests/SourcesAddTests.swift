import Foundation
import TestSupport
import Testing

/// A feed with one course that learners can take and one that cannot be accepted.
let newSchool = """
    <?xml version="1.0" encoding="UTF-8"?>
    <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
        generated="2026-11-24T00:00:00Z">
      <provider>
        <dc:identifier>https://nieuw.example/</dc:identifier>
        <dc:title>Nieuwe School</dc:title>
        <course>
          <dc:identifier>https://nieuw.example/c/1</dc:identifier>
          <dc:title>Wilgen knotten</dc:title>
          <dc:description>Leer knotwilgen veilig knotten met zaag en ladder.</dc:description>
          <presentation>
            <dc:identifier>https://nieuw.example/p/1</dc:identifier>
            <mlo:start dtf="2027-02-01">1 februari 2027</mlo:start>
            <mlo:cost>150,00 euro</mlo:cost>
            <venue><provider>
              <dc:identifier>https://nieuw.example/v/1</dc:identifier>
              <dc:title>Leslokaal</dc:title>
              <mlo:location><mlo:town>Houten</mlo:town><mlo:postcode>3992 AB</mlo:postcode>
              </mlo:location>
            </provider></venue>
          </presentation>
        </course>
        <course>
          <dc:identifier>https://nieuw.example/c/2</dc:identifier>
          <dc:title></dc:title>
        </course>
      </provider>
    </catalog>
    """

@Suite("A new partner is on board with one command, which shows the feed first")
struct SourcesAddTests {
    private let workspace: SampleWorkspace
    private let settings = """
        # Ours: keep this line.
        languages = ["nl"]   # and this

        [[partner]]
        id = "eerste"
        name = "Eerste"
        [[partner.source]]
        id = "eerste"
        feed = "feeds/eerste.xml"

        # About the second one.
        [[partner]]
        id = "tweede"
        name = "Tweede"

        """

    init() throws {
        workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("catalog/catalog.toml", settings)
        try workspace.scratch.write("catalog/feeds/nieuw.xml", newSchool)
        try workspace.scratch.write(
            "catalog/feeds/eerste.xml", newSchool.replacing("nieuw.example", with: "een.example"))
    }

    private func toml() throws -> String {
        try String(
            contentsOfFile: workspace.scratch.path("catalog/catalog.toml"), encoding: .utf8)
    }

    @Test("a preview tells what was understood and what to mend, and changes nothing")
    func preview() throws {
        let outcome = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "nieuw", "--preview")
        #expect(outcome.status == 0, "\(outcome.errors)")
        for expected in [
            "XCRI-CAP", "1 of 2 courses", "1 on the map", "1 with a price", "Completeness: ",
            "[course-without-title]", "nieuw.xml:", "Wilgen knotten", "Nieuwe School",
            "1 Feb 2027 · Houten", "€150", "feed = \"feeds/nieuw.xml\"",
        ] {
            #expect(outcome.output.contains(expected), "\(expected) in \(outcome.output)")
        }
        #expect(try toml() == settings)
        #expect(
            !FileManager.default.fileExists(
                atPath: workspace.scratch.path("catalog/.leerwijzer/catalog.sqlite")))
    }

    @Test("nothing is added when nobody can say yes")
    func unanswered() throws {
        let outcome = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "nieuw", "--name", "Nieuw")
        #expect(outcome.status == 75)
        #expect(outcome.errors.contains("--yes"))
        #expect(try toml() == settings)
    }

    @Test("with yes it stands in catalog.toml, all else as it stood, and can be found")
    func added() throws {
        let outcome = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "nieuw", "--name",
            "Nieuwe \"School\"", "--role", "provider", "--role", "employer", "--yes")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("1 courses and 1 offerings taken in"))
        #expect(
            try toml() == settings + """

                [[partner]]
                id = "nieuw"
                name = "Nieuwe \\"School\\""
                roles = ["provider", "employer"]
                [[partner.source]]
                id = "nieuw"
                feed = "feeds/nieuw.xml"

                """)
        let found = try workspace.run("search", "knotten", "--format", "json")
        #expect(try json(found)["total"] as? Int == 1)
        let again = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "nieuw", "--yes")
        #expect(again.status == 64)
        #expect(again.errors.contains("choose another --id"))
    }

    @Test("a second source comes behind its partner's first, before what is said of the next one")
    func second() throws {
        let outcome = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "eerste", "--id", "eerste-b",
            "--as", "xcri-cap", "--every", "6h", "--yes", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = """
            [[partner.source]]
            id = "eerste-b"
            feed = "feeds/nieuw.xml"
            format = "xcri-cap"
            every = "6h"

            """
        #expect(
            try toml()
                == settings.replacing(
                    "feed = \"feeds/eerste.xml\"\n", with: "feed = \"feeds/eerste.xml\"\n" + lines))
        let answer = try json(outcome)
        #expect((answer["accepted"] as? [String: Any])?["courses"] as? Int == 1)
        #expect((answer["faults"] as? [[String: Any]])?.isEmpty == false)
        #expect((answer["samples"] as? [[String: Any]])?.first?["place"] as? String == "Houten")
    }

    @Test("what cannot be taken in, or is said wrong, is told with what to do")
    func refused() throws {
        try workspace.scratch.write("leeg.xml", "<catalog/>")
        let nothing = try workspace.run(
            "sources", "add", "leeg.xml", "--partner", "leeg", "--name", "Leeg", "--yes")
        #expect(nothing.status == 65)
        let nameless = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "nieuw", "--yes")
        #expect(nameless.status == 64)
        #expect(nameless.errors.contains("--name"))
        let named = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "eerste", "--name", "X",
            "--id", "y", "--yes")
        #expect(named.status == 64)
        let time = try workspace.run(
            "sources", "add", "catalog/feeds/nieuw.xml", "--partner", "n", "--name", "N",
            "--every", "soon", "--yes")
        #expect(time.status == 65)
        #expect(time.errors.contains("every"))
        #expect(
            try workspace.run("sources", "add", "weg.xml", "--partner", "n", "--preview").status
                == 66)
        #expect(try toml() == settings)
    }
}
