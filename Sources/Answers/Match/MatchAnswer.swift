import CourseModel
import Matching
import SearchIndex
import Skills

/// The answer to a match: the offerings that fit, why, and what is just out of reach.
public struct MatchAnswer: Sendable {
    /// The offerings that fit.
    public let matches: MatchResults
    /// The profile as it was understood.
    public let resolved: ResolvedProfile
    /// The language of the answer.
    public let language: AnswerLanguage
    /// The day that is taken for today.
    public let today: CalendarDate
    private let skills: SkillsCatalogue
    private let rows: ResultRows

    init(
        matches: MatchResults, resolved: ResolvedProfile, skills: SkillsCatalogue,
        rows: ResultRows, language: AnswerLanguage, today: CalendarDate
    ) {
        self.matches = matches
        self.resolved = resolved
        self.skills = skills
        self.rows = rows
        self.language = language
        self.today = today
    }

    /// What a skill is called.
    public func label(_ skill: Int) -> String { skills.skillLabel(skill, in: language.tag) }

    /// The offering of a match as every output form shows it.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(_ match: Match) throws -> ResultRow { try rows.row(of: match) }

    /// What the profile's words were taken for, so that a wrong reading is seen at once.
    public var understanding: [String] {
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

    /// What machines can rely on for `match`, and for each line of `batch`.
    public struct JSON: Encodable {
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

    /// What a score is made of, each 0...1.
    public struct Parts: Encodable {
        var skills: Double
        var travel: Double
        var level: Double
        var time: Double
        var cost: Double
        var preferences: Double

        /// The parts as shares.
        public init(_ parts: MatchParts) {
            skills = Double(parts.skills) / 1000
            travel = Double(parts.travel) / 1000
            level = Double(parts.level) / 1000
            time = Double(parts.time) / 1000
            cost = Double(parts.cost) / 1000
            preferences = Double(parts.preferences) / 1000
        }
    }

    /// A result's own fields and, beside them, those of a match.
    public struct MatchJSON: Encodable {
        var row: ResultRow.JSON
        var parts: Parts
        var covers: [String]
        var net: Nullable<FundingJSON.Net>
        var funding: [FundingJSON]
        var reasons: [String]

        enum CodingKeys: CodingKey { case parts, covers, net, funding, reasons }

        /// Writes both side by side.
        public func encode(to encoder: any Encoder) throws {
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

    /// A match in the form of the JSON contract.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func json(_ match: Match) throws -> MatchJSON {
        MatchJSON(
            row: try row(match).json, parts: Parts(match.parts),
            covers: match.covers.map { skills.skillID($0).value },
            net: Nullable(match.netPrice.map { FundingJSON.Net($0, language: language.reasons) }),
            funding: match.funding.map { FundingJSON($0, language: language.reasons) },
            reasons: match.reasons.map { $0.text(in: language.reasons) })
    }

    /// The whole answer in the form of the JSON contract.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func json() throws -> JSON {
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
                    by: $0.by.text(in: language.reasons))
            })
    }
}
