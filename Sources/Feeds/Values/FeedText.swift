import CourseModel

/// A rich text as one string: plain paragraphs where that says all, else HTML of the allow-list.
///
/// Characters that look like mark-up make it HTML too, so that no reader takes them for tags.
func htmlOrPlain(_ text: RichText) -> String {
    // Nearly every text is one paragraph.
    if text.blocks.count == 1, case .paragraph(let spans) = text.blocks[0], spans.count == 1,
        spans[0].style == .plain, spans[0].link == nil, !holdsMarkup(spans[0].text)
    {
        return spans[0].text
    }
    var paragraphs: [String] = []
    for block in text.blocks {
        guard case .paragraph(let spans) = block, spans.count == 1, spans[0].style == .plain,
            spans[0].link == nil, !holdsMarkup(spans[0].text)
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
