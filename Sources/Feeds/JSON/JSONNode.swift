import CourseModel

/// A JSON value in a record that was read whole, with its place in the document.
struct JSONNode {
    /// What it is.
    indirect enum Value {
        case object([(key: String, node: JSONNode)])
        case array([JSONNode])
        case string(String)
        /// A number as written.
        case number(String)
        case boolean(Bool)
        case null
    }

    let value: Value
    /// Where it starts within the record's bytes.
    let offset: Int
    /// Where it ends there.
    let end: Int
    let record: JSONRecord

    /// Where it stands in the document.
    var position: SourcePosition { record.position(at: offset) }

    /// The member of an object; `nil` when it is absent or null.
    subscript(_ key: String) -> JSONNode? {
        guard case .object(let members) = value,
            let node = members.first(where: { $0.key == key })?.node
        else { return nil }
        if case .null = node.value { return nil }
        return node
    }

    /// The members of an object, in order; none for anything else.
    var members: [(key: String, node: JSONNode)] {
        if case .object(let members) = value { members } else { [] }
    }

    /// The elements of an array; anything else but null counts as a list of itself.
    var elements: [JSONNode] {
        switch value {
        case .array(let elements): elements
        case .null: []
        default: [self]
        }
    }

    /// Whether it may hold other values.
    var isContainer: Bool {
        switch value {
        case .object, .array: true
        default: false
        }
    }

    /// Its bytes in the document.
    var range: Range<Int> { record.documentOffset(offset)..<record.documentOffset(end) }

    /// The bytes that it is.
    var bytes: [UInt8] { Array(record.bytes[offset..<end]) }

    var isObject: Bool { if case .object = value { true } else { false } }

    /// A text, or a number as written; `nil` for anything else and for blanks.
    var text: String? {
        switch value {
        case .string(let text), .number(let text): nonEmpty(text)
        default: nil
        }
    }

    /// A text with its lines.
    var lines: String? {
        guard case .string(let text) = value else { return text }
        return nonEmpty(text) == nil ? nil : text
    }

    /// A number, or a text that is one.
    var decimal: FixedDecimal? {
        switch value {
        case .number(let text):
            FixedDecimal(text) ?? Double(text).flatMap { JSONNode.decimal($0) }
        case .string(let text): parseAmount(text)
        default: nil
        }
    }

    /// A number with an exponent.
    private static func decimal(_ number: Double) -> FixedDecimal? {
        let scaled = (number * 10_000).rounded()
        guard scaled.magnitude < 9e15 else { return nil }
        return FixedDecimal(scaled: Int64(scaled))
    }

    var double: Double? {
        switch value {
        case .number(let text), .string(let text): Double(text.trimmingSpaces())
        default: nil
        }
    }

    /// A whole number of zero or more.
    var count: Int? {
        guard let text, let number = Double(text), number >= 0, number < 1e9,
            number == number.rounded()
        else { return nil }
        return Int(number)
    }

    var boolean: Bool? {
        switch value {
        case .boolean(let value): value
        case .string(let text): parseBoolean(text)
        default: nil
        }
    }
}

/// The bytes of a record with their place in the document.
final class JSONRecord {
    /// The bytes as they stand in the document.
    let bytes: [UInt8]
    /// Where they start there.
    let start: SourcePosition
    /// Where elements of arrays were left out, and where in the document it goes on.
    let cuts: [(offset: Int, goesOn: SourcePosition)]
    /// The place that was asked for last.
    ///
    /// Faults are told in order, so the next one is counted on from there; from the start each time,
    /// many faults on one long line would take squared time.
    private var last: (offset: Int, position: SourcePosition)

    init(
        bytes: [UInt8], start: SourcePosition, cuts: [(offset: Int, goesOn: SourcePosition)] = []
    ) {
        self.bytes = bytes
        self.start = start
        self.cuts = cuts
        last = (0, start)
    }

    /// The range in the document, with what was left out.
    var range: Range<Int> { start.byteOffset..<documentOffset(bytes.count) }

    /// Where a byte is in the document.
    func documentOffset(_ offset: Int) -> Int {
        guard let cut = cuts.last(where: { $0.offset <= offset }) else {
            return start.byteOffset + offset
        }
        return cut.goesOn.byteOffset + offset - cut.offset
    }

    /// The place of a byte in the document.
    func position(at offset: Int) -> SourcePosition {
        let cut = cuts.last { $0.offset <= offset }
        var known = (offset: cut?.offset ?? 0, position: cut?.goesOn ?? start)
        if known.offset <= last.offset, last.offset <= offset { known = last }
        let end = min(offset, bytes.count)
        known.position.advance(over: bytes[known.offset..<max(end, known.offset)])
        last = (max(end, known.offset), known.position)
        return known.position
    }
}

extension SourcePosition {
    /// Moves behind the bytes; columns count characters.
    mutating func advance(over bytes: some Sequence<UInt8>) {
        for byte in bytes {
            byteOffset += 1
            if byte == 10 {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }
}

/// Why JSON cannot be read.
struct JSONFault: Error {
    /// What is wrong, and what was expected.
    var message: String
    /// Where.
    var position: SourcePosition
}
