import Answers
import Storage

extension CuratedChange {
    /// What happened, in a line: what changed, who says so, and why.
    public func line(_ language: AnswerLanguage) -> String {
        let what = offering?.value ?? course?.value ?? provider?.value ?? ""
        let nothing = language(nl: "niets", en: "nothing")
        let values =
            "\(before.isEmpty ? nothing : "“\(before)”") → "
            + (after.isEmpty ? nothing : "“\(after)”")
        let approved =
            approvedBy.isEmpty
            ? ""
            : language(nl: ", goedgekeurd door ", en: ", approved by ")
                + approvedBy.joined(separator: ", ")
        return "\(kind.wording(language)): \(what) \(field): \(values) · \(author) (\(partner))"
            + "\(approved): \(reason) [\(file):\(line)]"
    }
}

extension CuratedChange.Kind {
    /// What happened, in a few words.
    public func wording(_ language: AnswerLanguage) -> String {
        switch self {
        case .applied: language(nl: "correctie geldt", en: "correction takes hold")
        case .takenOver:
            language(
                nl: "correctie overgenomen door de feed en beëindigd",
                en: "correction taken over by the feed, and retired")
        case .expired: language(nl: "correctie verlopen", en: "correction expired")
        case .conflict:
            language(
                nl: "correctie opgeschort: een andere zegt iets anders",
                en: "correction suspended: another one says otherwise")
        case .unapproved:
            language(nl: "correctie niet meer goedgekeurd", en: "correction no longer approved")
        case .gone:
            language(
                nl: "correctie vervallen: wordt niet meer aangeboden",
                en: "correction void: no longer offered")
        case .unusable:
            language(
                nl: "correctie past niet meer bij de feed", en: "correction fits the feed no more")
        case .withdrawn: language(nl: "correctie ingetrokken", en: "correction withdrawn")
        }
    }
}
