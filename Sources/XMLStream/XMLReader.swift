/// Reads an XML document piece by piece, with the memory of one record.
///
/// ```swift
/// var reader = try XMLReader(path: "feed.xml", records: ["course"])
/// while let event = try reader.next() {
///     switch event {
///     case .startElement where reader.localName == "course":
///         let course = try reader.readElement()
///         print(course.root.first("title")?.trimmedText ?? "")
///     case .damage(let damage):
///         print(damage.position, damage.message)
///     default: break
///     }
/// }
/// ```
///
/// libxml2 does the parsing: well-formedness, namespaces, entities. No DTD and no external entity
/// is loaded, and nothing goes to the network. Where libxml2 stops at a fault, this reader goes on
/// when any sane reader could, with a diagnostic that says what it made of the fault
/// (``takeDiagnostics()``). When a *record* (an element whose local name is in `records`) is
/// beyond repair, that record alone is lost: its exact bytes come as ``Event/damage(_:)``. The
/// start of a record is only told when the whole record is sound, so records arrive whole or not
/// at all. Records of one name do not nest: a record's start tag inside a record of the same name
/// means that an end tag is missing.
///
/// A reader belongs to one thread at a time.
public struct XMLReader: ~Copyable {
    /// What ``next()`` came to.
    public enum Event: Sendable, Hashable {
        /// The start tag of an element.
        case startElement
        /// The end tag of an element, or the end of an empty one.
        case endElement
        /// A run of text between two tags: CDATA sections and references resolved, comments left
        /// out.
        case text
        /// A stretch of the document that cannot be read.
        indirect case damage(XMLDamage)
    }

    // First: the thread sanitizer of Swift 6.3 takes the first word of a non-copyable value for a
    // pointer, and cannot be compiled when it is none.
    private let engine: XMLEngine
    /// What messages call the document: the path, for a file.
    public let name: String
    /// The number of the piece that is current, and of the one behind it.
    private var current: UInt32 = 0
    private var cursor: UInt32 = 0
    private var openDepth = 0
    private var hasCurrent = false
    /// Damage inside an element that was captured whole.
    private var held: [XMLDamage] = []

    /// A reader of a file.
    ///
    /// - Parameters:
    ///   - name: What messages call the document; `nil` for its path.
    ///   - records: Local names of the elements at which reading goes on after a fault.
    ///   - words: Numbers from 1 for the local names that the caller wants to tell apart quickly;
    ///     see ``XMLNode/word``.
    /// - Throws: ``XMLError/io(path:errno:)``, ``XMLError/isDirectory(path:)``,
    ///   ``XMLError/emptyDocument(file:)``, ``XMLError/notXML(file:found:)``,
    ///   ``XMLError/unsupportedEncoding(name:file:)``.
    public init(
        path: String, name: String? = nil, limits: XMLLimits = .standard,
        records: Set<String> = [], words: [String: UInt16] = [:]
    ) throws(XMLError) {
        let source = try XMLFileSource(path: path)
        try self.init(
            source: source, name: name ?? path, limits: limits, records: records, words: words)
    }

    /// A reader of bytes in memory, which messages call `name`.
    public init(
        bytes: [UInt8], name: String, limits: XMLLimits = .standard, records: Set<String> = [],
        words: [String: UInt16] = [:]
    ) throws(XMLError) {
        try self.init(
            source: XMLMemorySource(bytes), name: name, limits: limits, records: records,
            words: words)
    }

    /// A reader of an open descriptor, such as standard input; it is not closed.
    public init(
        descriptor: Int32, name: String, limits: XMLLimits = .standard, records: Set<String> = [],
        words: [String: UInt16] = [:]
    ) throws(XMLError) {
        try self.init(
            source: XMLDescriptorSource(descriptor: descriptor, name: name), name: name,
            limits: limits, records: records, words: words)
    }

    /// A reader of any source of bytes, which messages call `name`.
    public init(
        source: some XMLByteSource, name: String, limits: XMLLimits = .standard,
        records: Set<String> = [], words: [String: UInt16] = [:]
    ) throws(XMLError) {
        try self.init(
            source: source, name: name, limits: limits, records: records, words: words,
            chunkBytes: 32_768)
    }

    init(
        source: some XMLByteSource, name: String, limits: XMLLimits, records: Set<String>,
        words: [String: UInt16] = [:], chunkBytes: Int
    ) throws(XMLError) {
        self.name = name
        engine = try XMLEngine(
            source: source, name: name, limits: limits, records: records, words: words,
            chunkBytes: chunkBytes)
    }

    // MARK: Moving

    /// Moves to the next event.
    ///
    /// - Returns: nil at the end of the document.
    /// - Throws: ``XMLError`` when the document cannot be read any further; then again at each
    ///   call. Everything before the fault has been told by then.
    public mutating func next() throws(XMLError) -> Event? {
        if !held.isEmpty { return .damage(held.removeFirst()) }
        if hasCurrent, currentPiece.kind == .end { openDepth -= 1 }
        hasCurrent = false
        while true {
            let state = engine.state
            if cursor != state.pointee.complete {
                let piece = state.pointee.pieces[cursor].pointee
                switch piece.kind {
                case .start:
                    let isRecord = state.pointee.flags[Int(piece.name)] & ParserState.isRecord != 0
                    if isRecord, piece.link == cursor {
                        // Not whole yet: it may still prove to be broken.
                        if let failure = engine.failure { throw failure }
                        engine.pump(keepingFrom: cursor)
                        continue
                    }
                    openDepth += 1
                    step()
                    return .startElement
                case .end:
                    step()
                    return .endElement
                case .text:
                    step()
                    return .text
                case .damage:
                    step()
                    return .damage(engine.damages[Int(piece.count)])
                }
            }
            if let failure = engine.failure { throw failure }
            if engine.isFinished { return nil }
            engine.pump(keepingFrom: cursor)
        }
    }

    private mutating func step() {
        current = cursor
        cursor = cursor &+ 1
        hasCurrent = true
    }

    private var currentPiece: Piece { engine.state.pointee.pieces[current].pointee }

    /// At the start of an element: reads it whole and leaves the reader at its end.
    ///
    /// Damage to records inside it comes with the next calls of ``next()``.
    ///
    /// - Throws: ``XMLError``; ``XMLError/recordTooLarge(limit:file:at:)`` when it is larger than
    ///   the limits allow.
    public mutating func readElement() throws(XMLError) -> XMLFragment {
        precondition(isAtStart, "readElement() is called at the start of an element")
        try completeCurrent()
        let end = currentPiece.link
        let fragment = XMLFragment(engine: engine, from: current, to: end)
        collectDamage(to: end)
        moveToEnd(end)
        return fragment
    }

    /// At the start of an element: leaves out what it holds and leaves the reader at its end.
    public mutating func skipElement() throws(XMLError) {
        precondition(isAtStart, "skipElement() is called at the start of an element")
        if currentPiece.link != current {
            let end = currentPiece.link
            collectDamage(to: end)
            moveToEnd(end)
            return
        }
        let depth = openDepth
        while let event = try next() {
            switch event {
            case .endElement where openDepth == depth:
                held = skipped
                skipped = []
                return
            case .damage(let damage): skipped.append(damage)
            default: break
            }
        }
    }

    private var skipped: [XMLDamage] = []

    private var isAtStart: Bool { hasCurrent && currentPiece.kind == .start }

    /// Reads on until the current element is whole.
    private mutating func completeCurrent() throws(XMLError) {
        while currentPiece.link == current {
            if let failure = engine.failure { throw failure }
            let start = currentPiece.offset
            if engine.fedTo - start > engine.limits.recordBytes {
                throw .recordTooLarge(
                    limit: engine.limits.recordBytes, file: name,
                    at: engine.window.position(at: start))
            }
            engine.pump(keepingFrom: current)
        }
    }

    private mutating func moveToEnd(_ end: UInt32) {
        current = end
        cursor = end &+ 1
    }

    private mutating func collectDamage(to end: UInt32) {
        guard !engine.damages.isEmpty else { return }
        var number = current
        while number != end {
            let piece = engine.state.pointee.pieces[number].pointee
            if piece.kind == .damage { held.append(engine.damages[Int(piece.count)]) }
            number = number &+ 1
        }
    }

    // MARK: The current event

    /// The local name of the element that starts or ends here; empty at other events.
    public var localName: String {
        guard hasCurrent, currentPiece.kind == .start || currentPiece.kind == .end else {
            return ""
        }
        return engine.names.local(currentPiece.name)
    }

    /// The number that was given for the local name of the element that starts or ends here; 0 when
    /// none was, and at other events.
    public var word: UInt16 {
        guard hasCurrent, currentPiece.kind == .start || currentPiece.kind == .end else {
            return 0
        }
        return engine.names.word(currentPiece.name)
    }

    /// The prefix of the element that starts or ends here, as written, or empty.
    public var prefix: String {
        guard hasCurrent, currentPiece.kind == .start || currentPiece.kind == .end else {
            return ""
        }
        return engine.names.prefix(currentPiece.name)
    }

    /// The namespace of the element that starts or ends here; empty when it has none or when its
    /// prefix is not declared.
    public var namespace: String {
        guard hasCurrent, currentPiece.kind == .start || currentPiece.kind == .end else {
            return ""
        }
        return engine.names.namespace(currentPiece.name)
    }

    /// How many elements are open: at a start or end the element itself counts, so the root's
    /// depth is 1.
    public var depth: Int { openDepth }

    /// The language in force here (`xml:lang`, inherited), when one is stated.
    public var language: String? {
        guard hasCurrent, currentPiece.language > 0 else { return nil }
        let language = engine.names.local(currentPiece.language - 1)
        return language.isEmpty ? nil : language
    }

    /// The text of a text event; empty at other events.
    public var text: String {
        guard hasCurrent, currentPiece.kind == .text else { return "" }
        let piece = currentPiece
        return String(
            decoding: UnsafeBufferPointer(
                start: engine.state.pointee.heap[piece.first], count: Int(piece.count)),
            as: UTF8.self)
    }

    /// The attributes of the element that starts here, in document order.
    public var attributes: [XMLAttribute] {
        guard isAtStart else { return [] }
        let piece = currentPiece
        return (0..<piece.count).map { i in
            let stored = engine.state.pointee.attributes[piece.first &+ i].pointee
            return XMLAttribute(
                localName: engine.names.local(stored.name),
                prefix: engine.names.prefix(stored.name),
                namespace: engine.names.namespace(stored.name),
                value: String(
                    decoding: UnsafeBufferPointer(
                        start: engine.state.pointee.heap[stored.first], count: Int(stored.count)),
                    as: UTF8.self))
        }
    }

    /// The value of the attribute with this local name; one without a prefix comes first.
    public func attribute(_ localName: String) -> String? {
        let named = attributes.filter { $0.localName == localName }
        return (named.first { $0.prefix.isEmpty } ?? named.first)?.value
    }

    /// Where the current event starts; before the first event, the start of the document.
    public var position: XMLPosition {
        guard hasCurrent else { return .start }
        let piece = currentPiece
        if piece.kind == .damage { return engine.damages[Int(piece.count)].position }
        return engine.window.position(at: piece.offset)
    }

    // MARK: The document

    /// What was got over since the last call, in the order of the document, up to the current
    /// event; after the end or an error, all the rest.
    public mutating func takeDiagnostics() -> [XMLDiagnostic] {
        guard !engine.diagnostics.isEmpty else { return [] }
        let isOver = engine.failure != nil || engine.isFinished
        if isOver, cursor == engine.state.pointee.complete {
            engine.closeDiagnostics()
            defer { engine.diagnostics = [] }
            // What was decoded beyond the fault has no meaning any more.
            let end = engine.failure?.position?.byteOffset ?? .max
            return Self.sorted(
                engine.diagnostics.map(\.diagnostic).filter { $0.position.byteOffset <= end })
        }
        guard cursor != engine.state.pointee.complete else {
            defer { engine.diagnostics = [] }
            return Self.sorted(engine.diagnostics.map(\.diagnostic))
        }
        let reached = engine.state.pointee.pieces[cursor].pointee.offset
        let taken = engine.diagnostics.filter { $0.offset < reached }
        engine.diagnostics.removeAll { $0.offset < reached }
        return Self.sorted(taken.map(\.diagnostic))
    }

    private static func sorted(_ diagnostics: [XMLDiagnostic]) -> [XMLDiagnostic] {
        diagnostics.enumerated().sorted {
            ($0.element.position.byteOffset, $0.offset) < (
                $1.element.position.byteOffset, $1.offset
            )
        }.map(\.element)
    }

    /// How many of the document's bytes have been read; some more than the events so far show.
    public var bytesRead: Int { engine.window.originalEnd }
}
