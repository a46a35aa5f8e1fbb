import CourseModel

/// Writes JSON piece by piece into memory, with the same bytes for the same calls.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma: [Bool] = []
    private let indent: Int

    /// - Parameter indent: How deep the text stands within its document.
    init(indent: Int = 0) { self.indent = indent }

    mutating func object(_ key: String? = nil, _ body: (inout JSONText) throws -> Void) rethrows {
        try container(key, UInt8(ascii: "{"), UInt8(ascii: "}"), body)
    }

    mutating func array(_ key: String? = nil, _ body: (inout JSONText) throws -> Void) rethrows {
        try container(key, UInt8(ascii: "["), UInt8(ascii: "]"), body)
    }

    mutating func string(_ key: String? = nil, _ text: String?) {
        guard let text else { return }
        begin(key)
        quoted(text)
    }

    /// A number as it is to stand there.
    mutating func number(_ key: String? = nil, _ text: String?) {
        guard let text else { return }
        begin(key)
        bytes += text.utf8
    }

    mutating func number(_ key: String? = nil, _ value: Int?) {
        number(key, value.map { String($0) })
    }

    mutating func boolean(_ key: String? = nil, _ value: Bool?) {
        number(key, value.map { $0 ? "true" : "false" })
    }

    private mutating func container(
        _ key: String?, _ open: UInt8, _ close: UInt8, _ body: (inout JSONText) throws -> Void
    ) rethrows {
        begin(key)
        bytes.append(open)
        needsComma.append(false)
        try body(&self)
        let hasContent = needsComma.removeLast()
        if hasContent { breakLine() }
        bytes.append(close)
    }

    private mutating func begin(_ key: String?) {
        if let last = needsComma.indices.last {
            if needsComma[last] { bytes.append(UInt8(ascii: ",")) }
            needsComma[last] = true
            breakLine()
        }
        guard let key else { return }
        quoted(key)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(32)
    }

    private mutating func breakLine() {
        bytes.append(10)
        bytes += repeatElement(32, count: 2 * (indent + needsComma.count))
    }

    private mutating func quoted(_ text: String) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { text in
            var copied = 0
            for index in text.indices where Self.needsEscape(text[index]) {
                bytes += text[copied..<index]
                escape(text[index])
                copied = index + 1
            }
            bytes += text[copied...]
        }
        bytes.append(0x22)
    }

    /// What must not stand in a string as it is; and `<`, since a page may hold the text in a script
    /// element, which `</script>` would end.
    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 32 || byte == 0x22 || byte == 0x5C || byte == UInt8(ascii: "<")
    }

    private mutating func escape(_ byte: UInt8) {
        func hex(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }
        bytes.append(0x5C)
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 10: bytes.append(UInt8(ascii: "n"))
        case 9: bytes.append(UInt8(ascii: "t"))
        case 13: bytes.append(UInt8(ascii: "r"))
        default:
            bytes += "u00".utf8
            bytes.append(hex(byte >> 4))
            bytes.append(hex(byte & 15))
        }
    }
}
