import Testing
import XMLStream

@Suite("A well-formed document comes as events")
struct ReaderTests {
    @Test("elements, attributes, text and positions")
    func events() throws {
        let text = """
            <?xml version="1.0"?>
            <a xmlns="urn:x" xmlns:p="urn:p" k="1">
              <p:b k="&lt;"/>é<!-- c --><![CDATA[<]]>&amp;
            </a>
            """
        var reader = try XMLReader(bytes: Array(text.utf8), name: "memory")
        #expect(try reader.next() == .startElement)
        #expect(reader.localName == "a")
        #expect(reader.namespace == "urn:x")
        #expect(reader.depth == 1)
        #expect(reader.attribute("k") == "1")
        #expect(reader.attributes.count == 1)
        #expect(reader.position == XMLPosition(line: 2, column: 1, byteOffset: 22))
        #expect(try reader.next() == .text)
        #expect(reader.text == "\n  ")
        #expect(try reader.next() == .startElement)
        #expect(reader.prefix == "p")
        #expect(reader.namespace == "urn:p")
        #expect(reader.attribute("k") == "<")
        #expect(reader.position.description == "3:3")
        #expect(try reader.next() == .endElement)
        #expect(reader.position.description == "3:16")
        #expect(try reader.next() == .text)
        #expect(reader.text == "é<&\n")
        #expect(reader.position == XMLPosition(line: 3, column: 18, byteOffset: 79))
        #expect(try reader.next() == .endElement)
        #expect(reader.depth == 1)
        #expect(try reader.next() == nil)
        #expect(reader.takeDiagnostics().isEmpty)
    }

    @Test("positions behind a DOCTYPE, an empty section and an empty entity")
    func guesses() {
        let text =
            "<!-- x --><!DOCTYPE a [<!ENTITY e ''>]><a>b<![CDATA[]]><c/>&e;<d/>b&e;<e></e></a>"
        let log = EventLog(text)
        #expect(
            log.lines.map { $0.split(separator: "+")[0] } == [
                "1:40", "1:43", "1:56", "1:58", "1:63", "1:65", "1:67", "1:71", "1:74", "1:78",
            ])
    }
}
