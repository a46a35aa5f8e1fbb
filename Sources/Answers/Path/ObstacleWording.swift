import Matching

/// How it is said what keeps an offering out.
struct ObstacleWording {
    let language: AnswerLanguage

    /// What keeps it out, behind "but".
    func text(_ obstacle: PathObstacle) -> String {
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
        case .accessibility:
            language(
                nl: "niet toegankelijk voor je, of het staat er niet bij",
                en: "not accessible to you, or it does not say")
        case .childcare:
            language(
                nl: "buiten de opvang van je kinderen, of zonder lestijden",
                en: "outside your childcare hours, or without times")
        case .commute:
            language(
                nl: "met de reis niet in je vrije tijd, of zonder lestijden",
                en: "not in your free time with the way there, or without times")
        }
    }
}
