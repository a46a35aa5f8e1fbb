import CourseModel
import Matching

/// How paths are said to a person.
public struct PathWording: Sendable {
    private let answer: PathAnswer
    private var language: AnswerLanguage { answer.language }
    private var obstacles: ObstacleWording { ObstacleWording(language: language) }
    private var words: PlainWords { PlainWords(language: language.reasons) }
    private var wording: Wording { Wording(language: language) }

    /// The words for an answer, in its language.
    public init(_ answer: PathAnswer) { self.answer = answer }

    /// What skills are called, with commas between them.
    public func labels(_ skills: [Int]) -> String {
        skills.map(answer.label).joined(separator: ", ")
    }

    /// What a path is the best in: `most complete and nearest`.
    public func names(of path: LearningPath) -> String {
        words.list(path.goals.map(name))
    }

    /// How much there is to learn; what was not understood is open as well.
    private var all: Int {
        answer.results.gap.count + answer.resolved.unrecognisedWishes.count
    }

    /// What a path comes to: `closes 4 of 6 gaps · €660 · done 9 Feb 2027`.
    public func summary(_ path: LearningPath) -> String {
        let closed = language(
            nl:
                "leert je \(path.closes.count) van de \(all) dingen die je mist",
            en: "closes \(path.closes.count) of \(all) gaps")
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
        return ([closed, cost, finish] + (answer.resolved.places.isEmpty ? [] : [travel]))
            .joined(separator: " · ")
    }

    /// What is certain of a path, in as few lines as it takes.
    public func proofs(_ path: LearningPath) -> [String] {
        let proven = path.goals.filter { path.proofs[$0] == .best }
        var lines: [String] = []
        if !proven.isEmpty {
            let better = words.choice(proven.map(comparative))
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

    /// What a path is the best in.
    public func name(_ goal: PathGoal) -> String {
        switch goal {
        case .mostComplete: language(nl: "meest complete", en: "most complete")
        case .cheapest: language(nl: "goedkoopste", en: "cheapest")
        case .fastest: language(nl: "snelste", en: "fastest")
        case .nearest: language(nl: "dichtstbijzijnde", en: "nearest")
        }
    }

    private func text(_ bound: Int, _ goal: PathGoal, _ path: LearningPath) -> String {
        let searched = language(
            nl: "gezocht in \(answer.results.considered) van \(answer.results.eligible) "
                + "uitvoeringen; ",
            en: "searched \(answer.results.considered) of \(answer.results.eligible) offerings; ")
        // Below nothing there is no bound worth telling.
        guard bound > 0 || goal == .mostComplete || goal == .fastest else {
            return searched
                + language(
                    nl: "of het \(comparative(goal)) kan, is niet bewezen",
                    en: "whether another one is \(comparative(goal)) is not proven")
        }
        let most: String
        switch goal {
        case .mostComplete:
            let all = max(1, answer.results.weights.reduce(0, +))
            let (share, own) = (100 * bound / all, 100 * path.measures.closed / all)
            most = language(
                nl: "leert je hooguit \(share) % van wat je mist, dit \(own) %",
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
        return searched
            + language(
                nl: "een ander \(name(goal)) pad \(most)",
                en: "another \(name(goal)) path \(most)")
    }

    private func comparative(_ goal: PathGoal) -> String {
        switch goal {
        case .mostComplete: language(nl: "completer", en: "more complete")
        case .cheapest: language(nl: "goedkoper", en: "cheaper")
        case .fastest: language(nl: "sneller klaar", en: "faster")
        case .nearest: language(nl: "dichterbij", en: "nearer")
        }
    }

    /// When a step is.
    public func period(_ step: LearningStep) -> String {
        let start = wording.date(step.start)
        let from = step.startIsChosen ? language(nl: "vanaf \(start)", en: "from \(start)") : start
        guard step.end != step.start else { return from }
        return from + " – " + (step.endIsKnown ? "" : "± ") + wording.date(step.end)
    }

    /// Hours a week.
    public func hours(_ hours: Double) -> String {
        let tenths = Int((hours * 10).rounded())
        let number =
            tenths % 10 == 0
            ? "\(tenths / 10)" : "\(tenths / 10)\(language == .nl ? "," : ".")\(tenths % 10)"
        return number + language(nl: " uur", en: " h")
    }

    /// An amount in euro cents.
    public func money(_ cents: Int) -> String {
        cents == 0
            ? language(nl: "gratis", en: "free")
            : wording.money(Money(FixedDecimal(scaled: Int64(cents) * 100), .euro))
    }

    /// What would close more.
    public func text(_ relaxation: PathRelaxation) -> String {
        let count = relaxation.closes.count
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
                nl: " kun je \(count) van de \(all) dingen leren die je mist: ",
                en: " a path can close \(count) of \(all) gaps: ") + labels(relaxation.closes)
    }

    /// Why a gap stays open.
    public func text(_ why: OpenGap.Why) -> String {
        switch why {
        case .notTaught:
            return language(
                nl: "geen enkele cursus hier leert dit; een vraag waar de regio niet in voorziet",
                en: "no course here teaches it; a demand that the region does not meet")
        case .refused(let obstacle, let count):
            return language(
                nl: count == 1
                    ? "1 uitvoering leert dit, maar \(obstacles.text(obstacle))"
                    : "\(count) uitvoeringen leren dit, maar \(obstacles.text(obstacle))",
                en: count == 1
                    ? "1 offering teaches it, but \(obstacles.text(obstacle))"
                    : "\(count) offerings teach it, but \(obstacles.text(obstacle))")
        case .doesNotCombine(let count):
            return language(
                nl: "\(count) uitvoeringen passen op zich, maar niet samen met dit pad",
                en: "\(count) offerings fit by themselves, but not together with this path")
        }
    }
}
