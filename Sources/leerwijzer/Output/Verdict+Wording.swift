import Answers
import Storage

extension RunRecord.Verdict {
    /// What became of a run, in a word or two.
    func wording(_ language: AnswerLanguage) -> String {
        switch self {
        case .published: language(nl: "gepubliceerd", en: "published")
        case .unchanged: language(nl: "ongewijzigd", en: "unchanged")
        case .held: language(nl: "vastgehouden", en: "held")
        case .released: language(nl: "vrijgegeven", en: "released")
        case .discarded: language(nl: "afgewezen", en: "discarded")
        case .superseded: language(nl: "achterhaald", en: "superseded")
        case .failed: language(nl: "mislukt", en: "failed")
        case .rolledBack: language(nl: "teruggedraaid", en: "rolled back")
        }
    }
}
