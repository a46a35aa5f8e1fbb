import CourseModel

/// Reads a JSON document record by record, with the memory of one record.
///
/// A record is an element of the document's array, or of an array that stands in a named member of
/// its object. Everything else of that object comes at the end as one record, the frame.
struct JSONStream: ~Copyable {
    /// What ``next()`` came to.
    enum Event {
        /// An element of an array of records; the member that holds the array, at the top nothing.
        case record(JSONRecord, of: String?)
        /// The object itself without its arrays of records.
        case frame(JSONRecord)
        /// Bytes that cannot be one record: a bracket is missing or too many.
        case damage(JSONRecord, JSONFault)
    }

    private enum State {
        case start, inObject, inArray(String?, isInObject: Bool), end
    }

    private var window: JSONWindow
    private let name: String
    /// Members whose arrays hold records.
    private let recordMembers: Set<String>
    private let limits: JSONLimits
    private var state = State.start
    private var frame: [UInt8] = []
    private var frameStart = SourcePosition(line: 1, column: 1, byteOffset: 0)
    private var cuts: [(offset: Int, goesOn: SourcePosition)] = []
    private var pending: [Event] = []
    /// Bytes that were read of a damaged record but belong to later ones.
    private var replay: ReplayedBytes?

    init(
        _ input: FeedInput, recordMembers: Set<String>, limits: JSONLimits
    ) throws(FeedError) {
        window = try JSONWindow(input)
        name = input.name
        self.recordMembers = recordMembers
        self.limits = limits
    }

    /// How many bytes of the document were read.
    var bytesRead: Int { window.bytesRead }

    /// Where reading stands.
    var position: SourcePosition { replay?.position ?? window.position }

    /// The next record; `nil` at the end of the document.
    ///
    /// - Throws: ``FeedError/malformed(name:line:column:reason:)`` when the document cannot be read
    ///   any further.
    mutating func next() throws(FeedError) -> Event? {
        while true {
            switch state {
            case .start: try start()
            case .inObject:
                if let event = try member() { return event }
            case .inArray(let member, let isInObject):
                if let event = try element(of: member, isInObject) { return event }
            case .end: return nil
            }
        }
    }

    // MARK: The document

    private mutating func start() throws(FeedError) {
        try skipSpace()
        switch try peek() {
        case nil: throw .empty(name: name)
        case UInt8(ascii: "["):
            _ = try take()
            state = .inArray(nil, isInObject: false)
        case UInt8(ascii: "{"):
            frameStart = position
            frame = [try take() ?? 0]
            state = .inObject
        default: throw malformed("expected “{” or “[” at the start of the document")
        }
    }

    /// Reads the next member of the outer object.
    private mutating func member() throws(FeedError) -> Event? {
        try copySpace()
        switch try peek() {
        case UInt8(ascii: "}"):
            frame.append(try take() ?? 0)
            state = .end
            try ending()
            return .frame(JSONRecord(bytes: frame, start: frameStart, cuts: cuts))
        case UInt8(ascii: ","):
            frame.append(try take() ?? 0)
            return nil
        case UInt8(ascii: "\""): break
        case nil: throw malformed("the document ends too early")
        default: throw malformed("expected a name in double quotes, “,” or “}”")
        }
        let key = try rawString()
        frame += key
        try copySpace()
        guard try peek() == UInt8(ascii: ":") else { throw malformed("expected “:” behind a name") }
        frame.append(try take() ?? 0)
        try copySpace()
        let keyName = String(decoding: key.dropFirst().dropLast(), as: UTF8.self)
        if recordMembers.contains(keyName), try peek() == UInt8(ascii: "[") {
            _ = try take()
            // In the frame an empty array stands for the records.
            frame.append(UInt8(ascii: "["))
            state = .inArray(keyName, isInObject: true)
            return nil
        }
        let (record, fault) = try capture()
        if let fault { throw malformed(fault.message, at: fault.position) }
        frame += record.bytes
        guard frame.count <= limits.recordBytes else {
            throw malformed("an object is larger than \(limits.recordBytes) bytes")
        }
        return nil
    }

    /// Reads the next element of an array of records.
    private mutating func element(
        of member: String?, _ isInObject: Bool
    ) throws(FeedError) -> Event? {
        try skipSpace()
        switch try peek() {
        case UInt8(ascii: "]"):
            if isInObject {
                cuts.append((frame.count, position))
                frame.append(UInt8(ascii: "]"))
            }
            _ = try take()
            if isInObject {
                state = .inObject
            } else {
                state = .end
                try ending()
            }
            return nil
        case UInt8(ascii: ","):
            _ = try take()
            return nil
        case nil: throw malformed("the document ends within an array")
        default:
            let (record, fault) = try capture()
            if let fault { return .damage(record, fault) }
            return .record(record, of: member)
        }
    }

    private mutating func ending() throws(FeedError) {
        try skipSpace()
        while let byte = try peek() {
            // A NUL or a comma behind the end does no harm; anything else may be lost text.
            guard byte == 0 || byte == UInt8(ascii: ";") else {
                throw malformed("there is more behind the end of the document")
            }
            _ = try take()
            try skipSpace()
        }
    }

    // MARK: One value

    /// Takes the bytes of one value, whatever stands in it, by its brackets and quotes.
    private mutating func capture() throws(FeedError) -> (JSONRecord, JSONFault?) {
        let start = position
        var bytes: [UInt8] = []
        var open: [UInt8] = []
        var inText = false
        var isEscaped = false
        while let byte = try peek() {
            if !inText, open.isEmpty, !bytes.isEmpty, isEndOfScalar(byte) { break }
            if !inText, byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                guard open.last == byte else {
                    return try resume(
                        bytes, start,
                        "“\(UnicodeScalar(byte))” stands where "
                            + "“\(UnicodeScalar(open.last ?? 0x7D))” was expected")
                }
            }
            _ = try take()
            bytes.append(byte)
            guard bytes.count <= limits.recordBytes else {
                return try resume(
                    bytes, start, "it is larger than \(limits.recordBytes) bytes")
            }
            if inText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    inText = false
                    if open.isEmpty { break }
                }
                continue
            }
            switch byte {
            case 0x22: inText = true
            case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
            case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                open.removeLast()
                if open.isEmpty { return (JSONRecord(bytes: bytes, start: start), nil) }
            default: break
            }
            guard open.count <= limits.depth else {
                return try resume(
                    bytes, start, "arrays and objects are nested deeper than \(limits.depth)")
            }
        }
        if inText || !open.isEmpty {
            return try resume(bytes, start, "a bracket or quote that was opened is not closed")
        }
        return (JSONRecord(bytes: bytes, start: start), nil)
    }

    /// A record whose brackets do not match: reading goes on at the next line that begins as this
    /// record did, which is where its neighbour starts in every document that a program wrote, or
    /// at the bracket that ends their array.
    private mutating func resume(
        _ bytes: [UInt8], _ start: SourcePosition, _ message: String
    ) throws(FeedError) -> (JSONRecord, JSONFault?) {
        let fault = JSONFault(message: message, position: position)
        if let cut = neighbour(bytes, column: start.column) {
            let record = JSONRecord(bytes: Array(bytes[..<cut]), start: start)
            replay = ReplayedBytes(
                bytes: Array(bytes[cut...]) + (replay?.rest ?? []),
                position: record.position(at: cut))
            return (trimmed(record), fault)
        }
        // The neighbour was not reached yet.
        var bytes = bytes
        var isAtLineStart = false
        while let byte = try peek(), bytes.count <= limits.recordBytes {
            if isAtLineStart, byte != 32, byte != 9 {
                isAtLineStart = false
                let isNeighbour = byte == UInt8(ascii: "{") && position.column == start.column
                let isEnd = byte == UInt8(ascii: "]") && position.column < start.column
                if isNeighbour || isEnd {
                    return (trimmed(JSONRecord(bytes: bytes, start: start)), fault)
                }
            }
            _ = try take()
            bytes.append(byte)
            if byte == 10 { isAtLineStart = true }
        }
        // There is no telling where the next record begins.
        throw malformed(message, at: fault.position)
    }

    /// The record without the comma and blanks behind it.
    private func trimmed(_ record: JSONRecord) -> JSONRecord {
        var bytes = record.bytes[...]
        while let last = bytes.last, [32, 9, 10, 13, UInt8(ascii: ",")].contains(last) {
            bytes = bytes.dropLast()
        }
        return JSONRecord(bytes: Array(bytes), start: record.start)
    }

    /// Where the next line starts whose first visible character is a `{` in the same column.
    private func neighbour(_ bytes: [UInt8], column: Int) -> Int? {
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        var lineStart: Int?
        for (index, byte) in bytes.enumerated() {
            if byte == 10 {
                lineStart = index + 1
            } else if let start = lineStart, byte != 32, byte != 9 {
                lineStart = nil
                if byte == UInt8(ascii: "{"), index - start + 1 == column { return index }
            }
        }
        return nil
    }

    private func isEndOfScalar(_ byte: UInt8) -> Bool {
        [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 32, 9, 10, 13].contains(byte)
    }

    /// A text with its quotes.
    private mutating func rawString() throws(FeedError) -> [UInt8] {
        var bytes: [UInt8] = []
        var isEscaped = false
        while let byte = try take() {
            bytes.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == 0x22, bytes.count > 1 {
                return bytes
            }
            guard bytes.count <= limits.recordBytes else { break }
        }
        throw malformed("a name in quotes does not end")
    }

    // MARK: Bytes

    private mutating func peek() throws(FeedError) -> UInt8? {
        if let byte = replay?.peek { return byte }
        replay = nil
        return try window.peek()
    }

    private mutating func take() throws(FeedError) -> UInt8? {
        if replay?.peek != nil { return replay?.take() }
        replay = nil
        return try window.next()
    }

    private mutating func skipSpace() throws(FeedError) {
        while let byte = try peek(), [32, 9, 10, 13].contains(byte) { _ = try take() }
    }

    private mutating func copySpace() throws(FeedError) {
        while let byte = try peek(), [32, 9, 10, 13].contains(byte) {
            _ = try take()
            // Line breaks are kept, so that places within the frame stay right.
            frame.append(byte)
        }
    }

    private func malformed(_ reason: String, at place: SourcePosition? = nil) -> FeedError {
        let place = place ?? position
        return .malformed(name: name, line: place.line, column: place.column, reason: reason)
    }
}

/// How much a JSON document may ask of its reader.
struct JSONLimits {
    /// Open arrays and objects within a record.
    var depth = 128
    /// Bytes of one record.
    var recordBytes = 16_000_000
}

/// Bytes that are read a second time.
struct ReplayedBytes {
    var bytes: [UInt8]
    var index = 0
    var position: SourcePosition

    init(bytes: [UInt8], position: SourcePosition) {
        self.bytes = bytes
        self.position = position
    }

    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
    var rest: ArraySlice<UInt8> { bytes[index...] }

    mutating func take() -> UInt8? {
        guard let byte = peek else { return nil }
        position.advance(over: CollectionOfOne(byte))
        index += 1
        return byte
    }
}
