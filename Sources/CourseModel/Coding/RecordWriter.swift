/// Writes values one after another as compact bytes.
///
/// The same values always give the same bytes, so bytes can be compared and hashed instead of
/// values. Numbers are LEB128 (seven bits a byte, low first), signed ones zigzag before that; text is
/// its length and its UTF-8; a list is its length and its items. Nothing is aligned, nothing named.
public struct RecordWriter {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// A writer that has written nothing, with room for `capacity` bytes.
    public init(capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// How many bytes have been written.
    public var count: Int { bytes.count }

    /// Writes a byte.
    public mutating func write(byte: UInt8) { bytes.append(byte) }

    /// Writes a truth value as a byte 0 or 1.
    public mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// Writes a number in one to ten bytes.
    public mutating func write(unsigned value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes a signed number in one to ten bytes.
    public mutating func write(_ value: Int) {
        let wide = Int64(value)
        write(unsigned: UInt64(bitPattern: (wide << 1) ^ (wide >> 63)))
    }

    /// Writes a count, 0 or above.
    public mutating func write(count: Int) { write(unsigned: UInt64(count)) }

    /// Writes eight bytes, low first.
    public mutating func write(fixed value: UInt64) {
        var rest = value
        for _ in 0..<8 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Writes a text.
    public mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            write(count: utf8.count)
            bytes.append(contentsOf: utf8)
        }
    }

    /// Writes a text or its absence.
    public mutating func write(_ text: String?) {
        guard var text else {
            bytes.append(0)
            return
        }
        text.withUTF8 { utf8 in
            write(count: utf8.count + 1)
            bytes.append(contentsOf: utf8)
        }
    }

    /// Writes a number or its absence.
    public mutating func write(_ value: Int?) {
        write(value != nil)
        if let value { write(value) }
    }

    /// Writes bytes with their count.
    public mutating func write(blob: [UInt8]) {
        write(count: blob.count)
        bytes.append(contentsOf: blob)
    }

    /// Writes bytes without their count.
    mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

    /// Writes a value.
    mutating func write<Value: RecordCoded>(_ value: Value) { value.write(to: &self) }

    /// Writes a value or its absence.
    mutating func write<Value: RecordCoded>(_ value: Value?) {
        write(value != nil)
        value?.write(to: &self)
    }

    /// Writes values.
    mutating func write<Value: RecordCoded>(_ values: [Value]) {
        write(count: values.count)
        for value in values { value.write(to: &self) }
    }

    /// Writes texts.
    mutating func write(_ texts: [String]) {
        write(count: texts.count)
        for text in texts { write(text) }
    }

    /// Writes a set as a mask with a bit for each member, so that its order of hashing does not show.
    mutating func write<Word: CodedWord>(_ words: Set<Word>) {
        write(unsigned: words.reduce(0) { $0 | 1 << UInt64($1.code) })
    }
}

/// A value that is written by hand as compact bytes.
protocol RecordCoded {
    /// Writes the value.
    func write(to writer: inout RecordWriter)
    /// Reads what ``write(to:)`` wrote.
    init(reading reader: inout RecordReader) throws(CodingError)
}

/// A word of a closed vocabulary, written as its place in ``order``.
///
/// Words may be added at the end of the list and never leave it.
protocol CodedWord: RecordCoded, Hashable {
    /// The words by their code.
    static var order: [Self] { get }
}

extension CodedWord {
    var code: Int {
        guard let code = Self.order.firstIndex(of: self) else {
            preconditionFailure("\(Self.self) has a word without a code: add it to `order`")
        }
        return code
    }

    func write(to writer: inout RecordWriter) { writer.write(byte: UInt8(code)) }

    init(reading reader: inout RecordReader) throws(CodingError) {
        let code = Int(try reader.byte())
        guard code < Self.order.count else { throw reader.invalid("\(Self.self)") }
        self = Self.order[code]
    }
}
