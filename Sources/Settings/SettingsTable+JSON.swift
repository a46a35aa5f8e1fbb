extension SettingsTable {
    /// Reads JSON (RFC 8259); the same tree as TOML, with days written as text.
    ///
    /// - Parameter file: The name to use in faults.
    /// - Throws: A fault with its line when the text is no JSON, or no object.
    public static func read(json text: String, file: String) throws(SettingsFault) -> SettingsTable
    {
        var parser = JSONTextParser(text, file: file)
        let top = try parser.document()
        guard case .table(let entries) = top.value else {
            throw SettingsFault(
                file: file, line: 1, field: "", message: "expected an object ({…}) at the top")
        }
        return SettingsTable(
            file: file, path: "", place: .known(nil), entries: entries, log: FaultLog())
    }
}

/// Parses JSON with the line of every value, which Foundation's decoder does not tell.
private struct JSONTextParser {
    private let bytes: [UInt8]
    private let file: String
    private var index = 0
    private var line = 1
    private var depth = 0

    /// Deeper than any settings file, far above the stack's end.
    private static let maximumDepth = 64

    init(_ text: String, file: String) {
        bytes = Array(text.utf8)
        self.file = file
    }

    mutating func document() throws(SettingsFault) -> SettingsNode {
        let top = try value(path: "")
        skipSpace()
        guard index == bytes.count else { throw fault("expected the end of the file") }
        return top
    }

    private mutating func value(path: String) throws(SettingsFault) -> SettingsNode {
        skipSpace()
        let began = line
        guard index < bytes.count else { throw fault("the file ends too early") }
        let value: SettingsNode.Value =
            switch bytes[index] {
            case UInt8(ascii: "{"): .table(try object(path: path))
            case UInt8(ascii: "["): .list(try array(path: path))
            case UInt8(ascii: "\""): .string(try string())
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
            default: try word()
            }
        return SettingsNode(value, path: path, line: began)
    }

    private mutating func object(path: String) throws(SettingsFault) -> [String: SettingsNode] {
        try enter()
        var entries: [String: SettingsNode] = [:]
        skipSpace()
        if take("}") { return leave(entries) }
        repeat {
            skipSpace()
            let keyLine = line
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
                throw fault("expected a field name in double quotes")
            }
            let key = try string()
            skipSpace()
            guard take(":") else { throw fault("expected “:” after “\(key)”") }
            let node = try value(path: path.isEmpty ? key : path + "." + key)
            guard entries[key] == nil else { throw fault("“\(key)” stands here twice") }
            entries[key] = SettingsNode(node.value, path: node.path, line: keyLine)
            skipSpace()
        } while take(",")
        guard take("}") else { throw fault("expected “,” or “}”") }
        return leave(entries)
    }

    private mutating func array(path: String) throws(SettingsFault) -> [SettingsNode] {
        try enter()
        var items: [SettingsNode] = []
        skipSpace()
        if take("]") { return leave(items) }
        repeat {
            items.append(try value(path: "\(path)[\(items.count)]"))
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("expected “,” or “]”") }
        return leave(items)
    }

    private mutating func string() throws(SettingsFault) -> String {
        index += 1
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += Array(try escape().utf8)
            case 0..<0x20:
                throw fault("a text in quotes cannot hold a line break or control character")
            default: text.append(byte)
            }
        }
        throw fault("a text in quotes does not end")
    }

    private mutating func escape() throws(SettingsFault) -> String {
        guard index < bytes.count else { throw fault("the file ends too early") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return String(UnicodeScalar(byte))
        case UInt8(ascii: "u"):
            let first = try hexadecimal()
            if 0xD800...0xDBFF ~= first, index + 1 < bytes.count,
                bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            {
                index += 2
                let second = try hexadecimal()
                guard 0xDC00...0xDFFF ~= second else { throw fault("half a surrogate pair") }
                let joined = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
                return UnicodeScalar(joined).map { String($0) } ?? "\u{FFFD}"
            }
            guard let scalar = UnicodeScalar(first) else { throw fault("half a surrogate pair") }
            return String(scalar)
        default: throw fault("“\\\(UnicodeScalar(byte))” is not an escape of JSON")
        }
    }

    private mutating func hexadecimal() throws(SettingsFault) -> UInt32 {
        guard index + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw fault("expected four hexadecimal digits after “\\u”") }
        index += 4
        return value
    }

    private mutating func number() throws(SettingsFault) -> SettingsNode.Value {
        let start = index
        while index < bytes.count, "+-.eE0123456789".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if let whole = Int(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else {
            throw fault("“\(text)” is not a number")
        }
        return .number(number)
    }

    private mutating func word() throws(SettingsFault) -> SettingsNode.Value {
        let start = index
        while index < bytes.count, 97...122 ~= bytes[index] { index += 1 }
        switch String(decoding: bytes[start..<index], as: UTF8.self) {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default:
            throw fault("expected a value: text in quotes, a number, true, false, a list or {…}")
        }
    }

    private mutating func skipSpace() {
        while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) {
            if bytes[index] == 10 { line += 1 }
            index += 1
        }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
        index += 1
        return true
    }

    private mutating func enter() throws(SettingsFault) {
        index += 1
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw fault("lists and objects are nested too deep")
        }
    }

    private mutating func leave<Value>(_ value: Value) -> Value {
        depth -= 1
        return value
    }

    private func fault(_ message: String) -> SettingsFault {
        SettingsFault(file: file, line: line, field: "", message: "is not valid JSON: \(message)")
    }
}
