import Testing
import XMLStream

@Suite("Elements that say the same are recognised")
struct ElementTableTests {
    private func children(_ xml: String, words: [String: UInt16] = [:]) throws -> [XMLNode] {
        var reader = try XMLReader(
            bytes: Array(xml.utf8), name: "test.xml", records: [], words: words)
        _ = try reader.next()
        return Array(try reader.readElement().root.children)
    }

    @Test("the same element elsewhere has the same place")
    func same() throws {
        let nodes = try children(
            "<r><v k='1'><n>Zaal</n></v>\n  <x/> <v k=\"1\"><n>Z&#97;al</n></v></r>")
        var table = XMLElementTable(places: 16)
        #expect(table.place(of: nodes[0]) == nil)
        let place = table.keep(nodes[0])
        #expect(place != nil && table.place(of: nodes[2]) == place)
    }

    @Test(
        "another name, attribute, text, division of text or language is another element",
        arguments: [
            "<w k='1'><n>ab</n><n>c</n></w>", "<v j='1'><n>ab</n><n>c</n></v>",
            "<v k='2'><n>ab</n><n>c</n></v>", "<v k='1'><n>a</n><n>bc</n></v>",
            "<v k='1'><n>ab</n><m>c</m></v>", "<v k='1' l=''><n>ab</n><n>c</n></v>",
            "<v k='1a'><n>b</n><n>c</n></v>", "<v k='1' xml:lang='nl'><n>ab</n><n>c</n></v>",
        ])
    func different(other: String) throws {
        let nodes = try children("<r><v k='1'><n>ab</n><n>c</n></v>\(other)</r>")
        var table = XMLElementTable(places: 16)
        _ = table.keep(nodes[0])
        #expect(table.place(of: nodes[1]) == nil)
    }

    @Test("the language that an element inherits counts")
    func inherited() throws {
        let nodes = try children(
            "<r><a xml:lang='nl'><v>x</v></a><a xml:lang='en'><v>x</v></a></r>")
        var table = XMLElementTable(places: 16)
        _ = table.keep(try #require(nodes[0].first("v")))
        #expect(table.place(of: try #require(nodes[1].first("v"))) == nil)
    }

    @Test("elements of two documents are never the same")
    func documents() throws {
        let one = try children("<r><v>x</v></r>")
        let other = try children("<r><v>x</v></r>")
        var table = XMLElementTable(places: 16)
        _ = table.keep(one[0])
        #expect(table.place(of: other[0]) == nil)
    }

    @Test("a large element is not kept")
    func large() throws {
        let text = String(repeating: "x", count: XMLElementTable.largest + 1)
        let nodes = try children("<r><v>\(text)</v></r>")
        var table = XMLElementTable(places: 16)
        #expect(table.keep(nodes[0]) == nil)
    }

    @Test("a local name has its word, whatever its prefix")
    func words() throws {
        let nodes = try children(
            "<r xmlns:p='urn:p'><v/><p:v/><w/></r>", words: ["v": 7])
        #expect(nodes.map(\.word) == [7, 7, 0])
    }

    @Test("folded text has single spaces only")
    func folded() throws {
        let nodes = try children("<r><a> x \n y\u{A0}\u{A0}z </a><b>x y</b><c> \u{A0} </c></r>")
        #expect(nodes.map(\.foldedText) == ["x y z", "x y", nil])
    }

    @Test("elements of a word are told with their positions")
    func positions() throws {
        let xml = "<r>\n <v/>é<v><v>x</v></v>\n\n<v/></r>"
        var reader = try XMLReader(
            bytes: Array(xml.utf8), name: "test.xml", records: [], words: ["v": 1])
        _ = try reader.next()
        let fragment = try reader.readElement()
        var nodes: [XMLNode] = []
        func walk(_ node: XMLNode) {
            for child in node.children {
                if child.localName == "v" { nodes.append(child) }
                walk(child)
            }
        }
        walk(fragment.root)
        #expect(fragment.positions(of: 1) == nodes.map(\.position))
        #expect(nodes.last?.position == XMLPosition(line: 4, column: 1, byteOffset: 28))
    }
}
