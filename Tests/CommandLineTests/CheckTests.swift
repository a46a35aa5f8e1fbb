import Foundation
import FoundationXML
import TestSupport
import Testing

/// A feed with one course in which much is missing and one in which something is broken.
private let faulty = """
    <?xml version="1.0" encoding="UTF-8"?>
    <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
        generated="2026-11-24T00:00:00Z">
      <provider>
        <dc:identifier>https://school.example/</dc:identifier>
        <dc:title>School</dc:title>
        <course>
          <dc:identifier>https://school.example/c/1</dc:identifier>
          <dc:title>SNOEIEN &lt;VAN&gt; FRUITBOMEN</dc:title>
          <presentation>
            <dc:identifier>https://school.example/p/1</dc:identifier>
            <mlo:start dtf="2025-02-01">1 februari 2025</mlo:start>
          </presentation>
        </course>
        <course>
          <dc:identifier>https://school.example/c/2</dc:identifier>
          <dc:title></dc:title>
        </course>
      </provider>
    </catalog>
    """

@Suite("Check tells the owner of a feed what is wrong and what is missing")
struct CheckTests {
    private func workspace() throws -> SampleWorkspace {
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("een feed.xml", faulty)
        return workspace
    }

    @Test("a person reads places, codes, counts and what to add first")
    func table() throws {
        let outcome = try workspace().run("check", "een feed.xml")
        #expect(outcome.status == 65, "a course without a title could not be accepted")
        for expected in [
            "een feed.xml:8:5: note: ", "[title-in-capitals]", "[price-missing]",
            "[start-in-past]", "error: ", "[course-without-title]", "  completeness  ",
            "add description to 1 course: +15.0", "leerwijzer check --explain",
        ] {
            #expect(outcome.output.contains(expected), "\(expected) in \(outcome.output)")
        }
        let dutch = try workspace().run("check", "een feed.xml", "--lang", "nl", "--summary")
        #expect(dutch.output.contains("omschrijving toevoegen bij 1 cursus: +15,0"))
        #expect(!dutch.output.contains("een feed.xml:8"))
    }

    @Test("a feed is held against the official schema, named by option, variable or catalog.toml")
    func schema() throws {
        let workspace = try workspace()
        let schema = """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
                targetNamespace="http://xcri.org/profiles/1.2/catalog">
              <xs:element name="catalog"><xs:complexType><xs:sequence>
                <xs:any processContents="lax"/>
              </xs:sequence></xs:complexType></xs:element>
            </xs:schema>
            """
        let sound = faulty.replacingOccurrences(
            of: "<dc:title></dc:title>", with: "<dc:title>Enten</dc:title>")
        try workspace.scratch.write("feed.xml", sound)
        try workspace.scratch.write("schemas/xcri-cap.xsd", schema)
        #expect(try workspace.run("check", "feed.xml").output.contains("schema        not checked"))
        let named = try workspace.run("check", "feed.xml", "--schema", "schemas/xcri-cap.xsd")
        #expect(named.status == 65)
        #expect(named.output.contains("feed.xml:2:1: error: Against the official schema: "))
        #expect(named.output.contains("[schema-attribute-unexpected]"))
        #expect(named.output.contains("held against schemas/xcri-cap.xsd"))
        let byVariable = try workspace.run(
            "check", "feed.xml", "--format", "json", environment: ["LEERWIJZER_SCHEMAS": "schemas"])
        #expect(byVariable.output.contains("\"heldAgainst\":[\"schemas/xcri-cap.xsd\"]"))
        try workspace.scratch.write(
            "catalog/catalog.toml", "schemas = \"../schemas\"\n[name]\nnl = \"Proef\"\n")
        let configured = try workspace.run(
            "check", "-", input: "<" + workspace.scratch.path("feed.xml"))
        #expect(configured.status == 65, "\(configured.errors)")
        #expect(
            configured.output.contains("[schema-attribute-unexpected]"), "\(configured.errors)")
        #expect(try workspace.run("check", "feed.xml", "--schema", "none.xsd").status == 66)
        #expect(try workspace.run("check", "feed.xml", "--schema", "feed.xml").status == 65)
    }

    @Test("a feed in JSON is held against an OpenAPI description")
    func jsonSchema() throws {
        let workspace = try workspace()
        let sound = faulty.replacingOccurrences(
            of: "<dc:title></dc:title>", with: "<dc:title>Enten</dc:title>")
        try workspace.scratch.write("feed.xml", sound)
        try workspace.scratch.write(
            "schemas/ooapi.json",
            """
            {"openapi": "3.0.3", "components": {"schemas": {
              "Pagination": {}, "Course": {"required": ["mentor"]}}}}
            """)
        _ = try workspace.run("publish", "--from", "feed.xml", "--as", "ooapi", "--out", "a.json")
        let outcome = try workspace.run("check", "a.json", "--schema", "schemas")
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.output.contains("a.json:5:5: error: Against the official schema: “mentor”"))
        #expect(outcome.output.contains("[schema-element-missing]"))
        #expect(outcome.output.contains("held against schemas/ooapi.json"))
    }

    @Test("warnings decide the status only when asked to")
    func strict() throws {
        let workspace = try workspace()
        let sound = faulty.replacingOccurrences(
            of: "<dc:title></dc:title>", with: "<dc:title>Enten</dc:title>")
        try workspace.scratch.write("warnings.xml", sound)
        #expect(try workspace.run("check", "warnings.xml").status == 0)
        #expect(try workspace.run("check", "warnings.xml", "--strict").status == 65)
    }

    @Test("the JSON keeps its contract and adds codes and completeness")
    func machine() throws {
        let outcome = try workspace().run("check", "een feed.xml", "--format", "json")
        let feed = try #require((try json(outcome)["feeds"] as? [[String: Any]])?.first)
        #expect((feed["courses"] as? [String: Int])?["offered"] == 2)
        #expect((feed["courses"] as? [String: Int])?["quarantined"] == 1)
        let diagnostics = try #require(feed["diagnostics"] as? [[String: Any]])
        #expect(diagnostics.allSatisfy { $0["file"] as? String == "een feed.xml" })
        let codes = try #require(feed["codes"] as? [[String: Any]])
        let counted = codes.reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
        #expect(counted == diagnostics.count)
        let completeness = try #require(feed["completeness"] as? [String: Any])
        let raise = try #require(completeness["raise"] as? [[String: Any]])
        let points = raise.reduce(0) { $0 + ($1["points"] as? Double ?? 0) }
        #expect(abs(points + (completeness["score"] as? Double ?? 0) - 100) < 1)
    }

    @Test("the SARIF has what viewers ask for: version, rules, results with places")
    func sarif() throws {
        let outcome = try workspace().run(
            "check", "een feed.xml", "nergens.xml", "--format", "sarif")
        let log = try json(outcome)
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.contains("sarif-2.1.0") == true)
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let tool = try #require(run["tool"] as? [String: Any])
        let driver = try #require(tool["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "Leerwijzer")
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap {
            $0["id"] as? String
        }
        #expect(Set(rules).count == rules.count)
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(!results.isEmpty)
        for result in results {
            #expect(rules.contains(result["ruleId"] as? String ?? ""))
            #expect(["error", "warning", "note"].contains(result["level"] as? String ?? ""))
            #expect((result["message"] as? [String: String])?["text"]?.isEmpty == false)
            let location = try #require((result["locations"] as? [[String: Any]])?.first)
            let physical = try #require(location["physicalLocation"] as? [String: Any])
            let artifact = try #require(physical["artifactLocation"] as? [String: String])
            #expect(artifact["uri"] == "een%20feed.xml", "a URI reference, escaped")
            let region = physical["region"] as? [String: Int]
            #expect(region?["startLine"] ?? 1 >= 1 && region?["startColumn"] ?? 1 >= 1)
        }
        let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == false)
        #expect(invocation["exitCode"] as? Int == Int(outcome.status))
    }

    @Test("the page stands by itself, is well-formed, and escapes what comes from the feed")
    func page() throws {
        let outcome = try workspace().run("check", "een feed.xml", "--format", "html")
        let page = outcome.output
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("href="))
        #expect(page.contains("&lt;VAN&gt;") && !page.contains("<VAN>"))
        #expect(page.contains("prefers-color-scheme: dark"))
        #expect(page.contains("een feed.xml:8:5"))
        // Without its void elements the page is XML, so every other element is closed.
        let body = page.replacing(/<!DOCTYPE html>/, with: "")
            .replacing(/<meta [^>]*>/, with: "")
        let parser = XMLParser(data: Data(body.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        let dutch = try workspace().run(
            "check", "een feed.xml", "--format", "html", "--lang", "nl")
        #expect(dutch.output.contains("<html lang=\"nl\">"))
    }

    @Test("every course’s score goes to a file")
    func scores() throws {
        let workspace = try workspace()
        let outcome = try workspace.run("check", "een feed.xml", "--scores", "scores.csv")
        #expect(outcome.status == 65)
        let text = try String(
            contentsOfFile: workspace.scratch.path("scores.csv"), encoding: .utf8)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines[0].hasPrefix("feed,course,title,score,description,price"))
        #expect(lines[1].hasPrefix("een feed.xml,https://school.example/c/1,"))
        #expect(lines.count == 3, "a heading, a course, and the end of the last line")
        let denied = try workspace.run(
            "check", "een feed.xml", "--scores", "nergens/scores.csv")
        #expect(denied.status == 73)
    }

    @Test("codes are explained in both languages, without a feed or a catalogue")
    func explain() throws {
        let scratch = try Scratch()
        let program = Program.built("leerwijzer")
        let english = try program.run(["check", "--explain", "price-zero"], in: scratch.folder)
        #expect(english.status == 0)
        #expect(english.output.contains("Price of zero"))
        let dutch = try program.run(
            ["check", "--explain", "price-zero", "--lang", "nl"], in: scratch.folder)
        #expect(dutch.output.contains("Prijs van nul"))
        let all = try program.run(["check", "--explain", "all"], in: scratch.folder)
        #expect(all.output.contains("truncated-feed"))
        let unknown = try program.run(["check", "--explain", "prices-zero"], in: scratch.folder)
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("price-zero"))
        let nothing = try program.run(["check"], in: scratch.folder)
        #expect(nothing.status == 64)
    }
}
