/// A tolerant look at text that libxml2 refused, from the last sound tag on: what any sane reader
/// would put right, as small edits.
///
/// It goes up to the first tag. When the text before that tag needs no edit, the tag itself is
/// looked at.
struct FaultyText {
    /// What the reader knows about the place.
    struct Context {
        /// The qualified names of the open elements, outermost first.
        var open: [String]
        var isInRecord: Bool
        /// Where libxml2 complained.
        var faultOffset: Int
        var isKnownEntity: (String) -> Bool
    }

    /// A small repair.
    struct Edit {
        var range: Range<Int>
        var replacement: String
        var code: XMLDiagnostic.Code
        var message: String
    }

    /// Where looking ended.
    enum Finding {
        case tag
        /// The text in memory ends first.
        case endOfText
    }

    private(set) var edits: [Edit] = []
    private(set) var finding = Finding.endOfText
    private let context: Context

    /// The most edits that are looked for.
    private let most: Int

    init(window: inout InputWindow, from offset: Int, context: Context, most: Int = .max) {
        self.context = context
        self.most = most
        finding = scan(window, from: offset)
    }

    private mutating func edit(
        _ range: Range<Int>, _ replacement: String, _ code: XMLDiagnostic.Code, _ message: String
    ) {
        edits.append(Edit(range: range, replacement: replacement, code: code, message: message))
    }

    private mutating func scan(_ window: borrowing InputWindow, from offset: Int) -> Finding {
        var at = offset
        let isInProlog = context.open.isEmpty
        while at < window.end {
            if edits.count >= most { return .tag }
            let byte = window[at]
            if isInProlog, !InputWindow.isBlank(byte), !Self.beginsMarkup(window, at) {
                var next = at + 1
                while next < window.end, !Self.beginsMarkup(window, next) {
                    next = window.first(0x3C, from: next + 1) ?? window.end
                }
                // A "<" at the very end may begin something.
                guard next + 1 < window.end || window.isAtEnd else { return .endOfText }
                edit(
                    at..<next, "", .textBeforeRoot, "text before the first element; left out")
                at = next
                continue
            }
            switch byte {
            case 0x26:
                guard let next = reference(window, at) else { return .endOfText }
                at = next
            case 0x5D where window.holds("]]>", at: at):
                edit(
                    at..<at + 3, "]]&gt;", .bareCDATAEnd,
                    "\"]]>\" outside a CDATA section; kept as text")
                at += 3
            case 0x3C:
                guard at + 1 < window.end else { return .endOfText }
                let next = window[at + 1]
                if InputWindow.isNameStart(next) {
                    guard edits.isEmpty else { return .tag }
                    let finding = startTag(window, at)
                    // Half a tag is not repaired: the other half may show that nobody can.
                    if case .endOfText = finding { edits = [] }
                    return finding
                }
                if next == 0x2F, isEndTag(window, at) {
                    if edits.isEmpty { return endTag(window, at) }
                    return .tag
                }
                if next == 0x21 || next == 0x3F {
                    guard let behind = section(window, at) else { return .endOfText }
                    at = behind
                } else {
                    edit(
                        at..<at + 1, "&lt;", .bareLessThan,
                        "a \"<\" that starts no tag; kept as text")
                    at += 1
                }
            default:
                at += 1
            }
        }
        return .endOfText
    }

    /// Whether a tag, comment or instruction may begin at an offset.
    private static func beginsMarkup(_ window: borrowing InputWindow, _ at: Int) -> Bool {
        guard window[at] == 0x3C else { return false }
        guard at + 1 < window.end else { return true }
        let next = window[at + 1]
        if next == 0x21 {
            return window.holds("<!--", at: at) || window.holds("<!DOCTYPE", at: at)
                || window.end - at < 9 && !window.isAtEnd
        }
        return InputWindow.isNameStart(next) || next == 0x3F || next == 0x2F
    }

    /// Looks at a comment, section or instruction; returns the offset behind it, or nil when it
    /// does not end in memory.
    private mutating func section(_ window: borrowing InputWindow, _ at: Int) -> Int? {
        let isKnown =
            window.holds("<!--", at: at) || window.holds("<![CDATA[", at: at)
            || window.holds("<?", at: at) || window.holds("<!DOCTYPE", at: at)
        guard isKnown else {
            guard window.end - at >= 9 else { return nil }
            edit(at..<at + 1, "&lt;", .bareLessThan, "a \"<\" that starts no tag; kept as text")
            return at + 1
        }
        guard let behind = window.behindSection(at: at) else { return nil }
        let holdsFault = context.faultOffset >= at && context.faultOffset < behind
        if window.holds("<!--", at: at) {
            let dashes = window.first("--", from: at + 4) ?? behind
            if dashes < behind - 3 || behind - at > 7 && window[behind - 4] == 0x2D {
                edit(
                    at..<behind, "", .malformedComment,
                    "a comment with \"--\" inside, which XML forbids; left out")
            }
        } else if window.holds("<?xml", at: at), window.end - at > 5,
            InputWindow.isBlank(window[at + 5])
        {
            if at > 0 {
                edit(
                    at..<behind, "", .malformedDeclaration,
                    "an XML declaration inside the document; left out")
            } else if holdsFault {
                edit(
                    at..<behind, "", .malformedDeclaration,
                    "an XML declaration that is not well-formed; left out")
            }
        } else if window.holds("<?", at: at), holdsFault {
            edit(
                at..<behind, "", .malformedComment,
                "a processing instruction that is not well-formed; left out")
        } else if window.holds("<!DOCTYPE", at: at), holdsFault || !context.open.isEmpty {
            edit(at..<behind, "", .malformedDoctype, "a DOCTYPE that is not well-formed; left out")
        }
        return behind
    }

    // MARK: References

    /// Looks at an `&`; returns the offset behind what it starts, or nil when that does not end in
    /// memory.
    private mutating func reference(_ window: borrowing InputWindow, _ at: Int) -> Int? {
        var stop = at + 1
        while stop < window.end, stop - at < 64, Self.isReferenceByte(window[stop]) { stop += 1 }
        if stop == window.end, stop - at < 64, !window.isAtEnd { return nil }
        let isClosed = stop < window.end && window[stop] == 0x3B
        let name = String(
            decoding: UnsafeBufferPointer(
                start: window.pointer(at: at + 1), count: stop - at - 1), as: UTF8.self)
        guard isClosed, !name.isEmpty else {
            ampersand(at)
            return at + 1
        }
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let value =
                digits.hasPrefix("x")
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
            guard let value else {
                ampersand(at)
                return at + 1
            }
            let isAllowed =
                value >= 0x20 && value < 0xD800 || value >= 0xE000 && value < 0xFFFE
                || value >= 0x10000 && value < 0x110000 || value == 9 || value == 10 || value == 13
            if !isAllowed {
                edit(
                    at..<stop + 1, value < 0x20 ? " " : "\u{FFFD}", .controlCharacter,
                    "the reference &\(name); to a character that XML forbids; read as "
                        + (value < 0x20 ? "a blank" : "U+FFFD"))
            }
        } else if !context.isKnownEntity(name) {
            ampersand(at)
        }
        return stop + 1
    }

    private mutating func ampersand(_ at: Int) {
        edit(
            at..<at + 1, "&amp;", .bareAmpersand,
            "an \"&\" that starts no known reference; kept as text (write &amp;)")
    }

    private static func isReferenceByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x23
            || byte >= 0x80 || byte == 0x5F || byte == 0x2E || byte == 0x2D || byte == 0x3A
    }

    // MARK: Tags

    private func isEndTag(_ window: borrowing InputWindow, _ at: Int) -> Bool {
        var next = at + 2
        while next < window.end, InputWindow.isBlank(window[next]) { next += 1 }
        return next == window.end || InputWindow.isNameStart(window[next])
    }

    private mutating func startTag(_ window: borrowing InputWindow, _ start: Int) -> Finding {
        let tag = window.name(at: start + 1).name
        var at = start + 1 + tag.utf8.count
        var seen: Set<String> = []
        var needsBlank = true
        func skipBlanks(_ window: borrowing InputWindow) {
            while at < window.end, InputWindow.isBlank(window[at]) {
                at += 1
                needsBlank = false
            }
        }
        func fault(_ what: String) -> String { "\(what) in the start tag <\(tag)>" }
        while true {
            skipBlanks(window)
            guard at < window.end else { return .endOfText }
            let byte = window[at]
            if byte == 0x3E { return .tag }
            if byte == 0x2F {
                guard at + 1 < window.end else { return .endOfText }
                if window[at + 1] == 0x3E { return .tag }
            }
            if byte == 0x3C {
                // The tag does not end. Nobody can say where it should have.
                edits = []
                return .tag
            }
            guard InputWindow.isNameStart(byte) else {
                edit(
                    at..<at + 1, needsBlank ? "" : " ", .malformedStartTag,
                    fault(
                        byte == 0x22 || byte == 0x27
                            ? "a quote too many" : "a stray character") + "; left out")
                at += 1
                continue
            }
            // An attribute.
            let nameStart = at
            let name = window.name(at: at).name
            at += name.utf8.count
            let isParted = edits.last.map {
                $0.range.upperBound == nameStart && $0.replacement == " "
            }
            if needsBlank, isParted != true {
                edit(
                    nameStart..<nameStart, " ", .malformedStartTag,
                    fault("no blank before the attribute \(name)") + "; read as if there were one")
            }
            skipBlanks(window)
            guard at < window.end else { return .endOfText }
            var valueEdits: [Edit] = []
            if window[at] == 0x3D {
                at += 1
                skipBlanks(window)
                guard at < window.end else { return .endOfText }
                guard let parsed = value(window, &at, name, fault) else { return .endOfText }
                guard let found = parsed else {
                    edits = []
                    return .tag
                }
                valueEdits = found
            } else {
                valueEdits = [
                    Edit(
                        range: nameStart + name.utf8.count..<nameStart + name.utf8.count,
                        replacement: "=\"\(name)\"", code: .malformedStartTag,
                        message: fault("the attribute \(name) without a value")
                            + "; read as \(name)=\"\(name)\"")
                ]
            }
            needsBlank = true
            if seen.insert(name).inserted {
                edits += valueEdits
            } else {
                edit(
                    nameStart..<at, "", .duplicateAttribute,
                    fault("the attribute \(name) again") + "; the first one counts")
            }
        }
    }

    /// Looks at an attribute's value; nil when it does not end in memory, `.some(nil)` when nobody
    /// can say where it should end.
    private func value(
        _ window: borrowing InputWindow, _ at: inout Int, _ name: String,
        _ fault: (String) -> String
    ) -> [Edit]?? {
        let quote = window[at]
        var edits: [Edit] = []
        if quote != 0x22 && quote != 0x27 {
            let start = at
            while at < window.end, !InputWindow.isBlank(window[at]), window[at] != 0x3E,
                window[at] != 0x3C, window[at] != 0x22, window[at] != 0x27,
                !(window[at] == 0x2F && at + 1 < window.end && window[at + 1] == 0x3E)
            { at += 1 }
            guard at < window.end else { return nil }
            let message =
                fault("the value of \(name) without quotes") + "; read as if there were"
            edits.append(
                Edit(
                    range: start..<start, replacement: "\"", code: .malformedStartTag,
                    message: message))
            var inner = FaultyText(context: context)
            guard inner.references(window, start..<at) else { return nil }
            edits += inner.edits
            edits.append(
                Edit(
                    range: at..<at, replacement: "\"", code: .malformedStartTag, message: message))
            return .some(edits)
        }
        guard let close = window.first(quote, from: at + 1) else { return nil }
        var mark = at + 1
        while let less = window.first(0x3C, in: mark..<close) {
            let next = window[less + 1]
            // A tag inside a value: a quote is missing somewhere.
            if InputWindow.isNameStart(next) || next == 0x2F || next == 0x21 { return .some(nil) }
            edits.append(
                Edit(
                    range: less..<less + 1, replacement: "&lt;", code: .bareLessThan,
                    message: fault("a \"<\" in the value of \(name)") + "; kept as text"))
            mark = less + 1
        }
        var inner = FaultyText(context: context)
        guard inner.references(window, at + 1..<close) else { return nil }
        edits += inner.edits
        at = close + 1
        return .some(edits.sorted { $0.range.lowerBound < $1.range.lowerBound })
    }

    private init(context: Context) {
        self.context = context
        most = .max
    }

    /// Looks at the references in a stretch.
    private mutating func references(
        _ window: borrowing InputWindow, _ range: Range<Int>
    ) -> Bool {
        var at = range.lowerBound
        while at < range.upperBound, let found = window.first(0x26, in: at..<range.upperBound) {
            guard let next = reference(window, found) else { return false }
            at = next
        }
        return true
    }

    private mutating func endTag(_ window: borrowing InputWindow, _ start: Int) -> Finding {
        var nameStart = start + 2
        while nameStart < window.end, InputWindow.isBlank(window[nameStart]) { nameStart += 1 }
        let name = window.name(at: nameStart).name
        let nameEnd = nameStart + name.utf8.count
        var close = nameEnd
        while close < window.end, window[close] != 0x3E, window[close] != 0x3C { close += 1 }
        guard close < window.end else { return .endOfText }
        let isClosed = window[close] == 0x3E
        let tagEnd = isClosed ? close + 1 : nameEnd
        guard let expected = context.open.last else {
            edit(
                start..<tagEnd, "", .unexpectedEndTag,
                "the end tag </\(name)> ends nothing; left out")
            return .tag
        }
        if name == expected {
            let isPlain =
                isClosed && nameStart == start + 2
                && (nameEnd..<close).allSatisfy { InputWindow.isBlank(window[$0]) }
            if !isPlain {
                edit(
                    start..<tagEnd, "</\(name)>", .malformedEndTag,
                    "the end tag </\(name)> is not well-formed; read as </\(name)>")
            }
            return .tag
        }
        func local(_ name: String) -> String {
            String(name.split(separator: ":", maxSplits: 1).last ?? "").lowercased()
        }
        if local(name) == local(expected) {
            edit(
                start..<tagEnd, "</\(expected)>", .mismatchedEndTag,
                "</\(name)> ends <\(expected)>; read as </\(expected)>")
            return .tag
        }
        // Inside a record nobody can say what belongs where: the record is given up.
        guard !context.isInRecord else { return .tag }
        if let level = context.open.lastIndex(of: name) {
            let missing = context.open[(level + 1)...].reversed()
            edit(
                start..<start, missing.map { "</\($0)>" }.joined(), .missingEndTag,
                "no end tag for <\(missing.joined(separator: "> <"))> before </\(name)>; "
                    + "ended here")
        } else {
            edit(
                start..<tagEnd, "", .unexpectedEndTag,
                "the end tag </\(name)> ends nothing that is open; left out")
        }
        return .tag
    }
}
