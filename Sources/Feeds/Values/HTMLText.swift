import CourseModel

/// What was found in a text that may hold HTML.
public struct HTMLReading: Hashable, Sendable {
    /// The text within the allow-list.
    public var text: RichText
    /// Whether it held tags.
    public var hadTags: Bool
    /// Whether references (`&nbsp;`) stood in it that should have been resolved before.
    public var wasEscapedTwice: Bool
    /// The names of tags that were left out, and `href` for links to addresses that are not
    /// allowed, in order of the alphabet.
    public var removed: [String]
}

extension RichText {
    /// Reduces a text that may hold HTML to the allow-list.
    ///
    /// Plain text keeps its lines; text with tags follows HTML's rules for white space. References
    /// are resolved, once more when they were escaped twice. Scripts and embedded objects go with
    /// their content; links stay when they lead to `http`, `https`, `mailto` or `tel` addresses.
    public init(html text: String) {
        self = readHTML(text).text
    }
}

extension RichText {
    /// One plain paragraph.
    fileprivate init(line: String) { self.init([.paragraph([Span(line)])]) }
}

/// Reads a text that may hold HTML, and tells what had to be done to it.
public func readHTML(_ text: String) -> HTMLReading {
    // Nearly all texts hold neither `<` nor `&`.
    let traits = TextTraits(text)
    guard traits.hasMarkup else {
        let folded = traits.needsFolding || text.isEmpty ? plainText(text) : RichText(line: text)
        return HTMLReading(text: folded, hadTags: false, wasEscapedTwice: false, removed: [])
    }
    var source = text
    var wasEscaped = false
    for _ in 0..<3 {
        let html = HTMLTokenizer(source)
        if html.holdsTags {
            var reading = html.read()
            reading.wasEscapedTwice = reading.wasEscapedTwice || wasEscaped
            return reading
        }
        let decoded = decodedReferences(source)
        guard decoded != source else { break }
        source = decoded
        wasEscaped = true
    }
    return HTMLReading(
        text: plainText(source), hadTags: false, wasEscapedTwice: wasEscaped, removed: [])
}

/// Plain text: lines stay, an empty line starts a paragraph, blanks within a line are folded.
private func plainText(_ text: String) -> RichText {
    guard text.utf8.contains(where: { $0 == 10 || $0 == 13 }) else {
        let folded = foldedSpaces(text)
        return RichText(folded.isEmpty ? [] : [.paragraph([RichText.Span(folded)])])
    }
    var lines: [String] = []
    var blocks: [RichText.Block] = []
    func flush() {
        if !lines.isEmpty {
            blocks.append(.paragraph([RichText.Span(lines.joined(separator: "\n"))]))
        }
        lines = []
    }
    for line in text.utf8.split(
        omittingEmptySubsequences: false, whereSeparator: { $0 == 10 || $0 == 13 })
    {
        let folded = foldedSpaces(String(decoding: line, as: UTF8.self))
        if folded.isEmpty { flush() } else { lines.append(folded) }
    }
    flush()
    return RichText(blocks)
}

/// Cuts HTML, however broken, into tags and texts.
struct HTMLTokenizer {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether a tag that HTML knows stands in the text; `a < b` and `<naam>` are none.
    var holdsTags: Bool {
        var index = 0
        while let open = bytes[index...].firstIndex(of: 60) {
            if let tag = tag(at: open), tag.isComment || HTMLTag.isKnown(tag.name) { return true }
            index = open + 1
        }
        return false
    }

    /// The text within the allow-list.
    func read() -> HTMLReading {
        var builder = RichTextBuilder()
        var wasEscaped = false
        var index = 0
        var textStart = 0
        func flush(to end: Int) {
            guard textStart < end else { return }
            let run = bytes[textStart..<end]
            guard run.contains(38) else {
                builder.text(run)
                return
            }
            let once = decodedReferences(String(decoding: run, as: UTF8.self))
            let twice = decodedReferences(once)
            if twice != once { wasEscaped = true }
            builder.text(twice.utf8)
        }
        while let open = bytes[index...].firstIndex(of: 60) {
            guard let tag = tag(at: open), tag.isComment || HTMLTag.isKnown(tag.name) else {
                index = open + 1
                continue
            }
            flush(to: open)
            index = tag.end
            textStart = tag.end
            guard !tag.isComment else { continue }
            let kind = HTMLTag(tag.name)
            if tag.isEnd {
                builder.close(kind)
            } else {
                builder.open(kind, href: tag.href.map(decodedReferences))
                if kind == .script || kind == .style {
                    // Their content is no mark-up: it ends at the end tag only.
                    index = endOfRawText(tag.name, from: tag.end)
                    textStart = index
                } else if tag.isSelfClosed, kind.dropsContent || kind == .anchor {
                    builder.close(kind)
                }
            }
        }
        flush(to: bytes.count)
        let text = builder.finish()
        return HTMLReading(
            text: text, hadTags: true, wasEscapedTwice: wasEscaped,
            removed: builder.removed.sorted())
    }

    private struct Tag {
        var name = ""
        var isEnd = false
        var isSelfClosed = false
        var isComment = false
        var href: String?
        var end = 0
    }

    /// The tag that starts at `<`, or `nil` when none does.
    private func tag(at open: Int) -> Tag? {
        var tag = Tag()
        var index = open + 1
        guard index < bytes.count else { return nil }
        if bytes[index] == 33 || bytes[index] == 63 {  // <! and <?
            tag.isComment = true
            if bytes[index...].starts(with: [33, 45, 45]) {
                var end = index + 3
                while end < bytes.count, !bytes[end...].starts(with: [45, 45, 62]) { end += 1 }
                tag.end = min(end + 3, bytes.count)
            } else {
                guard let close = bytes[index...].firstIndex(of: 62) else { return nil }
                tag.end = close + 1
            }
            return tag
        }
        if bytes[index] == 47 {
            tag.isEnd = true
            index += 1
        }
        let nameStart = index
        while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
        guard index > nameStart, isLetter(bytes[nameStart]) else { return nil }
        tag.name = String(decoding: bytes[nameStart..<index], as: UTF8.self).lowercased()
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 62 {
                tag.end = index + 1
                return tag
            }
            if byte == 60 {  // `<p <b>`: the first tag was never closed.
                tag.end = index
                return tag
            }
            if byte == 47 {
                tag.isSelfClosed = true
                index += 1
                continue
            }
            if byte == 32 || 9...13 ~= byte {
                index += 1
                continue
            }
            tag.isSelfClosed = false
            attribute(&index, of: &tag)
        }
        // The text ends within the tag: a truncated one if it has begun like one.
        tag.end = bytes.count
        return tag
    }

    private func attribute(_ index: inout Int, of tag: inout Tag) {
        let start = index
        while index < bytes.count, ![61, 62, 60, 47, 32, 9, 10, 13].contains(bytes[index]) {
            index += 1
        }
        let name = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
        var next = index
        while next < bytes.count, bytes[next] == 32 || 9...13 ~= bytes[next] { next += 1 }
        guard next < bytes.count, bytes[next] == 61 else {
            if index == start { index += 1 }
            return
        }
        next += 1
        while next < bytes.count, bytes[next] == 32 || 9...13 ~= bytes[next] { next += 1 }
        let value: ArraySlice<UInt8>
        if next < bytes.count, bytes[next] == 34 || bytes[next] == 39 {
            let quote = bytes[next]
            let close = bytes[(next + 1)...].firstIndex(of: quote) ?? bytes.count
            value = bytes[(next + 1)..<close]
            index = min(close + 1, bytes.count)
        } else {
            var end = next
            while end < bytes.count, ![62, 32, 9, 10, 13].contains(bytes[end]) { end += 1 }
            value = bytes[next..<end]
            index = end
        }
        if name == "href" { tag.href = String(decoding: value, as: UTF8.self) }
    }

    private func endOfRawText(_ name: String, from start: Int) -> Int {
        let needle = Array("</\(name)".utf8)
        var index = start
        while index + needle.count <= bytes.count {
            let window = bytes[index..<(index + needle.count)].map {
                65...90 ~= $0 ? $0 | 0x20 : $0
            }
            if window == needle { return index }
            index += 1
        }
        return bytes.count
    }
}

private func isLetter(_ byte: UInt8) -> Bool { 97...122 ~= byte | 0x20 }

private func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || 48...57 ~= byte || byte == 58 || byte == 45
}
