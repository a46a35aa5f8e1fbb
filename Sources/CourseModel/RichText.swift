/// Text with the little structure that course descriptions need: paragraphs, headings, lists.
///
/// Feeds hold HTML of every kind. What is kept is this allow-list and nothing else, so a page can
/// show it and a feed can write it without trusting the sender.
public struct RichText: Hashable, Sendable, Codable {
    /// A block that stands by itself.
    public enum Block: Hashable, Sendable, Codable {
        /// A paragraph.
        case paragraph([Span])
        /// A heading, whatever its rank was.
        case heading([Span])
        /// A list; each item is a run of spans.
        case list(ordered: Bool, items: [[Span]])
    }

    /// A run of text within a block.
    public struct Span: Hashable, Sendable, Codable {
        /// The text, with white space folded; `"\n"` stands for a line break.
        public var text: String
        /// How it stands out.
        public var style: Style
        /// Where it leads, for links to `http`, `https`, `mailto` and `tel` addresses.
        public var link: String?

        /// A run of text.
        public init(_ text: String, style: Style = .plain, link: String? = nil) {
            self.text = text
            self.style = style
            self.link = link
        }
    }

    /// How a span stands out.
    public enum Style: String, Hashable, Sendable, Codable {
        /// It does not.
        case plain
        /// HTML's `em` and `i`.
        case emphasis
        /// HTML's `strong` and `b`.
        case strong
    }

    /// The blocks, in reading order.
    public var blocks: [Block]

    /// Text made of blocks.
    public init(_ blocks: [Block]) { self.blocks = blocks }

    /// Plain text; an empty line starts a new paragraph.
    public init(plain text: String) {
        var blocks: [Block] = []
        var lines: [Substring] = []
        func flush(_ lines: inout [Substring], _ blocks: inout [Block]) {
            guard !lines.isEmpty else { return }
            blocks.append(.paragraph([Span(lines.joined(separator: "\n"))]))
            lines = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                flush(&lines, &blocks)
            } else {
                lines.append(line.trimmingSpaces())
            }
        }
        flush(&lines, &blocks)
        self.blocks = blocks
    }

    /// Whether there is no text.
    public var isEmpty: Bool { blocks.isEmpty }

    /// The words without mark-up: blocks on lines of their own, list items marked with a dash.
    public var plainText: String {
        // One paragraph in one style, as most texts are, needs no copy.
        if blocks.count == 1, case .paragraph(let spans) = blocks[0], spans.count == 1 {
            return spans[0].text
        }
        var text = ""
        var isFirst = true
        func startLine() {
            if !isFirst { text += "\n" }
            isFirst = false
        }
        for block in blocks {
            switch block {
            case .paragraph(let spans), .heading(let spans):
                startLine()
                for span in spans { text += span.text }
            case .list(let ordered, let items):
                for (index, item) in items.enumerated() {
                    startLine()
                    text += ordered ? "\(index + 1). " : "- "
                    for span in item { text += span.text }
                }
            }
        }
        return text
    }

    /// Well-formed XHTML of the allow-list: `p`, `h3`, `ul`, `ol`, `li`, `br`, `strong`, `em`, `a`.
    public var html: String {
        var out = ""
        appendHTML(to: &out)
        return out
    }

    /// Adds ``html`` to a text.
    public func appendHTML(to out: inout String) {
        for block in blocks {
            switch block {
            case .paragraph(let spans):
                out += "<p>"
                Self.append(spans, to: &out)
                out += "</p>"
            case .heading(let spans):
                out += "<h3>"
                Self.append(spans, to: &out)
                out += "</h3>"
            case .list(let ordered, let items):
                out += ordered ? "<ol>" : "<ul>"
                for item in items {
                    out += "<li>"
                    Self.append(item, to: &out)
                    out += "</li>"
                }
                out += ordered ? "</ol>" : "</ul>"
            }
        }
    }

    private static func append(_ spans: [Span], to out: inout String) {
        for span in spans {
            if let link = span.link {
                out += "<a href=\""
                out.append(escapedForHTML: link)
                out += "\">"
            }
            switch span.style {
            case .plain: break
            case .emphasis: out += "<em>"
            case .strong: out += "<strong>"
            }
            out.append(escapedForHTML: span.text, lineBreak: "<br/>")
            switch span.style {
            case .plain: break
            case .emphasis: out += "</em>"
            case .strong: out += "</strong>"
            }
            if span.link != nil { out += "</a>" }
        }
    }
}

/// A rich text in one or more languages.
public struct LocalizedRichText: Hashable, Sendable, Codable {
    /// One language's wording.
    public struct Wording: Hashable, Sendable, Codable {
        /// The language, or `nil` when the feed does not say.
        public var language: LanguageTag?
        /// The text, never empty.
        public var text: RichText

        /// A wording as the feed gives it.
        public init(language: LanguageTag?, text: RichText) {
            self.language = language
            self.text = text
        }
    }

    /// The wordings, in the order of the feed.
    public private(set) var wordings: [Wording]

    /// A text without wordings.
    public init() { wordings = [] }

    /// A text in several languages; empty and repeated wordings are left out.
    public init(_ wordings: [Wording]) {
        self.wordings = []
        for wording in wordings { append(wording) }
    }

    /// Adds a wording, unless it is empty or already there.
    public mutating func append(_ wording: Wording) {
        guard !wording.text.isEmpty, !wordings.contains(wording) else { return }
        wordings.append(wording)
    }

    /// Whether there is no wording at all.
    public var isEmpty: Bool { wordings.isEmpty }

    /// The wording to show; chosen as in ``LocalizedText/text(in:)``.
    public func text(in languages: [LanguageTag] = [.dutch, .english]) -> RichText? {
        for language in languages {
            if let match = wordings.first(where: { $0.language == language }) { return match.text }
        }
        return (wordings.first { $0.language == nil } ?? wordings.first)?.text
    }
}

extension String {
    /// The text without white space at either end.
    public func trimmingSpaces() -> Substring {
        // Nearly every text that is asked has none; two bytes tell.
        if let first = utf8.first, let last = utf8.last, 33...126 ~= first, 33...126 ~= last {
            return self[...]
        }
        return self[...].trimmingSpaces()
    }
}

extension StringProtocol {
    /// The text without white space at either end.
    public func trimmingSpaces() -> Self.SubSequence {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }
}
