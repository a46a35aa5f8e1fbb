import CourseModel
import Glibc
import Matching
import Skills

/// The answer to a match in each of its forms.
struct MatchOutput {
    let matches: MatchResults
    let resolved: ResolvedProfile
    let skills: SkillsCatalogue
    let rows: ResultRows
    let language: AnswerLanguage
    let today: CalendarDate

    func print(as form: OutputForm) throws {
        switch form {
        case .table: try printText()
        case .json: try Console.print(try JSONOutput.line(try json()))
        case .ndjson:
            for match in matches.results { try Console.print(try JSONOutput.line(try json(match))) }
        case .csv:
            try Console.write(CSVOutput.line(CSVOutput.heading), to: STDOUT_FILENO)
            for match in matches.results {
                try Console.write(
                    CSVOutput.line(CSVOutput.cells(try row(match))), to: STDOUT_FILENO)
            }
        case .geojson:
            try Console.print(try JSONOutput.line(GeoJSONOutput(try matches.results.map(row))))
        case .ics:
            let (text, left) = CalendarOutput.text(try matches.results.map(row), made: today)
            try Console.write(text, to: STDOUT_FILENO)
            if left > 0 {
                Console.complain(
                    language(
                        nl: "\(left) uitvoeringen zonder begindatum staan niet in de agenda",
                        en: "\(left) offerings without a start day are not in the calendar"))
            }
        }
    }

    private func row(_ match: Match) throws -> ResultRow {
        try rows.row(
            offering: match.offering, venue: 0, kilometres: match.travel.map { $0.metres / 1000 },
            minutes: match.travel.map { Int($0.minutes.rounded(.up)) }, score: match.score)
    }

    private var reasonLanguage: ReasonLanguage { language == .nl ? .dutch : .english }

    private func label(_ skill: Int) -> String {
        skills.skillLabel(skill, in: language == .nl ? .dutch : .english)
    }

    // MARK: Text

    private func printText() throws {
        let terminal = Terminal.output
        let width = terminal.width ?? 100
        for line in understanding { try Console.print(terminal.dim(line)) }
        try Console.print("")
        guard !matches.results.isEmpty else {
            try Console.print(
                language(
                    nl: "Niets past binnen alle grenzen van dit profiel.",
                    en: "Nothing fits within all limits of this profile."))
            try printNearMisses(width)
            return
        }
        try Console.print(
            terminal.bold(
                language(
                    nl:
                        "\(matches.total) uitvoeringen van \(matches.totalCourses) cursussen passen; "
                        + "de beste \(matches.results.count):",
                    en: "\(matches.total) offerings of \(matches.totalCourses) courses fit; "
                        + "the best \(matches.results.count):")))
        let wording = Wording(language: language)
        for (number, match) in matches.results.enumerated() {
            let row = try row(match)
            try Console.print("")
            for (index, line) in "\(number + 1). \(row.title)".wrapped(to: width).enumerated() {
                try Console.print(index == 0 ? terminal.bold(line) : "   " + terminal.bold(line))
            }
            let facts = [
                row.provider, row.place, wording.kind(row.kind),
                row.level.eqf == nil ? nil : wording.level(row.level, stated: nil),
                wording.start(row.start), wording.price(row.price, includesVAT: row.includesVAT),
            ].compactMap { $0 }
            try indented(facts.joined(separator: " · "), width, terminal.dim)
            for reason in match.reasons {
                try indented("• " + reason.text(in: reasonLanguage), width) { $0 }
            }
            try indented(parts(match.parts), width, terminal.dim)
            try indented(row.offering.value, width, terminal.dim)
        }
        try printNearMisses(width)
    }

    private func indented(
        _ text: String, _ width: Int, _ style: (String) -> String
    ) throws(Failure) {
        for line in text.wrapped(to: max(20, width - 3)) {
            try Console.print("   " + style(line))
        }
    }

    /// What the profile's words were taken for, so that a wrong reading is seen at once.
    private var understanding: [String] {
        var lines: [String] = []
        func add(_ resolution: Resolution?, nl: String, en: String) {
            guard let resolution else { return }
            let name = language(nl: nl, en: en)
            if let best = resolution.best {
                let sure = best.confidence < 0.9 ? " (\(Int(best.confidence * 100)) %)" : ""
                lines.append("\(name): “\(resolution.text)” → \(best.label)\(sure)")
            } else {
                lines.append(
                    "\(name): “\(resolution.text)” → "
                        + language(nl: "niet herkend", en: "not recognised"))
            }
        }
        add(resolved.wantedOccupation, nl: "wil worden", en: "wants to be")
        for skill in resolved.skillsWanted { add(skill, nl: "wil leren", en: "wants to learn") }
        for skill in resolved.skillsHad where skill.best == nil {
            add(skill, nl: "kan al", en: "can already")
        }
        let counted = resolved.gap.filter(\.isCounted)
        if !counted.isEmpty {
            let names = counted.map { label($0.skill) }
            lines.append(
                language(nl: "nog te leren: ", en: "still to learn: ")
                    + names.joined(separator: ", "))
        }
        return lines
    }

    private func parts(_ parts: MatchParts) -> String {
        let named = [
            (language(nl: "vaardigheden", en: "skills"), parts.skills),
            (language(nl: "reis", en: "travel"), parts.travel),
            (language(nl: "niveau", en: "level"), parts.level),
            (language(nl: "tijd", en: "time"), parts.time),
            (language(nl: "kosten", en: "cost"), parts.cost),
            (language(nl: "wensen", en: "wishes"), parts.preferences),
        ]
        let separator = language == .nl ? "," : "."
        return named.map { name, thousandths in
            let hundredths = thousandths / 10
            return "\(name) \(hundredths / 100)\(separator)"
                + "\(hundredths / 10 % 10)\(hundredths % 10)"
        }.joined(separator: "  ")
    }

    private func printNearMisses(_ width: Int) throws {
        guard !matches.nearMisses.isEmpty else { return }
        try Console.print("")
        try Console.print(
            Terminal.output.bold(
                language(nl: "Net buiten bereik:", en: "Just out of reach:")))
        for miss in matches.nearMisses {
            let row = try row(miss.match)
            try indented(
                "• \(row.title) (\(row.provider), \(row.place)): "
                    + miss.by.text(in: reasonLanguage), width
            ) { $0 }
        }
    }

    // MARK: JSON

    /// What machines can rely on for `match`, and for each line of `batch`.
    struct JSON: Encodable {
        struct Concept: Encodable {
            var text: String
            var id: Nullable<String>
            var label: Nullable<String>
            var confidence: Nullable<Double>
        }

        struct QueryJSON: Encodable {
            var wantedOccupation: Nullable<Concept>
            var skillsHad: [Concept]
            var skillsWanted: [Concept]
            var gap: [String]
        }

        var total: Int
        var totalCourses: Int
        var query: QueryJSON
        var results: [MatchJSON]
        var nearMisses: [NearMissJSON]
    }

    struct Parts: Encodable {
        var skills: Double
        var travel: Double
        var level: Double
        var time: Double
        var cost: Double
        var preferences: Double

        init(_ parts: MatchParts) {
            skills = Double(parts.skills) / 1000
            travel = Double(parts.travel) / 1000
            level = Double(parts.level) / 1000
            time = Double(parts.time) / 1000
            cost = Double(parts.cost) / 1000
            preferences = Double(parts.preferences) / 1000
        }
    }

    /// A result's own fields and, beside them, those of a match.
    struct MatchJSON: Encodable {
        var row: ResultRow.JSON
        var parts: Parts
        var covers: [String]
        var net: Nullable<FundingJSON.Net>
        var funding: [FundingJSON]
        var reasons: [String]

        enum CodingKeys: CodingKey { case parts, covers, net, funding, reasons }

        func encode(to encoder: any Encoder) throws {
            try row.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(parts, forKey: .parts)
            try container.encode(covers, forKey: .covers)
            try container.encode(net, forKey: .net)
            try container.encode(funding, forKey: .funding)
            try container.encode(reasons, forKey: .reasons)
        }
    }

    struct NearMissJSON: Encodable {
        var match: MatchJSON
        var blockedBy: String
        var by: String

        enum CodingKeys: CodingKey { case blockedBy, by }

        func encode(to encoder: any Encoder) throws {
            try match.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(blockedBy, forKey: .blockedBy)
            try container.encode(by, forKey: .by)
        }
    }

    private func json(_ match: Match) throws -> MatchJSON {
        MatchJSON(
            row: try row(match).json, parts: Parts(match.parts),
            covers: match.covers.map { skills.skillID($0).value },
            net: Nullable(match.netPrice.map { FundingJSON.Net($0, language: reasonLanguage) }),
            funding: match.funding.map { FundingJSON($0, language: reasonLanguage) },
            reasons: match.reasons.map { $0.text(in: reasonLanguage) })
    }

    /// The whole answer.
    func json() throws -> JSON {
        func skill(_ resolution: Resolution) -> JSON.Concept {
            JSON.Concept(
                text: resolution.text,
                id: Nullable(resolution.best.map { skills.skillID($0.number).value }),
                label: Nullable(resolution.best?.label),
                confidence: Nullable(resolution.best?.confidence))
        }
        let occupation = resolved.wantedOccupation.map { resolution in
            JSON.Concept(
                text: resolution.text,
                id: Nullable(resolution.best.map { skills.occupationID($0.number).value }),
                label: Nullable(resolution.best?.label),
                confidence: Nullable(resolution.best?.confidence))
        }
        return JSON(
            total: matches.total, totalCourses: matches.totalCourses,
            query: JSON.QueryJSON(
                wantedOccupation: Nullable(occupation),
                skillsHad: resolved.skillsHad.map(skill),
                skillsWanted: resolved.skillsWanted.map(skill),
                gap: resolved.gap.filter(\.isCounted).map { skills.skillID($0.skill).value }),
            results: try matches.results.map(json),
            nearMisses: try matches.nearMisses.map {
                NearMissJSON(
                    match: try json($0.match), blockedBy: $0.blockedBy.rawValue,
                    by: $0.by.text(in: reasonLanguage))
            })
    }
}
