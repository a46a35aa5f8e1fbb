internal import CLibXML2

/// Drives the parser over the document and keeps what came out until the reader takes it.
///
/// It feeds libxml2 piece by piece. When libxml2 meets a fault that ends its reading, the engine
/// looks at the text from the last sound tag on, repairs what any sane reader could repair, and
/// starts libxml2 again there, with the open elements' start tags before it (see
/// `XMLEngine+Recovery.swift`).
final class XMLEngine {
    let name: String
    let limits: XMLLimits
    let records: Set<String>
    let names: NameTable
    /// Where the memory of fragments comes from.
    let blocks = MemoryBlocks()
    private var numbers: [NameKey: UInt32] = [:]

    var window: InputWindow
    let parser: ParserHandle
    let state: UnsafeMutablePointer<ParserState>

    /// The clean offset up to which the parser has been fed.
    var fedTo = 0
    /// Where the prolog ends: its bytes, when it holds a DOCTYPE that a restart must repeat.
    var prolog: [UInt8] = []
    private var prologIsKept = false
    /// The first fault that libxml2 reported in its present run.
    var fault: Fault?
    /// Ends the reading once the pieces before it are taken.
    var failure: XMLError?
    var isFinished = false
    /// The root has ended and something else than blanks and comments came.
    var isInEpilog = false
    /// Repairs at the present ``ParserState/resume``.
    var repairs = Repairs(offset: -1)
    /// How much the parser is given at once: little after a fault, for it may meet the next one soon
    /// and what was behind that was given in vain.
    var feedStep = Int.max
    static let firstStep = 2_048
    /// Bytes that the parser has been given.
    var fed = 0
    var damages: [XMLDamage] = []

    var diagnostics: [(diagnostic: XMLDiagnostic, offset: Int)] = []
    private var counts: [String: Recurrence] = [:]
    /// What was told since the last sound tag.
    private var told: (resume: Int, faults: Set<String>) = (-1, [])
    /// The last run of forbidden characters, by clean offsets.
    private var run = (key: "", start: -1, end: -1)
    private var externalEntities: Set<String> = []
    /// What is to be told of the DOCTYPE once it has proved to be well-formed.
    private var doctypeNotes: [(XMLDiagnostic.Code, String, Int)] = []
    private var substitutes: [String: UnsafeMutablePointer<xmlEntity>] = [:]

    /// A fault as libxml2 tells it.
    struct Fault {
        var code: Int32
        var message: String
        var offset: Int
        var isInEntity: Bool
    }

    /// The repairs of one stretch of text without a sound tag.
    struct Repairs {
        /// Where the stretch starts.
        var offset: Int
        /// How many times it was looked at.
        var rounds = 0
        var edits = 0
        /// How much of it was in memory when it was last looked at.
        var reach = 0
    }

    private struct NameKey: Hashable {
        var local: String
        var prefix: String
        var namespace: String
    }

    private struct Recurrence {
        var count: Int
        var last: XMLDiagnostic
    }

    /// Faults of one kind that are told one by one; the others are counted.
    static let toldOneByOne = 20

    init(
        source: any XMLByteSource, name: String, limits: XMLLimits, records: Set<String>,
        words: [String: UInt16], chunkBytes: Int
    ) throws(XMLError) {
        self.name = name
        self.limits = limits
        self.records = records
        window = try InputWindow(
            source: source, name: name, totalLimit: limits.totalBytes, chunkBytes: chunkBytes)
        names = NameTable(limit: limits.distinctNames, words: words)
        state = .allocate(capacity: 1)
        guard let parser = ParserHandle(state: state) else {
            state.deallocate()
            throw .outOfMemory(file: name)
        }
        self.parser = parser
        state.initialize(
            to: ParserState(engine: self, names: names, limits: limits, parser: self.parser.parser))
    }

    deinit {
        state.pointee.free()
        state.deallocate()
        for entity in substitutes.values {
            entity.pointee.content?.deallocate()
            entity.deallocate()
        }
    }

    func number(local: String, prefix: String, namespace: String) -> UInt32? {
        let key = NameKey(local: local, prefix: prefix, namespace: namespace)
        if let found = numbers[key] { return found }
        guard let added = names.add(local: local, prefix: prefix, namespace: namespace) else {
            return nil
        }
        numbers[key] = added
        return added
    }

    /// The clean offset behind the tag (or the entity's reference) that an end piece stands for.
    func endOffset(of number: UInt32) -> Int {
        let offset = state.pointee.pieces[number].pointee.offset
        let mark: UInt8 = window[offset] == 0x26 ? 0x3B : 0x3E
        return window.first(mark, from: offset).map { $0 + 1 } ?? window.end
    }

    // MARK: Moving on

    /// Reads the next chunk, after letting go of what lies before a piece.
    ///
    /// Afterwards there are more pieces, or ``failure`` is set, or ``isFinished``.
    func pump(keepingFrom piece: UInt32) {
        forget(before: piece)
        guard failure == nil, !isFinished else { return }
        do throws(XMLError) {
            try fill()
            try feed()
            if window.isAtEnd { try finish() }
        } catch {
            failure = error
        }
    }

    /// Decodes the next chunk.
    func fill() throws(XMLError) {
        try window.fill()
        takeWindowNotes()
    }

    private func forget(before number: UInt32) {
        let pieces = state.pointee.pieces
        // Moving what is kept costs something, so wait until it is the smaller part.
        let gone = pieces.index(number)
        if gone > 0, gone * 2 >= pieces.count {
            let isAtEnd = gone == pieces.count
            let kept = isAtEnd ? nil : pieces[number].pointee
            state.pointee.pieces.drop(before: number)
            state.pointee.attributes.drop(
                before: kept?.attributeMark ?? state.pointee.attributes.next)
            state.pointee.heap.drop(before: kept?.heap ?? state.pointee.heap.next)
        }
        // The window keeps the text of what is not taken yet and of what a repair may read again.
        var from = min(state.pointee.resume, fedTo)
        if pieces.index(number) < pieces.count {
            from = min(from, pieces[number].pointee.offset)
        }
        if !state.pointee.rootSeen { from = 0 }
        if from - window.start > 65_536 || from == window.end { window.forget(before: from) }
    }

    /// Gives the parser what the window holds and it has not seen, over and over while repairs
    /// start it again.
    func feed() throws(XMLError) {
        while true {
            if isInEpilog {
                try skipEpilog()
                if isInEpilog { return }
            }
            var count = min(window.end - fedTo, feedStep)
            // A character is given whole.
            while fedTo + count < window.end, window[fedTo + count] & 0xC0 == 0x80 { count -= 1 }
            if count > 0 {
                parser.feed(window.pointer(at: fedTo), count)
                fedTo += count
                fed += count
            }
            keepProlog()
            if state.pointee.stop != nil || fault != nil || parser.parser.pointee.wellFormed == 0 {
                try recover()
                if failure != nil || isFinished { return }
                try checkRereading()
                continue
            }
            if fedTo < window.end {
                feedStep = feedStep > Int.max / 2 ? .max : 2 * feedStep
                continue
            }
            try checkPending()
            return
        }
    }

    /// Remembers the text before the root, when it holds a DOCTYPE, as soon as the root has come.
    private func keepProlog() {
        guard state.pointee.hasDoctype, state.pointee.rootSeen, !prologIsKept else { return }
        prologIsKept = true
        guard window.start == 0, state.pointee.pieces.count > 0 else { return }
        let root = state.pointee.pieces.elements[0].offset
        prolog = Array(UnsafeBufferPointer(start: window.pointer(at: 0), count: root))
        for (code, message, offset) in doctypeNotes { note(code, message, at: offset) }
        doctypeNotes = []
    }

    /// The end of the input.
    private func finish() throws(XMLError) {
        while failure == nil, !isFinished {
            if isInEpilog {
                isFinished = true
                break
            }
            parser.finish()
            keepProlog()
            if state.pointee.stop == nil, fault == nil, parser.parser.pointee.wellFormed != 0 {
                isFinished = true
            } else {
                try recover()
                if failure != nil || isFinished { break }
                try feed()
            }
        }
        if isFinished { closeDiagnostics() }
    }

    /// Stops a document that is read again and again, after one fault after the other.
    private func checkRereading() throws(XMLError) {
        guard fed > limits.rereading * (window.end + 1_000_000) else { return }
        throw .malformed(
            message: "so many faults, far from their causes, that reading on would take too long",
            file: name, at: window.position(at: min(max(fedTo, window.start), window.end)))
    }

    /// Stops a document whose next piece never ends.
    private func checkPending() throws(XMLError) {
        if !state.pointee.rootSeen, window.end > limits.textBytes {
            throw .textTooLong(limit: limits.textBytes, file: name, at: window.position(at: 0))
        }
        if state.pointee.recordDepth > 0, state.pointee.pieces.holds(state.pointee.recordPiece) {
            let start = state.pointee.pieces[state.pointee.recordPiece].pointee.offset
            if fedTo - start > limits.recordBytes {
                throw .recordTooLarge(
                    limit: limits.recordBytes, file: name, at: window.position(at: start))
            }
        }
        let here = max(state.pointee.here, state.pointee.resume)
        let pending = window.end - here
        guard pending > min(limits.attributeBytes, limits.textBytes), here >= window.start else {
            return
        }
        let isTag =
            window[here] == 0x3C && pending > 1 && InputWindow.isNameStart(window[here + 1])
        let limit = isTag ? limits.attributeBytes : limits.textBytes
        guard pending > limit + 65_536 else { return }
        let at = window.position(at: here)
        throw isTag
            ? .attributeTooLong(limit: limit, file: name, at: at)
            : .textTooLong(limit: limit, file: name, at: at)
    }

    // MARK: Diagnostics

    private static let errorCodes: Set<XMLDiagnostic.Code> = [
        .textBeforeDeclaration, .textBeforeRoot, .externalEntity, .invalidByte, .malformedStartTag,
        .duplicateAttribute, .undeclaredEntity, .mismatchedEndTag, .missingEndTag,
        .unexpectedEndTag, .trailingContent, .secondRoot, .malformedComment, .malformedDoctype,
    ]

    /// Notes a fault that was got over.
    func note(_ code: XMLDiagnostic.Code, _ message: String, at place: Int, count: Int = 1) {
        // What is no longer in memory cannot be placed any better.
        let offset = min(max(place, window.start), window.end)
        let key = code.rawValue + "\u{0}" + message
        // What the parser reads again after a repair, it reports again.
        if state.pointee.resume > told.resume { told = (state.pointee.resume, []) }
        let original = window.nextOriginalOffset(of: offset)
        guard told.faults.insert("\(original) \(key)").inserted else { return }
        // A run of the same byte is one fault, however it was cut into chunks.
        if key == run.key, offset == run.end, count > 0, !diagnostics.isEmpty,
            diagnostics[diagnostics.count - 1].offset == run.start
        {
            diagnostics[diagnostics.count - 1].diagnostic.count += count
            run.end += count
            return
        }
        let before = counts[key]?.count ?? 0
        // A flood of different messages is counted under the code alone.
        if before == 0, counts.count > 1000 {
            return note(code, "more of the same kind", at: offset, count: count)
        }
        let diagnostic = XMLDiagnostic(
            code: code, severity: Self.errorCodes.contains(code) ? .error : .warning,
            message: message,
            position: before < Self.toldOneByOne || count > 1
                ? window.position(at: offset) : .start,
            count: count)
        if before < Self.toldOneByOne {
            diagnostics.append((diagnostic, offset))
            if code == .nulByte || code == .controlCharacter {
                run = (key, offset, offset + count)
            }
            counts[key] = Recurrence(count: before + 1, last: diagnostic)
        } else {
            var recurrence = counts[key] ?? Recurrence(count: before, last: diagnostic)
            if recurrence.count == Self.toldOneByOne {
                recurrence.last = diagnostic
                recurrence.last.position = window.position(at: offset)
            }
            recurrence.count += count
            counts[key] = recurrence
        }
    }

    /// Sums up the faults that were counted only.
    func closeDiagnostics() {
        for (_, recurrence) in counts.sorted(by: { $0.key < $1.key })
        where recurrence.count > Self.toldOneByOne {
            var summary = recurrence.last
            summary.count = recurrence.count - Self.toldOneByOne
            summary.message += " (and \(summary.count) more like it, the first of them here)"
            diagnostics.append((summary, window.end))
        }
        counts = [:]
    }

    private func takeWindowNotes() {
        guard !window.notes.isEmpty else { return }
        let notes = window.notes
        window.notes = []
        for note in notes {
            self.note(note.code, note.message, at: note.offset, count: note.count)
        }
    }

    // MARK: What the callbacks ask

    func metDoctype() {
        state.pointee.hasDoctype = true
        doctypeNotes = [
            (
                .doctype, "a DOCTYPE; it is not loaded, and course feeds need none",
                state.pointee.startOfMarkup(0x3C)
            )
        ]
    }

    func metExternalEntity(_ entity: String) {
        guard externalEntities.insert(entity).inserted else { return }
        doctypeNotes.append(
            (
                .externalEntity,
                "the external entity &\(entity); is not loaded; its text is missing",
                state.pointee.startOfMarkup(0x3C)
            ))
    }

    /// Forgets a DOCTYPE that was left out.
    func dropDoctype() {
        state.pointee.hasDoctype = false
        doctypeNotes = []
        externalEntities = []
    }

    /// What stands for an entity that the document does not declare.
    func substitute(
        forEntity entity: String, inAttribute: Bool
    ) -> UnsafeMutablePointer<xmlEntity>? {
        let text: String
        if externalEntities.contains(entity) {
            text = ""
        } else if let described = htmlEntityLookup(entity),
            let scalar = Unicode.Scalar(described.pointee.value)
        {
            text = String(Character(scalar))
            if state.pointee.here >= state.pointee.resume {
                note(
                    .htmlEntity,
                    "&\(entity); is HTML, not XML; read as the character it means",
                    at: max(state.pointee.resume, state.pointee.here - entity.utf8.count - 2))
            }
        } else {
            return nil
        }
        let key = (inAttribute ? "a" : "t") + entity
        if let made = substitutes[key] { return made }
        let made = UnsafeMutablePointer<xmlEntity>.allocate(capacity: 1)
        var value = xmlEntity()
        let bytes = Array(text.utf8) + [0]
        let content = UnsafeMutablePointer<xmlChar>.allocate(capacity: bytes.count)
        content.initialize(from: bytes, count: bytes.count)
        value.type = XML_ENTITY_DECL
        // libxml2 copies only one byte of a predefined entity into an attribute.
        value.etype = inAttribute ? XML_INTERNAL_GENERAL_ENTITY : XML_INTERNAL_PREDEFINED_ENTITY
        value.content = content
        value.orig = content
        value.length = Int32(bytes.count - 1)
        value.checked = 2
        made.initialize(to: value)
        // The name is only read for messages and comparisons with the predefined ones.
        made.pointee.name = UnsafePointer(content)
        substitutes[key] = made
        return made
    }

    /// A reference that libxml2 leaves out, since a DTD that is not loaded may declare it.
    func keepReference(_ entity: String) {
        guard state.pointee.here >= state.pointee.resume else { return }
        note(
            .undeclaredEntity, "&\(entity); is declared nowhere; kept as it stands",
            at: max(state.pointee.resume, state.pointee.here - entity.utf8.count - 2))
        let bytes = Array("&\(entity);".utf8)
        state.pointee.text(bytes, bytes.count)
    }

    func parserReported(_ error: xmlError) {
        guard fault == nil, !state.pointee.isStopped else { return }
        let offset = state.pointee.here
        let message =
            error.message.map { String(cString: $0) }?.trimmingBlanks
            ?? "libxml2 error \(error.code)"
        if parser.parser.pointee.wellFormed == 0 || error.level == XML_ERR_FATAL {
            fault = Fault(
                code: error.code, message: message, offset: offset,
                isInEntity: state.pointee.isInEntity)
            state.pointee.isStopped = true
            return
        }
        guard offset >= state.pointee.resume else { return }
        let at = max(state.pointee.resume, state.pointee.startOfMarkup(0x3C))
        switch UInt32(bitPattern: error.code) {
        case XML_NS_ERR_UNDEFINED_NAMESPACE.rawValue:
            let prefix = error.str1.map { String(cString: $0) } ?? ""
            note(
                .undeclaredPrefix,
                "the prefix \"\(prefix)\" is not declared; read as a name without namespace",
                at: at)
        case XML_WAR_UNDECLARED_ENTITY.rawValue:
            break  // Told by `keepReference`.
        default:
            let isNamespace = error.domain == Int32(XML_FROM_NAMESPACE.rawValue)
            note(isNamespace ? .namespaceFault : .parserWarning, message, at: at)
        }
    }
}

extension Piece {
    /// The number of the first attribute that belongs to this piece or a later one.
    var attributeMark: UInt32 { kind == .start || kind == .end ? first : link }
}

extension String {
    /// Without the blanks at both ends.
    var trimmingBlanks: String {
        var view = self[...]
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view.drop { $0.isWhitespace })
    }
}
