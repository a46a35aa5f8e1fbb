import Answers
import CourseModel
import Matching

/// What fits someone, as the page shows it: matches with their reasons, near misses, and paths as
/// timelines.
struct LearnerAnswer {
    private static let most = 10

    private let frame: PageFrame
    private let desk: LearnerDesk
    private let resolved: ResolvedProfile
    private let language: AnswerLanguage

    init(_ frame: PageFrame, _ desk: LearnerDesk, _ resolved: ResolvedProfile) {
        self.frame = frame
        self.desk = desk
        self.resolved = resolved
        language = frame.language
    }

    /// The answer, as the template takes it.
    var fields: Fields {
        get throws {
            let answer = desk.answer(
                try desk.match(resolved, limit: Self.most, oncePerCourse: true), for: resolved)
            let matches = answer.matches
            let understood = answer.understanding
            var fields: Fields = [
                "answered": true, "headline": headline(matches),
                "understood": understood.map { ["text": $0] },
                "hasUnderstood": !understood.isEmpty,
                "unmet": answer.notUnderstood.map { ["text": $0] },
                "matches": try matches.results.map { try self.fields($0, answer) },
                "misses": try matches.nearMisses.map { miss -> Fields in
                    let row = try answer.row(miss.match)
                    return frame.fields(row, number: 0).merging([
                        "by": miss.text(in: language.reasons)
                    ]) { $1 }
                }, "hasMisses": !matches.nearMisses.isEmpty,
            ]
            if !resolved.gap.isEmpty {
                fields.merge(try paths()) { $1 }
            }
            return fields
        }
    }

    private func headline(_ matches: MatchResults) -> String {
        if matches.totalCourses == 0 {
            if resolved.gap.isEmpty, resolved.hasWish {
                return language(
                    nl: "We begrijpen je wens nog niet", en: "We do not understand your wish yet")
            }
            return language(nl: "Er past nu niets", en: "Nothing fits now")
        }
        return language(
            nl: matches.totalCourses == 1
                ? "1 cursus past" : "\(matches.totalCourses) cursussen passen",
            en: matches.totalCourses == 1 ? "1 course fits" : "\(matches.totalCourses) courses fit")
    }

    private func fields(_ match: Match, _ answer: MatchAnswer) throws -> Fields {
        var fields = frame.fields(try answer.row(match), number: 0)
        // Who wishes for nothing has nothing that could be fulfilled.
        let skills =
            resolved.hasWish
            ? [(language(nl: "Vaardigheden", en: "Skills"), match.parts.skills)] : []
        let parts =
            skills + [
                (language(nl: "Reis", en: "Travel"), match.parts.travel),
                (language(nl: "Niveau", en: "Level"), match.parts.level),
                (language(nl: "Tijd", en: "Time"), match.parts.time),
                (language(nl: "Kosten", en: "Cost"), match.parts.cost),
                (language(nl: "Wensen", en: "Wishes"), match.parts.preferences),
            ]
        fields["parts"] = parts.map { ["label": $0.0, "percent": Int($0.1) / 10] as Fields }
        fields["reasons"] = match.reasons.map { reason -> Fields in
            let isAgainst = Self.isAgainst(reason)
            return [
                "text": reason.text(in: language.reasons), "tone": isAgainst ? "against" : "for",
                "icon": isAgainst ? "minus" : "check",
            ]
        }
        if let net = match.netPrice {
            let money = frame.wording.money(
                Money(FixedDecimal(scaled: Int64(net.cents) * 100), .euro))
            fields["net"] = language(
                nl: "\(money) met \(net.rule.name.dutch)",
                en: "\(money) with \(net.rule.name.english)")
        }
        return fields
    }

    /// Whether a reason tells against an offering, or only that something is not known.
    private static func isAgainst(_ reason: Reason) -> Bool {
        switch reason {
        case .travel(_, _, _, _, _, let beyond): beyond != nil
        case .starts(_, let outside): outside != 0
        case .slots(_, let taken): !taken.isEmpty
        case .dayParts(_, let taken): !taken.isEmpty
        case .hours(let hours, let of): hours > of
        case .price(let cents, _, _, let budget): budget.map { cents > $0 } ?? false
        case .noRoute, .placeNotStated, .startNotStated, .endsAfterDeadline, .priceNotStated,
            .schemeRefuses, .otherLanguages, .otherModes, .otherAudience,
            .otherKind, .notStated, .notAccessible, .accessibilityNotStated:
            true
        case .childcare(let shortfall), .commute(let shortfall): shortfall != nil
        default: false
        }
    }

    // MARK: Paths

    private func paths() throws -> Fields {
        let answer = desk.answer(try desk.paths(for: resolved, leastShare: 80), for: resolved)
        let words = PathWording(answer)
        let results = answer.results
        let paths = try results.paths.map { path -> Fields in
            let first = answer.today.daysSince1970
            let span = max(1, Double(path.finish.daysSince1970 - first))
            let names = words.names(of: path)
            var fields: Fields = [
                "name": language(nl: "Het \(names) pad", en: "The \(names) path"),
                "summary": words.summary(path), "from": frame.wording.date(answer.today),
                "to": frame.wording.date(path.finish),
                "steps": try path.steps.map { step -> Fields in
                    let row = try answer.row(step)
                    let from = Double(step.start.daysSince1970 - first) / span * 1000
                    let width = Double(step.end.daysSince1970 - step.start.daysSince1970 + 1)
                    let drawn = min(max(12, width / span * 1000), 1000)
                    var fields = frame.fields(row, number: 0)
                    fields["x"] = Int(min(max(0, from), 1000 - drawn))
                    fields["width"] = Int(drawn)
                    fields["period"] = words.period(step)
                    if let hours = step.hoursPerWeek {
                        fields["hours"] =
                            words.hours(hours) + language(nl: " per week", en: " a week")
                    }
                    fields["cost"] =
                        step.cents.map(words.money)
                        ?? language(nl: "prijs niet vermeld", en: "price not stated")
                    fields["closes"] = words.labels(step.closes)
                    return fields
                }, "proof": words.proofs(path).joined(separator: "; "),
            ]
            if !path.open.isEmpty { fields["open"] = words.labels(path.open) }
            return fields
        }
        return [
            "paths": paths, "hasPaths": !paths.isEmpty,
            "relaxations": results.relaxations.map { ["text": words.text($0)] },
            "hasRelaxations": !results.relaxations.isEmpty,
        ]
    }
}
