/// Reads what a ``RecordWriter`` wrote.
///
/// Every read checks that the bytes are there; bytes that no writer makes end in a
/// ``CodingError``, never in a trap or an endless list.
public struct RecordReader {
    private let bytes: [UInt8]
    /// The byte to be read next.
    public private(set) var offset: Int

    /// Reads from the first byte.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = 0
    }

    /// How many bytes are left.
    public var remaining: Int { bytes.count - offset }

    /// Makes sure that nothing is left.
    public func end() throws(CodingError) {
        guard remaining == 0 else { throw .trailingBytes(offset: offset) }
    }

    /// The error for a value that cannot be what stands here.
    public func invalid(_ what: String) -> CodingError { .invalid(what: what, offset: offset) }

    /// Reads a byte.
    public mutating func byte() throws(CodingError) -> UInt8 {
        guard offset < bytes.count else { throw .truncated(offset: bytes.count) }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// Reads a truth value.
    public mutating func bool() throws(CodingError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw invalid("truth value")
        }
    }

    /// Reads a number.
    public mutating func unsigned() throws(CodingError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            if shift == 63, byte > 1 { throw invalid("number") }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// Reads a signed number.
    public mutating func int() throws(CodingError) -> Int {
        let value = try unsigned()
        return Int(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
    }

    /// Reads a count of things that take at least a byte each.
    public mutating func count() throws(CodingError) -> Int {
        let value = try unsigned()
        guard value <= UInt64(remaining) else { throw .truncated(offset: bytes.count) }
        return Int(value)
    }

    /// Reads eight bytes.
    public mutating func fixed() throws(CodingError) -> UInt64 {
        guard remaining >= 8 else { throw .truncated(offset: bytes.count) }
        var value: UInt64 = 0
        for index in 0..<8 { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        offset += 8
        return value
    }

    /// Reads a text.
    public mutating func string() throws(CodingError) -> String {
        text(of: try count())
    }

    /// Reads a text or its absence.
    public mutating func optionalString() throws(CodingError) -> String? {
        let count = try unsigned()
        guard count > 0 else { return nil }
        guard count - 1 <= UInt64(remaining) else { throw .truncated(offset: bytes.count) }
        return text(of: Int(count - 1))
    }

    /// Reads a number or its absence.
    public mutating func optionalInt() throws(CodingError) -> Int? {
        try bool() ? try int() : nil
    }

    /// Reads bytes with their count.
    public mutating func blob() throws(CodingError) -> [UInt8] {
        let count = try count()
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    private mutating func text(of count: Int) -> String {
        defer { offset += count }
        return String(decoding: bytes[offset..<offset + count], as: UTF8.self)
    }

    mutating func value<Value: RecordCoded>(
        _ type: Value.Type = Value.self
    ) throws(CodingError) -> Value {
        try Value(reading: &self)
    }

    mutating func optional<Value: RecordCoded>(
        _ type: Value.Type = Value.self
    ) throws(CodingError) -> Value? {
        try bool() ? try Value(reading: &self) : nil
    }

    mutating func list<Value: RecordCoded>(
        of type: Value.Type = Value.self
    ) throws(CodingError) -> [Value] {
        let count = try count()
        var values: [Value] = []
        values.reserveCapacity(min(count, 64))
        for _ in 0..<count { values.append(try Value(reading: &self)) }
        return values
    }

    mutating func strings() throws(CodingError) -> [String] {
        let count = try count()
        var values: [String] = []
        for _ in 0..<count { values.append(try string()) }
        return values
    }

    mutating func words<Word: CodedWord>(
        of type: Word.Type = Word.self
    ) throws(CodingError) -> Set<Word> {
        let mask = try unsigned()
        guard mask >> UInt64(Word.order.count) == 0 else { throw invalid("\(Word.self)") }
        var words: Set<Word> = []
        for (code, word) in Word.order.enumerated() where mask & 1 << UInt64(code) != 0 {
            words.insert(word)
        }
        return words
    }
}
