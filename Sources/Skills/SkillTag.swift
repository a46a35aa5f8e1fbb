import CourseModel

/// A skill that a course declares, as it stands in the catalogue.
public struct DeclaredSkillTag: Hashable, Sendable {
    /// The skill's number.
    public let skill: Int
    /// What the course calls it.
    public let declared: DeclaredSkill
    /// How sure it is that the declared words mean this skill, 0...1; 1 for an id.
    public let confidence: Double
}

/// A skill that the text of a course speaks of, though the course does not declare it.
public struct InferredSkillTag: Hashable, Sendable {
    /// The part of a course that a tag was found in.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        /// The parts, most telling first.
        case title, keyword, summary, section, description
    }

    /// The skill's number.
    public let skill: Int
    /// The words that gave it, as they stand in the text.
    public let words: String
    /// Where they stand.
    public let field: Field
    /// How sure it is, 0...1.
    public internal(set) var confidence: Double
}

/// The skills of one course: what it declares and what its text speaks of, kept apart.
public struct CourseSkills: Hashable, Sendable {
    /// What it declares, in its order, each skill once.
    public var declared: [DeclaredSkillTag]
    /// What its text speaks of, surest first; without the declared ones.
    public var inferred: [InferredSkillTag]
    /// What it declares but the catalogue does not know.
    public var unknown: [DeclaredSkill]
}
