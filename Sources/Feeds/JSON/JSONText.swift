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
        bytes += Array(text.utf8)
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
        bytes += [UInt8(ascii: ":"), 32]
    }

    private mutating func breakLine() {
        bytes.append(10)
        bytes += Array(repeating: 32, count: 2 * (indent + needsComma.count))
    }

    private mutating func quoted(_ text: String) {
        bytes.append(0x22)
        let hex = Array("0123456789abcdef".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 10: bytes += [0x5C, UInt8(ascii: "n")]
            case 9: bytes += [0x5C, UInt8(ascii: "t")]
            case 13: bytes += [0x5C, UInt8(ascii: "r")]
            case 0..<32:
                bytes += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            // A page may hold the text in a script element, which `</script>` would end.
            case UInt8(ascii: "<"): bytes += Array("\\u003c".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}
