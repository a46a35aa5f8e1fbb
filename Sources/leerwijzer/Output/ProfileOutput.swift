import Answers
import Matching

/// How a profile was understood, for people and machines.
struct ProfileOutput {
    let account: ProfileAccount
    let language: AnswerLanguage

    func print(as form: TableOrJSON) throws {
        switch form {
        case .json: try Console.print(try JSONOutput.line(ProfileJSON(account)))
        case .table: try printTable()
        }
    }

    private func printTable() throws {
        let terminal = Terminal.output
        let width = terminal.width ?? 100
        var table = TextTable([
            TextTable.Column(heading: language(nl: "veld", en: "field")),
            TextTable.Column(
                heading: language(nl: "zoals begrepen", en: "as understood"), canShrink: true),
        ])
        for item in account.items { table.append([item.field, text(item)]) }
        for line in table.lines(width: width, heading: terminal.bold) { try Console.print(line) }
        guard !account.gap.isEmpty else { return }
        try Console.print("")
        var line =
            language(nl: "nog te leren: ", en: "still to learn: ")
            + account.gap.joined(separator: ", ")
        if account.optionalGapCount > 0 {
            line += language(
                nl: "; en \(account.optionalGapCount) die van pas kunnen komen",
                en: "; and \(account.optionalGapCount) that may come in useful")
        }
        for line in line.wrapped(to: width) { try Console.print(line) }
    }

    private func text(_ item: ProfileAccount.Item) -> String {
        guard let understood = item.understood else {
            let near = item.alternatives.map(\.label).joined(separator: ", ")
            return "“\(item.said ?? "")” → "
                + language(nl: "niet herkend, telt niet mee", en: "not recognised, does not count")
                + (near.isEmpty ? "" : language(nl: "; misschien ", en: "; perhaps ") + near)
        }
        var text = item.said.map { "“\($0)” → \(understood)" } ?? understood
        if let confidence = item.confidence { text += " (\(percentage(confidence)))" }
        if !item.alternatives.isEmpty {
            text +=
                language(nl: "; of: ", en: "; or: ")
                + item.alternatives.map { "\($0.label) (\(percentage($0.confidence)))" }
                .joined(separator: ", ")
        }
        return text
    }

    private func percentage(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
