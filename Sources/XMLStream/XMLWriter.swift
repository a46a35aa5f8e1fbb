/// Writes an XML document in UTF-8, piece by piece, with the same bytes for the same calls.
///
/// ```swift
/// var writer = try XMLWriter(to: XMLFileSink(path: "feed.xml"))
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
    private var sink: any XMLByteSink
    private let indents: Bool
    private var buffer: [UInt8] = []
    private var open: [OpenElement] = []
    private var tagIsOpen = false
    private var rootIsWritten = false
    private var isFinished = false

    private struct OpenElement {
        var name: String
        var hasText = false
        var hasElements = false
        var attributes: [String] = []
    }

    /// Characters that XML forbids and that were written as U+FFFD.
    public private(set) var replacedCharacters = 0

    /// The bytes that go to the sink at once.
    private static let chunk = 65_536

    /// A writer that begins with the XML declaration.
    public init(to sink: some XMLByteSink, indent: Bool = true) {
        self.sink = sink
        indents = indent
        buffer.reserveCapacity(Self.chunk + 8192)
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    // MARK: Elements

    /// Starts an element.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when the name is not an XML name or the root has
    ///   ended already; ``XMLWriteError/io(path:errno:)``.
    public mutating func startElement(_ name: String) throws(XMLWriteError) {
        guard !isFinished, !(open.isEmpty && rootIsWritten) else {
            throw .misuse("<\(name)> after the end of the root element")
        }
        guard Self.isName(name) else { throw .misuse("\"\(name)\" is not a name") }
        closeTag()
        if !open.isEmpty {
            open[open.count - 1].hasElements = true
            if !open[open.count - 1].hasText { breakLine(open.count) }
        }
        buffer.append(0x3C)
        append(name)
        open.append(OpenElement(name: name))
        tagIsOpen = true
        rootIsWritten = true
        try flushIfFull()
    }

    /// Adds an attribute to the element just started.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when the start tag is closed already or has the
    ///   attribute.
    public mutating func attribute(_ name: String, _ value: String) throws(XMLWriteError) {
        guard tagIsOpen else { throw .misuse("the attribute \(name) behind the start tag") }
        guard Self.isName(name) else { throw .misuse("\"\(name)\" is not a name") }
        guard !open[open.count - 1].attributes.contains(name) else {
            throw .misuse("the attribute \(name) twice")
        }
        open[open.count - 1].attributes.append(name)
        buffer.append(0x20)
        append(name)
        buffer.append(0x3D)
        buffer.append(0x22)
        escape(value, inAttribute: true)
        buffer.append(0x22)
        try flushIfFull()
    }

    /// Writes text in the open element.
    public mutating func text(_ text: String) throws(XMLWriteError) {
        guard !open.isEmpty else { throw .misuse("text outside the root element") }
        guard !text.isEmpty else { return }
        closeTag()
        open[open.count - 1].hasText = true
        escape(text, inAttribute: false)
        try flushIfFull()
    }

    /// Writes an element that holds only text.
    public mutating func element(
        _ name: String, _ text: String = "", _ attributes: (name: String, value: String)...
    ) throws(XMLWriteError) {
        try startElement(name)
        for (name, value) in attributes { try attribute(name, value) }
        try self.text(text)
        try endElement()
    }

    /// Puts in an element as it is; that it is whole and well-formed is the caller's.
    public mutating func element(raw bytes: [UInt8]) throws(XMLWriteError) {
        guard !open.isEmpty else { throw .misuse("an element behind the root element") }
        closeTag()
        open[open.count - 1].hasElements = true
        bytes.withUnsafeBufferPointer { append($0, escaping: false, inAttribute: false) }
        try flushIfFull()
    }

    /// Ends the open element; one without content is written as an empty tag.
    public mutating func endElement() throws(XMLWriteError) {
        guard let element = open.popLast() else { throw .misuse("an end without an element") }
        if tagIsOpen {
            append("/>")
            tagIsOpen = false
        } else {
            if element.hasElements, !element.hasText { breakLine(open.count) }
            append("</")
            append(element.name)
            buffer.append(0x3E)
        }
        try flushIfFull()
    }

    /// Writes a comment; "--" in it is set apart, since XML forbids it.
    public mutating func comment(_ text: String) throws(XMLWriteError) {
        closeTag()
        if !open.isEmpty {
            open[open.count - 1].hasElements = true
            if !open[open.count - 1].hasText { breakLine(open.count) }
        }
        append("<!-- ")
        var previous: UInt8 = 0x20
        var text = text
        let comment = text.withUTF8 { bytes in
            var result: [UInt8] = []
            for byte in bytes {
                if byte == 0x2D, previous == 0x2D { result.append(0x20) }
                result.append(byte)
                previous = byte
            }
            return result
        }
        comment.withUnsafeBufferPointer { append($0, escaping: false, inAttribute: false) }
        append(" -->")
        if open.isEmpty { buffer.append(0x0A) }
        try flushIfFull()
    }

    /// Writes what is buffered, checks that every element has ended, and completes the sink.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when elements are open or there is no root.
    public mutating func finish() throws(XMLWriteError) {
        guard !isFinished else { return }
        guard open.isEmpty else {
            throw .misuse("<\(open.map(\.name).joined(separator: "> <"))> not ended")
        }
        guard rootIsWritten else { throw .misuse("no root element") }
        buffer.append(0x0A)
        try flush()
        try sink.finish()
        isFinished = true
    }

    // MARK: Bytes

    private mutating func closeTag() {
        if tagIsOpen {
            buffer.append(0x3E)
            tagIsOpen = false
        }
    }

    private mutating func breakLine(_ level: Int) {
        guard indents else { return }
        buffer.append(0x0A)
        for _ in 0..<level {
            buffer.append(0x20)
            buffer.append(0x20)
        }
    }

    @inline(__always)
    private mutating func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

    private mutating func escape(_ text: String, inAttribute: Bool) {
        var text = text
        text.withUTF8 { append($0, escaping: true, inAttribute: inAttribute) }
    }

    /// What must not stand as it is: 1 in text, 2 in attribute values, 4 anywhere (or may not).
    private static let special: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 256)
        for byte in 0..<0x20 { table[byte] = 4 }
        table[0x0A] = 2
        table[0x09] = 2
        table[0x0D] = 3
        table[0x26] = 3
        table[0x3C] = 3
        table[0x3E] = 1
        table[0x22] = 2
        table[0xEF] = 4
        return table
    }()

    private mutating func append(
        _ bytes: UnsafeBufferPointer<UInt8>, escaping: Bool, inAttribute: Bool
    ) {
        let mask: UInt8 = escaping ? (inAttribute ? 6 : 5) : 4
        var from = 0
        var at = 0
        Self.special.withUnsafeBufferPointer { special in
            while at < bytes.count {
                let byte = bytes[at]
                if special[Int(byte)] & mask == 0 {
                    at += 1
                    continue
                }
                var length = 1
                let replacement: StaticString
                switch byte {
                case 0x26: replacement = "&amp;"
                case 0x3C: replacement = "&lt;"
                case 0x3E: replacement = "&gt;"
                case 0x22: replacement = "&quot;"
                case 0x09: replacement = "&#9;"
                case 0x0A: replacement = "&#10;"
                case 0x0D: replacement = "&#13;"
                case 0xEF:
                    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
                    guard at + 2 < bytes.count, bytes[at + 1] == 0xBF, bytes[at + 2] >= 0xBE else {
                        at += 1
                        continue
                    }
                    length = 3
                    replacement = "\u{FFFD}"
                    replacedCharacters += 1
                default:
                    replacement = "\u{FFFD}"
                    replacedCharacters += 1
                }
                buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from..<at]))
                buffer.append(
                    contentsOf: UnsafeBufferPointer(
                        start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
                at += length
                from = at
            }
        }
        buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from...]))
    }

    private mutating func flushIfFull() throws(XMLWriteError) {
        if buffer.count >= Self.chunk { try flush() }
    }

    private mutating func flush() throws(XMLWriteError) {
        var failure: XMLWriteError?
        buffer.withUnsafeBytes { bytes in
            do throws(XMLWriteError) {
                try sink.write(bytes)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Whether a string may stand as a name; beyond ASCII every letter-like byte passes.
    private static func isName(_ name: String) -> Bool {
        var isFirst = true
        for byte in name.utf8 {
            guard isFirst ? InputWindow.isNameStart(byte) : InputWindow.isNameByte(byte) else {
                return false
            }
            isFirst = false
        }
        return !isFirst
    }
}
