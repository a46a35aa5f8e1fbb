/// The first bytes of a document, and what they tell: its encoding, and what stands before it.
struct Opening {
    /// The bytes read to find out.
    private(set) var bytes: [UInt8] = []
    /// How many of them come before the document proper: a byte order mark, blanks, a server's
    /// warnings.
    private(set) var skipped = 0
    /// The position behind them.
    private(set) var position = XMLPosition.start
    private(set) var encoding = TextEncoding.utf8
    private(set) var undecided: SingleByteTable?
    /// The encoding's name, for messages.
    private(set) var declaredName = "UTF-8"
    private(set) var notes: [InputWindow.Note] = []

    /// How far a declaration is looked for.
    private static let reach = 16_384

    init(source: inout any XMLByteSource, name: String) throws(XMLError) {
        try read(from: &source)
        guard !bytes.isEmpty else { throw .emptyDocument(file: name) }
        try refuseOthers(name)
        let mark = try byteOrderMark(name)
        skipped = mark
        if case .utf16 = encoding {
            position.byteOffset = mark
            try skipBlanks16(name)
            return
        }
        guard bytes[mark...].contains(where: { !Self.isBlank($0) && $0 != 0 }) else {
            throw .emptyDocument(file: name)
        }
        try skipToDocument(from: mark, name)
        encoding.advance(&position, over: bytes[mark..<skipped])
        position.byteOffset = skipped
        try readDeclaration(name, hasMark: mark > 0)
    }

    private mutating func read(from source: inout any XMLByteSource) throws(XMLError) {
        var failure: XMLError?
        while bytes.count < Self.reach, failure == nil {
            let wanted = Self.reach
            let more = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                do throws(XMLError) {
                    count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
                } catch {
                    failure = error
                }
            }
            if more.isEmpty { break }
            bytes.append(contentsOf: more)
        }
        if let failure { throw failure }
    }

    private func starts(with signature: [UInt8]) -> Bool { bytes.starts(with: signature) }

    /// Files that people take for XML.
    private func refuseOthers(_ name: String) throws(XMLError) {
        let known: [([UInt8], String)] = [
            ([0x1F, 0x8B], "it is compressed with gzip; unpack it first"),
            ([0x50, 0x4B, 0x03, 0x04], "it is a ZIP archive or office document"),
            (Array("%PDF".utf8), "it is a PDF document"),
            ([0xD0, 0xCF, 0x11, 0xE0], "it is an office document"),
            ([0x00, 0x00, 0xFE, 0xFF], "it is in UTF-32, which nobody should use; save as UTF-8"),
            ([0xFF, 0xFE, 0x00, 0x00], "it is in UTF-32, which nobody should use; save as UTF-8"),
        ]
        for (signature, found) in known where starts(with: signature) {
            throw .notXML(file: name, found: found)
        }
    }

    /// Finds Unicode by its mark or by its look; returns the length of the mark.
    private mutating func byteOrderMark(_ name: String) throws(XMLError) -> Int {
        if starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
        if starts(with: [0xFF, 0xFE]) {
            encoding = .utf16(bigEndian: false)
            declaredName = "UTF-16"
            return 2
        }
        if starts(with: [0xFE, 0xFF]) {
            encoding = .utf16(bigEndian: true)
            declaredName = "UTF-16"
            return 2
        }
        // Without a mark: "<" and another character, each with a zero byte.
        if bytes.count >= 4, bytes[0] == 0x3C, bytes[1] == 0, bytes[2] != 0, bytes[3] == 0 {
            encoding = .utf16(bigEndian: false)
            declaredName = "UTF-16"
        } else if bytes.count >= 4, bytes[0] == 0, bytes[1] == 0x3C, bytes[2] == 0, bytes[3] != 0 {
            encoding = .utf16(bigEndian: true)
            declaredName = "UTF-16"
        }
        return 0
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Blanks before a document in UTF-16.
    private mutating func skipBlanks16(_ name: String) throws(XMLError) {
        guard case .utf16(let bigEndian) = encoding else { return }
        var i = skipped
        while i + 1 < bytes.count {
            let high = bytes[bigEndian ? i : i + 1]
            let low = bytes[bigEndian ? i + 1 : i]
            guard high == 0 && Self.isBlank(low) || high == 0xFE && low == 0xFF else { break }
            i += 2
        }
        guard i + 1 < bytes.count else { throw .emptyDocument(file: name) }
        guard i > skipped else { return }
        encoding.advance(&position, over: bytes[skipped..<i])
        skipped = i
        note(.blankBeforeDeclaration, "blanks before the document; left out")
    }

    /// Leaves out what stands before the XML declaration, or before the first tag.
    private mutating func skipToDocument(from mark: Int, _ name: String) throws(XMLError) {
        var first = mark
        while first < bytes.count {
            if Self.isBlank(bytes[first]) {
                first += 1
            } else if bytes[first...].starts(with: [0xEF, 0xBB, 0xBF]) {
                first += 3
            } else {
                break
            }
        }
        if let declaration = declaration(from: first), declaration > first {
            // Something that is no part of a document, since no element is open behind it.
            skipped = declaration
            note(
                .textBeforeDeclaration,
                "text before the XML declaration (\"\(excerpt(first, declaration))\"); left out")
            return
        }
        if first < bytes.count, bytes[first] != 0x3C {
            guard let tag = firstTag(from: first), !Self.looksLikeJSON(bytes[first]) else {
                throw .notXML(
                    file: name, found: "it starts with \"\(excerpt(first, bytes.count))\"")
            }
            skipped = tag
            note(
                .textBeforeRoot,
                "text before the first element (\"\(excerpt(first, tag))\"); left out")
            return
        }
        skipped = first
        if first > mark {
            let declared = bytes[first...].starts(with: Array("<?xml".utf8))
            if declared {
                note(.blankBeforeDeclaration, "blanks before the XML declaration; left out")
            }
        }
    }

    private static func looksLikeJSON(_ byte: UInt8) -> Bool { byte == 0x7B || byte == 0x5B }

    /// The first XML declaration from there on that stands outside any element.
    private func declaration(from first: Int) -> Int? {
        let opening = Array("<?xml".utf8)
        var i = first
        var depth = 0
        while i < bytes.count {
            guard bytes[i] == 0x3C else {
                i += 1
                continue
            }
            let rest = bytes[i...]
            if rest.starts(with: opening), i + 5 < bytes.count, Self.isBlank(bytes[i + 5]) {
                return depth <= 0 ? i : nil
            }
            if rest.starts(with: Array("<!".utf8)) { return nil }
            let isEnd = i + 1 < bytes.count && bytes[i + 1] == 0x2F
            guard let close = rest.firstIndex(of: 0x3E) else { return nil }
            let name = rest.dropFirst().prefix {
                $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x41 && $0 <= 0x5A
            }
            let isVoid = ["br", "hr", "p", "img"].contains(
                String(decoding: name, as: UTF8.self).lowercased())
            if isEnd {
                depth -= 1
            } else if !name.isEmpty, !isVoid, bytes[close - 1] != 0x2F {
                depth += 1
            }
            i = close + 1
        }
        return nil
    }

    /// The first `<` that may begin a document.
    private func firstTag(from first: Int) -> Int? {
        var i = first
        while i + 1 < bytes.count {
            if bytes[i] == 0x3C {
                let next = bytes[i + 1]
                let isLetter = next | 0x20 >= 0x61 && next | 0x20 <= 0x7A
                if isLetter || next == 0x21 || next == 0x3F || next == 0x5F { return i }
            }
            i += 1
        }
        return nil
    }

    private func excerpt(_ from: Int, _ to: Int) -> String {
        let text = String(decoding: bytes[from..<min(to, from + 60)], as: UTF8.self)
        let plain = text.unicodeScalars.map { $0.value < 0x20 ? " " : String($0) }.joined()
        return plain.split(separator: " ").joined(separator: " ")
    }

    /// Reads `encoding="…"` and settles how to decode.
    private mutating func readDeclaration(_ name: String, hasMark: Bool) throws(XMLError) {
        let rest = bytes[skipped...]
        guard rest.starts(with: Array("<?xml".utf8)),
            let close = rest.firstIndex(of: 0x3E)
        else { return }
        let text = String(decoding: rest[..<close], as: UTF8.self)
        guard let declared = Self.encodingName(text) else { return }
        declaredName = declared
        switch DeclaredEncoding(name: declared) {
        case .utf8: break
        case .utf16:
            declaredName = "UTF-8"
            note(
                .encodingMisdeclared,
                "declared as \(declared), but the bytes are UTF-8; read as UTF-8")
        case .singleByte(let table):
            if hasMark {
                note(
                    .encodingMisdeclared,
                    "declared as \(declared), but marked as UTF-8; read as UTF-8")
            } else {
                undecided = table
            }
        case .unknown:
            guard hasMark else { throw .unsupportedEncoding(name: declared, file: name) }
            note(
                .encodingMisdeclared, "declared as \(declared), but marked as UTF-8; read as UTF-8")
        }
    }

    private static func encodingName(_ declaration: String) -> String? {
        guard let key = declaration.range(of: "encoding") else { return nil }
        let isPart: (Character) -> Bool = {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ".")
        }
        let name = declaration[key.upperBound...].drop { !isPart($0) }.prefix(while: isPart)
        return name.isEmpty ? nil : String(name)
    }

    private mutating func note(_ code: XMLDiagnostic.Code, _ message: String) {
        notes.append(InputWindow.Note(code: code, message: message, offset: 0, count: 1))
    }
}

extension String {
    /// The first place where `other` stands, ASCII letters alike.
    fileprivate func range(of other: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].lowercased().hasPrefix(other) {
                return start..<index(start, offsetBy: other.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
