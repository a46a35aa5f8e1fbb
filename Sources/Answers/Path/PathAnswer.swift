import CourseModel
import Matching
import SearchIndex
import Skills

/// The answer to a question for paths: the paths, why each step fits, and what stays open.
public struct PathAnswer: Sendable {
    /// The paths.
    public let results: PathResults
    /// What it is said with.
    public let context: AnswerContext
    /// The profile as it was understood.
    public var resolved: ResolvedProfile { context.resolved }
    /// The language of the answer.
    public var language: AnswerLanguage { context.language }
    /// The day that is taken for today.
    public var today: CalendarDate { context.today }

    /// The answer in the form of the JSON contract.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func json() throws -> PathJSON { try PathJSON(self) }

    /// What a skill is called.
    public func label(_ skill: Int) -> String { context.label(skill) }

    /// The offering of a step as every output form shows it.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(_ step: LearningStep) throws -> ResultRow { try context.row(step.match) }

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
