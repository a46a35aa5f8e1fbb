import CourseModel
import Matching
import SearchIndex
import Skills

/// The answer to a match: the offerings that fit, why, and what is just out of reach.
public struct MatchAnswer: Sendable {
    /// The offerings that fit.
    public let matches: MatchResults
    /// What it is said with.
    public let context: AnswerContext
    /// The profile as it was understood.
    public var resolved: ResolvedProfile { context.resolved }
    /// The language of the answer.
    public var language: AnswerLanguage { context.language }
    /// The day that is taken for today.
    public var today: CalendarDate { context.today }
    private var skills: SkillsCatalogue { context.skills }

    /// What a skill is called.
    public func label(_ skill: Int) -> String { context.label(skill) }

    /// The offering of a match as every output form shows it.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(_ match: Match) throws -> ResultRow { try context.row(match) }

    /// What the profile's words were taken for, so that a wrong reading is seen at once.
    public var understanding: [String] {
        var lines: [String] = []
        func add(_ resolution: Resolution?, nl: String, en: String) {
            guard let resolution else { return }
            // A wish that was not understood has a sentence of its own.
            if resolution.best == nil, isWish(resolution) { return }
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
        if let current = resolved.currentOccupation, current.best == nil {
            add(current, nl: "werkt als", en: "works as")
        }
        add(resolved.wantedOccupation, nl: "wil worden", en: "wants to be")
        for skill in resolved.skillsWanted { add(skill, nl: "wil leren", en: "wants to learn") }
        for skill in resolved.skillsHad where skill.best == nil {
            add(skill, nl: "kan al", en: "can already")
        }
        for member in resolved.members {
            for word in member.words where word.best.map({ $0.confidence < 0.9 }) ?? true {
                add(word, nl: member.name, en: member.name)
            }
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

    private func isWish(_ resolution: Resolution) -> Bool {
        resolved.unrecognisedWishes.contains { $0.resolution == resolution }
    }

    /// The wishes that were not understood, to be read before anything that fits.
    public var notUnderstood: [String] { context.notUnderstood }

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
            var notUnderstood: [NotUnderstoodJSON]
        }

        var total: Int
        var totalCourses: Int
        var query: QueryJSON
        var results: [MatchJSON]
        var nearMisses: [Beside<MatchJSON, Blocked>]
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

    /// A need of the learner, and whether it is met; `null` when the offering does not say.
    struct NeedJSON: Encodable {
        var need: String
        var met: Nullable<Bool>
    }

    /// What is told of a match beside its row.
    public struct Fields: Encodable {
        var parts: Parts
        var covers: [String]
        var net: Nullable<FundingJSON.Net>
        var funding: [FundingJSON]
        var needs: [NeedJSON]
        var reasons: [String]
    }

    /// A result's own fields and, beside them, those of a match.
    public typealias MatchJSON = Beside<ResultRow.JSON, Fields>

    /// What is told of a near miss beside its match.
    public struct Blocked: Encodable {
        var blockedBy: String
        var by: String
    }

    /// A match in the form of the JSON contract.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func json(_ match: Match) throws -> MatchJSON {
        try context.json(match)
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
                gap: resolved.gap.filter(\.isCounted).map { skills.skillID($0.skill).value },
                notUnderstood: context.notUnderstoodJSON),
            results: try matches.results.map(json),
            nearMisses: try matches.nearMisses.map {
                Beside(
                    try json($0.match),
                    Blocked(
                        blockedBy: $0.blockedBy.rawValue, by: $0.text(in: language.reasons)))
            })
    }
}

extension AnswerContext {
    /// A match in the form of the JSON contract.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    func json(_ match: Match) throws -> MatchAnswer.MatchJSON {
        Beside(
            try row(match).json,
            MatchAnswer.Fields(
                parts: MatchAnswer.Parts(match.parts), covers: match.covers.map(id),
                net: Nullable(
                    match.netPrice.map { FundingJSON.Net($0, language: language.reasons) }),
                funding: match.funding.map { FundingJSON($0, language: language.reasons) },
                needs: match.needs.map {
                    MatchAnswer.NeedJSON(need: $0.name, met: Nullable($0.isMet))
                },
                reasons: match.reasons.map { $0.text(in: language.reasons) }))
    }
}
