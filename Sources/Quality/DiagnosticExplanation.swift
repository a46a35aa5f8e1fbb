import CourseModel

/// What a kind of fault means to the owner of a feed, in Dutch and English.
public struct DiagnosticExplanation: Sendable {
    /// A wording in both languages.
    public struct Text: Hashable, Sendable {
        /// In Dutch.
        public let dutch: String
        /// In English.
        public let english: String
    }

    /// The code.
    public let code: DiagnosticCode
    /// The fault in a few words.
    public let title: Text
    /// Why it matters, or what comes of it.
    public let reason: Text
    /// An example of what stands in a feed that has the fault.
    public let wrong: String
    /// The same without the fault.
    public let right: String

    /// Explains a code.
    init(
        _ code: DiagnosticCode, nl: String, _ dutchReason: String, en: String,
        _ englishReason: String, wrong: String, right: String
    ) {
        self.code = code
        title = Text(dutch: nl, english: en)
        reason = Text(dutch: dutchReason, english: englishReason)
        self.wrong = wrong
        self.right = right
    }
}
