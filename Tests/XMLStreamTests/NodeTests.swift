import Testing
import XMLStream

@Suite("A fragment's nodes")
struct NodeTests {
    private func root(_ text: String) throws -> XMLNode {
        var reader = try XMLReader(bytes: Array(text.utf8), name: "memory")
        _ = try reader.next()
        return try reader.readElement().root
    }

    @Test("are found by local name, in order")
    func children() throws {
        let node = try root(
            "<a xmlns:p='urn:p'><b>1</b> x <p:b>2</p:b><c><b>3</b></c><much-longer-name/></a>")
        #expect(node.children.map(\.localName) == ["b", "b", "c", "much-longer-name"])
        #expect(node.contents.map(\.text) == ["1", " x ", "2", "3", ""])
        #expect(node.all("b").map(\.text) == ["1", "2"])
        #expect(node.first("b")?.namespace == "")
        #expect(node.all("b").map(\.namespace) == ["", "urn:p"])
        #expect(node.first("c")?.first("b")?.text == "3")
        #expect(node.first("much-longer-name") != nil)
        #expect(node.first("much-longer-nams") == nil)
        #expect(node.first("z") == nil)
        #expect(node.hasElementChildren)
        #expect(node.first("b")?.hasElementChildren == false)
        #expect(node.first("b")?.children.map(\.localName) == [])
    }

    @Test("give their text joined, trimmed, or not at all")
    func text() throws {
        let node = try root("<a> \u{A0}x <b>y</b><![CDATA[<z>]]> &amp;\n\u{A0}</a>")
        #expect(node.text == " \u{A0}x y<z> &\n\u{A0}")
        #expect(node.trimmedText == "x y<z> &")
        #expect(try root("<a> \n\u{A0} </a>").trimmedText == nil)
        #expect(try root("<a/>").trimmedText == nil)
        #expect(try root("<a/>").text == "")
    }

    @Test("know the language in force, also from outside")
    func language() throws {
        let text = "<r xml:lang='nl'><a><b xml:lang='en'><c/></b><d/><e xml:lang=''/></a></r>"
        var reader = try XMLReader(bytes: Array(text.utf8), name: "memory")
        _ = try reader.next()
        _ = try reader.next()
        #expect(reader.language == "nl")
        let node = try reader.readElement().root
        #expect(node.language == "nl")
        #expect(node.first("b")?.language == "en")
        #expect(node.first("b")?.first("c")?.language == "en")
        #expect(node.first("d")?.language == "nl")
        #expect(node.first("e")?.language == nil)
    }

    @Test("prefer an attribute without a prefix")
    func attributes() throws {
        let node = try root("<a xmlns:p='urn:p' p:k='1' k='2' p:only='3' xml:lang='nl'/>")
        #expect(node.attribute("k") == "2")
        #expect(node.attribute("only") == "3")
        #expect(node.attribute("lang") == "nl")
        #expect(node.attribute("none") == nil)
        #expect(node.attributes.map(\.namespace).first == "urn:p")
    }

    @Test("stay as they are when the reader goes on")
    func independent() throws {
        let records = (0..<2_000).map { "<course n='\($0)'><t>title \($0)</t></course>" }
        let text = "<r>" + records.joined(separator: "\n") + "</r>"
        var reader = try XMLReader(
            bytes: Array(text.utf8), name: "memory", records: ["course"])
        var fragments: [XMLFragment] = []
        while let event = try reader.next() {
            if event == .startElement, reader.localName == "course" {
                fragments.append(try reader.readElement())
                #expect(reader.localName == "course")
                #expect(reader.depth == 2)
            }
        }
        #expect(fragments.count == records.count)
        for (i, fragment) in fragments.enumerated() {
            #expect(fragment.root.attribute("n") == "\(i)")
            #expect(fragment.root.first("t")?.text == "title \(i)")
            #expect(String(decoding: fragment.original, as: UTF8.self) == records[i])
            #expect(fragment.root.position.line == i + 1)
            #expect(fragment.byteRange.lowerBound == fragment.root.position.byteOffset)
        }
    }
}
