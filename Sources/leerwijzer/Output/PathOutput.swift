import Answers
import CourseModel
import Matching

/// Paths for people: a timeline each, with what it comes to, why, and what stays open.
struct PathOutput {
    let answer: PathAnswer

    private var results: PathResults { answer.results }
    private var language: AnswerLanguage { answer.language }
    private var words: PathWording { PathWording(answer) }

    func print(as form: TableOrJSON) throws {
        switch form {
        case .json: try Console.print(try JSONOutput.line(try answer.json()))
        case .table: try printText()
        }
    }

    // MARK: Text

    private func printText() throws {
        let terminal = Terminal.output
        let width = terminal.width ?? 100
        for line in answer.context.notUnderstood {
            for line in line.wrapped(to: width) { try Console.print(terminal.yellow(line)) }
        }
        let toLearn =
            language(nl: "nog te leren: ", en: "still to learn: ") + words.labels(results.gap)
        for line in toLearn.wrapped(to: width) { try Console.print(terminal.dim(line)) }
        if results.paths.isEmpty {
            try Console.print("")
            try Console.print(
                language(
                    nl: "Binnen de grenzen van dit profiel leert geen pad je iets wat je mist.",
                    en: "No path closes a gap within the limits of this profile."))
        }
        for (number, path) in results.paths.enumerated() {
            try Console.print("")
            try printPath(path, number: number + 1, width: width)
        }
        try printOpen(width)
    }

    private func printPath(_ path: LearningPath, number: Int, width: Int) throws {
        let terminal = Terminal.output
        let names = words.names(of: path)
        let heading = "\(number). " + language(nl: "Het \(names) pad", en: "The \(names) path")
        for line in (heading + ": " + words.summary(path)).wrapped(to: width) {
            try Console.print(terminal.bold(line))
        }
        var table = TextTable([
            TextTable.Column(heading: " "),
            TextTable.Column(heading: language(nl: "wanneer", en: "when")),
            TextTable.Column(heading: language(nl: "tijdlijn", en: "timeline")),
            TextTable.Column(
                heading: language(nl: "wat en waar", en: "what and where"), canShrink: true),
            TextTable.Column(heading: language(nl: "per week", en: "a week"), isNumeric: true),
            TextTable.Column(heading: language(nl: "kosten", en: "cost"), isNumeric: true),
        ])
        for (index, step) in path.steps.enumerated() {
            let row = try answer.row(step)
            table.append([
                "\(index + 1)", words.period(step), timeline(step, of: path),
                "\(row.title), \(row.place)", step.hoursPerWeek.map(words.hours) ?? "–",
                step.cents.map(words.money) ?? language(nl: "niet vermeld", en: "not stated"),
            ])
        }
        for line in table.lines(width: width, heading: terminal.dim) { try Console.print(line) }
        for (index, step) in path.steps.enumerated() {
            let closes = language(nl: "leert je ", en: "closes ") + words.labels(step.closes)
            let reasons = answer.reasons(step).map { $0.text(in: language.reasons) }
            let text = ([closes, try answer.row(step).provider] + reasons).joined(separator: " · ")
            for line in "\(index + 1): \(text)".wrapped(to: max(20, width - 3)) {
                try Console.print("   " + terminal.dim(line))
            }
        }
        if !path.open.isEmpty {
            let open = language(nl: "blijft open: ", en: "stays open: ") + words.labels(path.open)
            for line in open.wrapped(to: max(20, width - 3)) { try Console.print("   " + line) }
        }
        for line in words.proofs(path) {
            for line in line.wrapped(to: max(20, width - 3)) {
                try Console.print("   " + terminal.dim(line))
            }
        }
    }

    /// The step's days among those from today to the end of the path.
    private func timeline(_ step: LearningStep, of path: LearningPath) -> String {
        let cells = 12
        let first = Int(answer.today.daysSince1970)
        let span = max(1, Int(path.finish.daysSince1970) - first + 1)
        func cell(_ day: CalendarDate) -> Int {
            min(cells - 1, max(0, (Int(day.daysSince1970) - first) * cells / span))
        }
        let (from, to) = (cell(step.start), cell(step.end))
        return (0..<cells).map { (from...to).contains($0) ? "█" : "·" }.joined()
    }

    private func printOpen(_ width: Int) throws {
        if results.withoutStart > 0 {
            try Console.print("")
            let count = results.withoutStart
            let text =
                count == 1
                ? language(
                    nl: "1 uitvoering noemt geen begin en is niet in te plannen.",
                    en: "1 offering does not say when it starts and cannot be planned.")
                : language(
                    nl: "\(count) uitvoeringen noemen geen begin en zijn niet in te plannen.",
                    en: "\(count) offerings do not say when they start and cannot be planned.")
            for line in text.wrapped(to: width) { try Console.print(line) }
        }
        if results.leftOut > 0 {
            try Console.print(
                language(
                    nl: "\(results.leftOut) dingen die minder zwaar wegen, zijn niet meegeteld.",
                    en: "\(results.leftOut) gaps of less weight were left out."))
        }
        guard !results.open.isEmpty else { return }
        try Console.print("")
        try Console.print(
            Terminal.output.bold(
                results.paths.isEmpty
                    ? language(nl: "Wat open blijft:", en: "What stays open:")
                    : language(
                        nl: "Wat het meest complete pad open laat:",
                        en: "What the most complete path leaves open:")))
        for gap in results.open {
            for line in "• \(answer.label(gap.skill)): \(words.text(gap.why))".wrapped(
                to: max(20, width - 3))
            {
                try Console.print("   " + line)
            }
        }
        for relaxation in results.relaxations {
            for line in "→ \(words.text(relaxation))".wrapped(to: max(20, width - 3)) {
                try Console.print("   " + line)
            }
        }
    }
}
