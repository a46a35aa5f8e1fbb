/// One text in one or more languages.
///
/// A feed may leave the language out; such a text is kept with the language `nil` ("not said")
/// instead of a guess.
public struct LocalizedText: Hashable, Sendable, Codable {
    /// One language's wording.
    public struct Wording: Hashable, Sendable, Codable {
        /// The language, or `nil` when the feed does not say.
        public var language: LanguageTag?
        /// The text: trimmed, without mark-up, never empty.
        public var text: String

        /// A wording as the feed gives it.
        public init(language: LanguageTag?, text: String) {
            self.language = language
            self.text = text
        }
    }

    /// The wordings, in the order of the feed.
    public private(set) var wordings: [Wording]

    /// A text without wordings.
    public init() { wordings = [] }

    /// A text in one language.
    public init(_ text: String, language: LanguageTag? = nil) {
        wordings = text.isEmpty ? [] : [Wording(language: language, text: text)]
    }

    /// A text in several languages; empty and repeated wordings are left out.
    public init(_ wordings: [Wording]) {
        self.wordings = []
        for wording in wordings { append(wording) }
    }

    /// Adds a wording, unless it is empty or already there.
    public mutating func append(_ wording: Wording) {
        guard !wording.text.isEmpty, !wordings.contains(wording) else { return }
        wordings.append(wording)
    }

    /// Adds a wording, unless it is empty or already there.
    public mutating func append(_ text: String, language: LanguageTag?) {
        append(Wording(language: language, text: text))
    }

    /// Whether there is no wording at all.
    public var isEmpty: Bool { wordings.isEmpty }

    /// The wording to show to someone who prefers `languages` in this order.
    ///
    /// - Returns: The first wording in a preferred language, else one whose language is not said,
    ///   else the first; `nil` only when there is none.
    public func text(in languages: [LanguageTag] = [.dutch, .english]) -> String? {
        for language in languages {
            if let match = wordings.first(where: { $0.language == language }) { return match.text }
        }
        return (wordings.first { $0.language == nil } ?? wordings.first)?.text
    }
}

extension LocalizedText: ExpressibleByStringLiteral {
    /// A text whose language is not said.
    public init(stringLiteral text: String) { self.init(text) }
}
