import Glibc
import Testing
import XMLStream

@Suite("Writing")
struct WriterTests {
    private func write(
        indent: Bool = true, _ body: (inout XMLWriter) throws -> Void
    ) throws -> String {
        let sink = XMLMemorySink()
        var writer = XMLWriter(to: sink, indent: indent)
        try body(&writer)
        try writer.finish()
        return sink.string
    }

    @Test("makes indented elements, and leaves text as it is")
    func document() throws {
        let text = try write { writer in
            try writer.startElement("catalog")
            try writer.attribute("xmlns", "urn:x")
            try writer.comment("made -- here")
            try writer.element("dc:title", "R&D <\"'> é", ("xml:lang", "en"))
            try writer.startElement("p")
            try writer.text("a ")
            try writer.element("b", "c")
            try writer.text(" d")
            try writer.endElement()
            try writer.element("e", "", ("f", "\"<&>\n\t\r"))
            try writer.endElement()
        }
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <catalog xmlns="urn:x">
                  <!-- made - - here -->
                  <dc:title xml:lang="en">R&amp;D &lt;"'&gt; é</dc:title>
                  <p>a <b>c</b> d</p>
                  <e f="&quot;&lt;&amp;>&#10;&#9;&#13;"/>
                </catalog>

                """)
    }

    @Test("replaces characters that XML forbids, and counts them")
    func forbidden() throws {
        let sink = XMLMemorySink()
        let writer = XMLWriter(to: sink, indent: false)
        try writer.element("a", "b\u{0}c\u{B}d\u{FFFF}e\u{FFFD}", ("f", "\u{1}"))
        try writer.finish()
        #expect(writer.replacedCharacters == 4)
        #expect(sink.string.contains("b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}"))
    }

    @Test("escapes what stands anywhere in a long text, and nothing else")
    func escapesEverywhere() throws {
        // Texts are looked at eight bytes at a time: each place and each neighbour.
        for (mark, inText, inAttribute) in [
            ("&", "&amp;", "&amp;"), ("<", "&lt;", "&lt;"), (">", "&gt;", ">"),
            ("\"", "\"", "&quot;"), ("\r", "&#13;", "&#13;"), ("\n", "\n", "&#10;"),
            ("\t", "\t", "&#9;"), ("\u{B}", "\u{FFFD}", "\u{FFFD}"),
            ("\u{FFFE}", "\u{FFFD}", "\u{FFFD}"), ("\u{FFFD}", "\u{FFFD}", "\u{FFFD}"),
            ("!", "!", "!"), ("#", "#", "#"), ("=", "=", "="), ("é", "é", "é"),
            ("\u{FF5F}", "\u{FF5F}", "\u{FF5F}"),
        ] {
            for before in 0..<18 {
                for after in 0..<10 {
                    let start = String(repeating: "x", count: before)
                    let end = String(repeating: "é", count: after)
                    let text = start + mark + end + mark
                    let sink = XMLMemorySink()
                    let writer = XMLWriter(to: sink, indent: false)
                    try writer.element("a", text, ("b", text))
                    try writer.finish()
                    #expect(
                        sink.string.hasSuffix(
                            "<a b=\"\(start)\(inAttribute)\(end)\(inAttribute)\">"
                                + "\(start)\(inText)\(end)\(inText)</a>\n"))
                }
            }
        }
    }

    @Test("keeps the attributes of a tag that is longer than what is handed over at once")
    func longAttributes() throws {
        let long = String(repeating: "l&", count: 50_000)
        let sink = XMLMemorySink()
        let writer = XMLWriter(to: sink, indent: false)
        try writer.startElement("a")
        try writer.attribute("b", long)
        try writer.attribute("c", long)
        #expect(throws: XMLWriteError.misuse("the attribute b twice")) {
            try writer.attribute("b", "again")
        }
        try writer.lineBreak(depth: 2)
        try writer.text(long)
        try writer.endElement()
        try writer.finish()
        let escaped = long.split(separator: "&").joined(separator: "&amp;") + "&amp;"
        #expect(
            sink.string.hasSuffix(
                "?>\n<a b=\"\(escaped)\" c=\"\(escaped)\">\n    \(escaped)</a>\n"))
    }

    @Test("refuses what would not be well-formed")
    func misuse() {
        let attempts: [(String, (inout XMLWriter) throws -> Void)] = [
            ("no root", { _ in }),
            ("an open element", { try $0.startElement("a") }),
            (
                "two roots",
                {
                    try $0.element("a")
                    try $0.element("b")
                }
            ),
            (
                "an end too many",
                {
                    try $0.element("a")
                    try $0.endElement()
                }
            ),
            ("text outside", { try $0.text("x") }),
            (
                "a late attribute",
                {
                    try $0.startElement("a")
                    try $0.text("x")
                    try $0.attribute("b", "")
                }
            ),
            ("an attribute twice", { try $0.element("a", "", ("b", ""), ("b", "")) }),
            ("no name", { try $0.element("1a") }),
            ("a name with a blank", { try $0.element("a b") }),
            ("an empty name", { try $0.element("") }),
        ]
        for (name, body) in attempts {
            #expect(throws: XMLWriteError.self, "\(name)") { _ = try write(body) }
        }
    }

    @Test("and reading back gives the same, for random trees")
    func roundTrip() throws {
        for seed in 0..<200 {
            var random = Seeded(UInt64(seed))
            let tree = Tree(&random, depth: 0)
            for indent in [true, false] {
                let text = try write(indent: indent) { try tree.write(&$0) }
                var reader = try XMLReader(bytes: Array(text.utf8), name: "made.xml")
                _ = try reader.next()
                let fragment = try reader.readElement()
                #expect(Tree(fragment.root, ignoringBlanks: indent) == tree.normal(indent))
                #expect(try reader.next() == nil)
                #expect(reader.takeDiagnostics() == [])
                // And once more through the nodes' own text.
                var again = try XMLReader(
                    bytes: Array(fragment.root.outerXML.utf8), name: "again.xml")
                _ = try again.next()
                #expect(
                    Tree(try again.readElement().root, ignoringBlanks: indent)
                        == tree.normal(indent))
            }
        }
    }

    @Test("a file appears only when it is complete, and replaces the old one then")
    func file() throws {
        let folder = "/tmp/leerwijzer-writer-\(getpid())"
        mkdir(folder, 0o700)
        defer {
            unlink(folder + "/feed.xml")
            rmdir(folder)
        }
        func read() -> String? {
            guard let file = fopen(folder + "/feed.xml", "r") else { return nil }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 1000)
            let count = fread(&buffer, 1, 1000, file)
            return String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        do {
            let writer = try XMLWriter(to: XMLFileSink(path: folder + "/feed.xml"))
            try writer.startElement("a")
        }
        #expect(read() == nil)
        for text in ["x", "y"] {
            let writer = try XMLWriter(to: XMLFileSink(path: folder + "/feed.xml"), indent: false)
            try writer.element("a", text)
            try writer.finish()
            #expect(read()?.hasSuffix("<a>\(text)</a>\n") == true)
        }
        // Nothing else is left in the folder: it can be removed.
        unlink(folder + "/feed.xml")
        #expect(rmdir(folder) == 0)
    }

    @Test("to a full disk or a missing folder is a clear error")
    func errors() throws {
        #expect(throws: XMLWriteError.io(path: "/tmp/no/such/folder.xml", errno: ENOENT)) {
            _ = try XMLFileSink(path: "/tmp/no/such/folder.xml")
        }
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let writer = XMLWriter(to: XMLDescriptorSink(descriptor: full, name: "full"))
        try writer.element("a")
        #expect(throws: XMLWriteError.io(path: "full", errno: ENOSPC)) { try writer.finish() }
    }
}

/// A random element.
private struct Tree: Equatable {
    enum Content: Equatable {
        case text(String)
        case element(Tree)
    }
    var name = ""
    var attributes: [String] = []
    var contents: [Content] = []

    init(_ random: inout Seeded, depth: Int) {
        func word(_ random: inout Seeded) -> String {
            let letters: [Character] = Array("ab <>&\"']-\n") + ["é", "🌱", "\t"]
            return String(
                (0..<Int.random(in: 0..<12, using: &random)).map { _ in
                    letters.randomElement(using: &random) ?? "x"
                })
        }
        name = ["a", "b-c", "é", "_d.1"].randomElement(using: &random) ?? "a"
        attributes = (0..<Int.random(in: 0..<3, using: &random)).map { _ in word(&random) }
        guard depth < 6 else { return }
        let isMixed = Bool.random(using: &random)
        for _ in 0..<Int.random(in: 0..<5, using: &random) {
            if isMixed {
                let text = word(&random)
                if !text.isEmpty {
                    if case .text(let before) = contents.last {
                        contents[contents.count - 1] = .text(before + text)
                    } else {
                        contents.append(.text(text))
                    }
                }
            }
            if Bool.random(using: &random) {
                contents.append(.element(Tree(&random, depth: depth + 1)))
            }
        }
    }

    init(_ node: XMLNode, ignoringBlanks: Bool) {
        name = node.localName
        attributes = node.attributes.map(\.value)
        for inner in node.contents {
            if inner.isElement {
                contents.append(.element(Tree(inner, ignoringBlanks: ignoringBlanks)))
            } else if !ignoringBlanks || inner.trimmedText != nil {
                contents.append(.text(inner.text))
            }
        }
    }

    /// As it comes back when blanks between elements are no text.
    func normal(_ ignoringBlanks: Bool) -> Tree {
        var tree = self
        tree.contents = contents.compactMap { content in
            switch content {
            case .element(let inner): .element(inner.normal(ignoringBlanks))
            case .text(let text):
                ignoringBlanks && text.allSatisfy({ $0 == " " || $0 == "\n" || $0 == "\t" })
                    ? nil : .text(text)
            }
        }
        return tree
    }

    func write(_ writer: inout XMLWriter) throws {
        try writer.startElement(name)
        for (i, value) in attributes.enumerated() { try writer.attribute("k\(i)", value) }
        for content in contents {
            switch content {
            case .text(let text): try writer.text(text)
            case .element(let inner): try inner.write(&writer)
            }
        }
        try writer.endElement()
    }
}
