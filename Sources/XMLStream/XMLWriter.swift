/// Writes an XML document in UTF-8, piece by piece, with the same bytes for the same calls.
///
/// ```swift
/// let writer = try XMLWriter(to: XMLFileSink(path: "feed.xml"))
/// try writer.startElement("catalog")
/// try writer.attribute("xmlns", "http://xcri.org/profiles/1.2/catalog")
/// try writer.element("dc:title", "Green courses", ("xml:lang", "en"))
/// try writer.endElement()
/// try writer.finish()
/// ```
///
/// Names are written as given, prefix included; declaring prefixes is the caller's. Characters that
/// XML forbids are written as U+FFFD and counted in ``replacedCharacters``. Element text is never
/// indented or wrapped: only elements that hold nothing but elements get line breaks.
public struct XMLWriter: ~Copyable {
    // The state stands behind a reference: whoever keeps a writer in a class can hold it in a
    // constant, which needs no check for exclusive access at each of a document's many calls.
    private let state: State

    private final class State {
        var sink: any XMLByteSink
        let indents: Bool
        var bytes = MarkupBuffer()
        /// The names of the open elements, one behind the other.
        var names = MarkupBuffer()
        var open: [OpenElement] = []
        /// The names of the open tag's attributes, by where they stand in `bytes`.
        var attributes: [Range<Int>] = []
        var tagIsOpen = false
        var rootIsWritten = false
        var isFinished = false
        var replacedCharacters = 0

        init(_ sink: any XMLByteSink, indents: Bool) {
            self.sink = sink
            self.indents = indents
        }
    }

    private struct OpenElement {
        /// Where its name begins in the names.
        var name: Int
        var hasText = false
        var hasElements = false
    }

    /// Characters that XML forbids and that were written as U+FFFD.
    public var replacedCharacters: Int { state.replacedCharacters }

    /// The bytes that go to the sink at once.
    private static let chunk = 65_536

    /// A writer that begins with the XML declaration.
    public init(to sink: some XMLByteSink, indent: Bool = true) {
        state = State(sink, indents: indent)
        state.bytes.reserve(Self.chunk + 8192)
        state.bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    // MARK: Elements

    /// Starts an element.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when the name is not an XML name or the root has
    ///   ended already; ``XMLWriteError/io(path:errno:)``.
    public func startElement(_ name: String) throws(XMLWriteError) {
        let state = state
        guard !state.isFinished, !(state.open.isEmpty && state.rootIsWritten) else {
            throw .misuse("<\(name)> after the end of the root element")
        }
        closeTag()
        try flushIfFull()
        let depth = state.open.count
        if depth > 0 {
            state.open[depth - 1].hasElements = true
            if !state.open[depth - 1].hasText { breakLine(depth) }
        }
        let start = state.bytes.count
        state.bytes.append(0x3C)
        guard state.bytes.append(name: name) else {
            state.bytes.count = start
            throw .misuse("\"\(name)\" is not a name")
        }
        state.open.append(OpenElement(name: state.names.count))
        state.names.append(state.bytes.bytes(start + 1..<state.bytes.count))
        state.attributes.removeAll(keepingCapacity: true)
        state.tagIsOpen = true
        state.rootIsWritten = true
    }

    /// Adds an attribute to the element just started.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when the start tag is closed already or has the
    ///   attribute.
    public func attribute(_ name: String, _ value: String) throws(XMLWriteError) {
        let state = state
        guard state.tagIsOpen else { throw .misuse("the attribute \(name) behind the start tag") }
        let start = state.bytes.count
        state.bytes.append(0x20)
        guard state.bytes.append(name: name) else {
            state.bytes.count = start
            throw .misuse("\"\(name)\" is not a name")
        }
        let range = start + 1..<state.bytes.count
        guard !state.attributes.contains(where: { state.bytes.isSame($0, range) }) else {
            state.bytes.count = start
            throw .misuse("the attribute \(name) twice")
        }
        state.attributes.append(range)
        state.bytes.append(0x3D, 0x22)
        state.replacedCharacters += state.bytes.append(escaped: value, as: .attribute)
        state.bytes.append(0x22)
    }

    /// Writes text in the open element.
    public func text(_ text: String) throws(XMLWriteError) {
        let state = state
        guard !state.open.isEmpty else { throw .misuse("text outside the root element") }
        guard !text.isEmpty else { return }
        closeTag()
        state.open[state.open.count - 1].hasText = true
        state.replacedCharacters += state.bytes.append(escaped: text, as: .text)
        try flushIfFull()
    }

    /// Writes a line break and two spaces a level as text of the open element.
    ///
    /// For documents that are not indented as a whole, since some of their elements mix text and
    /// elements.
    public func lineBreak(depth: Int) throws(XMLWriteError) {
        let state = state
        guard !state.open.isEmpty else { throw .misuse("text outside the root element") }
        closeTag()
        state.open[state.open.count - 1].hasText = true
        state.bytes.append(lineBreakWithLevels: depth)
    }

    /// Writes an element that holds only text.
    public func element(_ name: String, _ text: String = "") throws(XMLWriteError) {
        try startElement(name)
        try self.text(text)
        try endElement()
    }

    /// Writes an element that holds only text, with an attribute.
    public func element(
        _ name: String, _ text: String, _ attribute: (name: String, value: String)
    ) throws(XMLWriteError) {
        try startElement(name)
        try self.attribute(attribute.name, attribute.value)
        try self.text(text)
        try endElement()
    }

    /// Writes an element that holds only text, with attributes.
    public func element(
        _ name: String, _ text: String = "", _ attributes: (name: String, value: String)...
    ) throws(XMLWriteError) {
        try startElement(name)
        for (name, value) in attributes { try attribute(name, value) }
        try self.text(text)
        try endElement()
    }

    /// Puts in an element as it is; that it is whole and well-formed is the caller's.
    public func element(raw bytes: [UInt8]) throws(XMLWriteError) {
        let state = state
        guard !state.open.isEmpty else { throw .misuse("an element behind the root element") }
        closeTag()
        state.open[state.open.count - 1].hasElements = true
        state.replacedCharacters += bytes.withUnsafeBufferPointer {
            state.bytes.append(escaped: $0, as: .markup)
        }
        try flushIfFull()
    }

    /// Ends the open element; one without content is written as an empty tag.
    public func endElement() throws(XMLWriteError) {
        let state = state
        guard let element = state.open.popLast() else { throw .misuse("an end without an element") }
        if state.tagIsOpen {
            state.bytes.append(0x2F, 0x3E)
            state.tagIsOpen = false
        } else {
            if element.hasElements, !element.hasText { breakLine(state.open.count) }
            state.bytes.append(0x3C, 0x2F)
            state.bytes.append(state.names.bytes(element.name..<state.names.count))
            state.bytes.append(0x3E)
        }
        state.names.count = element.name
        try flushIfFull()
    }

    /// Writes a comment; "--" in it is set apart, since XML forbids it.
    public func comment(_ text: String) throws(XMLWriteError) {
        let state = state
        closeTag()
        let depth = state.open.count
        if depth > 0 {
            state.open[depth - 1].hasElements = true
            if !state.open[depth - 1].hasText { breakLine(depth) }
        }
        state.bytes.append("<!-- ")
        var previous: UInt8 = 0x20
        var comment: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0x2D, previous == 0x2D { comment.append(0x20) }
            comment.append(byte)
            previous = byte
        }
        state.replacedCharacters += comment.withUnsafeBufferPointer {
            state.bytes.append(escaped: $0, as: .markup)
        }
        state.bytes.append(" -->")
        if depth == 0 { state.bytes.append(0x0A) }
        try flushIfFull()
    }

    /// Writes what is buffered, checks that every element has ended, and completes the sink.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when elements are open or there is no root.
    public func finish() throws(XMLWriteError) {
        guard !state.isFinished else { return }
        guard state.open.isEmpty else {
            throw .misuse("<\(openNames.joined(separator: "> <"))> not ended")
        }
        guard state.rootIsWritten else { throw .misuse("no root element") }
        state.bytes.append(0x0A)
        try flush()
        try state.sink.finish()
        state.isFinished = true
    }

    // MARK: Bytes

    private var openNames: [String] {
        let state = state
        let ends = state.open.dropFirst().map(\.name) + [state.names.count]
        return zip(state.open, ends).map {
            String(decoding: state.names.bytes($0.name..<$1), as: UTF8.self)
        }
    }

    private func closeTag() {
        if state.tagIsOpen {
            state.bytes.append(0x3E)
            state.tagIsOpen = false
        }
    }

    private func breakLine(_ level: Int) {
        if state.indents { state.bytes.append(lineBreakWithLevels: level) }
    }

    /// Hands the bytes over, unless a tag is open, whose attributes stand in them.
    private func flushIfFull() throws(XMLWriteError) {
        if state.bytes.count >= Self.chunk, !state.tagIsOpen { try flush() }
    }

    private func flush() throws(XMLWriteError) {
        try state.sink.write(UnsafeRawBufferPointer(state.bytes.bytes(0..<state.bytes.count)))
        state.bytes.count = 0
    }
}
