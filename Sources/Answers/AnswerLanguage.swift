import CourseModel
import Glibc
import Matching

/// The language of answers.
public enum AnswerLanguage: String, CaseIterable, Sendable {
    /// Dutch.
    case nl
    /// English.
    case en

    /// The language that the environment asks for, by the first of `LC_ALL`, `LC_MESSAGES` and
    /// `LANG` that is set; English unless it is Dutch or Frisian.
    public static var preferred: AnswerLanguage {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty
            else { continue }
            return value.hasPrefix("nl") || value.hasPrefix("fy") ? .nl : .en
        }
        return .en
    }

    /// The order in which texts of the catalogue are chosen.
    public var preferences: [LanguageTag] {
        tag == .dutch ? [.dutch, .english] : [.english, .dutch]
    }

    /// The language as a tag.
    public var tag: LanguageTag { self == .nl ? .dutch : .english }

    /// The language in which matches are explained.
    public var reasons: ReasonLanguage { self == .nl ? .dutch : .english }

    /// One of two wordings.
    public func callAsFunction(nl: String, en: String) -> String { self == .nl ? nl : en }
}
