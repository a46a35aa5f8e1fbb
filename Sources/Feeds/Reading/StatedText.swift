import CourseModel
import XMLStream

extension XMLNode {
    /// Its text on one line, mark-up aside; `nil` when it has none or one that only fills the field.
    ///
    /// - Parameter fillers: What a format's writers put where they have nothing to say, in lower
    ///   case.
    func line(without fillers: Set<String> = []) -> String? {
        guard let text = trimmedText else { return nil }
        let holdsMarkup = text.utf8.contains { $0 == 38 || $0 == 60 }
        let line = holdsMarkup ? readHTML(text).text.oneLine : foldedSpaces(text)
        return line.isEmpty || Self.isFiller(line, fillers) ? nil : line
    }

    /// Whether it has a text that does more than fill the field.
    func isStated(without fillers: Set<String> = []) -> Bool {
        guard let text = trimmedText else { return false }
        return text.utf8.count > Self.longestFiller || line(without: fillers) != nil
    }

    /// Fillers are short; a description need not be brought to lower case to be told from them.
    private static let longestFiller = 32

    private static func isFiller(_ line: String, _ fillers: Set<String>) -> Bool {
        line.utf8.count <= longestFiller && fillers.contains(line.lowercased())
    }

    /// The text on one line of the first element of that name.
    func line(_ name: String, without fillers: Set<String> = []) -> String? {
        first(name)?.line(without: fillers)
    }

    /// The language of its text, when one is stated.
    var languageTag: LanguageTag? { language.flatMap { LanguageTag($0) } }

    /// The elements of that name anywhere in it, in document order.
    ///
    /// - Complexity: O(nodes in it).
    func descendants(_ name: String) -> [XMLNode] {
        var found: [XMLNode] = []
        for child in children {
            if child.localName == name { found.append(child) }
            found += child.descendants(name)
        }
        return found
    }

    /// The value of an attribute without blanks at both ends; `nil` when nothing is left.
    func statedAttribute(_ name: String) -> String? { attribute(name).flatMap(nonEmpty) }
}

extension [TextSection] {
    /// Adds the text of an element on a theme, unless it is empty or only fills the field.
    ///
    /// - Parameter language: The language where the element itself states none.
    mutating func take(
        _ theme: String, _ node: XMLNode?, heading: String? = nil, language: LanguageTag? = nil,
        without fillers: Set<String> = [], _ log: inout DiagnosticLog
    ) {
        guard let node, node.isStated(without: fillers) else { return }
        let text = readText(of: node, field: node.localName, into: &log)
        add(theme, heading: heading, text, language: node.languageTag ?? language)
    }

    /// Adds a text; it joins the last section of its theme when that has none in its language.
    mutating func add(
        _ theme: String, heading: String? = nil, _ text: RichText, language: LanguageTag?
    ) {
        guard !text.isEmpty else { return }
        let wording = LocalizedRichText.Wording(language: language, text: text)
        let title = heading.map { LocalizedText($0, language: language) } ?? LocalizedText()
        if let index = lastIndex(where: { $0.theme == theme && $0.heading == title }) {
            if self[index].text.wordings.contains(wording) { return }
            if !self[index].text.wordings.contains(where: { $0.language == language }) {
                self[index].text.append(wording)
                return
            }
        }
        append(TextSection(theme: theme, heading: title, text: LocalizedRichText([wording])))
    }
}
