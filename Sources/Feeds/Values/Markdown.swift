import CourseModel

/// Rich text as the limited Markdown that OOAPI allows: paragraphs, headings, lists, emphasis and
/// links.
enum Markdown {
    /// The text as Markdown, or as the HTML that Markdown allows where marks would not be certain:
    /// styles within a line, links, and characters that look like tags.
    static func text(_ text: RichText) -> String {
        guard text.blocks.allSatisfy(isSimple) else { return text.html }
        return text.blocks.map { block in
            switch block {
            case .paragraph(let run): protectedStart(marked(run))
            case .heading(let run): "### " + marked(run)
            case .list(let ordered, let items):
                items.enumerated().map { index, item in
                    (ordered ? "\(index + 1). " : "- ")
                        + protectedStart(marked(item)).replacing("\n", with: "\n  ")
                }.joined(separator: "\n")
            }
        }.joined(separator: "\n\n")
    }

    private static func isSimple(_ block: RichText.Block) -> Bool {
        switch block {
        case .paragraph(let run): isSimple(run)
        case .heading(let run): isSimple(run) && !run[0].text.contains("\n")
        case .list(_, let items): items.allSatisfy(isSimple)
        }
    }

    /// One span, without a link; marks stand on one line.
    private static func isSimple(_ run: [RichText.Span]) -> Bool {
        guard run.count == 1, run[0].link == nil, foldedSpaces(run[0].text) != "",
            !run[0].text.utf8.contains(where: { $0 == 60 || $0 == 38 })
        else { return false }
        return run[0].style == .plain || !run[0].text.contains("\n")
    }

    private static func marked(_ run: [RichText.Span]) -> String {
        let text = escaped(run[0].text)
        return switch run[0].style {
        case .plain: text
        case .emphasis: "_" + text + "_"
        case .strong: "**" + text + "**"
        }
    }

    private static let special: Set<Character> = ["\\", "*", "_", "[", "]", "`", "<", "&"]

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: isSpecial) else { return text }
        return text.reduce(into: "") { result, character in
            if special.contains(character) { result.append("\\") }
            result.append(character)
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 92, 42, 95, 91, 93, 96, 60, 38: true
        default: false
        }
    }

    /// Whether a line may begin with a mark: one of ASCII, a number, or what only a closer look tells.
    private static func mayStartWithMark(_ text: String) -> Bool {
        var isStart = true
        for byte in text.utf8 {
            if isStart {
                switch byte {
                case 35, 45, 62, 43, 61, 126, 124, 48...57, 128...: return true
                default: break
                }
            }
            isStart = byte == 10
        }
        return false
    }

    /// Keeps a line from being taken for a heading, list or quotation.
    private static func protectedStart(_ text: String) -> String {
        guard mayStartWithMark(text) else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            guard let first = line.first else { return "" }
            if "#->+=~|".contains(first) { return "\\" + line }
            let digits = line.prefix { $0.isNumber }
            if !digits.isEmpty, let mark = line.dropFirst(digits.count).first,
                mark == "." || mark == ")"
            {
                return digits + "\\" + line.dropFirst(digits.count)
            }
            return String(line)
        }.joined(separator: "\n")
    }
}

/// Reads limited Markdown, with HTML of the allow-list in it.
struct MarkdownReader {
    private var builder = RichTextBuilder()

    static func read(_ text: String) -> (text: RichText, removed: [String]) {
        var reader = MarkdownReader()
        // What is marked up as HTML is HTML.
        let html = readHTML(text)
        if html.hadTags { return (html.text, html.removed) }
        return (reader.blocks(text), [])
    }

    private mutating func blocks(_ text: String) -> RichText {
        var openList: HTMLTag?
        var inParagraph = false
        func indent(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
        // A carriage return and a line feed are one character.
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for raw in lines {
            let line = raw.drop { $0 == " " || $0 == "\t" || $0 == "\r" }
            if line.allSatisfy(\.isWhitespace) {
                if inParagraph { builder.close(.paragraph) }
                inParagraph = false
                if let list = openList {
                    builder.close(list)
                    openList = nil
                }
                continue
            }
            if line.hasPrefix("#"), let space = line.firstIndex(of: " "),
                line[..<space].allSatisfy({ $0 == "#" }), line[..<space].count <= 6
            {
                closeAll(&openList, &inParagraph)
                builder.open(.heading)
                inline(String(line[space...]))
                builder.close(.heading)
                continue
            }
            if let (tag, rest) = item(line) {
                if inParagraph { builder.close(.paragraph) }
                inParagraph = false
                if openList != tag {
                    if let list = openList { builder.close(list) }
                    builder.open(tag)
                    openList = tag
                }
                builder.open(.item)
                inline(String(rest))
                continue
            }
            if openList != nil || inParagraph {
                builder.open(.lineBreak)
            } else {
                builder.open(.paragraph)
                inParagraph = true
            }
            inline(String(line))
        }
        closeAll(&openList, &inParagraph)
        return builder.finish()
    }

    private mutating func closeAll(_ list: inout HTMLTag?, _ inParagraph: inout Bool) {
        if inParagraph { builder.close(.paragraph) }
        inParagraph = false
        if let open = list { builder.close(open) }
        list = nil
    }

    private func item(_ line: Substring) -> (HTMLTag, Substring)? {
        if let first = line.first, "-*+".contains(first), line.dropFirst().first == " " {
            return (.unorderedList, line.dropFirst(2))
        }
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count < 10 else { return nil }
        let rest = line.dropFirst(digits.count)
        guard let mark = rest.first, mark == "." || mark == ")", rest.dropFirst().first == " "
        else { return nil }
        return (.orderedList, rest.dropFirst(2))
    }

    /// Emphasis, links and escapes within a line.
    private mutating func inline(_ line: String) {
        let characters = Array(line)
        inline(characters[...])
    }

    private mutating func inline(_ characters: ArraySlice<Character>) {
        var marks = MarkdownMarks(characters)
        var plain = ""
        func flush(_ builder: inout RichTextBuilder, _ plain: inout String) {
            if !plain.isEmpty { builder.text(plain.utf8) }
            plain = ""
        }
        var index = characters.startIndex
        while index < characters.endIndex {
            let character = characters[index]
            if character == "\\", index + 1 < characters.endIndex,
                characters[index + 1].isPunctuation || characters[index + 1].isSymbol
            {
                plain.append(characters[index + 1])
                index += 2
                continue
            }
            let previous = index > characters.startIndex ? characters[index - 1] : " "
            if character == "*" || character == "_",
                character == "*" || !previous.isLetter && !previous.isNumber
            {
                let isDouble = index + 1 < characters.endIndex && characters[index + 1] == character
                let mark = MarkdownMarks.Mark(character: character, isDouble: isDouble)
                let start = index + mark.length
                if start < characters.endIndex, !characters[start].isWhitespace,
                    let end = marks.closing(mark, from: start)
                {
                    flush(&builder, &plain)
                    let tag: HTMLTag = isDouble ? .strong : .emphasis
                    builder.open(tag)
                    inline(characters[start..<end])
                    builder.close(tag)
                    index = end + mark.length
                    continue
                }
            }
            if character == "[", let (label, address, next) = marks.link(from: index) {
                flush(&builder, &plain)
                builder.open(.anchor, href: address)
                inline(label)
                builder.close(.anchor)
                index = next
                continue
            }
            plain.append(character)
            index += 1
        }
        flush(&builder, &plain)
    }
}
