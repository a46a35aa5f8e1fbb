import CourseModel

/// A rich text as one string: plain paragraphs where that says all, else HTML of the allow-list.
///
/// Characters that look like mark-up make it HTML too, so that no reader takes them for tags.
func htmlOrPlain(_ text: RichText) -> String {
    var paragraphs: [String] = []
    for block in text.blocks {
        guard case .paragraph(let spans) = block, spans.count == 1, spans[0].style == .plain,
            spans[0].link == nil, !spans[0].text.utf8.contains(where: { $0 == 38 || $0 == 60 })
        else { return text.html }
        paragraphs.append(spans[0].text)
    }
    return paragraphs.joined(separator: "\n\n")
}

/// A string on one line, with HTML resolved where it holds any; `nil` when nothing is left.
func plainLine(_ text: String) -> String? {
    guard text.utf8.contains(where: { $0 == 38 || $0 == 60 }) else { return nonEmpty(text) }
    return nonEmpty(readHTML(text).text.oneLine)
}
