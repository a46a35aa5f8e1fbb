import CourseModel
import Matching
import Skills

/// Paths for people: a timeline each, with what it comes to, why, and what stays open.
struct PathOutput {
    let results: PathResults
    let resolved: ResolvedProfile
    let skills: SkillsCatalogue
    let rows: ResultRows
    let language: AnswerLanguage
    let today: CalendarDate

    func print(as form: TableOrJSON) throws {
        switch form {
        case .json: try Console.print(try JSONOutput.line(try PathJSON(self)))
        case .table: try printText()
        }
    }

    var reasonLanguage: ReasonLanguage { language == .nl ? .dutch : .english }
    private var wording: Wording { Wording(language: language) }

    func row(_ step: LearningStep) throws -> ResultRow {
        try rows.row(
            offering: step.match.offering, venue: 0,
            kilometres: step.match.travel.map { $0.metres / 1000 },
            minutes: step.match.travel.map { Int($0.minutes.rounded(.up)) },
            score: step.match.score)
    }

    /// Why a step fits, without what the path itself tells.
    func reasons(_ step: LearningStep) -> [Reason] {
        step.match.reasons.filter {
            switch $0 {
            case .closes, .comesNear, .starts, .startsAnyTime, .otherOccasions: false
            default: true
            }
        }
    }

    private func label(_ skill: Int) -> String {
        skills.skillLabel(skill, in: language == .nl ? .dutch : .english)
    }

    private func labels(_ skills: [Int]) -> String { skills.map(label).joined(separator: ", ") }

    // MARK: Text

    private func printText() throws {
        let terminal = Terminal.output
        let width = terminal.width ?? 100
        let toLearn =
            language(nl: "nog te leren: ", en: "still to learn: ") + labels(results.gap)
        for line in toLearn.wrapped(to: width) { try Console.print(terminal.dim(line)) }
        if results.paths.isEmpty {
            try Console.print("")
            try Console.print(
                language(
                    nl: "Geen pad sluit een gat binnen de grenzen van dit profiel.",
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
        let names = list(path.goals.map(name), nl: "en", en: "and")
        let heading = "\(number). " + language(nl: "Het \(names) pad", en: "The \(names) path")
        for line in (heading + ": " + summary(path)).wrapped(to: width) {
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
            let row = try row(step)
            table.append([
                "\(index + 1)", period(step), timeline(step, of: path),
                "\(row.title), \(row.place)", step.hoursPerWeek.map(hours) ?? "–",
                step.cents.map(money) ?? language(nl: "niet vermeld", en: "not stated"),
            ])
        }
        for line in table.lines(width: width, heading: terminal.dim) { try Console.print(line) }
        for (index, step) in path.steps.enumerated() {
            let closes = language(nl: "sluit ", en: "closes ") + labels(step.closes)
            let reasons = reasons(step).map { $0.text(in: reasonLanguage) }
            let text = ([closes, try row(step).provider] + reasons).joined(separator: " · ")
            for line in "\(index + 1): \(text)".wrapped(to: max(20, width - 3)) {
                try Console.print("   " + terminal.dim(line))
            }
        }
        if !path.open.isEmpty {
            let open = language(nl: "blijft open: ", en: "stays open: ") + labels(path.open)
            for line in open.wrapped(to: max(20, width - 3)) { try Console.print("   " + line) }
        }
        for line in proofs(path) {
            for line in line.wrapped(to: max(20, width - 3)) {
                try Console.print("   " + terminal.dim(line))
            }
        }
    }

    /// What is certain of a path, in as few lines as it takes.
    private func proofs(_ path: LearningPath) -> [String] {
        let proven = path.goals.filter { path.proofs[$0] == .best }
        var lines: [String] = []
        if !proven.isEmpty {
            let better = list(proven.map(comparative), nl: "of", en: "or")
            lines.append(
                language(
                    nl: "bewezen: geen pad binnen je grenzen is \(better)",
                    en: "proven: no path within your limits is \(better)"))
        }
        for goal in path.goals {
            if case .bound(let bound) = path.proofs[goal] { lines.append(text(bound, goal, path)) }
        }
        return lines
    }

    private func list(_ items: [String], nl: String, en: String) -> String {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " " + language(nl: nl, en: en) + " "
            + last
    }

    private func summary(_ path: LearningPath) -> String {
        let closed = language(
            nl: "sluit \(path.closes.count) van \(results.gap.count) gaten",
            en: "closes \(path.closes.count) of \(results.gap.count) gaps")
        var cost = money(path.measures.cents)
        if path.measures.unknownPrices > 0 {
            cost += language(
                nl: " en \(path.measures.unknownPrices) zonder prijs",
                en: " and \(path.measures.unknownPrices) without a price")
        }
        let finish = language(
            nl: "klaar \(wording.date(path.finish))", en: "done \(wording.date(path.finish))")
        let travel = language(
            nl: "\(path.measures.minutes) minuten reizen bij elkaar",
            en: "\(path.measures.minutes) minutes of travel together")
        return ([closed, cost, finish] + (resolved.places.isEmpty ? [] : [travel]))
            .joined(separator: " · ")
    }

    private func name(_ goal: PathGoal) -> String {
        switch goal {
        case .mostComplete: language(nl: "meest complete", en: "most complete")
        case .cheapest: language(nl: "goedkoopste", en: "cheapest")
        case .fastest: language(nl: "snelste", en: "fastest")
        case .nearest: language(nl: "dichtstbije", en: "nearest")
        }
    }

    private func text(_ bound: Int, _ goal: PathGoal, _ path: LearningPath) -> String {
        let most: String
        switch goal {
        case .mostComplete:
            let all = max(1, results.weights.reduce(0, +))
            let (share, own) = (100 * bound / all, 100 * path.measures.closed / all)
            most = language(
                nl: "sluit hooguit \(share) % van het gewicht van je gaten, dit \(own) %",
                en: "closes at most \(share) % of the weight of your gaps, this one \(own) %")
        case .cheapest:
            most = language(
                nl: "kost minstens \(money(bound))", en: "costs \(money(bound)) at least")
        case .fastest:
            let day = wording.date(CalendarDate(daysSince1970: Int32(bound)))
            most = language(nl: "is klaar op zijn vroegst \(day)", en: "is done \(day) at best")
        case .nearest:
            most = language(
                nl: "vraagt minstens \(bound) minuten reizen",
                en: "takes \(bound) minutes of travel at least")
        }
        return language(
            nl: "gezocht in \(results.considered) van \(results.eligible) uitvoeringen; een ander "
                + "\(name(goal)) pad \(most)",
            en: "searched \(results.considered) of \(results.eligible) offerings; another "
                + "\(name(goal)) path \(most)")
    }

    private func comparative(_ goal: PathGoal) -> String {
        switch goal {
        case .mostComplete: language(nl: "completer", en: "more complete")
        case .cheapest: language(nl: "goedkoper", en: "cheaper")
        case .fastest: language(nl: "sneller klaar", en: "faster")
        case .nearest: language(nl: "dichterbij", en: "nearer")
        }
    }

    private func period(_ step: LearningStep) -> String {
        let start = wording.date(step.start)
        let from = step.startIsChosen ? language(nl: "vanaf \(start)", en: "from \(start)") : start
        guard step.end != step.start else { return from }
        return from + " – " + (step.endIsKnown ? "" : "± ") + wording.date(step.end)
    }

    /// The step's days among those from today to the end of the path.
    private func timeline(_ step: LearningStep, of path: LearningPath) -> String {
        let cells = 12
        let first = Int(today.daysSince1970)
        let span = max(1, Int(path.finish.daysSince1970) - first + 1)
        func cell(_ day: CalendarDate) -> Int {
            min(cells - 1, max(0, (Int(day.daysSince1970) - first) * cells / span))
        }
        let (from, to) = (cell(step.start), cell(step.end))
        return (0..<cells).map { (from...to).contains($0) ? "█" : "·" }.joined()
    }

    private func hours(_ hours: Double) -> String {
        let tenths = Int((hours * 10).rounded())
        let number =
            tenths % 10 == 0
            ? "\(tenths / 10)" : "\(tenths / 10)\(language == .nl ? "," : ".")\(tenths % 10)"
        return number + language(nl: " uur", en: " h")
    }

    private func money(_ cents: Int) -> String {
        cents == 0
            ? language(nl: "gratis", en: "free")
            : wording.money(Money(FixedDecimal(scaled: Int64(cents) * 100), .euro))
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
                    nl: "\(results.leftOut) gaten van minder gewicht zijn buiten beschouwing.",
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
            for line in "• \(label(gap.skill)): \(text(gap.why))".wrapped(to: max(20, width - 3)) {
                try Console.print("   " + line)
            }
        }
        for relaxation in results.relaxations {
            for line in "→ \(text(relaxation))".wrapped(to: max(20, width - 3)) {
                try Console.print("   " + line)
            }
        }
    }

    private func text(_ relaxation: PathRelaxation) -> String {
        let count = relaxation.closes.count
        let all = results.gap.count
        let need: String
        switch relaxation.need {
        case .cents(let cents):
            need = language(nl: "met \(money(cents)) meer", en: "with \(money(cents)) more")
        case .days(let days):
            need = language(
                nl: days == 1 ? "met 1 dag meer" : "met \(days) dagen meer",
                en: days == 1 ? "with 1 day more" : "with \(days) days more")
        }
        return need
            + language(
                nl: " kan een pad \(count) van \(all) gaten sluiten: ",
                en: " a path can close \(count) of \(all) gaps: ") + labels(relaxation.closes)
    }

    private func text(_ why: OpenGap.Why) -> String {
        switch why {
        case .notTaught:
            return language(
                nl: "geen enkele cursus hier leert dit; een vraag waar de regio niet in voorziet",
                en: "no course here teaches it; a demand that the region does not meet")
        case .refused(let obstacle, let count):
            return language(
                nl: count == 1
                    ? "1 uitvoering leert dit, maar \(text(obstacle))"
                    : "\(count) uitvoeringen leren dit, maar \(text(obstacle))",
                en: count == 1
                    ? "1 offering teaches it, but \(text(obstacle))"
                    : "\(count) offerings teach it, but \(text(obstacle))")
        case .doesNotCombine(let count):
            return language(
                nl: "\(count) uitvoeringen passen op zich, maar niet samen met dit pad",
                en: "\(count) offerings fit by themselves, but not together with this path")
        }
    }

    private func text(_ obstacle: PathObstacle) -> String {
        switch obstacle {
        case .limit(let must): limit(must)
        case .audience: language(nl: "voor anderen bedoeld", en: "meant for others")
        case .event:
            language(
                nl: "als bijeenkomst, die laat zien en niet leert",
                en: "as an event, which shows and does not teach")
        }
    }

    private func limit(_ must: Profile.Must) -> String {
        switch must {
        case .travel: language(nl: "buiten je bereik", en: "out of your reach")
        case .budget: language(nl: "boven je budget", en: "above your budget")
        case .level: language(nl: "niet op je niveau", en: "not at your level")
        case .start:
            language(
                nl: "niet op tijd, of zonder begindatum", en: "not in time, or without a start")
        case .time:
            language(
                nl: "buiten je uren, dagen of einddatum", en: "outside your hours, days or deadline"
            )
        case .language: language(nl: "in een andere taal", en: "in another language")
        case .mode: language(nl: "in een andere lesvorm", en: "in another mode")
        case .kind: language(nl: "van een andere soort", en: "of another kind")
        }
    }
}
