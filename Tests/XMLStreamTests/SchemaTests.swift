import Foundation
import TestSupport
import Testing
import XMLStream

@Suite("Documents are held against a schema as they are read")
struct SchemaTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            "feed.xsd",
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:f"
                targetNamespace="urn:f" elementFormDefault="qualified">
              <xs:include schemaLocation="https://school.example/schemas/parts/kinds.xsd"/>
              <xs:element name="feed">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="course" maxOccurs="unbounded">
                      <xs:complexType>
                        <xs:sequence>
                          <xs:element name="title" type="xs:string"/>
                          <xs:element name="start" type="xs:date" minOccurs="0"/>
                        </xs:sequence>
                        <xs:attribute name="id" type="xs:string" use="required"/>
                        <xs:attribute name="kind" type="f:kind"/>
                      </xs:complexType>
                    </xs:element>
                  </xs:sequence>
                </xs:complexType>
                <xs:key name="ids"><xs:selector xpath="f:course"/><xs:field xpath="@id"/></xs:key>
              </xs:element>
            </xs:schema>
            """)
        try scratch.write(
            "parts/kinds.xsd",
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:f">
              <xs:simpleType name="kind">
                <xs:restriction base="xs:string">
                  <xs:enumeration value="course"/><xs:enumeration value="module"/>
                </xs:restriction>
              </xs:simpleType>
            </xs:schema>
            """)
    }

    private func faults(
        _ body: String, root: String = "feed"
    ) throws -> (faults: [XMLSchemaFault], rest: String?) {
        let schema = try XMLSchema(path: scratch.path("feed.xsd"))
        var source = XMLMemorySource(
            Array("<?xml version=\"1.0\"?>\n<\(root) xmlns=\"urn:f\">\n\(body)\n</\(root)>".utf8))
        var faults: [XMLSchemaFault] = []
        let rest = try schema.validate(&source) { faults.append($0) }
        return (faults, rest.map { "\($0.position): \($0.reason)" })
    }

    @Test("a valid document has no faults, and parts of the schema are found by their names")
    func valid() throws {
        let outcome = try faults(
            "<course id=\"1\" kind=\"module\"><title>A &amp; b</title></course>")
        #expect(outcome.faults.isEmpty)
        #expect(outcome.rest == nil)
    }

    @Test(
        "each fault has its rule, and the place where its tag begins",
        arguments: [
            ("<course id=\"1\"><title/><start>soon</start></course>", "value", 3, 24),
            ("<course id=\"1\"><start>2027-01-01</start></course>", "element", 3, 16),
            ("<course id=\"1\"/>", "missingElement", 3, 1),
            ("<course><title/></course>", "missingAttribute", 3, 1),
            ("<course id=\"1\" name=\"x\"><title/></course>", "attribute", 3, 1),
            ("<course id=\"1\" kind=\"cursus\"><title/></course>", "value", 3, 1),
            ("<course id=\"1\">é text<title/></course>", "content", 3, 1),
            ("é\n  <course\n  id=\"1\"\n  colour=\"x\"><title/></course>", "attribute", 4, 3),
            (
                "<course id=\"1\"><title/></course>\n<course id=\"1\"><title/></course>", "key",
                4, 1
            ),
        ])
    func rules(body: String, rule: String, line: Int, column: Int) throws {
        let found = try faults(body).faults
        #expect(
            found.contains {
                $0.rule.rawValue == rule && $0.position.line == line
                    && $0.position.column == column
            }, "\(found)")
        #expect(found.allSatisfy { !$0.message.contains("{") && !$0.message.contains("\n") })
    }

    @Test("a root that the schema does not have is told, and declared ones are known")
    func root() throws {
        #expect(try faults("", root: "list").faults.map(\.rule) == [.root])
        let schema = try XMLSchema(path: scratch.path("feed.xsd"))
        #expect(schema.declares(root: "feed", namespace: "urn:f"))
        #expect(!schema.declares(root: "feed", namespace: ""))
        #expect(!schema.declares(root: "list", namespace: "urn:f"))
    }

    @Test("what is not well-formed ends the check, and says where")
    func malformed() throws {
        let outcome = try faults("<course id=\"1\"><title>a & b</title></course>")
        #expect(outcome.rest?.hasPrefix("3:") == true, "\(outcome.rest ?? "")")
    }

    @Test("a schema that is not there, is none, or lacks a part is refused with the reason")
    func unusable() throws {
        #expect(throws: XMLSchemaError.self) { try XMLSchema(path: scratch.path("none.xsd")) }
        try scratch.write("other.xml", "<catalog/>")
        #expect(throws: XMLSchemaError.self) { try XMLSchema(path: scratch.path("other.xml")) }
        try FileManager.default.removeItem(atPath: scratch.path("parts/kinds.xsd"))
        #expect(throws: XMLSchemaError.self) { try XMLSchema(path: scratch.path("feed.xsd")) }
    }

    @Test("nothing outside of the schema's folder is read, for the schema or for a document")
    func outside() throws {
        try scratch.write(
            "in/feed.xsd",
            """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:f">
              <xs:include schemaLocation="../kinds.xsd"/>
              <xs:element name="feed" type="xs:string"/>
            </xs:schema>
            """)
        try scratch.write("kinds.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>")
        #expect(throws: XMLSchemaError.self) { try XMLSchema(path: scratch.path("in/feed.xsd")) }
        let schema = try XMLSchema(path: scratch.path("feed.xsd"))
        try scratch.write("secret", "<title>secret</title>")
        var source = XMLMemorySource(
            Array(
                """
                <!DOCTYPE feed [<!ENTITY e SYSTEM "\(scratch.path("secret"))">]>
                <feed xmlns="urn:f"><course id="1">&e;</course></feed>
                """.utf8))
        var messages: [String] = []
        let rest = try schema.validate(&source) { messages.append($0.message) }
        #expect(!messages.isEmpty || rest != nil)
        #expect(messages.allSatisfy { !$0.contains("secret") })
    }

    @Test("many faults are handed on as they are met, each with its own place")
    func many() throws {
        let course = "<course id=\"%\"><title/><start>x</start></course>\n"
        let body = (0..<3_000).map { course.replacingOccurrences(of: "%", with: "\($0)") }
        let found = try faults(body.joined()).faults
        #expect(found.count == 3_000)
        #expect(found.enumerated().allSatisfy { $1.position.line == $0 + 3 })
    }
}
