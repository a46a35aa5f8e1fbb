import CourseModel

/// The fields of a record by name, each as text: every field that the model has, also those that it
/// comes to have.
enum FieldText {
    /// Fields that say where a record is from, not what it says.
    private static let left: Set = ["id", "course", "provenance", "nativeID"]

    /// The fields of a course, an offering or a provider that say something.
    static func fields(of record: Any) -> [(name: String, text: String)] {
        Swift.Mirror(reflecting: record).children.compactMap { child in
            guard let name = child.label, !left.contains(name) else { return nil }
            let text = text(child.value)
            return text.isEmpty ? nil : (name, text)
        }
    }

    /// The fields of a record as text, by name.
    static func byName(_ record: Any) -> [String: String] {
        Dictionary(uniqueKeysWithValues: fields(of: record).map { ($0.name, $0.text) })
    }

    /// A value as text; empty when it says nothing.
    static func text(_ value: Any) -> String {
        switch value {
        case let text as String: return text
        case let text as LocalizedText:
            return text.wordings.map { said($0.text, $0.language) }.joined(separator: " | ")
        case let text as LocalizedRichText:
            return text.wordings.map { said($0.text.plainText, $0.language) }
                .joined(separator: " | ")
        case let money as Money: return money.description
        default: break
        }
        let mirror = Swift.Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { text($0.value) } ?? ""
        case .collection:
            return mirror.children.map { text($0.value) }.filter { !$0.isEmpty }
                .joined(separator: ", ")
        case .set:
            return mirror.children.map { text($0.value) }.sorted().joined(separator: ", ")
        case .enum: return choice(value, mirror)
        case .struct where value is any CustomStringConvertible: return "\(value)"
        case .struct:
            return mirror.children.compactMap { child in
                let text = text(child.value)
                return text.isEmpty ? nil : "\(child.label ?? ""): \(text)"
            }.joined(separator: " · ")
        default: return "\(value)"
        }
    }

    private static func said(_ text: String, _ language: LanguageTag?) -> String {
        language.map { "\($0): \(text)" } ?? text
    }

    private static func choice(_ value: Any, _ mirror: Swift.Mirror) -> String {
        guard let content = mirror.children.first else {
            let word = (value as? any RawRepresentable).map { "\($0.rawValue)" } ?? "\(value)"
            return word == "unstated" ? "" : word
        }
        let text = text(content.value)
        let name = content.label ?? ""
        if name == "unstated" || name == "on" || name == "venue" { return text }
        return text.isEmpty ? name : "\(name): \(text)"
    }
}
