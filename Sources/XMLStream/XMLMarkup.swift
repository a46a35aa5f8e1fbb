/// The bytes of a document that is being written, and what has to be known to go on with it.
struct XMLMarkup: ~Copyable {
    private var sink: any XMLByteSink
    private let indents: Bool
    private var bytes = MarkupBuffer()
    /// The names of the open elements, one behind the other.
    private var names = MarkupBuffer()
    private var open: [OpenElement] = []
    /// The names of the open tag's attributes, by where they stand in `bytes`.
    private var attributes: [Range<Int>] = []
    private var tagIsOpen = false
    private var rootIsWritten = false
    private var isFinished = false
    /// Characters that XML forbids and that were written as U+FFFD.
    private(set) var replacedCharacters = 0

    private struct OpenElement {
        /// Where its name begins in the names.
        var name: Int
        var hasText = false
        var hasElements = false
    }

    /// The bytes that go to the sink at once.
    private static let chunk = 65_536

    init(sink: any XMLByteSink, indents: Bool) {
        self.sink = sink
        self.indents = indents
        bytes.reserve(Self.chunk + 8192)
        bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    // MARK: Elements

    mutating func startElement(_ name: String) throws(XMLWriteError) {
        guard !isFinished, !(open.isEmpty && rootIsWritten) else {
            throw .misuse("<\(name)> after the end of the root element")
        }
        closeTag()
        try flushIfFull()
        let depth = open.count
        if depth > 0 {
            open[depth - 1].hasElements = true
            if !open[depth - 1].hasText { breakLine(depth) }
        }
        let start = bytes.count
        bytes.append(0x3C)
        guard bytes.append(name: name) else {
            bytes.count = start
            throw .misuse("\"\(name)\" is not a name")
        }
        open.append(OpenElement(name: names.count))
        names.append(bytes.bytes(start + 1..<bytes.count))
        if !attributes.isEmpty { attributes.removeAll(keepingCapacity: true) }
        tagIsOpen = true
        rootIsWritten = true
    }

    mutating func attribute(_ name: String, _ value: String) throws(XMLWriteError) {
        guard tagIsOpen else { throw .misuse("the attribute \(name) behind the start tag") }
        let start = bytes.count
        bytes.append(0x20)
        guard bytes.append(name: name) else {
            bytes.count = start
            throw .misuse("\"\(name)\" is not a name")
        }
        let range = start + 1..<bytes.count
        guard !attributes.contains(where: { bytes.isSame($0, range) }) else {
            bytes.count = start
            throw .misuse("the attribute \(name) twice")
        }
        attributes.append(range)
        bytes.append(0x3D, 0x22)
        replacedCharacters += bytes.append(escaped: value, as: .attribute)
        bytes.append(0x22)
    }

    mutating func text(_ text: String) throws(XMLWriteError) {
        guard !open.isEmpty else { throw .misuse("text outside the root element") }
        guard !text.isEmpty else { return }
        closeTag()
        open[open.count - 1].hasText = true
        replacedCharacters += bytes.append(escaped: text, as: .text)
        try flushIfFull()
    }

    mutating func lineBreak(depth: Int) throws(XMLWriteError) {
        guard !open.isEmpty else { throw .misuse("text outside the root element") }
        closeTag()
        open[open.count - 1].hasText = true
        bytes.append(lineBreakWithLevels: depth)
    }

    mutating func element(raw markup: [UInt8]) throws(XMLWriteError) {
        guard !open.isEmpty else { throw .misuse("an element behind the root element") }
        closeTag()
        open[open.count - 1].hasElements = true
        replacedCharacters += bytes.append(escaped: markup, as: .markup)
        try flushIfFull()
    }

    mutating func endElement() throws(XMLWriteError) {
        guard let element = open.popLast() else { throw .misuse("an end without an element") }
        if tagIsOpen {
            bytes.append(0x2F, 0x3E)
            tagIsOpen = false
        } else {
            if element.hasElements, !element.hasText { breakLine(open.count) }
            bytes.append(0x3C, 0x2F)
            bytes.append(names.bytes(element.name..<names.count))
            bytes.append(0x3E)
        }
        names.count = element.name
        try flushIfFull()
    }

    mutating func comment(_ text: String) throws(XMLWriteError) {
        closeTag()
        let depth = open.count
        if depth > 0 {
            open[depth - 1].hasElements = true
            if !open[depth - 1].hasText { breakLine(depth) }
        }
        bytes.append("<!-- ")
        var previous: UInt8 = 0x20
        var comment: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0x2D, previous == 0x2D { comment.append(0x20) }
            comment.append(byte)
            previous = byte
        }
        replacedCharacters += bytes.append(escaped: comment, as: .markup)
        bytes.append(" -->")
        if depth == 0 { bytes.append(0x0A) }
        try flushIfFull()
    }

    mutating func finish() throws(XMLWriteError) {
        guard !isFinished else { return }
        guard open.isEmpty else {
            throw .misuse("<\(openNames.joined(separator: "> <"))> not ended")
        }
        guard rootIsWritten else { throw .misuse("no root element") }
        bytes.append(0x0A)
        try flush()
        try sink.finish()
        isFinished = true
    }

    // MARK: Bytes

    private var openNames: [String] {
        let ends = open.dropFirst().map(\.name) + [names.count]
        return zip(open, ends).map {
            String(decoding: names.bytes($0.name..<$1), as: UTF8.self)
        }
    }

    private mutating func closeTag() {
        if tagIsOpen {
            bytes.append(0x3E)
            tagIsOpen = false
        }
    }

    private mutating func breakLine(_ level: Int) {
        if indents { bytes.append(lineBreakWithLevels: level) }
    }

    private mutating func flushIfFull() throws(XMLWriteError) {
        if bytes.count >= Self.chunk, !tagIsOpen { try flush() }
    }

    private mutating func flush() throws(XMLWriteError) {
        try sink.write(UnsafeRawBufferPointer(bytes.bytes(0..<bytes.count)))
        bytes.count = 0
    }
}
