import CourseModel

extension LocalizedText {
    /// The wording to show; chosen as in ``LocalizedText/text(in:)``.
    func wording(in languages: [LanguageTag]) -> Wording? {
        for language in languages {
            if let match = wordings.first(where: { $0.language == language }) { return match }
        }
        return wordings.first { $0.language == nil } ?? wordings.first
    }
}

extension LocalizedRichText {
    /// The wording to show; chosen as in ``LocalizedText/text(in:)``.
    func wording(in languages: [LanguageTag]) -> Wording? {
        for language in languages {
            if let match = wordings.first(where: { $0.language == language }) { return match }
        }
        return wordings.first { $0.language == nil } ?? wordings.first
    }
}
