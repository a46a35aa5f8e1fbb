import CourseModel

/// What is wrong and what to do, in both languages of those who fill things in.
///
/// Words that are to be written (`worker`, `[home]`) are the same in both.
public struct FaultText: Hashable, Sendable {
    /// In Dutch.
    public let dutch: String
    /// In English.
    public let english: String

    /// A text in both languages.
    public init(nl dutch: String, en english: String) {
        self.dutch = dutch
        self.english = english
    }

    /// The text in Dutch, or in English for any other language.
    public func text(in language: LanguageTag) -> String {
        language == .dutch ? dutch : english
    }

    /// The texts one after the other.
    public static func + (first: FaultText, second: FaultText) -> FaultText {
        FaultText(nl: first.dutch + second.dutch, en: first.english + second.english)
    }

    /// `; did you mean “word”?`; nothing without a word.
    public static func didYouMean(_ word: String?, after mark: String = "; ") -> FaultText {
        guard let word else { return FaultText(nl: "", en: "") }
        return FaultText(
            nl: "\(mark)bedoel je “\(word)”?", en: "\(mark)did you mean “\(word)”?")
    }
}
