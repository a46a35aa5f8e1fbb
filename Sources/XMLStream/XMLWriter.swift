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
    // Behind a reference, so that whoever keeps a writer in a class can hold it in a constant; and
    // behind a pointer, since the members of a class are watched for overlapping access, which took
    // a third of the time of a document.
    private let state: State

    private final class State {
        let markup = UnsafeMutablePointer<XMLMarkup>.allocate(capacity: 1)

        init(_ sink: any XMLByteSink, indents: Bool) {
            markup.initialize(to: XMLMarkup(sink: sink, indents: indents))
        }

        deinit {
            markup.deinitialize(count: 1)
            markup.deallocate()
        }
    }

    /// Characters that XML forbids and that were written as U+FFFD.
    public var replacedCharacters: Int { state.markup.pointee.replacedCharacters }

    /// A writer that begins with the XML declaration.
    public init(to sink: some XMLByteSink, indent: Bool = true) {
        state = State(sink, indents: indent)
    }

    // MARK: Elements

    /// Starts an element.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when the name is not an XML name or the root has
    ///   ended already; ``XMLWriteError/io(path:errno:)``.
    public func startElement(_ name: String) throws(XMLWriteError) {
        try state.markup.pointee.startElement(name)
    }

    /// Adds an attribute to the element just started.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when the start tag is closed already or has the
    ///   attribute.
    public func attribute(_ name: String, _ value: String) throws(XMLWriteError) {
        try state.markup.pointee.attribute(name, value)
    }

    /// Writes text in the open element.
    public func text(_ text: String) throws(XMLWriteError) {
        try state.markup.pointee.text(text)
    }

    /// Writes a line break and two spaces a level as text of the open element.
    ///
    /// For documents that are not indented as a whole, since some of their elements mix text and
    /// elements.
    public func lineBreak(depth: Int) throws(XMLWriteError) {
        try state.markup.pointee.lineBreak(depth: depth)
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
        try state.markup.pointee.element(raw: bytes)
    }

    /// Ends the open element; one without content is written as an empty tag.
    public func endElement() throws(XMLWriteError) { try state.markup.pointee.endElement() }

    /// Writes a comment; "--" in it is set apart, since XML forbids it.
    public func comment(_ text: String) throws(XMLWriteError) {
        try state.markup.pointee.comment(text)
    }

    /// Writes what is buffered, checks that every element has ended, and completes the sink.
    ///
    /// - Throws: ``XMLWriteError/misuse(_:)`` when elements are open or there is no root.
    public func finish() throws(XMLWriteError) { try state.markup.pointee.finish() }
}
