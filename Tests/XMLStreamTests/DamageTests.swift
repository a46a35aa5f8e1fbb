import Testing
import XMLStream

@Suite("A record beyond repair")
struct DamageTests {
    /// The ids of the records that are read, and the exact texts that are given up.
    private func read(
        _ text: String, records: Set<String> = ["course"]
    ) throws -> (ids: [String], lost: [String], error: XMLError?) {
        var ids: [String] = []
        var lost: [String] = []
        do throws(XMLError) {
            var reader = try XMLReader(
                bytes: Array(text.utf8), name: "feed.xml", records: records)
            while let event = try reader.next() {
                switch event {
                case .startElement where records.contains(reader.localName):
                    ids.append(try reader.readElement().root.attribute("id") ?? "?")
                case .damage(let damage):
                    lost.append(String(decoding: damage.bytes, as: UTF8.self))
                    #expect(Array(text.utf8)[damage.byteRange] == damage.bytes[...])
                default: break
                }
            }
        } catch {
            return (ids, lost, error)
        }
        return (ids, lost, nil)
    }

    @Test("is lost alone, with its exact bytes")
    func alone() throws {
        let broken = "<course id='2'><b><i>x</b></i></course>"
        let result = try read("<r><course id='1'/>\(broken)\n<course id='3'/></r>")
        #expect(result.ids == ["1", "3"])
        #expect(result.lost == [broken])
        #expect(result.error == nil)
    }

    @Test("without its end tag ends where the next one starts")
    func missingEnd() throws {
        let result = try read("<r><course id='1'><t>x</t>\n<course id='2'/><course id='3'/></r>")
        #expect(result.ids == ["2", "3"])
        #expect(result.lost == ["<course id='1'><t>x</t>\n"])
    }

    @Test("that is the last one ends where its parent ends")
    func last() throws {
        let result = try read(
            "<r><p><course id='1'/><course id='2'><t>x</p><p><course id='3'/></p></r>")
        #expect(result.ids == ["1", "3"])
        #expect(result.lost == ["<course id='2'><t>x"])
    }

    @Test("does not end at an element that is named like its parent")
    func namesake() throws {
        let broken = "<course id='1'><v><provider>x</provider></v><b></course>"
        let result = try read("<provider>\(broken)<course id='2'/></provider>")
        #expect(result.ids == ["2"])
        #expect(result.lost == [broken])
    }

    @Test("with a tag that never ends is lost up to its end tag")
    func openTag() throws {
        let broken = "<course id='1'><t a=\"x<b></b></course>"
        let result = try read("<r>\(broken)<course id='2' b=\"\"/></r>")
        #expect(result.ids == ["2"])
        #expect(result.lost == [broken])
    }

    @Test("is not looked for inside comments and CDATA sections")
    func sections() throws {
        let broken = "<course id='1'><!-- </course> --><![CDATA[<course>]]><b></course>"
        let result = try read("<r>\(broken)<course id='2'/></r>")
        #expect(result.ids == ["2"])
        #expect(result.lost == [broken])
    }

    @Test("that is cut off comes as damage, and then the document is truncated")
    func truncated() throws {
        let result = try read("<r><course id='1'/><course id='2'><t>x</t><t")
        #expect(result.ids == ["1"])
        #expect(result.lost == ["<course id='2'><t>x</t><t"])
        guard case .truncated(let open, _, let at) = result.error else {
            Issue.record("\(String(describing: result.error))")
            return
        }
        #expect(open == ["r", "course"])
        #expect(at == XMLPosition(line: 1, column: 45, byteOffset: 44))
    }

    @Test("is never half told: its start comes only when it is whole")
    func neverHalf() throws {
        let text = "<r><course id='1'><t>x</t><b></course></r>"
        let log = EventLog(text)
        #expect(!log.lines.contains { $0.contains("<{}t>") })
        #expect(log.lines.count == 3)
    }

    @Test("is skipped with its element, and told afterwards")
    func inside() throws {
        let text = "<r><p><course id='1'><b></course></p><q/></r>"
        for captures in [true, false] {
            var reader = try XMLReader(
                bytes: Array(text.utf8), name: "feed.xml", records: ["course"])
            _ = try reader.next()
            _ = try reader.next()
            if captures {
                #expect(try reader.readElement().root.children.map(\.localName) == [])
            } else {
                try reader.skipElement()
            }
            guard case .damage(let damage) = try reader.next() else {
                Issue.record("no damage")
                continue
            }
            #expect(damage.recordName == "course")
            #expect(try reader.next() == .startElement)
            #expect(reader.localName == "q")
        }
    }

    @Test("in UTF-16 is lost with its exact bytes too")
    func utf16() throws {
        func encode(_ text: String) -> [UInt8] {
            text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
        let broken = "<course>é<b></course>"
        let bytes = [0xFF, 0xFE] + encode("<r>語\n\(broken)<course/></r>")
        var reader = try XMLReader(bytes: bytes, name: "feed.xml", records: ["course"])
        _ = try reader.next()
        _ = try reader.next()
        guard case .damage(let damage) = try reader.next() else {
            Issue.record("no damage")
            return
        }
        #expect(damage.bytes == encode(broken))
        #expect(damage.position == XMLPosition(line: 2, column: 1, byteOffset: 12))
    }

    @Test("leaves the namespaces of what follows alone")
    func namespaces() throws {
        let text = """
            <r xmlns="urn:a" xmlns:p="urn:p"><p:x><course><b></course><course/></p:x><p:y/></r>
            """
        let log = EventLog(text)
        #expect(log.lines.contains { $0.contains("{urn:a}course") })
        #expect(log.lines.contains { $0.contains("<{urn:p}y>") })
        #expect(log.error == nil)
    }

    @Test("outside records costs the text up to the next record")
    func outside() throws {
        let result = try read("<r><h a=\"x<y></h><course id='1' b=\"\"/></r>")
        #expect(result.ids == ["1"])
        #expect(result.lost == ["<h a=\"x<y></h>"])
    }

    @Test("cannot be given up when the reader knows of no records")
    func noRecords() throws {
        let result = try read("<r><h a=\"x<y></h><z b=\"\"/></r>", records: [])
        guard case .malformed(_, "feed.xml", let at) = result.error else {
            Issue.record("\(String(describing: result.error))")
            return
        }
        #expect(at.line == 1)
    }
}
