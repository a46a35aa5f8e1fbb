import CourseModel
import Matching
import SearchIndex
import Skills

/// What answers for a learner are made with: the profile as it was understood, and the language,
/// words and rows to say things in.
public struct AnswerContext: Sendable {
    /// The profile as it was understood.
    public let resolved: ResolvedProfile
    /// The language of the answer.
    public let language: AnswerLanguage
    /// The day that is taken for today.
    public let today: CalendarDate
    let skills: SkillsCatalogue
    let rows: ResultRows

    /// What a skill is called.
    public func label(_ skill: Int) -> String { skills.skillLabel(skill, in: language.tag) }

    /// A skill's id.
    public func id(_ skill: Int) -> String { skills.skillID(skill).value }

    /// The offering of a match as every output form shows it.
    ///
    /// - Throws: ``IndexError`` when the index is damaged.
    public func row(_ match: Match) throws -> ResultRow { try rows.row(of: match) }
}
