import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("Feeds are held against the official schemas that are at hand")
struct SchemaCheckTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func xsd(_ root: String, namespace: String) -> String {
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="\(namespace)">
          <xs:element name="\(root)" type="xs:string"/>
        </xs:schema>
        """
    }

    private func check(
        _ schemas: FeedSchemas, _ xml: String, format: String = "xcri-cap"
    ) throws -> (report: SchemaReport, diagnostics: [Diagnostic]) {
        var report = SchemaReport()
        var found: [Diagnostic] = []
        let input = FeedInput(
            .bytes(Array(xml.utf8)), name: "feed.xml", source: ID("test"), today: ReadFeed.today)
        try schemas.check(input, format: format, to: &report) { found.append($0) }
        return (report, found)
    }

    @Test("in a folder the schema is found by the format's name and the root element")
    func folder() throws {
        try scratch.write("xcri-cap-1.1.xsd", xsd("catalog", namespace: "urn:1.1"))
        try scratch.write("xcri-cap-1.2/a.xsd", "no schema")
        try scratch.write("xcri-cap-1.2/main.xsd", xsd("catalog", namespace: "urn:1.2"))
        try scratch.write("loq.xsd", xsd("Courses", namespace: "urn:loq"))
        let schemas = try FeedSchemas(at: scratch.folder)
        let old = try check(schemas, "<catalog xmlns=\"urn:1.1\"><b/></catalog>")
        #expect(old.report.schemas == [scratch.path("xcri-cap-1.1.xsd")])
        let fault = try #require(old.diagnostics.first)
        #expect(fault.code == .schemaContentInvalid || fault.code == .schemaElementUnexpected)
        #expect(fault.severity == .error && fault.file == "feed.xml" && fault.position?.line == 1)
        let new = try check(schemas, "<catalog xmlns=\"urn:1.2\"/>")
        #expect(new.report.schemas == [scratch.path("xcri-cap-1.2/main.xsd")])
        #expect(new.diagnostics.isEmpty && new.report.isComplete)
        let other = try check(schemas, "<Courses xmlns=\"urn:loq\"/>", format: "loq")
        #expect(other.report.schemas == [scratch.path("loq.xsd")])
    }

    @Test("a folder of one format needs no names, and what has no schema is told")
    func unnamed() throws {
        try scratch.write("main.xsd", xsd("catalog", namespace: "urn:1"))
        let schemas = try FeedSchemas(at: scratch.folder)
        #expect(try check(schemas, "<catalog xmlns=\"urn:1\"/>").report.schemas.count == 1)
        let none = try check(schemas, "<catalog xmlns=\"urn:2\"/>")
        #expect(none.report.isEmpty && none.report.rootsWithout == ["catalog"])
        #expect(none.diagnostics.isEmpty)
        #expect(try check(schemas, "{\"items\": []}", format: "ooapi").report == SchemaReport())
    }

    @Test("a schema that cannot be used is an error, not a valid feed")
    func unusable() throws {
        #expect(throws: FeedError.notFound(path: scratch.path("none"))) {
            try FeedSchemas(at: scratch.path("none"))
        }
        try scratch.write("feed.xsd", "<broken")
        let schemas = try FeedSchemas(at: scratch.path("feed.xsd"))
        #expect(throws: FeedError.self) { try check(schemas, "<catalog/>") }
    }

    @Test("compressed feeds are checked too, and mark-up that breaks off is told")
    func compressed() throws {
        try scratch.write("feed.xsd", xsd("catalog", namespace: "urn:1"))
        let schemas = try FeedSchemas(at: scratch.path("feed.xsd"))
        let path = try scratch.write(
            "feed.xml.gz",
            Data(try Packed.gzip(Array("<catalog xmlns=\"urn:1\"><b/></catalog>".utf8))))
        var report = SchemaReport()
        var codes: [DiagnosticCode] = []
        try schemas.check(
            FeedInput(path: path, source: ID("test"), today: ReadFeed.today), format: "xcri-cap",
            to: &report
        ) { codes.append($0.code) }
        #expect(codes.count == 1 && report.isComplete)
        let broken = try check(schemas, "<catalog xmlns=\"urn:1\">a & b</catalog>")
        #expect(broken.diagnostics.map(\.code) == [.schemaCheckIncomplete])
        #expect(!broken.report.isComplete)
    }
}
