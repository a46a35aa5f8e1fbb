import CourseModel

extension PlainWords {
    /// ` (stand 1 november 2026, https://…): aanvragen voor de start`.
    func stated(_ source: String, _ checked: CalendarDate, _ note: Reason.Name?) -> String {
        let text =
            language.pick(" (stand \(date(checked)), ", " (as of \(date(checked)), ") + source + ")"
        guard let note else { return text }
        return text + ": " + language.pick(note.dutch, note.english)
    }

    /// `alleen voor werkenden en teams`, `only for levels 1 to 5`.
    func obstacle(_ obstacle: FundingRule.Obstacle) -> String {
        switch obstacle {
        case .audience(let audiences):
            let names = list(Audience.allCases.filter(audiences.contains).map(audience))
            return language.pick("alleen voor \(names)", "only for \(names)")
        case .employment(let employments):
            let names = list(Employment.allCases.filter(employments.contains).map(employment))
            return language.pick("alleen voor wie \(names) is", "only for who is \(names)")
        case .level(let levels, let level):
            let range =
                levels.lowerBound == levels.upperBound
                ? "\(levels.lowerBound)"
                : language.pick(
                    "\(levels.lowerBound) tot en met \(levels.upperBound)",
                    "\(levels.lowerBound) to \(levels.upperBound)")
            let own =
                level.map { language.pick("dit is \($0)", "this is \($0)") }
                ?? language.pick("hier niet vermeld", "not stated here")
            return language.pick(
                "alleen op niveau \(range), \(own)", "only at level \(range), \(own)")
        case .kind(let kinds):
            let names = list(CourseKind.allCases.filter(kinds.contains).map(kind))
            return language.pick("alleen voor \(names)", "only for \(names)")
        }
    }

    /// `in loondienst`, `employed`.
    func employment(_ employment: Employment) -> String {
        switch employment {
        case .employed: language.pick("in loondienst", "employed")
        case .selfEmployed: language.pick("zelfstandig", "self-employed")
        case .unemployed: language.pick("zonder werk", "unemployed")
        }
    }
}

extension FundingRule.Obstacle {
    /// The obstacle in plain words, without a capital or a full stop.
    public func text(in language: ReasonLanguage) -> String {
        PlainWords(language: language).obstacle(self)
    }
}
