import Answers
import CourseModel
import Partnership

/// What `report costs` tells people and spreadsheets.
struct CostOutput {
    let overview: CostOverview
    let language: AnswerLanguage

    private var costs: CostWording { CostWording(language: language) }

    func printTable() throws {
        let wording = Wording(language: language)
        var groups = TextTable([
            .init(heading: language(nl: "soort", en: "kind")),
            .init(heading: language(nl: "cursussen", en: "courses"), isNumeric: true),
            .init(heading: language(nl: "met prijs", en: "with a price"), isNumeric: true),
            .init(heading: language(nl: "gratis", en: "free"), isNumeric: true),
            .init(heading: language(nl: "mediaan", en: "median"), isNumeric: true),
            .init(heading: language(nl: "per studie-uur", en: "per study hour"), isNumeric: true),
        ])
        for group in overview.groups {
            groups.append([
                wording.kind(group.kind), "\(group.courses)", "\(group.priced)", "\(group.free)",
                group.medianCents.map(costs.amount) ?? "–",
                group.medianCentsPerHour.map(costs.amount) ?? "–",
            ])
        }
        try print(groups)
        guard !overview.rows.isEmpty else { return }
        try Console.print("")
        for row in overview.rows {
            let title = language(nl: row.course.title, en: row.course.englishTitle)
            try Console.print(
                Terminal.output.bold(title) + "  " + row.course.providerName
                    + "  [\(row.course.id)]")
            var facts = [costs.price(row.cost)]
            if let hour = costs.perHour(row.cost) {
                facts.append(language(nl: "per uur \(hour)", en: "per hour \(hour)"))
            }
            if let net = costs.net(row.cost) { facts.append(net) }
            try Console.print("   " + facts.joined(separator: " · "))
            if let (other, found) = row.equivalent {
                let title = language(nl: other.title, en: other.englishTitle)
                try Console.print(
                    "   " + language(nl: "goedkoper: ", en: "cheaper: ")
                        + costs.equivalent(
                            found, title: "\(title) (\(other.providerName))", insteadOf: row.cost)
                        + "  [\(other.id)]")
            }
        }
        let rest = overview.priced - overview.rows.count
        if rest > 0 {
            try Console.print(
                language(
                    nl: "en \(rest) andere; geef --limit \(overview.priced) voor alle",
                    en: "and \(rest) more; give --limit \(overview.priced) for all"))
        }
    }

    private func print(_ table: TextTable) throws {
        for line in table.lines(width: Terminal.output.width, heading: Terminal.output.bold) {
            try Console.print(line)
        }
    }

    func printCSV() throws {
        func amount(_ cents: Int?) -> String {
            cents.map { FixedDecimal(scaled: Int64($0) * 100).text(minimumPlaces: 2) } ?? ""
        }
        try write([
            "course", "offering", "title", "provider", "kind", "level", "price", "excludesVAT",
            "hours", "hoursBasis", "perHour", "scheme", "netPrice", "equivalent",
            "equivalentPrice",
        ])
        for row in overview.rows {
            let (course, cost) = (row.course, row.cost)
            try write([
                course.id.value, cost.offering.value,
                language(nl: course.title, en: course.englishTitle), course.providerName,
                course.kind.rawValue, course.level.eqf.map { "\($0)" } ?? "", amount(cost.cents),
                "\(cost.excludesVAT)", cost.hours.map { "\(($0.hours * 10).rounded() / 10)" } ?? "",
                cost.hours?.basis.rawValue ?? "", amount(cost.centsPerHour),
                cost.net?.rule.scheme.name ?? "", amount(cost.net?.cents),
                row.equivalent?.course.id.value ?? "", amount(row.equivalent?.found.cents),
            ])
        }
    }

    private func write(_ fields: [String]) throws {
        try Console.write(CSVOutput.line(fields), to: 1)
    }
}
