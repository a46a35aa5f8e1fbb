import CourseModel
import XMLStream

/// The elements that provider, course, presentation and venue share, as they stand in the feed.
struct XCRICommon {
    /// An identifier with its type.
    struct Identifier {
        var type: String?
        var text: String
    }

    /// A `dc:type` with its text.
    var types: [String] = []
    var identifiers: [Identifier] = []
    var titles = LocalizedText()
    var description = LocalizedRichText()
    var sections = XCRISections()
    var subjects = XCRISubjects()
    var summary = LocalizedText()
    var prerequisites = LocalizedRichText()
    var requiredLevels: [Level] = []
    var studyLoad = StudyLoad()
    var contacts: [Contact] = []
    var image: Image?
    var url: String?
    var expires: CalendarDate?
    var lastEdited: String?
    var dates: [String] = []

    /// Takes an element that is one of the common ones.
    ///
    /// - Returns: Whether it was.
    mutating func take(_ node: XMLNode, _ name: XCRIName, _ log: inout DiagnosticLog) -> Bool {
        switch name {
        case .description: takeDescription(node, &log)
        case .identifier:
            if let text = node.foldedText {
                identifiers.append(
                    Identifier(
                        type: XCRICodes.typeName(node.attribute("type")), text: text))
            }
        case .title:
            if let text = plain(node) { titles.append(text, language: language(node)) }
        case .subject: subjects.take(node, plain(node), language(node), &log)
        case .type:
            if let text = plain(node) { types.append(text) }
        case .image:
            if let source = node.attribute("src") ?? node.trimmedText {
                takeImage(node, source, &log)
            }
        case .url:
            if let text = node.trimmedText { url = cleaned(text, node, "url", &log) ?? url }
        case .abstract:
            let text = readText(of: node, field: "abstract", into: &log)
            if !text.isEmpty { summary.append(text.oneLine, language: language(node)) }
        case .prerequisite:
            takePrerequisite(node, &log)
        case .application, .assessment, .learningOutcome, .objective, .regulations:
            if let theme = name.theme { sections.take(theme, node, language(node), &log) }
        case .contributor:
            if let contact = XCRIContact.contributor(node) { contacts.append(contact) }
        case .date:
            if let text = node.foldedText { dates.append(text) }
        case .valid: expires = node.trimmedText.flatMap(parseDate)?.date ?? expires
        case .modified: lastEdited = node.foldedText ?? lastEdited
        default: return false
        }
        return true
    }

    /// The element's text on one line, or `nil` when it has none.
    private func plain(_ node: XMLNode) -> String? {
        guard let folded = node.foldedText else { return nil }
        guard holdsMarkup(folded), let text = node.trimmedText else { return folded }
        let line = readHTML(text).text.oneLine
        return line.isEmpty ? nil : line
    }

    private func language(_ node: XMLNode) -> LanguageTag? {
        node.language.flatMap { LanguageTag($0) }
    }

    private mutating func takeImage(
        _ node: XMLNode, _ source: String, _ log: inout DiagnosticLog
    ) {
        guard image == nil, let url = cleaned(source, node, "image", &log) else { return }
        image = Image(
            url: url, alternative: node.attribute("alt").flatMap(nonEmpty),
            title: node.attribute("title").flatMap(nonEmpty))
    }

    private mutating func takeDescription(_ node: XMLNode, _ log: inout DiagnosticLog) {
        let type = XCRICodes.typeName(node.attribute("type"))
        if let type, let theme = XCRITheme.themeOfType[type] {
            if takeHours(type, node) { return }
            sections.take(theme, node, language(node), &log)
            return
        }
        if type == "metadatakeywords", let text = plain(node) {
            subjects.takeKeywords(text, language(node))
            return
        }
        if let theme = XCRISections.freeTheme(node) {
            sections.take(theme, node, language(node), &log)
            return
        }
        // A refinement that nobody defined (kisWidget, kisStatistics): data for a widget, no text
        // for people. It stays in the original.
        if let type, type.hasPrefix("kis") { return }
        if node.attribute("href") != nil, node.trimmedText == nil { return }
        let text = readText(of: node, field: "description", into: &log)
        guard !text.isEmpty else { return }
        if let type, type != "description" {
            sections.append(theme: type, heading: nil, text, language(node))
        } else {
            description.merge(text, language: language(node))
        }
    }

    /// `8 hours per week`, as our writer gives the study load.
    private mutating func takeHours(_ type: String, _ node: XMLNode) -> Bool {
        guard type == "studyhours" || type == "contacthours", !node.hasElementChildren,
            let text = node.trimmedText, let hours = XCRIHours(text)
        else { return false }
        if type == "contacthours" {
            guard !hours.perWeek, studyLoad.contactHours == nil else { return false }
            studyLoad.contactHours = hours.value
        } else if hours.perWeek {
            guard studyLoad.hoursPerWeek == nil else { return false }
            studyLoad.hoursPerWeek = hours.value
        } else {
            guard studyLoad.hours == nil else { return false }
            studyLoad.hours = hours.value
        }
        return true
    }

    private mutating func takePrerequisite(_ node: XMLNode, _ log: inout DiagnosticLog) {
        if !node.hasElementChildren, let text = node.trimmedText,
            text.hasPrefix(XCRILevel.requiredPrefix)
        {
            let name = String(text.dropFirst(XCRILevel.requiredPrefix.count))
            if let level = parseLevel(foldedSpaces(name)) {
                requiredLevels.append(level)
                return
            }
        }
        let text = readText(of: node, field: "prerequisite", into: &log)
        prerequisites.merge(text, language: language(node))
    }
}

extension XCRICommon {
    /// The values of `prefix:value` entries among the types, without them.
    mutating func takeTypes(_ prefix: String) -> [String] {
        guard !types.isEmpty else { return [] }
        let mark = prefix + ":"
        let found = types.filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
        if !found.isEmpty { types.removeAll { $0.hasPrefix(mark) } }
        return found
    }
}

/// `text` unless it is blank.
func nonEmpty(_ text: String) -> String? {
    let folded = foldedSpaces(text)
    return folded.isEmpty ? nil : folded
}

/// The address of a field, or `nil` with a diagnostic.
func cleaned(
    _ text: String, _ node: XMLNode, _ field: String, _ log: inout DiagnosticLog
) -> String? {
    if let url = cleanURL(text) { return url }
    log.add(
        .warning, .badURL, at: node, field: field,
        "\(field) is \(quoted(text)), no http or https address; it was left out. "
            + "Give the whole address.")
    return nil
}

extension RichText {
    /// All of the text on one line.
    var oneLine: String {
        foldedSpaces(plainText)
    }
}

extension LocalizedRichText {
    /// Adds a text; one in a language that is there already is put behind it, since XCRI-CAP parts
    /// one description over several elements.
    mutating func merge(_ text: RichText, language: LanguageTag?) {
        guard !text.isEmpty else { return }
        guard let index = wordings.firstIndex(where: { $0.language == language }) else {
            append(Wording(language: language, text: text))
            return
        }
        guard wordings[index].text != text else { return }
        var all = wordings
        all[index].text.blocks += text.blocks
        self = LocalizedRichText(all)
    }
}

/// Hours in the words that our writer uses; a few Dutch and English ones beside them.
struct XCRIHours {
    var value: FixedDecimal
    var perWeek: Bool

    init?(_ text: String) {
        let words = text.split(separator: " ").map { $0.lowercased() }
        guard words.count == 2 || words.count == 4, let value = FixedDecimal(words[0]),
            value > .zero, ["hours", "hour", "uur", "uren"].contains(words[1])
        else { return nil }
        if words.count == 4 {
            guard ["per", "a"].contains(words[2]), words[3] == "week" else { return nil }
        }
        self.value = value
        perWeek = words.count == 4
    }

    static func text(_ value: FixedDecimal, perWeek: Bool) -> String {
        value.text(minimumPlaces: 0) + (perWeek ? " hours per week" : " hours")
    }
}

/// Levels in XCRI-CAP's fields.
enum XCRILevel {
    /// Stands before a level that gives admission, within `mlo:prerequisite`.
    static let requiredPrefix = "Required level: "
}
