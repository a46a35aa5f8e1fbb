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
        #expect(
            try check(schemas, "{\"items\": []}", format: "ooapi").report.rootsWithout == ["JSON"])
        #expect(try check(schemas, "id,title", format: "csv").report == SchemaReport())
    }

    private static let description = """
        {"openapi": "3.0.3", "components": {"schemas": {
          "Pagination": {"required": ["pageSize"]},
          "Course": {"required": ["name"], "properties": {
            "name": {"type": "array", "minItems": 1},
            "organization": {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Org"}]}}},
          "Org": {"type": "object", "required": ["shortName"]},
          "CourseOffering": {"properties": {"startDate": {"type": "string", "format": "date"}},
            "required": ["startDate"]}}}}
        """

    @Test("a feed in JSON is held against an OpenAPI description, each object by its kind")
    func openAPI() throws {
        try scratch.write("ooapi.json", Self.description)
        try scratch.write("xcri-cap.xsd", xsd("catalog", namespace: "urn:1"))
        let schemas = try FeedSchemas(at: scratch.folder)
        let page = """
            {"pageNumber": 1, "items": [
              {"courseId": "a", "name": [], "organization": {"shortName": "x"}},
              {"courseId": "b", "name": ["B"], "organization": {}, "offerings": [
                {"offeringId": "b1", "startDate": "2027-02-30"}]},
              {"offeringId": "b2", "offeringType": "program"},
              {"courseId": "c", "name": 1,,}
            ]}
            """
        let (report, found) = try check(schemas, page, format: "ooapi")
        #expect(report.schemas == [scratch.path("ooapi.json")])
        #expect(report.rootsWithout == ["ProgramOffering"])
        #expect(!report.isComplete)
        #expect(
            found.map(\.code) == [
                .schemaValueInvalid, .schemaViolated, .schemaValueInvalid, .schemaCheckIncomplete,
                .schemaElementMissing,
            ])
        #expect(found.map { $0.position?.line } == [2, 3, 4, 6, 1])
        #expect(found[2].field == "startDate")
        #expect(found[1].message.contains("“shortName” is missing"))
        // XML is held against XSD only, whatever schema is named.
        let named = try FeedSchemas(at: scratch.path("ooapi.json"))
        #expect(try check(named, "<catalog/>").report.rootsWithout == ["catalog"])
        let other = try FeedSchemas(at: scratch.path("xcri-cap.xsd"))
        #expect(try check(other, page, format: "ooapi").report.rootsWithout == ["JSON"])
    }

    @Test("any other JSON schema is of the document as a whole, and what it asks more is told")
    func wholeDocument() throws {
        try scratch.write(
            "schema.org.json",
            #"{"required": ["@context"], "properties": {"@graph": {"maxItems": 1}}, "nothingLikeIt": false}"#
        )
        let schemas = try FeedSchemas(at: scratch.folder)
        let (report, found) = try check(
            schemas, #"{"@graph": [{"@type": "Course"}, {}]}"#, format: "schema.org")
        #expect(found.map(\.severity) == [.error, .error, .warning])
        #expect(found.last?.message.contains("nothingLikeIt") == true)
        #expect(!report.isComplete)
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
