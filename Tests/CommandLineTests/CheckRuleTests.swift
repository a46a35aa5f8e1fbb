import Foundation
import TestSupport
import Testing

/// A feed with each fault that a feed's owner should be told of, on a line of its own.
private let faults = """
    <?xml version="1.0" encoding="UTF-8"?>
    <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:terms="http://xcri.org/profiles/1.2/catalog/terms"
        generated="2026-11-24T00:00:00Z">
      <provider>
        <dc:identifier>https://school.example/</dc:identifier>
        <dc:title>School</dc:title>
        <course>
          <dc:identifier>https://school.example/c/1</dc:identifier>
          <dc:title>Snoeien</dc:title>
          <dc:description>&lt;p&gt;Leer snoeien.&lt;/p&gt;</dc:description>
          <dc:subject>tuin, bos, landschap, boomverzorging</dc:subject>
          <mlo:url>htp://school.example/c/1</mlo:url>
          <presentation>
            <dc:identifier>https://school.example/p/1</dc:identifier>
            <mlo:start dtf="2027-02-09">16-02-2027</mlo:start>
            <end dtf="2027-01-09">09-01-2027</end>
            <mlo:cost>ongeveer 300 euro, of 350 met boek</mlo:cost>
            <studyMode identifier="XX">xyz</studyMode>
            <venue>
              <provider>
                <dc:identifier>https://school.example/v/1</dc:identifier>
                <dc:title>De Kas</dc:title>
                <mlo:location>
                  <mlo:town>Houten</mlo:town>
                  <mlo:postcode>3991 AA</mlo:postcode>
                  <mlo:address xsi:type="geo:lat">40.1</mlo:address>
                  <mlo:address xsi:type="geo:long">5.17</mlo:address>
                </mlo:location>
              </provider>
            </venue>
          </presentation>
          <presentation>
            <dc:identifier>https://school.example/p/2</dc:identifier>
            <mlo:start dtf="2025-02-09">09-02-2025</mlo:start>
            <venue>
              <provider>
                <dc:identifier>https://school.example/v/2</dc:identifier>
                <mlo:location>
                  <mlo:postcode>3991 AA</mlo:postcode>
                  <mlo:address xsi:type="geo:lat">53.2</mlo:address>
                  <mlo:address xsi:type="geo:long">6.56</mlo:address>
                </mlo:location>
              </provider>
            </venue>
          </presentation>
        </course>
        <course>
          <dc:identifier>https://school.example/c/1</dc:identifier>
          <dc:title>Enten</dc:title>
          <mlo:url>http://localhost/enten</mlo:url>
        </course>
      </provider>
    </catalog>
    """

@Suite("Every rule of check fires where the fault stands")
struct CheckRuleTests {
    @Test(
        "a fault is told with its line, column and code",
        arguments: [
            ("13:7", "note", "escaped-html"), ("14:7", "note", "packed-subjects"),
            ("15:7", "warning", "bad-url"), ("18:9", "warning", "dtf-contradicts-text"),
            ("19:9", "warning", "end-before-start"), ("20:9", "note", "price-in-prose"),
            ("21:9", "note", "code-unknown"),
            ("16:7", "warning", "coordinates-contradict-postcode"),
            ("35:7", "warning", "start-in-past"), ("50:5", "warning", "duplicate-id"),
            ("50:5", "warning", "url-not-public"), ("50:5", "warning", "offering-missing"),
            ("50:5", "warning", "description-missing"), ("50:5", "warning", "skills-missing"),
            ("10:5", "warning", "level-missing"), ("35:7", "warning", "price-missing"),
        ])
    func fires(place: String, severity: String, code: String) throws {
        let outcome = try Self.outcome.get()
        let line = outcome.output.split(separator: "\n").first {
            $0.hasPrefix("feed.xml:\(place): \(severity): ") && $0.contains("[\(code)]")
        }
        #expect(line != nil, "\(code) in \(outcome.output)")
    }

    @Test("coordinates that lie in another country are told")
    func outsideCountry() throws {
        let workspace = try Self.workspace.get()
        try workspace.scratch.write(
            "aanbod.csv",
            "course_id,title,provider,offering_id,start,venue,country,latitude,longitude\n"
                + "C1,Snoeien,School,1,2027-02-09,De Kas,NL,40.1,5.17\n")
        let outcome = try workspace.run("check", "aanbod.csv")
        #expect(outcome.output.contains("aanbod.csv:2:1: warning: "), "\(outcome.output)")
        #expect(outcome.output.contains("[coordinates-outside-country]"), "\(outcome.output)")
    }

    private static let workspace = Result {
        let workspace = try SampleWorkspace(feeds: false)
        try workspace.scratch.write("feed.xml", faults)
        return workspace
    }
    private static let outcome = Result { try workspace.get().run("check", "feed.xml") }
}
