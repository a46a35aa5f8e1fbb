import Answers
import CourseModel
import Matching

/// The modules that cover a team, for people and machines.
struct TeamOutput {
    let answer: TeamAnswer

    private var language: AnswerLanguage { answer.context.language }

    func print(as form: OutputForm) throws {
        guard form == .table else {
            try Console.print(try JSONOutput.line(try answer.json()))
            return
        }
        let terminal = Terminal.output
        let width = terminal.width ?? 100
        let wording = Wording(language: language)
        let cover = answer.cover
        try Console.print(terminal.bold(heading))
        for (number, module) in cover.modules.enumerated() {
            let row = try answer.context.row(module.match)
            try Console.print("")
            try Console.print(terminal.bold("\(number + 1). \(row.title)"))
            let facts = [
                row.provider, row.place, wording.start(row.start),
                wording.price(row.price, includesVAT: row.includesVAT),
            ].joined(separator: " · ")
            let cost =
                module.cents.map {
                    language(nl: "samen ", en: "together ")
                        + wording.money(Money(FixedDecimal(scaled: Int64($0) * 100), .euro))
                } ?? language(nl: "prijs niet vermeld", en: "price not stated")
            let lines = [
                facts,
                language(nl: "leert ", en: "teaches ")
                    + module.skills.map(answer.context.label).joined(separator: ", "),
                language(nl: "voor ", en: "for ")
                    + answer.names(module.members).joined(separator: ", ") + " · " + cost,
                row.offering.value,
            ]
            for line in lines.flatMap({ $0.wrapped(to: max(20, width - 3)) }) {
                try Console.print("   " + line)
            }
        }
        guard !cover.open.isEmpty else { return }
        try Console.print("")
        try Console.print(terminal.bold(language(nl: "Blijft open:", en: "Stays open:")))
        for open in cover.open {
            let text =
                "• \(answer.context.label(open.skill)) "
                + "(\(answer.names(open.members).joined(separator: ", "))): \(answer.why(open))"
            for line in text.wrapped(to: max(20, width - 3)) { try Console.print("   " + line) }
        }
    }

    private var heading: String {
        let cover = answer.cover
        let people = answer.context.resolved.members.count
        guard !cover.modules.isEmpty else {
            return language(
                nl: "Geen module binnen de grenzen leert wat deze ploeg mist.",
                en: "No module within the limits teaches what this team lacks.")
        }
        let count = cover.modules.count
        let modules = language(
            nl: count == 1 ? "1 module dekt" : "\(count) modules dekken",
            en: count == 1 ? "1 module covers" : "\(count) modules cover")
        let proof =
            cover.isProven
            ? language(nl: " (bewezen: met minder kan het niet)", en: " (proven: no fewer will do)")
            : ""
        return cover.open.isEmpty
            ? language(
                nl: "\(modules) alles wat een ploeg van \(people) mist\(proof):",
                en: "\(modules) all that a team of \(people) lacks\(proof):")
            : language(
                nl: "\(modules) wat hier te leren valt voor een ploeg van \(people)\(proof):",
                en: "\(modules) what can be learnt here for a team of \(people)\(proof):")
    }
}
