import ArgumentParser
import CourseModel
import Glibc

/// The language of answers.
enum AnswerLanguage: String, ExpressibleByArgument, CaseIterable {
    case nl
    case en

    /// The language that the environment asks for, by the first of `LC_ALL`, `LC_MESSAGES` and
    /// `LANG` that is set; English unless it is Dutch or Frisian.
    static var preferred: AnswerLanguage {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty
            else { continue }
            return value.hasPrefix("nl") || value.hasPrefix("fy") ? .nl : .en
        }
        return .en
    }

    /// The order in which texts of the catalogue are chosen.
    var preferences: [LanguageTag] { self == .nl ? [.dutch, .english] : [.english, .dutch] }

    /// One of two wordings.
    func callAsFunction(nl: String, en: String) -> String { self == .nl ? nl : en }
}
