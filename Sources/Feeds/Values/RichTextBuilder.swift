import CourseModel

/// Makes rich text out of a run of tags and texts, whatever their order.
///
/// Both readers of mark-up drive it: the HTML tokenizer and the walk over XHTML elements. Tags that
/// are not in the allow-list give their content to what surrounds them; tags whose content is no
/// text for people are dropped with it.
struct RichTextBuilder {
    /// The tags that were dropped with their content, and links that lead nowhere allowed.
    private(set) var removed: Set<String> = []

    private var blocks: [RichText.Block] = []
    private var spans: [RichText.Span] = []
    private var items: [[RichText.Span]] = []
    private var isHeading = false
    private var listDepth = 0
    private var listIsOrdered = false
    private var strong = 0
    private var emphasis = 0
    private var link: String?
    private var dropped: [HTMLTag] = []

    /// A start tag; `href` is the link's address for `a`.
    mutating func open(_ tag: HTMLTag, href: String? = nil) {
        if tag.dropsContent {
            dropped.append(tag)
            removed.insert(tag.name)
            return
        }
        guard dropped.isEmpty else { return }
        switch tag {
        case .paragraph: endBlock()
        case .heading:
            endBlock()
            isHeading = true
        case .unorderedList, .orderedList:
            if listDepth == 0 {
                endBlock()
                listIsOrdered = tag == .orderedList
            } else {
                endItem()
            }
            listDepth += 1
        case .item: if listDepth > 0 { endItem() } else { endBlock() }
        case .lineBreak: lineBreak()
        case .strong: strong += 1
        case .emphasis: emphasis += 1
        case .anchor:
            link = href.flatMap(cleanURL)
            if let href, link == nil, !href.isEmpty { removed.insert("href") }
        case .cell: text(CollectionOfOne(32))
        case .void: removed.insert(tag.name)
        case .other, .script, .style, .embedded: break
        }
    }

    /// An end tag.
    mutating func close(_ tag: HTMLTag) {
        if let last = dropped.last {
            if last == tag { dropped.removeLast() }
            return
        }
        switch tag {
        case .paragraph, .heading: endBlock()
        case .unorderedList, .orderedList:
            guard listDepth > 0 else { return }
            endItem()
            listDepth -= 1
            if listDepth == 0 { endList() }
        case .item: endItem()
        case .strong: strong = max(0, strong - 1)
        case .emphasis: emphasis = max(0, emphasis - 1)
        case .anchor: link = nil
        case .cell: text(CollectionOfOne(32))
        case .lineBreak, .void, .other, .script, .style, .embedded: break
        }
    }

    /// Text with its references resolved.
    ///
    /// A run of white space becomes one space, in the span where it begins.
    mutating func text(_ bytes: some Sequence<UInt8>) {
        guard dropped.isEmpty else { return }
        var out: [UInt8] = []
        var isAfterSpace = isAfterSpace
        var iterator = bytes.makeIterator()
        var next = iterator.next()
        while let byte = next {
            next = iterator.next()
            var isSpace = byte == 32 || 9...13 ~= byte
            if byte == 0xC2, next == 0xA0 {
                isSpace = true
                next = iterator.next()
            }
            if isSpace {
                if !isAfterSpace { out.append(32) }
            } else {
                out.append(byte)
            }
            isAfterSpace = isSpace
        }
        guard !out.isEmpty else { return }
        append(String(decoding: out, as: UTF8.self))
    }

    /// What was made of it.
    mutating func finish() -> RichText {
        if listDepth > 0 {
            endItem()
            listDepth = 0
            endList()
        }
        endBlock()
        return RichText(blocks)
    }

    /// Whether a space would be the second in a row, or the first of a line.
    private var isAfterSpace: Bool {
        guard let last = spans.last?.text.utf8.last else { return true }
        return last == 32 || last == 10
    }

    private mutating func append(_ text: String) {
        let style: RichText.Style = strong > 0 ? .strong : emphasis > 0 ? .emphasis : .plain
        if let last = spans.indices.last, spans[last].style == style, spans[last].link == link {
            spans[last].text += text
        } else {
            spans.append(RichText.Span(text, style: style, link: link))
        }
    }

    private mutating func lineBreak() {
        trimSpaces()
        guard let last = spans.indices.last else { return }
        if spans[last].text.utf8.last == 10 {
            // A second break in a row starts a new paragraph, as its writer meant it to look.
            if listDepth == 0 { endBlock() }
        } else {
            spans[last].text += "\n"
        }
    }

    /// Takes the spaces at the end away.
    private mutating func trimSpaces() {
        while let last = spans.indices.last, spans[last].text.utf8.last == 32 {
            spans[last].text.removeLast()
            if spans[last].text.isEmpty { spans.removeLast() }
        }
    }

    private mutating func takeSpans() -> [RichText.Span] {
        defer { spans = [] }
        while let last = spans.indices.last, let byte = spans[last].text.utf8.last,
            byte == 10 || byte == 32
        {
            spans[last].text.removeLast()
            if spans[last].text.isEmpty { spans.removeLast() }
        }
        return spans
    }

    private mutating func endBlock() {
        // A paragraph within a list item is a new line of that item.
        if listDepth > 0 {
            lineBreak()
            return
        }
        let run = takeSpans()
        if !run.isEmpty { blocks.append(isHeading ? .heading(run) : .paragraph(run)) }
        isHeading = false
    }

    private mutating func endItem() {
        let run = takeSpans()
        guard !run.isEmpty else { return }
        if listDepth > 0 {
            items.append(run)
        } else {
            blocks.append(.paragraph(run))
        }
    }

    private mutating func endList() {
        if !items.isEmpty { blocks.append(.list(ordered: listIsOrdered, items: items)) }
        items = []
    }
}

/// A tag by what it does to the text.
enum HTMLTag: Hashable {
    case paragraph, heading, unorderedList, orderedList, item, lineBreak, strong, emphasis, anchor
    case cell, script, style
    /// Content that is no text for people, or comes from elsewhere.
    case embedded(String)
    /// A tag without content that is left out.
    case void(String)
    /// Any other; its content stays.
    case other

    init(_ name: String) {
        self = Self.table[name] ?? .other
    }

    /// Whether the content goes with the tag.
    var dropsContent: Bool {
        switch self {
        case .script, .style, .embedded: true
        default: false
        }
    }

    /// Its name, for messages.
    var name: String {
        switch self {
        case .script: "script"
        case .style: "style"
        case .embedded(let name), .void(let name): name
        default: ""
        }
    }

    /// Whether the name is one that HTML knows: `<b>` is mark-up, `<naam>` is text.
    static func isKnown(_ name: String) -> Bool { table[name] != nil }

    private static let table: [String: HTMLTag] = {
        var table: [String: HTMLTag] = [:]
        for name in [
            "p", "div", "section", "article", "blockquote", "tr", "table", "dl", "dt", "dd", "pre",
            "header", "footer", "address", "figure", "figcaption", "center", "main", "aside",
            "nav", "caption", "fieldset", "hr", "body", "html", "form",
        ] {
            table[name] = .paragraph
        }
        for rank in 1...6 { table["h\(rank)"] = .heading }
        table["ul"] = .unorderedList
        table["menu"] = .unorderedList
        table["dir"] = .unorderedList
        table["ol"] = .orderedList
        table["li"] = .item
        table["br"] = .lineBreak
        table["strong"] = .strong
        table["b"] = .strong
        table["em"] = .emphasis
        table["i"] = .emphasis
        table["cite"] = .emphasis
        table["a"] = .anchor
        table["td"] = .cell
        table["th"] = .cell
        table["script"] = .script
        table["style"] = .style
        for name in [
            "iframe", "object", "embed", "noscript", "svg", "math", "template", "audio", "video",
            "canvas", "head", "title", "applet", "select", "textarea", "button", "xml",
        ] {
            table[name] = .embedded(name)
        }
        for name in ["img", "meta", "link", "input", "base", "source", "track", "area"] {
            table[name] = .void(name)
        }
        for name in [
            "span", "font", "u", "s", "sup", "sub", "small", "big", "tbody", "thead", "tfoot",
            "abbr", "acronym", "code", "q", "label", "mark", "time", "ins", "del", "col",
            "colgroup", "strike", "tt", "o:p", "wbr", "kbd", "var", "samp", "dfn", "data", "map",
        ] {
            table[name] = .other
        }
        return table
    }()
}
