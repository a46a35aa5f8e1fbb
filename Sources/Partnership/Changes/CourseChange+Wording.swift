import Answers

extension CourseChange {
    /// The change in lines: the course, then each offering that changed.
    public func lines(_ language: AnswerLanguage) -> [String] {
        var head = title
        if let kind { head += ": " + kind.wording(language) }
        switch merging {
        case .hidden(let other):
            head += language(
                nl: " – staat nu als deel van [\(other)]", en: " – now stands as part of [\(other)]"
            )
        case .shown:
            head += language(
                nl: " – wordt anders met dezelfde cursussen samengevoegd",
                en: " – is merged otherwise with courses that are the same")
        case nil: break
        }
        if !fields.isEmpty { head += " – " + Self.sentence(fields, language) }
        return [head]
            + offerings.map { offering in
                var line = "  \(offering.occasion): \(offering.kind.wording(language))"
                if !offering.fields.isEmpty {
                    line += " – " + Self.sentence(offering.fields, language)
                }
                return line
            }
    }

    private static func sentence(_ fields: [FieldChange], _ language: AnswerLanguage) -> String {
        fields.map { field in
            let name = field.field.name(language)
            let none = language(nl: "niets", en: "nothing")
            return field.before == nil && field.after == nil
                ? name : "\(name) \(field.before ?? none) → \(field.after ?? none)"
        }.joined(separator: "; ")
    }
}
