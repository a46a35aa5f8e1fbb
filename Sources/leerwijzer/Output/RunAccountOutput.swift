import Answers
import Partnership
import Storage

/// The account of a run in words.
struct RunAccountOutput {
    let account: RunAccount
    let language: AnswerLanguage

    func lines() -> [String] {
        let run = account.run
        var lines = [
            language(
                nl: "run \(run.number) van \(run.source), \(run.startedAt): ",
                en: "run \(run.number) of \(run.source), \(run.startedAt): ")
                + run.verdict.wording(language)
        ]
        if let hold = run.hold { lines.append("  \(hold)") }
        lines += run.feedDiagnostics.map { "  \($0.severity.rawValue): \($0.message)" }
        lines.append(
            language(
                nl: "  aangeboden \(run.offered.courses) + \(run.offered.offerings), "
                    + "aangenomen \(run.accepted.courses) + \(run.accepted.offerings), "
                    + "quarantaine \(run.quarantined.courses) + \(run.quarantined.offerings)",
                en: "  offered \(run.offered.courses) + \(run.offered.offerings), "
                    + "accepted \(run.accepted.courses) + \(run.accepted.offerings), "
                    + "quarantined \(run.quarantined.courses) + \(run.quarantined.offerings)"))
        for record in account.quarantine {
            let place = record.position.map { ":\($0.line):\($0.column)" } ?? ""
            lines.append(
                language(nl: "  quarantaine: ", en: "  quarantined: ")
                    + "\(record.file)\(place): \(record.nativeID ?? "–"): "
                    + (record.reasons.first?.message ?? ""))
        }
        if let days = account.daysSinceChange {
            lines.append(
                language(
                    nl: "  vorige wijziging \(days) dagen eerder",
                    en: "  \(days) days after the change before"))
        }
        for (old, new) in account.renamed {
            lines.append(
                language(nl: "  ander id: \(old) → \(new)", en: "  other id: \(old) → \(new)"))
        }
        for offering in account.placesLost {
            lines.append(
                language(nl: "  plaats kwijt: \(offering)", en: "  place lost: \(offering)"))
        }
        for count in run.diagnosticCounts {
            lines.append("  \(count.count) × \(count.severity.rawValue) \(count.code.name)")
        }
        return lines + account.changes.flatMap { $0.lines(language) }
    }
}
