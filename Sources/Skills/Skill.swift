import CourseModel

/// Something that people can do or know, in the words of a skills classification such as ESCO.
public struct Skill: Hashable, Sendable {
    /// Whether it is done or known.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Something one can do.
        case skill
        /// Something one knows.
        case knowledge
    }

    /// Its id in the classification.
    public let id: ID<Skill>
    /// Whether it is done or known.
    public let kind: Kind
    /// What it is called: one preferred label a language.
    public let label: LocalizedText
    /// What else it is called.
    public let alternativeLabels: LocalizedText
    /// The ids of the skills or groups that it is part of.
    public let broader: [String]
}

/// Work that people do, in the words of a classification such as ESCO.
public struct Occupation: Hashable, Sendable {
    /// Its id in the classification.
    public let id: ID<Occupation>
    /// What it is called: one preferred label a language.
    public let label: LocalizedText
    /// What else it is called.
    public let alternativeLabels: LocalizedText
    /// Its unit group of ISCO-08, four digits, when given.
    public let isco08: String?
    /// The ids of the occupations or groups that it is part of.
    public let broader: [String]
}

/// A skill that an occupation asks for.
public struct SkillNeed: Hashable, Sendable {
    /// How much the occupation asks for it (ESCO's two kinds of relation).
    public enum Importance: String, Hashable, Sendable, CaseIterable {
        /// Whoever has the occupation has it.
        case essential
        /// It depends on the employer or the place.
        case optional
    }

    /// The skill's number in its catalogue.
    public let skill: Int
    /// How much it is asked for.
    public let importance: Importance
}
