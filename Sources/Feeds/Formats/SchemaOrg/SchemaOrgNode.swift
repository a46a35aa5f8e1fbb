import CourseModel

/// How schema.org's nodes are read.
extension JSONNode {
    /// The names of its types, without namespace.
    var types: [String] {
        (self["@type"] ?? self["type"])?.elements.compactMap { $0.text.map(Self.localName) } ?? []
    }

    /// Its name for other nodes.
    var nodeID: String? { (self["@id"] ?? self["id"])?.text }

    var isCourse: Bool {
        types.contains("Course") || types.contains("EducationalOccupationalProgram")
    }
    var isInstance: Bool { types.contains("CourseInstance") }

    /// Whether it says no more than which node is meant.
    var isReference: Bool {
        nodeID != nil && members.allSatisfy { ["@id", "id", "@type", "type"].contains($0.key) }
    }

    /// `Course` of `https://schema.org/Course` and `schema:Course`.
    static func localName(_ text: String) -> String {
        text.split(whereSeparator: { $0 == "/" || $0 == "#" || $0 == ":" }).last
            .map(String.init) ?? text
    }

    /// The first of the members that is there.
    func first(_ keys: String...) -> JSONNode? {
        for key in keys {
            if let node = self[key] { return node }
        }
        return nil
    }

    /// A text or the value of a text with a language, with that language.
    func languageText(_ language: LanguageTag?) -> (text: String, language: LanguageTag?)? {
        if let value = self["@value"] {
            guard let text = value.lines else { return nil }
            return (text, self["@language"]?.text.flatMap { LanguageTag($0) } ?? language)
        }
        return lines.map { ($0, language) }
    }

    /// All wordings of a text, each on one line; of a node its name.
    func localized(_ language: LanguageTag?) -> LocalizedText {
        var result = LocalizedText()
        for element in elements {
            if let (text, language) = element.languageText(language) {
                if let line = plainLine(text) { result.append(line, language: language) }
            } else if let name = element["name"] {
                for wording in name.localized(language).wordings { result.append(wording) }
            }
        }
        return result
    }

    /// An address, or that of a node.
    var address: String? {
        text ?? first("url", "@id", "contentUrl")?.elements.first?.text
    }
}

/// A `PropertyValue`, or a plain value.
enum SchemaOrgIdentifier {
    /// Schemes that say no more than that it is an identifier, or the course's code.
    static let plainSchemes: Set<String> = ["identifier", "course-code"]

    static func code(_ node: JSONNode, _ language: LanguageTag?) -> Code? {
        if let text = node.text { return Code(scheme: "identifier", code: text) }
        guard let value = node.first("value", "@id")?.text else { return nil }
        return Code(
            scheme: node["propertyID"]?.text ?? node["name"]?.text ?? "identifier", code: value,
            label: node["propertyID"] == nil
                ? LocalizedText() : node["name"]?.localized(language) ?? LocalizedText())
    }
}
