import CourseModel

/// Parses the bytes of one record into a tree.
///
/// Beyond RFC 8259 it accepts what people's programs write and what leaves no doubt: a comma too
/// many before a bracket, line breaks and tabs within a text, bytes that are no UTF-8; each is told
/// as a fault that was got over.
struct JSONParser {
    private let record: JSONRecord
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0
    private let maximumDepth: Int
    /// What was got over, by what it was and where it was first met.
    private(set) var recovered: [(message: String, offset: Int)] = []
    private var messages: Set<String> = []

    init(_ record: JSONRecord, maximumDepth: Int = 128) {
        self.record = record
        bytes = record.bytes
        self.maximumDepth = maximumDepth
    }

    /// The value that the record is, and nothing behind it.
    mutating func parse() throws(JSONFault) -> JSONNode {
        let node = try value()
        skipSpace()
        guard index == bytes.count else { throw fault("there is more behind the value") }
        return node
    }

    private mutating func value() throws(JSONFault) -> JSONNode {
        skipSpace()
        let start = index
        guard index < bytes.count else { throw fault("it ends too early") }
        let value: JSONNode.Value
        switch bytes[index] {
        case UInt8(ascii: "{"): value = .object(try object())
        case UInt8(ascii: "["): value = .array(try array())
        case UInt8(ascii: "\""): value = .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = .number(try number())
        default: value = try word()
        }
        return JSONNode(value: value, offset: start, end: index, record: record)
    }

    private mutating func object() throws(JSONFault) -> [(key: String, node: JSONNode)] {
        try enter()
        var members: [(key: String, node: JSONNode)] = []
        var keys: Set<String> = []
        skipSpace()
        while !take("}") {
            skipSpace()
            let keyStart = index
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw fault("expected a name in double quotes")
            }
            let key = try string()
            skipSpace()
            guard take(":") else { throw fault("expected “:” behind “\(key)”") }
            let node = try value()
            if !keys.insert(key).inserted {
                recover("“\(key)” stands twice in an object; the first one counts", keyStart)
            } else {
                members.append((key, node))
            }
            skipSpace()
            if take(",") {
                skipSpace()
                if index < bytes.count, bytes[index] == UInt8(ascii: "}") {
                    recover("there is a comma before “}”", index)
                }
                continue
            }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "}") else {
                throw fault("expected “,” or “}”")
            }
        }
        depth -= 1
        return members
    }

    private mutating func array() throws(JSONFault) -> [JSONNode] {
        try enter()
        var elements: [JSONNode] = []
        skipSpace()
        while !take("]") {
            elements.append(try value())
            skipSpace()
            if take(",") {
                skipSpace()
                if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
                    recover("there is a comma before “]”", index)
                }
                continue
            }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "]") else {
                throw fault("expected “,” or “]”")
            }
        }
        depth -= 1
        return elements
    }

    private mutating func string() throws(JSONFault) -> String {
        let start = index
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let run = bytes[index...].prefix { $0 != 0x22 && $0 != 0x5C && $0 >= 0x20 }
            text += run
            index = run.endIndex
            guard index < bytes.count else { break }
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x22:
                if let valid = String(validating: text, as: UTF8.self) { return valid }
                recover("a text is not in UTF-8; characters were replaced", start)
                return String(decoding: text, as: UTF8.self)
            case 0x5C: try escape(into: &text)
            default:
                recover("a line break or control character stands in a text", index - 1)
                text.append(byte == 0 ? 0x20 : byte)
            }
        }
        index = start
        throw fault("a text in quotes does not end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFault) {
        guard index < bytes.count else { throw fault("it ends too early") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"):
            let first = try hexadecimal()
            var scalar = UnicodeScalar(first)
            if 0xD800...0xDBFF ~= first, index + 1 < bytes.count, bytes[index] == 0x5C,
                bytes[index + 1] == UInt8(ascii: "u")
            {
                let back = index
                index += 2
                let second = try hexadecimal()
                if 0xDC00...0xDFFF ~= second {
                    scalar = UnicodeScalar(
                        0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
                } else {
                    index = back
                }
            }
            if scalar == nil { recover("half a surrogate pair was replaced", index) }
            text += Array(String(scalar ?? "\u{FFFD}").utf8)
        default: throw fault("“\\\(UnicodeScalar(byte))” is no escape of JSON", at: index - 2)
        }
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
        guard index + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw fault("expected four hexadecimal digits behind “\\u”") }
        index += 4
        return value
    }

    private mutating func number() throws(JSONFault) -> String {
        let start = index
        while index < bytes.count, "+-.eE0123456789".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard let number = Double(text), number.isFinite else {
            throw fault("“\(text.prefix(40))” is no number", at: start)
        }
        return text
    }

    private mutating func word() throws(JSONFault) -> JSONNode.Value {
        let start = index
        while index < bytes.count, 97...122 ~= bytes[index] { index += 1 }
        switch String(decoding: bytes[start..<index], as: UTF8.self) {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default:
            throw fault(
                "expected a text in quotes, a number, true, false, null, […] or {…}", at: start)
        }
    }

    private mutating func skipSpace() {
        while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) { index += 1 }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
        index += 1
        return true
    }

    private mutating func enter() throws(JSONFault) {
        index += 1
        depth += 1
        guard depth <= maximumDepth else {
            throw fault("arrays and objects are nested deeper than \(maximumDepth)")
        }
    }

    /// Each kind of thing is told once a record.
    private mutating func recover(_ message: String, _ offset: Int) {
        guard messages.insert(message).inserted else { return }
        recovered.append((message, offset))
    }

    private func fault(_ message: String, at offset: Int? = nil) -> JSONFault {
        JSONFault(message: message, position: record.position(at: offset ?? index))
    }
}
