import Answers
import Feeds

/// Where a page is, in both languages.
enum PageAddress: Hashable, Sendable {
    case search
    case course(String)
    case compare
    /// The form to report that a course’s listing is wrong.
    case report(String)
    /// What came of a report.
    case reported(String)
    case profile
    case regions
    case region(String)
    case coverage(String)
    case providers
    case partner(String)
    case about
    case privacy

    /// The path in a language.
    func path(in language: AnswerLanguage) -> String {
        let start = "/" + language.rawValue
        guard let words = pattern(in: language) else { return start }
        switch self {
        case .course(let id), .region(let id), .coverage(let id), .partner(let id),
            .report(let id), .reported(let id):
            return start + "/" + words + "/" + percentEncoded(id)
        default: return start + "/" + words
        }
    }

    /// The part of the path behind the language and before the id; `nil` for the first page.
    private func pattern(in language: AnswerLanguage) -> String? {
        switch self {
        case .search: nil
        case .course: CourseAddress.word(in: language)
        case .report: language(nl: "fout-melden", en: "report-error")
        case .reported: language(nl: "melding", en: "report")
        case .compare: language(nl: "vergelijk", en: "compare")
        case .profile: language(nl: "profiel", en: "profile")
        case .regions: language(nl: "regios", en: "regions")
        case .region: language(nl: "regio", en: "region")
        case .coverage: language(nl: "bereik", en: "reach")
        case .providers: language(nl: "aanbieders", en: "providers")
        case .partner: language(nl: "partner", en: "partner")
        case .about: language(nl: "over", en: "about")
        case .privacy: "privacy"
        }
    }

    /// The pattern that the page's operation stands at.
    func route(in language: AnswerLanguage) -> String {
        let start = "/" + language.rawValue
        guard let words = pattern(in: language) else { return start }
        switch self {
        case .course, .region, .coverage, .partner, .report, .reported:
            return start + "/" + words + "/{id}"
        default: return start + "/" + words
        }
    }
}
