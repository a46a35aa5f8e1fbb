import Matching

/// How a profile was understood, for people and machines.
struct ProfileOutput {
    let account: ProfileAccount
    let language: AnswerLanguage

    func print(as form: TableOrJSON) throws {
        switch form {
        case .json: try Console.print(try JSONOutput.line(JSON(account)))
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

    private struct JSON: Encodable {
        struct Alternative: Encodable {
            var id: String
            var label: String
            var confidence: Double
        }

        struct Item: Encodable {
            var field: String
            var said: Nullable<String>
            var understood: Nullable<String>
            var id: Nullable<String>
            var confidence: Nullable<Double>
            var alternatives: [Alternative]
        }

        var items: [Item]
        var gap: [String]
        var optionalGapCount: Int

        init(_ account: ProfileAccount) {
            items = account.items.map { item in
                Item(
                    field: item.field, said: Nullable(item.said),
                    understood: Nullable(item.understood), id: Nullable(item.id),
                    confidence: Nullable(item.confidence.map(Self.rounded)),
                    alternatives: item.alternatives.map {
                        Alternative(
                            id: $0.id, label: $0.label, confidence: Self.rounded($0.confidence))
                    })
            }
            gap = account.gap
            optionalGapCount = account.optionalGapCount
        }

        private static func rounded(_ share: Double) -> Double { (share * 1000).rounded() / 1000 }
    }
}
