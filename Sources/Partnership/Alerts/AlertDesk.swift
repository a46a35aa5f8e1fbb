import Answers
import CourseModel
import Ingest
import Matching
import Places
import SearchIndex
import Settings

/// Asks what alerts ask.
struct AlertDesk {
    /// How many offerings an alert may find; whoever wants the whole catalogue takes a feed.
    static let mostFound = 1_000

    let catalogue: Catalogue
    let travel: TravelTimes

    private var workspace: Workspace { catalogue.workspace }

    private var usualLanguage: AnswerLanguage {
        workspace.configuration.languages.first == .english ? .en : .nl
    }

    /// What an alert finds now.
    ///
    /// - Throws: `SettingsFaults` for what is wrong in the alert's or the profile's file;
    ///   ``AlertError/tooBroad(found:limit:)``; errors of the catalogue.
    func findings(of alert: Alert) throws -> AlertFindings {
        do {
            switch alert.question {
            case .search:
                return try catalogue.answering { try search(alert, in: $0) }
            case .profile(let file, let best):
                let profile = try Profile.read(
                    try Workspace.read(file), file: file, today: catalogue.today,
                    schemes: try FundingRules.read(workspace).schemes)
                return try catalogue.answering { index in
                    try match(alert, profile, file: file, best: best, in: index)
                }
            }
        } catch let fault as FilterFault {
            throw SettingsFaults([
                SettingsFault(
                    file: AlertFolder(workspace).path(of: alert.name), line: nil,
                    field: "search.\(fault.filter)",
                    message: fault.message.replacing("--", with: ""))
            ])
        }
    }

    /// As `search` asks.
    private func search(_ alert: Alert, in index: IndexReader) throws -> AlertFindings {
        let language = alert.language ?? usualLanguage
        let reader = FilterReader(
            gazetteer: try catalogue.gazetteer(), mayNamePlace: catalogue.mayNamePlace,
            skills: try catalogue.skills(), index: index, synonyms: try catalogue.synonyms(),
            travel: travel, today: catalogue.today)
        var understood = try reader.learnersQuery(alert.filters)
        understood.query.limit = Self.mostFound
        let answer = try SearchAnswer(understood, in: index, language: language)
        guard answer.results.total <= Self.mostFound else {
            throw AlertError.tooBroad(found: answer.results.total, limit: Self.mostFound)
        }
        return AlertFindings(
            found: answer.rows.filter(\.canBeTakenUp).map { AlertFinding(row: $0, reasons: []) },
            generation: index.generation, language: language)
    }

    /// As `match` asks.
    private func match(
        _ alert: Alert, _ profile: Profile, file: String, best: Int, in index: IndexReader
    ) throws -> AlertFindings {
        let desk = try LearnerDesk(
            index: index, gazetteer: try catalogue.gazetteer(), skills: try catalogue.skills(),
            funding: try FundingRules.read(workspace), weights: try MatchWeights.read(workspace),
            travel: travel, filters: alert.filters, today: catalogue.today, named: alert.language,
            usual: usualLanguage)
        let resolved: ResolvedProfile
        do { resolved = try desk.resolve(profile) } catch {
            throw SettingsFaults([
                SettingsFault(file: file, line: nil, field: "", message: error.description)
            ])
        }
        let answer = desk.answer(
            try desk.match(resolved, limit: best, oncePerCourse: true), for: resolved)
        let found = try answer.matches.results.map { match in
            AlertFinding(
                row: try answer.row(match),
                reasons: match.reasons.map { $0.text(in: answer.language.reasons) })
        }
        return AlertFindings(
            found: found.filter(\.row.canBeTakenUp), generation: index.generation,
            language: answer.language)
    }
}

extension ResultRow {
    /// Whether it is neither full, closed nor cancelled.
    ///
    /// The questions leave such offerings out themselves; a message that was sent cannot be taken
    /// back, so it is looked at once more.
    fileprivate var canBeTakenUp: Bool { status == .open || status == .unstated }
}
