import Testing
import XMLStream

@Suite("Bytes in any of the usual encodings, declared rightly or wrongly")
struct EncodingTests {
    private func read(_ bytes: [UInt8]) throws -> (text: String, told: [String]) {
        var reader = try XMLReader(bytes: bytes, name: "feed.xml")
        var text = ""
        while let event = try reader.next() {
            if case .text = event { text += reader.text }
        }
        return (text, reader.takeDiagnostics().map { "\($0.position) \($0.code)" })
    }

    private func declared(_ name: String, _ text: [UInt8]) -> [UInt8] {
        Array("<?xml version='1.0' encoding='\(name)'?><a>".utf8) + text + Array("</a>".utf8)
    }

    @Test("UTF-8 that holds bytes of Windows-1252")
    func misdeclaredUTF8() throws {
        let result = try read(declared("UTF-8", [0xE9, 0x20, 0x80, 0x20, 0xC3, 0xA9]))
        #expect(result.text == "é € é")
        #expect(result.told == ["1:42 encoding-misdeclared", "1:44 encoding-misdeclared"])
    }

    @Test("no declaration and bytes of Windows-1252")
    func undeclared() throws {
        let result = try read(Array("<a>".utf8) + [0x93, 0xE9, 0x94] + Array("</a>".utf8))
        #expect(result.text == "“é”")
    }

    @Test("ISO-8859-1 that is UTF-8")
    func latin1IsUTF8() throws {
        let result = try read(declared("ISO-8859-1", Array("é€".utf8)))
        #expect(result.text == "é€")
        #expect(result.told == ["1:47 encoding-misdeclared"])
    }

    @Test("ISO-8859-1 that is Windows-1252")
    func latin1IsWindows() throws {
        let result = try read(declared("ISO-8859-1", [0xE9, 0x80]))
        #expect(result.text == "é€")
        #expect(result.told == ["1:48 encoding-misdeclared"])
    }

    @Test("UTF-16 by name, UTF-8 by nature")
    func utf16IsUTF8() throws {
        let result = try read(declared("utf-16", Array("é".utf8)))
        #expect(result.text == "é")
        #expect(result.told == ["1:1 encoding-misdeclared"])
    }

    @Test("single-byte encodings that the C library knows")
    func others() throws {
        #expect(try read(declared("ISO-8859-15", [0xA4])).text == "€")
        #expect(try read(declared("ISO-8859-2", [0xB1])).text == "ą")
        #expect(try read(declared("windows-1250", [0xB9])).text == "ą")
        #expect(try read(declared("KOI8-R", [0xC1])).text == "а")
    }

    @Test("an encoding that nobody knows is a clear error")
    func unknown() {
        for name in ["klingon", "Shift_JIS"] {
            #expect(throws: XMLError.unsupportedEncoding(name: name, file: "feed.xml")) {
                _ = try XMLReader(bytes: declared(name, [0x41]), name: "feed.xml")
            }
        }
    }

    @Test("UTF-16 without a mark, in both orders", arguments: [true, false])
    func utf16(bigEndian: Bool) throws {
        let bytes = "<a>é🌱</a>".utf16.flatMap { unit -> [UInt8] in
            let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return bigEndian ? pair : pair.reversed()
        }
        #expect(try read(bytes).text == "é🌱")
    }

    @Test("half a surrogate pair, and half a unit at the end")
    func surrogates() throws {
        let units: [UInt16] = Array("<a>".utf16) + [0xD83C, 0x41, 0xDF31] + Array("</a>".utf16)
        let encoded = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let bytes: [UInt8] = [0xFF, 0xFE] + encoded + [0x20]
        let result = try read(bytes)
        #expect(result.text == "\u{FFFD}A\u{FFFD}")
        #expect(
            result.told == [
                "1:4 invalid-byte", "1:6 invalid-byte", "1:11 invalid-byte",
                "1:11 trailing-content",
            ])
    }

    @Test("bytes that mean nothing anywhere")
    func meaningless() throws {
        let result = try read(declared("UTF-8", [0x41, 0x81, 0xED, 0xA0, 0x80, 0x42]))
        #expect(result.text == "A\u{FFFD}\u{FFFD}B")
        #expect(result.told == ["1:43 invalid-byte", "1:44 invalid-byte"])
    }

    @Test("surrogate pairs dressed as UTF-8")
    func cesu() throws {
        let result = try read(declared("UTF-8", [0xED, 0xA0, 0xBC, 0xED, 0xBC, 0xB1]))
        #expect(result.text == "🌱")
    }

    @Test("a mark of UTF-8, and a mark in the wrong place")
    func marks() throws {
        #expect(try read([0xEF, 0xBB, 0xBF] + declared("UTF-8", [0x41])).told == [])
        let result = try read([0x0A, 0xEF, 0xBB, 0xBF] + declared("UTF-8", [0x41]))
        #expect(result.text == "A")
        #expect(result.told == ["2:2 blank-before-declaration"])
    }
}
