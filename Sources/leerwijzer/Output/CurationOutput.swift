import Answers
import Ingest
import Partnership

/// A correction in words.
enum CurationOutput {
    /// What it says, who says so and why, and what became of it.
    static func lines(of ruling: CurationRuling, _ language: AnswerLanguage) -> [String] {
        let feed =
            ruling.feedNow.isEmpty
            ? language(nl: "de feed zegt niets", en: "the feed says nothing")
            : language(nl: "de feed: ", en: "the feed: ") + ruling.feedNow.joined(separator: ", ")
        let said = ruling.values.isEmpty ? language(nl: "leeg", en: "empty") : ruling.said
        let until = ruling.until.map { language(nl: " tot en met \($0)", en: " until \($0)") } ?? ""
        let approved =
            ruling.approvals.isEmpty
            ? ""
            : language(nl: " · goedgekeurd door ", en: " · approved by ")
                + ruling.approvals.map { "\($0.person) (\($0.partner))" }.joined(separator: ", ")
        return [
            "\(ruling.state.wording(language)): \(ruling.subject.id)",
            "  \(ruling.fieldName): \(said)  (\(feed))",
            "  \(ruling.author) (\(ruling.partner)), \(ruling.date)\(until)\(approved)",
            "  \(ruling.reason)  [\(ruling.file):\(ruling.line)]",
        ] + ruling.remarks(language).map { "  ! \($0)" }
    }
}
