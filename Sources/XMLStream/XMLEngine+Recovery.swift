internal import CLibXML2

// What happens when libxml2 meets a fault that ends its reading.
extension XMLEngine {
    /// Repairs the text, or gives up a record, and starts the parser again; or throws.
    func recover() throws(XMLError) {
        let stop = state.pointee.stop
        let stopOffset = state.pointee.stopOffset
        let fault =
            self.fault
            ?? Fault(code: 0, message: "not well-formed", offset: fedTo, isInEntity: false)
        self.fault = nil
        state.pointee.stop = nil
        if let stop, stop != .nestedRecord { throw error(stop, at: stopOffset) }
        if stop == nil { try refuseForGood(fault) }
        dropOpenText()

        if stop == .nestedRecord {
            let name = qualifiedName(state.pointee.open[state.pointee.recordDepth - 1].name)
            return try giveUpRecord("<\(name)> has no end tag before the next one", at: stopOffset)
        }
        if state.pointee.depth == 0, state.pointee.rootClosed {
            isInEpilog = true
            return
        }
        if !fault.isInEntity, try repair(fault) { return }
        if state.pointee.recordDepth > 0 {
            return try giveUpRecord(fault.message, at: fault.offset)
        }
        guard state.pointee.rootSeen else {
            throw .notXML(file: name, found: "no element can be read (\(fault.message))")
        }
        if window.isAtEnd, isCutOff(from: state.pointee.resume) { throw truncated() }
        guard !records.isEmpty else {
            throw .malformed(
                message: fault.message, file: name,
                at: window.position(
                    at: min(max(fault.offset, window.start), window.end)))
        }
        try giveUpMarkup(fault)
    }

    /// The named error of a limit.
    private func error(_ stop: ParserState.Stop, at offset: Int) -> XMLError {
        let at = window.position(at: min(max(offset, window.start), window.end))
        switch stop {
        case .depth: return .tooDeep(limit: limits.depth, file: name, at: at)
        case .name: return .nameTooLong(limit: limits.nameBytes, file: name, at: at)
        case .names: return .tooManyNames(limit: limits.distinctNames, file: name, at: at)
        case .attributes:
            return .tooManyAttributes(limit: limits.attributesPerElement, file: name, at: at)
        case .attribute: return .attributeTooLong(limit: limits.attributeBytes, file: name, at: at)
        case .text: return .textTooLong(limit: limits.textBytes, file: name, at: at)
        case .amplification:
            return .entityAmplification(limit: limits.entityAmplification, file: name, at: at)
        case .nestedRecord: preconditionFailure("a nested record is damage, not an error")
        }
    }

    /// Faults that nobody should try to get over.
    private func refuseForGood(_ fault: Fault) throws(XMLError) {
        let at = min(max(fault.offset, window.start), window.end)
        switch UInt32(bitPattern: fault.code) {
        case XML_ERR_ENTITY_LOOP.rawValue: throw error(.amplification, at: at)
        case XML_ERR_NAME_TOO_LONG.rawValue: throw error(.name, at: at)
        case XML_ERR_NO_MEMORY.rawValue: throw .outOfMemory(file: name)
        default: break
        }
    }

    /// Forgets text that may be incomplete; it is read again.
    private func dropOpenText() {
        guard state.pointee.textIsOpen else { return }
        let last = state.pointee.complete
        state.pointee.heap.truncate(to: state.pointee.pieces[last].pointee.heap)
        state.pointee.pieces.truncate(to: last)
        state.pointee.textIsOpen = false
    }

    func qualifiedName(_ number: UInt32) -> String {
        let prefix = names.prefix(number)
        return prefix.isEmpty ? names.local(number) : prefix + ":" + names.local(number)
    }

    private func truncated() -> XMLError {
        let open = (0..<state.pointee.depth).map { qualifiedName(state.pointee.open[$0].name) }
        return .truncated(open: open, file: name, at: window.position(at: window.end))
    }

    /// Whether nothing but the end of the document is wrong with the text from there on.
    private func isCutOff(from offset: Int) -> Bool {
        switch FaultyText(window: &window, from: offset, context: context).finding {
        case .endOfText: true
        default: false
        }
    }

    private var context: FaultyText.Context {
        let depth = state.pointee.depth
        return FaultyText.Context(
            open: (0..<depth).map { qualifiedName(state.pointee.open[$0].name) },
            isInRecord: state.pointee.recordDepth > 0,
            faultOffset: 0,
            isKnownEntity: { [state] name in
                xmlGetPredefinedEntity(name) != nil || htmlEntityLookup(name) != nil
                    || xmlSAX2GetEntity(state.pointee.parser, name) != nil
            })
    }

    /// How many repairs a stretch without a sound tag may need: a text with more is no text that
    /// somebody wrote, and reading it again after each handful takes long.
    private static let mostEdits = 65_536

    /// Decodes at least one more chunk, and goes on up to an offset, the end, or the limit of a
    /// record.
    private func fill(upTo offset: Int) throws(XMLError) {
        let stop = min(offset, state.pointee.resume + limits.recordBytes)
        repeat { try fill() } while window.end < stop && !window.isAtEnd
    }

    /// Repairs the text from the last sound tag on; false when there is nothing to repair.
    private func repair(_ fault: Fault) throws(XMLError) -> Bool {
        let resume = state.pointee.resume
        if repairs.offset != resume { repairs = Repairs(offset: resume) }
        repairs.rounds += 1
        guard repairs.rounds < 1_000, repairs.edits < Self.mostEdits else { return false }
        // Each round reads the text from the last tag on again, so that each is to get further.
        if repairs.rounds > 2 { try fill(upTo: resume + 2 * repairs.reach) }
        while true {
            var context = self.context
            context.faultOffset = fault.offset
            let text = FaultyText(
                window: &window, from: resume, context: context,
                most: Self.mostEdits - repairs.edits)
            repairs.reach = window.end - resume
            if !text.edits.isEmpty {
                for edit in text.edits { note(edit.code, edit.message, at: edit.range.lowerBound) }
                if text.edits.contains(where: { $0.code == .malformedDoctype }) { dropDoctype() }
                window.replace(text.edits)
                repairs.edits += text.edits.count
                try restart(at: resume)
                return true
            }
            guard case .endOfText = text.finding, !window.isAtEnd else { return false }
            guard window.end - resume < limits.recordBytes else { return false }
            try fill(upTo: resume + 2 * repairs.reach)
        }
    }

    /// Starts the parser again at a clean offset, inside the elements that are open.
    func restart(at offset: Int) throws(XMLError) {
        var prefix = prolog
        let depth = state.pointee.depth
        for level in 0..<depth {
            let element = state.pointee.open[level]
            prefix += Array("<\(qualifiedName(element.name))".utf8)
            let next =
                level + 1 < depth
                ? state.pointee.open[level + 1].outerDeclarations
                : state.pointee.declarations.next
            for number in element.outerDeclarations..<next {
                let declaration = state.pointee.declarations[number].pointee
                let local = names.local(declaration)
                let value = XMLEscape.attribute(names.namespace(declaration))
                prefix += Array(" \(local.isEmpty ? "xmlns" : "xmlns:" + local)=\"".utf8)
                prefix += value
                prefix += Array("\"".utf8)
            }
            prefix += Array(">".utf8)
        }
        parser.reset()
        state.pointee.isStopped = false
        state.pointee.stop = nil
        state.pointee.resume = offset
        state.pointee.markupEnd = offset
        state.pointee.feedStart = offset - prefix.count
        fault = nil
        feedStep = Self.firstStep
        fed += prefix.count
        if !prefix.isEmpty { parser.feed(prefix, prefix.count) }
        if fault != nil || parser.parser.pointee.wellFormed == 0 {
            throw .malformed(
                message: fault?.message ?? "not well-formed", file: name,
                at: window.position(at: offset))
        }
        fedTo = offset
    }

    // MARK: Giving up

    /// How long a comment or CDATA section may be that is believed while looking for sound text:
    /// in broken text its start may be a mistake, and the answer must not hang on how much of the
    /// document happens to be in memory.
    private static let sectionReach = 65_536

    /// Gives up the open record and goes on behind it.
    private func giveUpRecord(_ message: String, at faultOffset: Int) throws(XMLError) {
        let level = state.pointee.recordDepth - 1
        let element = state.pointee.open[level]
        let piece = state.pointee.pieces[element.piece].pointee
        let parent = level > 0 ? qualifiedName(state.pointee.open[level - 1].name) : nil
        let at = min(max(faultOffset, piece.offset), window.end)
        // The fault may lie far behind its cause: look for the next record from the start on.
        let end = try nextSound(
            after: piece.offset, parent: parent, record: names.local(element.name))
        state.pointee.attributes.truncate(to: piece.first)
        state.pointee.heap.truncate(to: piece.heap)
        state.pointee.pieces.truncate(to: element.piece)
        state.pointee.declarations.truncate(to: element.outerDeclarations)
        state.pointee.depth = level
        state.pointee.recordDepth = 0
        try keepDamage(
            names.local(element.name), piece.offset..<(end ?? window.end), at, message)
        if end == nil || level == 0 && end == window.end && window.isAtEnd {
            failure = end == nil ? truncated(inside: element.name) : nil
            if end != nil { isFinished = true }
            return
        }
        if level == 0 {
            // The record was the root.
            state.pointee.rootClosed = true
            state.pointee.resume = end ?? window.end
            fedTo = state.pointee.resume
            isInEpilog = true
            return
        }
        try restart(at: end ?? window.end)
    }

    private func truncated(inside name: UInt32) -> XMLError {
        guard case .truncated(let open, let file, let at) = truncated() else {
            preconditionFailure("it is that case")
        }
        return .truncated(open: open + [qualifiedName(name)], file: file, at: at)
    }

    /// Gives up markup outside records and goes on at the next record.
    private func giveUpMarkup(_ fault: Fault) throws(XMLError) {
        let start = state.pointee.resume
        let depth = state.pointee.depth
        let parent = depth > 0 ? qualifiedName(state.pointee.open[depth - 1].name) : nil
        let end = try nextSound(after: start, parent: parent, record: nil)
        try keepDamage(
            "", start..<(end ?? window.end), min(max(fault.offset, start), window.end),
            fault.message)
        guard let end else {
            failure = truncated()
            return
        }
        try restart(at: end)
    }

    private func keepDamage(
        _ record: String, _ range: Range<Int>, _ fault: Int, _ message: String
    ) throws(XMLError) {
        // In order: the window counts on from the place it was last asked for.
        let start = window.position(at: range.lowerBound)
        damages.append(
            XMLDamage(
                recordName: record, position: start, faultPosition: window.position(at: fault),
                bytes: window.originalBytes(range), message: message))
        state.pointee.pieces.append(
            Piece(
                offset: range.lowerBound, kindAndName: Piece.Kind.damage.rawValue << 30,
                link: state.pointee.attributes.next, first: state.pointee.heap.next,
                count: UInt32(truncatingIfNeeded: damages.count - 1),
                heap: state.pointee.heap.next, language: 0))
    }

    /// Where reading can go on behind a broken stretch: behind the record's end tag, or at the
    /// next record's start tag or the parent's end tag, whichever comes first; nil when the
    /// document ends before.
    private func nextSound(
        after start: Int, parent: String?, record: String?
    ) throws(XMLError) -> Int? {
        var at = start + 1
        var nested = 0
        var search = MarkupSearch()
        while true {
            guard window.end - start < limits.recordBytes else {
                throw .recordTooLarge(
                    limit: limits.recordBytes, file: name, at: window.position(at: start))
            }
            // Look at tags that are whole, and with room for a skipped section's end.
            let reach = window.isAtEnd ? window.end : window.end - Self.sectionReach
            while at < reach {
                guard let mark = window.first(0x3C, from: at) else {
                    at = window.end
                    break
                }
                if mark >= reach { break }
                at = mark + 1
                if let behind = search.behindSection(
                    at: mark, in: window, within: Self.sectionReach)
                {
                    at = behind
                    continue
                }
                let isEnd = mark + 1 < window.end && window[mark + 1] == 0x2F
                let tag = window.name(at: mark + (isEnd ? 2 : 1))
                let local = tag.local
                if !isEnd {
                    if records.contains(local), tag.isTag { return mark }
                    if let parent, tag.name == parent, tag.isTag {
                        let behind = search.behindTag(at: mark, in: window)
                        if behind.map({ window[$0 - 2] }) != 0x2F { nested += 1 }
                    }
                } else if let record, local == record {
                    guard let behind = search.behindTag(at: mark, in: window) else { continue }
                    return behind
                } else if let parent, tag.name == parent {
                    if nested == 0 { return mark }
                    nested -= 1
                }
            }
            if window.isAtEnd { return nil }
            try fill()
        }
    }

    // MARK: Behind the root

    /// Leaves out what stands behind the root element; another root is read like the first.
    func skipEpilog() throws(XMLError) {
        var at = max(state.pointee.resume, window.start)
        let reach = window.isAtEnd ? window.end : window.end - Self.sectionReach
        var told = false
        var search = MarkupSearch()
        while at < reach {
            let byte = window[at]
            if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                at += 1
                continue
            }
            var next: Int?
            if byte == 0x3C {
                if let behind = search.behindSection(
                    at: at, in: window, within: Self.sectionReach)
                {
                    let isSilent =
                        window.holds("<!--", at: at)
                        || window.holds("<?", at: at) && !window.holds("<?xml", at: at)
                    if isSilent {
                        at = behind
                        continue
                    }
                    next = behind
                }
                let tag = window.name(at: at + 1)
                if tag.isTag {
                    note(
                        .secondRoot,
                        "a second root element, <\(tag.name)>; read like the first", at: at)
                    isInEpilog = false
                    state.pointee.rootClosed = false
                    prolog = []
                    state.pointee.hasDoctype = false
                    try restart(at: at)
                    return
                }
            }
            if !told {
                told = true
                note(.trailingContent, "text after the end of the root element; left out", at: at)
            }
            at = next ?? window.first(0x3C, from: at + 1) ?? window.end
        }
        state.pointee.resume = min(at, window.end)
        fedTo = window.end
    }
}
