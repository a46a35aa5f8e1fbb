import CourseModel
import XMLStream

/// The texts on one theme each, put together again from one element a language.
struct XCRISections: Equatable {
    private(set) var all: [TextSection] = []

    /// Takes an element on a theme; a heading of rank 2 at its start is the section's own.
    mutating func take(
        _ theme: String, _ node: XMLNode, _ language: LanguageTag?, _ log: inout DiagnosticLog
    ) {
        var text = readText(of: node, field: node.localName, into: &log)
        var heading: String?
        if Self.startsWithHeading(node), case .heading(let spans)? = text.blocks.first {
            heading = foldedSpaces(spans.map(\.text).joined())
            text.blocks.removeFirst()
        }
        append(theme: theme, heading: heading, text, language)
    }

    /// Adds a text; it joins the last section of its theme when that has none in its language.
    mutating func append(
        theme: String, heading: String?, _ text: RichText, _ language: LanguageTag?
    ) {
        guard !text.isEmpty else { return }
        if let index = all.lastIndex(where: { $0.theme == theme }),
            !all[index].text.wordings.contains(where: { $0.language == language })
        {
            all[index].text.append(LocalizedRichText.Wording(language: language, text: text))
            if let heading { all[index].heading.append(heading, language: language) }
            return
        }
        var section = TextSection(
            theme: theme,
            text: LocalizedRichText([LocalizedRichText.Wording(language: language, text: text)]))
        if let heading { section.heading.append(heading, language: language) }
        all.append(section)
    }

    /// The theme of a description whose div is marked as a section: themes that the terms schema
    /// does not know are written as `<div class="section" title="theme">`.
    static func freeTheme(_ node: XMLNode) -> String? {
        guard node.hasElementChildren, let div = node.first("div"),
            div.attribute("class") == "section"
        else { return nil }
        return div.attribute("title").flatMap(nonEmpty)
    }

    private static func startsWithHeading(_ node: XMLNode) -> Bool {
        guard node.hasElementChildren else { return false }
        for child in node.children {
            if child.localName == "div" { return startsWithHeading(child) }
            return child.localName == "h2"
        }
        return false
    }
}
