import CourseModel
import XMLStream

/// Subjects, keywords and skills, all of which stand in `dc:subject`.
struct XCRISubjects {
    private(set) var subjects: [Code] = []
    private(set) var keywords = LocalizedText()
    private(set) var skills: [DeclaredSkill] = []

    /// Takes a `dc:subject`.
    mutating func take(
        _ node: XMLNode, _ text: String?, _ language: LanguageTag?, _ log: inout DiagnosticLog
    ) {
        let identifier = node.attribute("identifier").flatMap(nonEmpty)
        let type = XCRICodes.typeName(node.attribute("type"))
        if type == "skill" || identifier.map(XCRICodes.isSkill) == true {
            takeSkill(identifier, text, language)
            return
        }
        guard identifier != nil || type != nil else {
            guard let text else { return }
            let parts = Self.unpacked(text)
            if parts.count > 1 {
                log.add(
                    .note, .packedSubjects, at: node, field: "subject",
                    "subject packs \(parts.count) subjects into one field: \(quoted(text)); "
                        + "they were parted. Give each its own element.")
            }
            for part in parts { keywords.append(part, language: language) }
            return
        }
        var (scheme, code) = XCRICodes.decoded(identifier ?? "", plain: XCRICodes.plainScheme)
        if let type, type != "subject" { (scheme, code) = (type, identifier ?? "") }
        if scheme == "skill" {
            takeSkill(code.isEmpty ? nil : code, text, language)
            return
        }
        takeSubject(XCRICodes.schemeName(scheme), code, text, language)
    }

    /// Takes keywords packed into one text.
    mutating func takeKeywords(_ text: String, _ language: LanguageTag?) {
        for part in Self.unpacked(text) { keywords.append(part, language: language) }
    }

    private mutating func takeSkill(_ id: String?, _ text: String?, _ language: LanguageTag?) {
        // Wordings of one skill in several languages follow one another.
        if let id, let last = skills.indices.last, skills[last].id == id, let text,
            !skills[last].label.wordings.contains(where: { $0.language == language })
        {
            skills[last].label.append(text, language: language)
            return
        }
        let skill = DeclaredSkill(id: id, label: LocalizedText(text ?? "", language: language))
        guard id != nil || text != nil, !skills.contains(skill) else { return }
        skills.append(skill)
    }

    private mutating func takeSubject(
        _ scheme: String, _ code: String, _ text: String?, _ language: LanguageTag?
    ) {
        if let last = subjects.indices.last, subjects[last].scheme == scheme,
            subjects[last].code == code, !code.isEmpty, let text,
            !subjects[last].label.wordings.contains(where: { $0.language == language })
        {
            subjects[last].label.append(text, language: language)
            return
        }
        let subject = Code(
            scheme: scheme, code: code, label: LocalizedText(text ?? "", language: language))
        guard !code.isEmpty || text != nil, !subjects.contains(subject) else { return }
        subjects.append(subject)
    }

    /// The subjects that are packed into one text with semicolons, or with two commas or more: one
    /// comma stands in many a single subject ("Health, safety and environment").
    static func unpacked(_ text: String) -> [String] {
        let separator: UInt8
        if text.utf8.contains(59) {
            separator = 59
        } else if text.utf8.lazy.filter({ $0 == 44 }).count >= 2 {
            separator = 44
        } else {
            return [text]
        }
        return text.utf8.split(separator: separator)
            .map { foldedSpaces(String(decoding: $0, as: UTF8.self)) }.filter { !$0.isEmpty }
    }
}
