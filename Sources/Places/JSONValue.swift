/// A JSON document (RFC 8259) as a value; just enough of it to read an area.
///
/// Foundation's decoder would bring Foundation into every start of the program, and does not say
/// on which line a fault stands.
package enum JSONValue {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(name: String, value: JSONValue)])

    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    package var number: Double? { if case .number(let value) = self { value } else { nil } }

    package init(file: String, bytes: [UInt8]) throws(PlacesError) {
        var parser = JSONParser(file: file, bytes: bytes)
        self = try parser.document()
    }
}

private struct JSONParser {
    /// Deeper documents are refused: an area needs nine levels.
    static let depthLimit = 32

    let file: String
    let bytes: [UInt8]
    var index = 0

    init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    mutating func document() throws(PlacesError) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else { throw fault("nothing may follow the JSON value") }
        return value
    }

    private func fault(_ reason: String) -> PlacesError {
        let line = bytes[..<min(index, bytes.count)].reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
        return .damaged(file: file, line: line, reason: "not JSON: \(reason)")
    }

    private mutating func skipSpace() {
        while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) { index += 1 }
    }

    /// Takes the byte when it comes next, after white space.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(PlacesError) -> JSONValue {
        guard depth < Self.depthLimit else {
            throw fault("it is nested deeper than \(Self.depthLimit) levels")
        }
        skipSpace()
        guard index < bytes.count else { throw fault("it ends too early") }
        switch bytes[index] {
        case UInt8(ascii: "{"):
            index += 1
            return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["):
            index += 1
            return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func members(depth: Int) throws(PlacesError) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipSpace()
            let name = try string()
            guard take(UInt8(ascii: ":")) else { throw fault("a colon should follow “\(name)”") }
            members.append((name, try value(depth: depth)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw fault("a comma or } is missing") }
        return members
    }

    private mutating func elements(depth: Int) throws(PlacesError) -> [JSONValue] {
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return elements }
        repeat { elements.append(try value(depth: depth)) } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw fault("a comma or ] is missing") }
        return elements
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(PlacesError) -> JSONValue
    {
        guard bytes[index...].starts(with: word.utf8) else { throw fault("a value is missing") }
        index += word.utf8.count
        return value
    }

    private mutating func number() throws(PlacesError) -> Double {
        let start = index
        while index < bytes.count, "+-.0123456789eE".utf8.contains(bytes[index]) { index += 1 }
        guard start < index,
            let value = Double(String(decoding: bytes[start..<index], as: UTF8.self)),
            value.isFinite
        else {
            index = start
            throw fault("a value is missing or is no number")
        }
        return value
    }

    private mutating func string() throws(PlacesError) -> String {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            throw fault("a string should stand here")
        }
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape().utf8)
            case 0..<32: throw fault("a control character stands in a string")
            default: text.append(byte)
            }
        }
        throw fault("a string has no end")
    }

    private mutating func escape() throws(PlacesError) -> String {
        guard index < bytes.count else { throw fault("a string has no end") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return String(Unicode.Scalar(byte))
        case UInt8(ascii: "u"):
            var units = [try codeUnit()]
            if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: "\\u".utf8) {
                index += 2
                units.append(try codeUnit())
            }
            return String(decoding: units, as: UTF16.self)
        default: throw fault("no such escape in a string")
        }
    }

    private mutating func codeUnit() throws(PlacesError) -> UInt16 {
        guard index + 4 <= bytes.count,
            let unit = UInt16(
                String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits should follow \\u") }
        index += 4
        return unit
    }
}
