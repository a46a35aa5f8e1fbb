import Glibc
import TestSupport
import Testing

@testable import XMLStream

/// A source that makes its bytes: a head, one piece over and over, a tail.
private struct MadeSource: XMLByteSource {
    var head: [UInt8]
    let piece: [UInt8]
    var remaining: Int

    init(_ head: String, _ piece: String, bytes: Int) {
        self.head = Array(head.utf8)
        self.piece = Array(repeating: Array(piece.utf8), count: 4096 / piece.utf8.count).flatMap {
            $0
        }
        remaining = bytes
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(XMLError) -> Int {
        if !head.isEmpty {
            buffer.copyBytes(from: head)
            defer { head = [] }
            return head.count
        }
        var count = 0
        while count + piece.count <= buffer.count, remaining > 0 {
            UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyBytes(from: piece)
            count += piece.count
            remaining -= piece.count
        }
        return count
    }
}

@Suite("What a document may ask for is bounded")
struct LimitTests {
    private func error(
        _ source: some XMLByteSource, limits: XMLLimits = .standard,
        records: Set<String> = ["course"]
    ) -> XMLError? {
        do throws(XMLError) {
            var reader = try XMLReader(
                source: source, name: "feed.xml", limits: limits, records: records)
            while try reader.next() != nil {}
            return nil
        } catch {
            return error
        }
    }

    private func code(_ text: String, limits: XMLLimits = .standard) -> String? {
        error(XMLMemorySource(Array(text.utf8)), limits: limits)?.code
    }

    @Test("one element of a gigabyte, whatever is in it, ends early and in little memory")
    func gigabyte() {
        var before = rusage()
        getrusage(0, &before)
        // Smaller than the standard ones, for the sake of the test's time.
        let limits = XMLLimits(
            attributeBytes: 500_000, textBytes: 1_000_000, recordBytes: 2_000_000)
        let cases: [(String, String, String)] = [
            ("<r><course><t>", "aaaa ", "text-too-long"),
            ("<r><course>", "<t>x</t>", "record-too-large"),
            ("<r><course a='", "aaaa ", "attribute-too-long"),
            ("<r><!-- ", "aaaa ", "text-too-long"),
            ("<r><?x ", "aaaa ", "text-too-long"),
            ("<r><![CDATA[", "aaaa ", "text-too-long"),
            ("<r><t ", "a=''    ", "attribute-too-long"),
            ("<r><course></x>", "<t>x</t>", "record-too-large"),
            ("<r>", "</", "text-too-long"),
            ("", "<!-- x -->", "text-too-long"),
        ]
        for (head, piece, code) in cases {
            let found = error(MadeSource(head, piece, bytes: 1_000_000_000), limits: limits)
            #expect(found?.code == code, "\(head) \(String(describing: found))")
        }
        var after = rusage()
        getrusage(0, &after)
        #expect(after.ru_maxrss - before.ru_maxrss < 100_000, "kilobytes")
    }

    @Test("depth")
    func depth() {
        let text = String(repeating: "<a>", count: 300)
        #expect(code(text) == "too-deep")
        #expect(code("<a><b><c/></b></a>", limits: XMLLimits(depth: 2)) == "too-deep")
        #expect(code("<a><b/></a>", limits: XMLLimits(depth: 2)) == nil)
    }

    @Test("names: their length and their number")
    func names() {
        #expect(code("<\(String(repeating: "a", count: 2000))/>") == "name-too-long")
        let many = (0..<200).map { "<n\($0)/>" }.joined()
        #expect(code("<a>\(many)</a>", limits: XMLLimits(distinctNames: 100)) == "too-many-names")
    }

    @Test("attributes: their number and their length")
    func attributes() {
        let many = (0..<300).map { "a\($0)=''" }.joined(separator: " ")
        #expect(code("<a \(many)/>") == "too-many-attributes")
        #expect(
            code("<a b='12345'/>", limits: XMLLimits(attributeBytes: 4)) == "attribute-too-long")
    }

    @Test("text, records and the document")
    func sizes() {
        #expect(code("<a>12345</a>", limits: XMLLimits(textBytes: 4)) == "text-too-long")
        let long = "<a>" + String(repeating: "<b/>", count: 40_000) + "</a>"
        #expect(code(long, limits: XMLLimits(totalBytes: 50_000)) == "document-too-large")
        let record = "<a><course>\(String(repeating: "<b/>", count: 40_000))</course></a>"
        #expect(code(record, limits: XMLLimits(recordBytes: 50_000)) == "record-too-large")
    }

    @Test("entities that multiply, in text and in attributes, and entities that hold themselves")
    func amplification() {
        var laughs = "<!DOCTYPE a [<!ENTITY l0 'lollollollollollollollollol'>"
        for i in 1..<12 {
            laughs += "<!ENTITY l\(i) '\(String(repeating: "&l\(i - 1);", count: 10))'>"
        }
        laughs += "]>"
        #expect(code(laughs + "<a>&l11;</a>") == "entity-amplification")
        #expect(code(laughs + "<a b='&l11;'/>") == "entity-amplification")
        #expect(
            code("<!DOCTYPE a [<!ENTITY b '&c;'><!ENTITY c '&b;'>]><a>&b;</a>")
                == "entity-amplification")
        let quadratic =
            "<!DOCTYPE a [<!ENTITY b '\(String(repeating: "x", count: 50_000))'>]><a>"
            + String(repeating: "&b;", count: 5_000) + "</a>"
        #expect(code(quadratic) == "entity-amplification")
    }

    @Test("entities of the document itself are read")
    func entities() throws {
        let text = "<!DOCTYPE a [<!ENTITY b 'x<c>y</c>'>]><a>&b;&b;&nbsp;<d/> & &b;</a>"
        let log = EventLog(text)
        #expect(
            log.lines.map { $0.split(separator: " ", maxSplits: 1)[1] } == [
                "<{}a> 1", "\"x\"", "<{}c> 2", "\"y\"", "</c> 2", "\"x\"", "<{}c> 2", "\"y\"",
                "</c> 2", "\"\u{A0}\"", "<{}d> 2", "</d> 2", "\" & x\"", "<{}c> 2", "\"y\"",
                "</c> 2", "</a> 1",
            ])
        #expect(log.diagnostics == ["1:1 doctype", "1:48 html-entity", "1:59 bare-ampersand"])
    }

    @Test("external entities, DTDs and parameter entities are not loaded")
    func external() throws {
        let secret = "/tmp/leerwijzer-external-\(getpid()).txt"
        let file = open(secret, O_WRONLY | O_CREAT, 0o600)
        #expect(write(file, "SECRET", 6) == 6)
        close(file)
        defer { unlink(secret) }
        for declaration in [
            "<!ENTITY e SYSTEM 'file://\(secret)'>",
            "<!ENTITY e SYSTEM '\(secret)'>",
            "<!ENTITY e PUBLIC 'x' 'http://127.0.0.1:9/e'>",
            "<!ENTITY % p SYSTEM 'file://\(secret)'> %p; <!ENTITY e 'kept'>",
        ] {
            let log = EventLog("<!DOCTYPE a [\(declaration)]><a>[&e;]</a>")
            #expect(!log.lines.contains { $0.contains("SECRET") })
            #expect(log.error == nil)
            #expect(log.diagnostics.first == "1:1 doctype")
        }
        let log = EventLog("<!DOCTYPE a SYSTEM 'file://\(secret)'><a>x &e;</a>")
        #expect(log.lines.contains { $0.hasSuffix("\"x &e;\"") })
        #expect(
            log.diagnostics == [
                "1:1 doctype", "1:\(log.column(of: "&e;", after: secret)) undeclared-entity",
            ])
    }
}

extension EventLog {
    /// The column of the reference in the last document above.
    fileprivate func column(of reference: String, after path: String) -> Int {
        "<!DOCTYPE a SYSTEM 'file://\(path)'><a>x ".count + 1
    }
}

@Suite("What is no document")
struct InputTests {
    private func error(_ bytes: [UInt8]) -> String? { EventLog(bytes).error }

    @Test("an empty file, blanks, other formats: a clear error each")
    func others() {
        #expect(error([]) == "feed.xml: is empty; ask its owner to export it again")
        #expect(
            error(Array(" \n\t\u{0}".utf8))
                == "feed.xml: is empty; ask its owner to export it again")
        #expect(error([0xFF, 0xFE]) == "feed.xml: is empty; ask its owner to export it again")
        for text in ["{\"a\": \"<b>\"}", "id;name\n1;x\n", "%PDF-1.4", "[1]"] {
            #expect(error(Array(text.utf8))?.hasPrefix("feed.xml: is not XML: ") == true)
        }
        #expect(error([0x1F, 0x8B, 8, 0])?.contains("gzip") == true)
        #expect(error(Array("<!-- only -->".utf8))?.hasPrefix("feed.xml: is not XML") == true)
        #expect(error(Array("< >".utf8))?.hasPrefix("feed.xml: is not XML") == true)
    }

    @Test("a document that is cut off anywhere ends in an error, never in silence")
    func truncated() {
        let text = Array("<r a='1'>x<p><course/>y</p><!-- c --></r>".utf8)
        for end in 1..<text.count {
            let log = EventLog(Array(text[..<end]))
            #expect(log.error != nil, "\(end)")
        }
        #expect(EventLog(text).error == nil)
    }

    @Test("a folder, a missing file")
    func paths() {
        #expect(throws: XMLError.isDirectory(path: "/tmp")) { _ = try XMLReader(path: "/tmp") }
        #expect(throws: XMLError.io(path: "/tmp/none.xml", errno: ENOENT)) {
            _ = try XMLReader(path: "/tmp/none.xml")
        }
    }

    @Test("an error comes after all that stands before it, and then again")
    func repeated() throws {
        var reader = try XMLReader(bytes: Array("<a><b>x</b><c".utf8), name: "feed.xml")
        for expected in [XMLReader.Event.startElement, .startElement, .text, .endElement] {
            #expect(try reader.next() == expected)
        }
        for _ in 0..<2 {
            #expect(throws: XMLError.self) { _ = try reader.next() }
        }
    }
}
