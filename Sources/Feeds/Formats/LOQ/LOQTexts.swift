import CourseModel
import XMLStream

/// LOQ's texts: one element a language, with the language in an attribute of its own.
enum LOQTexts {
    static func language(_ node: XMLNode) -> LanguageTag? {
        guard let text = node.attribute("language") ?? node.language, !text.isEmpty,
            text != LOQ.unknownLanguage
        else { return nil }
        return ISOCodes.language(text)
    }

    /// The texts of all children with a name, each on one line.
    static func plain(_ node: XMLNode, _ name: String) -> LocalizedText {
        var result = LocalizedText()
        for child in node.all(name) {
            if let text = plainLine(child.text) { result.append(text, language: language(child)) }
        }
        return result
    }

    /// The texts of all children with a name, which may hold paragraphs or HTML.
    static func rich(
        _ node: XMLNode, _ name: String, _ log: inout DiagnosticLog
    ) -> LocalizedRichText {
        var result = LocalizedRichText()
        for child in node.all(name) { result.merge(rich(child, &log), language: language(child)) }
        return result
    }

    static func rich(_ node: XMLNode, _ log: inout DiagnosticLog) -> RichText {
        let reading = readHTML(node.text)
        if !reading.removed.isEmpty {
            log.add(
                .note, .removedMarkup, at: node, field: node.localName,
                "\(node.localName) holds mark-up that is not shown "
                    + "(\(reading.removed.joined(separator: ", "))); its text was kept where it "
                    + "has any. Use paragraphs, lists and links only.")
        }
        return reading.text
    }

    /// The subject of a note, by its URI.
    static func subject(_ note: XMLNode) -> String? {
        note.first("subject")?.attribute("uri")
    }

    /// The labels of a concept.
    static func labels(_ concept: XMLNode) -> LocalizedText { plain(concept, "prefLabel") }

    /// The address of a web resource.
    static func address(
        _ node: XMLNode, _ log: inout DiagnosticLog
    ) -> String? {
        guard let content = node.first("contentUrl"), let text = content.trimmedText else {
            return nil
        }
        return cleaned(text, content, node.localName, &log)
    }

    /// The homepage in the preferred language, else the first.
    static func homepage(_ node: XMLNode, _ log: inout DiagnosticLog) -> String? {
        var found: String?
        for page in node.all("homepage") {
            guard let url = address(page, &log) else { continue }
            let language = page.first("language")?.attribute("uri").map(LOQCodes.tail)
            if language == "NLD" { return url }
            found = found ?? url
        }
        return found
    }

    /// The day of a date-time.
    static func date(
        _ node: XMLNode?, _ log: inout DiagnosticLog
    ) -> CalendarDate? {
        guard let node, let text = node.trimmedText else { return nil }
        if let date = parseDate(text)?.date { return date }
        log.add(
            .warning, .dateUnreadable, at: node, field: node.localName,
            "\(node.localName) is \(quoted(text)), no date; it was left out. "
                + "Write it as 2027-02-01T00:00:00Z.")
        return nil
    }
}
