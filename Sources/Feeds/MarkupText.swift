import CourseModel
import XMLStream

/// The text of an element that may hold XHTML, escaped HTML or plain text, reduced to the
/// allow-list.
///
/// - Parameter field: The name of the element in messages.
func readText(of node: XMLNode, field: String, into log: inout DiagnosticLog) -> RichText {
    guard node.hasElementChildren else {
        let reading = readHTML(node.text)
        if reading.hadTags || reading.wasEscapedTwice {
            log.add(
                .note, .escapedHTML, at: node, field: field,
                reading.hadTags
                    ? "\(field) holds HTML as escaped text; it was read as HTML. "
                        + "Put it into an XHTML div."
                    : "\(field) holds references that were escaped twice; they were resolved. "
                        + "Escape text once.")
        }
        if !reading.removed.isEmpty { reportRemoved(reading.removed, node, field, &log) }
        return reading.text
    }
    var builder = RichTextBuilder()
    walk(node, &builder)
    let text = builder.finish()
    if !builder.removed.isEmpty { reportRemoved(builder.removed.sorted(), node, field, &log) }
    return text
}

private func walk(_ node: XMLNode, _ builder: inout RichTextBuilder) {
    for child in node.contents {
        if child.isElement {
            let tag = HTMLTag(child.localName.lowercased())
            builder.open(tag, href: tag == .anchor ? child.attribute("href") : nil)
            walk(child, &builder)
            builder.close(tag)
        } else {
            let text = child.text
            // `&amp;nbsp;` within XHTML: the feed escaped what was escaped already.
            builder.text(text.utf8.contains(38) ? decodedReferences(text).utf8 : text.utf8)
        }
    }
}

private func reportRemoved(
    _ removed: [String], _ node: XMLNode, _ field: String, _ log: inout DiagnosticLog
) {
    log.add(
        .note, .removedMarkup, at: node, field: field,
        "\(field) holds mark-up that is not shown (\(removed.joined(separator: ", "))); "
            + "its text was kept where it has any. Use paragraphs, lists and links only.")
}
