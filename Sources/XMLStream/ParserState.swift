internal import CLibXML2

/// What the parser's callbacks work on: plain memory, so that an event costs no more than it must.
///
/// It lives at a fixed address that its ``XMLEngine`` owns and that libxml2 hands to the callbacks.
struct ParserState {
    /// An element that is open.
    struct OpenElement {
        var name: UInt32
        /// The number of its start piece.
        var piece: UInt32
        /// Namespace declarations in scope outside it.
        var outerDeclarations: UInt32
        /// The language in force, as a name's number plus one, or 0.
        var language: UInt32
    }

    /// Why the callbacks asked the parser to stop.
    enum Stop {
        case depth, name, names, attributes, attribute, text, amplification
        case nestedRecord
    }

    /// A name as libxml2 knows it: three strings of its dictionary.
    private struct CachedName {
        var local: UnsafePointer<xmlChar>?
        var prefix: UnsafePointer<xmlChar>?
        var namespace: UnsafePointer<xmlChar>?
        var number: UInt32
    }

    static let isRecord: UInt8 = 1
    static let isLanguage: UInt8 = 2

    unowned(unsafe) let engine: XMLEngine
    let names: Unmanaged<NameTable>
    let limits: XMLLimits
    var parser: xmlParserCtxtPtr

    /// The clean offset of the first byte that this run of the parser got.
    var feedStart = 0
    /// Events before this clean offset only bring the parser back to where it was.
    var resume = 0
    /// The clean offset behind the last tag, comment or instruction.
    var markupEnd = 0

    var pieces = NumberedBuffer<Piece>(capacity: 4096)
    var attributes = NumberedBuffer<StoredAttribute>(capacity: 2048)
    var heap = NumberedBuffer<UInt8>(capacity: 131_072)

    var open: UnsafeMutablePointer<OpenElement>
    var depth = 0
    /// Namespace declarations in scope: names whose local name is the prefix.
    var declarations = NumberedBuffer<UInt32>(capacity: 64)

    /// The clean offset behind the last text that stood as it was reported, or behind the last
    /// markup; -1 when unknown.
    ///
    /// A guess at where the next tag starts that saves looking for it.
    private var passed = -1

    /// The last piece is text that may go on.
    var textIsOpen = false
    /// The depth of the record that is open, or 0.
    var recordDepth = 0
    var recordPiece: UInt32 = 0
    var rootSeen = false
    var rootClosed = false
    /// The document has a DOCTYPE, whose entities a restarted parser must learn again.
    var hasDoctype = false
    /// The clean offset behind a carriage return at the end of a piece of a CDATA section, or -1.
    var endOfReturn = -1
    /// Bytes that entities have yielded.
    var expanded = 0

    var stop: Stop?
    var stopOffset = 0
    /// No more events are wanted from this run of the parser.
    var isStopped = false

    private var cache: UnsafeMutablePointer<CachedName>
    private static let cacheBits = 11
    private static let cacheSize = 1 << cacheBits
    var flags: UnsafeMutablePointer<UInt8>

    init(engine: XMLEngine, names: NameTable, limits: XMLLimits, parser: xmlParserCtxtPtr) {
        self.engine = engine
        self.names = .passUnretained(names)
        self.limits = limits
        self.parser = parser
        open = .allocate(capacity: limits.depth + 2)
        cache = .allocate(capacity: Self.cacheSize)
        flags = .allocate(capacity: limits.distinctNames + 1)
        forgetPointers()
    }

    func free() {
        pieces.free()
        attributes.free()
        heap.free()
        declarations.free()
        open.deallocate()
        cache.deallocate()
        flags.deallocate()
    }

    /// Forgets the dictionary's pointers, when the dictionary changes.
    mutating func forgetPointers() {
        cache.initialize(
            repeating: CachedName(local: nil, prefix: nil, namespace: nil, number: 0),
            count: Self.cacheSize)
    }

    /// The clean offset at which the parser stands.
    @inline(__always)
    var here: Int {
        guard let input = parser.pointee.input else { return resume }
        return feedStart + Int(input.pointee.consumed)
            + (input.pointee.cur - input.pointee.base)
    }

    /// Whether the events come from inside an entity, so that the parser stands behind the
    /// reference.
    @inline(__always)
    var isInEntity: Bool { parser.pointee.depth > 0 }

    /// The clean offset of the last `mark` before the place where the parser stands.
    @inline(__always)
    func startOfMarkup(_ mark: UInt8) -> Int {
        guard let input = parser.pointee.input else { return markupEnd }
        let base = input.pointee.base.unsafelyUnwrapped
        var at = input.pointee.cur.unsafelyUnwrapped - 1
        while at > base, at.pointee != mark { at -= 1 }
        return feedStart + Int(input.pointee.consumed) + (at - base)
    }

    /// The clean offset of the tag that the parser has just read.
    @inline(__always)
    private var startOfTag: Int {
        if passed >= markupEnd, let input = parser.pointee.input {
            let base = input.pointee.base.unsafelyUnwrapped
            let at = passed - feedStart - Int(input.pointee.consumed)
            if at >= 0, base[at] == 0x3C, base + at < input.pointee.cur.unsafelyUnwrapped {
                return passed
            }
        }
        return startOfMarkup(0x3C)
    }

    /// The number of pieces that no later text can change.
    @inline(__always)
    var complete: UInt32 { textIsOpen ? pieces.next &- 1 : pieces.next }

    // MARK: Names

    /// The number of a name, or nil when a limit is reached.
    @inline(__always)
    mutating func number(
        _ local: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
        _ namespace: UnsafePointer<xmlChar>?
    ) -> UInt32? {
        var hash = UInt64(UInt(bitPattern: local)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= UInt64(UInt(bitPattern: prefix)) &* 0xC2B2_AE3D_27D4_EB4F
        hash ^= UInt64(UInt(bitPattern: namespace)) &* 0x1656_67B1_9E37_79F9
        let slot = cache + Int(hash >> (64 - UInt64(Self.cacheBits)))
        if slot.pointee.local == local, slot.pointee.prefix == prefix,
            slot.pointee.namespace == namespace, local != nil
        {
            return slot.pointee.number
        }
        guard let number = addedNumber(local, prefix, namespace) else { return nil }
        slot.pointee = CachedName(
            local: local, prefix: prefix, namespace: namespace, number: number)
        return number
    }

    @inline(never)
    private mutating func addedNumber(
        _ local: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
        _ namespace: UnsafePointer<xmlChar>?
    ) -> UInt32? {
        let localName = local.map { String(cString: $0) } ?? ""
        let prefixName = prefix.map { String(cString: $0) } ?? ""
        if localName.utf8.count + prefixName.utf8.count > limits.nameBytes {
            halt(.name)
            return nil
        }
        let namespaceName = namespace.map { String(cString: $0) } ?? ""
        return namedNumber(localName, prefixName, namespaceName)
    }

    /// The number of a name given as strings.
    mutating func namedNumber(
        _ local: String, _ prefix: String, _ namespace: String
    ) -> UInt32? {
        let found = engine.number(local: local, prefix: prefix, namespace: namespace)
        guard let found else {
            halt(.names)
            return nil
        }
        flags[Int(found)] =
            (engine.records.contains(local) ? Self.isRecord : 0)
            | (prefix == "xml" && local == "lang" ? Self.isLanguage : 0)
        return found
    }

    /// Ends this run of the parser.
    mutating func halt(_ reason: Stop) {
        guard !isStopped else { return }
        isStopped = true
        stop = reason
        stopOffset = isInEntity ? startOfMarkup(0x26) : here
        xmlStopParser(parser)
    }

    // MARK: Events

    @inline(__always)
    mutating func startElement(
        _ local: UnsafePointer<xmlChar>?, _ prefix: UnsafePointer<xmlChar>?,
        _ namespace: UnsafePointer<xmlChar>?, _ declared: Int,
        _ declarationList: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int,
        _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        let here = self.here
        guard here >= resume, !isStopped, let cursor = parser.pointee.input.pointee.cur else {
            return
        }
        let isInEntity = self.isInEntity
        let offset: Int
        if isInEntity {
            offset = startOfMarkup(0x26)
        } else {
            // A tag without its end (the document stops) is not an element.
            guard cursor.pointee == 0x3E || cursor.pointee == 0x2F else { return }
            // Before the root a DOCTYPE may stand that nobody told of.
            offset = depth == 0 ? startOfMarkup(0x3C) : startOfTag
        }
        guard depth < limits.depth else { return halt(.depth) }
        guard count + declared <= limits.attributesPerElement else { return halt(.attributes) }
        guard let name = number(local, prefix, namespace) else { return }
        if flags[Int(name)] & Self.isRecord != 0 {
            if recordDepth == 0 {
                recordDepth = depth + 1
                recordPiece = pieces.next
            } else if names._withUnsafeGuaranteedRef({
                $0.namespace(name) == $0.namespace(open[recordDepth - 1].name)
                    && $0.local(name) == $0.local(open[recordDepth - 1].name)
            }) {
                // Records do not nest: the one that is open lacks its end tag.
                halt(.nestedRecord)
                stopOffset = offset
                return
            }
        }
        textIsOpen = false
        rootSeen = true
        var piece = Piece(
            offset: offset, kindAndName: name, link: pieces.next, first: attributes.next,
            count: UInt32(count), heap: heap.next,
            language: depth > 0 ? open[depth - 1].language : 0)
        open[depth] = OpenElement(
            name: name, piece: pieces.next, outerDeclarations: declarations.next,
            language: piece.language)
        if declared > 0, let declarationList {
            for i in 0..<declared {
                guard
                    let number = number(
                        declarationList[2 * i] ?? Self.empty, nil,
                        declarationList[2 * i + 1])
                else { return }
                declarations.append(number)
            }
        }
        if count > 0, let list {
            for i in 0..<count {
                let entry = list + 5 * i
                guard let number = number(entry[0], entry[1], entry[2]) else { return }
                guard let start = entry[3], let end = entry[4] else { continue }
                let length = end - start
                guard length <= limits.attributeBytes else { return halt(.attribute) }
                attributes.append(
                    StoredAttribute(name: number, first: heap.next, count: UInt32(length)))
                heap.append(start, length)
                if flags[Int(number)] & Self.isLanguage != 0 {
                    let value = String(
                        decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
                    guard let language = namedNumber(value, "", "") else { return }
                    piece.language = language + 1
                    open[depth].language = language + 1
                }
            }
        }
        pieces.append(piece)
        depth += 1
        if !isInEntity {
            // Behind ">"; of an empty element, before "/>".
            let end = cursor.pointee == 0x3E ? here + 1 : here
            markupEnd = end
            passed = end
            resume = end
        }
    }

    /// What stands for the default namespace's prefix.
    private static nonisolated(unsafe) let empty: UnsafePointer<xmlChar> = {
        let pointer = UnsafeMutablePointer<xmlChar>.allocate(capacity: 1)
        pointer.initialize(to: 0)
        return UnsafePointer(pointer)
    }()

    @inline(__always)
    mutating func endElement() {
        let here = self.here
        guard here >= resume, !isStopped, depth > 0 else { return }
        guard let cursor = parser.pointee.input.pointee.cur else { return }
        let isInEntity = self.isInEntity
        let offset: Int
        if isInEntity {
            offset = startOfMarkup(0x26)
        } else if cursor[-2] == 0x2F, here == resume + 2 {
            offset = resume
        } else {
            offset = startOfTag
        }
        textIsOpen = false
        depth -= 1
        let element = open[depth]
        let number = pieces.next
        if pieces.holds(element.piece) { pieces[element.piece].pointee.link = number }
        pieces.append(
            Piece(
                offset: offset, kindAndName: Piece.Kind.end.rawValue << 30 | element.name,
                link: element.piece, first: attributes.next, count: 0, heap: heap.next,
                language: element.language))
        declarations.truncate(to: element.outerDeclarations)
        if recordDepth == depth + 1 { recordDepth = 0 }
        if depth == 0 { rootClosed = true }
        if !isInEntity {
            markupEnd = here
            passed = here
            resume = here
        }
    }

    @inline(__always)
    mutating func text(_ bytes: UnsafePointer<xmlChar>, _ length: Int) {
        guard length > 0, !isStopped, depth > 0 else { return }
        if textIsOpen {
            let piece = pieces.elements + (pieces.count - 1)
            piece.pointee.count += UInt32(length)
            if Int(piece.pointee.count) > limits.textBytes { return halt(.text) }
        } else {
            guard length <= limits.textBytes else { return halt(.text) }
            pieces.append(
                Piece(
                    offset: markupEnd, kindAndName: Piece.Kind.text.rawValue << 30,
                    link: attributes.next, first: heap.next, count: UInt32(length),
                    heap: heap.next,
                    language: open[depth - 1].language))
            textIsOpen = true
        }
        heap.append(bytes, length)
        // Text that lies in the parser's own buffer stands in the document as it is.
        if let input = parser.pointee.input, bytes >= input.pointee.base.unsafelyUnwrapped,
            bytes < input.pointee.end.unsafelyUnwrapped
        {
            passed =
                feedStart + Int(input.pointee.consumed)
                + (bytes - input.pointee.base.unsafelyUnwrapped) + length
        } else {
            passed = -1
        }
        if isInEntity {
            expanded += length
            if expanded > 100_000, expanded > limits.entityAmplification * here {
                halt(.amplification)
            }
        }
    }

    /// Takes a piece of a CDATA section.
    ///
    /// libxml2 2.9's push parser leaves the line ends in them as they are; XML 1.0, 2.11, makes
    /// every CR LF and every lone CR a line feed. A pair may be cut in two.
    mutating func section(_ bytes: UnsafePointer<xmlChar>, _ length: Int) {
        guard length > 0 else {
            passed = -1
            return
        }
        let piece = UnsafeBufferPointer(start: bytes, count: length)
        let start =
            feedStart + Int(parser.pointee.input.pointee.consumed)
            + (bytes - parser.pointee.input.pointee.base)
        let followsReturn = start == endOfReturn && !isInEntity
        guard followsReturn || piece.contains(0x0D) else { return text(bytes, length) }
        var normal: [UInt8] = []
        normal.reserveCapacity(length)
        var previous: UInt8 = followsReturn ? 0x0D : 0
        for byte in piece {
            if byte == 0x0D {
                normal.append(0x0A)
            } else if byte != 0x0A || previous != 0x0D {
                normal.append(byte)
            }
            previous = byte
        }
        endOfReturn = previous == 0x0D ? start + length : -1
        text(normal, normal.count)
    }

    /// A comment or an instruction has gone by.
    @inline(__always)
    mutating func passedMarkup() {
        let here = self.here
        guard here >= resume, !isStopped, !isInEntity else { return }
        markupEnd = here
        passed = here
    }
}
