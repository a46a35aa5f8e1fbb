import CourseModel
import XMLStream

/// A `learningOutcome` as the skills that it names.
enum LOQSkills {
    /// The outcome that stands where the schema wants one and the course names none.
    static let none = OwnURN.urn("outcome", "none")

    /// Whether an id can stand as a URI.
    static func isURI(_ id: String) -> Bool {
        let scheme = id.prefix { $0 != ":" }
        return scheme.utf8.count < id.utf8.count && scheme.utf8.count > 1
            && scheme.utf8.allSatisfy { 97...122 ~= $0 | 0x20 }
            && id.utf8.allSatisfy {
                $0 > 32 && $0 < 127 && ![34, 37, 60, 62, 92, 94, 96, 123, 124, 125].contains($0)
            }
    }

    static func skills(_ node: XMLNode) -> [DeclaredSkill] {
        let title = LOQTexts.plain(node, "title")
        var related: [DeclaredSkill] = []
        for name in ["relatedESCOSkill", "relatedSkill"] {
            for concept in node.all(name) {
                guard let uri = concept.attribute("uri").flatMap(nonEmpty) else { continue }
                let id = OwnURN.parts(uri, of: "skill")?.first ?? uri
                related.append(DeclaredSkill(id: id, label: LOQTexts.labels(concept)))
            }
        }
        guard related.count == 1 else {
            return (title.isEmpty ? [] : [DeclaredSkill(label: title)]) + related
        }
        if related[0].label.isEmpty, title != LocalizedText(related[0].id ?? "") {
            related[0].label = title
        }
        return related
    }
}
