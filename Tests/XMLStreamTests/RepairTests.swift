import Testing
import XMLStream

/// A fault, what is read in spite of it, and what is told about it.
struct RepairCase: Sendable, CustomTestStringConvertible {
    var name: String
    var document: String
    /// The texts that are read.
    var texts: [String]
    /// `line:column code` of every diagnostic.
    var told: [String]

    var testDescription: String { name }

    init(_ name: String, _ document: String, _ texts: [String], _ told: [String]) {
        self.name = name
        self.document = document
        self.texts = texts
        self.told = told
    }
}

private let repairCases: [RepairCase] = [
    RepairCase(
        "a doubled quote in the root's start tag", "<a\nb=\"1\"\">é</a>", ["é"],
        ["2:6 malformed-start-tag"]),
    RepairCase(
        "no blank between attributes", "<a b=\"1\"c=\"2\">x</a>", ["x"], ["1:9 malformed-start-tag"]
    ),
    RepairCase(
        "a value without quotes", "<a b=1>x</a>", ["x"],
        ["1:6 malformed-start-tag", "1:7 malformed-start-tag"]),
    RepairCase(
        "an attribute without a value", "<a b>x</a>", ["x"], ["1:5 malformed-start-tag"]),
    RepairCase(
        "an attribute twice", "<a b='1' b='2'>x</a>", ["x"], ["1:10 duplicate-attribute"]),
    RepairCase(
        "a stray character in a tag", "<a ; b='1'>x</a>", ["x"], ["1:4 malformed-start-tag"]),
    RepairCase(
        "bare ampersands in text and value", "<a b='R&D'>Q&A & more &amp; é</a>",
        ["Q&A & more & é"],
        ["1:8 bare-ampersand", "1:13 bare-ampersand", "1:16 bare-ampersand"]),
    RepairCase(
        "an unknown entity", "<a>&foo; bar</a>", ["&foo; bar"], ["1:4 bare-ampersand"]),
    RepairCase(
        "HTML entities in text and value", "<a b='&euro;'>a&nbsp;b&eacute;</a>", ["a\u{A0}bé"],
        ["1:7 html-entity", "1:16 html-entity", "1:23 html-entity"]),
    RepairCase("a bare less-than", "<a>1 < 2</a>", ["1 < 2"], ["1:6 bare-less-than"]),
    RepairCase(
        "a bare less-than in a value", "<a b='1 < 2'>x</a>", ["x"], ["1:9 bare-less-than"]),
    RepairCase("a CDATA end in text", "<a>b]]>c</a>", ["b]]>c"], ["1:5 bare-cdata-end"]),
    RepairCase(
        "control characters", "<a>b\u{B}c\u{1}\u{1}d</a>", ["b c  d"],
        ["1:5 control-character", "1:7 control-character"]),
    RepairCase(
        "references to control characters", "<a>b&#11;c&#x1F;</a>", ["b c "],
        ["1:5 control-character", "1:11 control-character"]),
    RepairCase("U+FFFF", "<a>b\u{FFFF}c</a>", ["b\u{FFFD}c"], ["1:5 control-character"]),
    RepairCase("NUL bytes at the end", "<a>b</a>\n\u{0}\u{0}\u{0}", ["b"], ["2:1 nul-byte"]),
    RepairCase(
        "an end tag without its prefix", "<a xmlns:p='u'><p:b>x</b></a>", ["x"],
        ["1:22 mismatched-end-tag"]),
    RepairCase("an end tag in capitals", "<a><b>x</B></a>", ["x"], ["1:8 mismatched-end-tag"]),
    RepairCase("an end tag with more", "<a>x</a b='1'>", ["x"], ["1:5 malformed-end-tag"]),
    RepairCase("a missing end tag", "<a><b>x</a>", ["x"], ["1:8 missing-end-tag"]),
    RepairCase("an end tag too many", "<a>x</b></a>", ["x"], ["1:5 unexpected-end-tag"]),
    RepairCase(
        "an undeclared prefix", "<a>\n <q:b>x</q:b></a>", ["\n ", "x"], ["2:2 undeclared-prefix"]),
    RepairCase(
        "dashes in a comment", "<a>x<!-- a -- b -->y</a>", ["xy"], ["1:5 malformed-comment"]),
    RepairCase(
        "an XML declaration inside", "<a>x<?xml version='1.0'?>y</a>", ["xy"],
        ["1:5 malformed-declaration"]),
    RepairCase(
        "a declaration without quotes", "<?xml version=1.0?><a>x</a>", ["x"],
        ["1:1 malformed-declaration"]),
    RepairCase(
        "blank lines before the declaration", "\n\n<?xml version='1.0'?><a>x</a>", ["x"],
        ["3:1 blank-before-declaration"]),
    RepairCase(
        "a warning before the declaration",
        "<br />\n<b>Warning</b>: é<br />\n<?xml version='1.0'?><a>x</a>", ["x"],
        ["3:1 text-before-declaration"]),
    RepairCase("text before the root", "Notice: é\n<a>x</a>", ["x"], ["2:1 text-before-root"]),
    RepairCase(
        "text between declaration and root", "<?xml version='1.0'?>oops<a>x</a>", ["x"],
        ["1:22 text-before-root"]),
    RepairCase("text behind the root", "<a>x</a> oops", ["x"], ["1:10 trailing-content"]),
    RepairCase("a second root", "<a>x</a><b>y</b>", ["x", "y"], ["1:9 second-root"]),
    RepairCase(
        "several faults, each at its own place",
        "<a b='1'\" c='é'>\n<d>é & é</d>\n<e>é < é &nbsp;</e>\n</a>",
        ["\n", "é & é", "\n", "é < é \u{A0}", "\n"],
        ["1:9 malformed-start-tag", "2:6 bare-ampersand", "3:6 bare-less-than", "3:10 html-entity"]),
]

@Suite("Faults that any sane reader gets over")
struct RepairTests {
    @Test("are repaired and told with their place", arguments: repairCases)
    func repair(_ repair: RepairCase) throws {
        var reader = try XMLReader(bytes: Array(repair.document.utf8), name: "feed.xml")
        var texts: [String] = []
        while let event = try reader.next() {
            if case .text = event { texts.append(reader.text) }
        }
        #expect(texts == repair.texts)
        #expect(reader.takeDiagnostics().map { "\($0.position) \($0.code)" } == repair.told)
    }

    @Test("are repaired alike in chunks of any size", arguments: repairCases)
    func chunks(_ repair: RepairCase) {
        let whole = EventLog(Array(repair.document.utf8), records: [])
        for chunk in [1, 2, 5, 13] {
            #expect(
                EventLog(Array(repair.document.utf8), records: [], chunkBytes: chunk) == whole,
                "chunk \(chunk)")
        }
    }

    @Test("keep the attributes of a repaired tag")
    func attributes() throws {
        let text = "<a b=\"1\"\" c=2 d e='R&D < &eacute;'/>"
        var reader = try XMLReader(bytes: Array(text.utf8), name: "feed.xml")
        _ = try reader.next()
        #expect(
            reader.attributes.map { "\($0.localName)=\($0.value)" } == [
                "b=1", "c=2", "d=d", "e=R&D < é",
            ])
    }

    @Test("that keep coming back are told twenty times and then counted")
    func recurrence() throws {
        let text = "<a>" + String(repeating: "<q:b/>\n", count: 556) + "</a>"
        var reader = try XMLReader(bytes: Array(text.utf8), name: "feed.xml")
        while try reader.next() != nil {}
        let told = reader.takeDiagnostics()
        #expect(told.count == 21)
        #expect(told.reduce(0) { $0 + $1.count } == 556)
        #expect(told.last?.count == 536)
        #expect(told.last?.position.line == 21)
    }

    @Test("come with the event they belong to, not before")
    func order() throws {
        let text = "<a><b>&nbsp;</b><c>x</c><d>&nbsp;</d></a>"
        var reader = try XMLReader(bytes: Array(text.utf8), name: "feed.xml")
        var told: [String] = []
        while try reader.next() != nil {
            for diagnostic in reader.takeDiagnostics() {
                told.append("\(reader.position.column): \(diagnostic.position.column)")
            }
        }
        #expect(told == ["7: 7", "28: 28"])
    }

    @Test("give back a repaired record's own bytes")
    func originals() throws {
        let text = "<r><course b=\"1\"\">é & <q>\u{B}</q></course>\n</r>"
        var reader = try XMLReader(
            bytes: Array(text.utf8), name: "feed.xml", records: ["course"])
        _ = try reader.next()
        _ = try reader.next()
        let fragment = try reader.readElement()
        #expect(fragment.root.text == "é &  ")
        #expect(
            String(decoding: fragment.original, as: UTF8.self)
                == "<course b=\"1\"\">é & <q>\u{B}</q></course>")
        #expect(
            fragment.root.first("q")?.position == XMLPosition(line: 1, column: 23, byteOffset: 23))
        #expect(
            fragment.root.outerXML == "<course b=\"1\">é &amp; <q> </q></course>")
    }
}
