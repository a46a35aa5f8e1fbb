import CourseModel
import Matching
import SearchIndex
import Skills

/// The answer to a question for paths: the paths, why each step fits, and what stays open.
public struct PathAnswer: Sendable {
    /// The paths.
    public let results: PathResults
    /// The profile as it was understood.
    public let resolved: ResolvedProfile
    /// The language of the answer.
    public let language: AnswerLanguage
    /// The day that is taken for today.
    public let today: CalendarDate
    private let skills: SkillsCatalogue
    private let rows: ResultRows

    init(
        results: PathResults, resolved: ResolvedProfile, skills: SkillsCatalogue,
        rows: ResultRows, language: AnswerLanguage, today: CalendarDate
    ) {
        self.results = results
        self.resolved = resolved
        self.skills = skills
        self.rows = rows
        self.language = language
        self.today = today
    }

    /// The answer in the form of the JSON contract.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func json() throws -> PathJSON { try PathJSON(self) }

    /// What a skill is called.
    public func label(_ skill: Int) -> String { skills.skillLabel(skill, in: language.tag) }

    /// A skill's id.
    func id(_ skill: Int) -> String { skills.skillID(skill).value }

    /// The offering of a step as every output form shows it.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(_ step: LearningStep) throws -> ResultRow { try rows.row(of: step.match) }

    /// Why a step fits, without what the path itself tells.
    public func reasons(_ step: LearningStep) -> [Reason] {
        step.match.reasons.filter {
            switch $0 {
            case .closes, .comesNear, .starts, .startsAnyTime, .otherOccasions: false
            default: true
            }
        }
    }
}
