import CourseModel

/// What a plain word or phrase means in a catalogue: the likeliest concept and its rivals.
public struct Resolution: Hashable, Sendable {
    /// The text that was looked up.
    public let text: String
    /// The concepts it may mean, likeliest first; none when nothing comes near.
    public let matches: [ConceptMatch]

    /// From what confidence on a match is taken without asking.
    public static let threshold = 0.5

    /// The concept to go on with: the first one, when it is likely enough.
    public var best: ConceptMatch? {
        matches.first.flatMap { $0.confidence >= Self.threshold ? $0 : nil }
    }

    /// The other concepts that it may mean.
    public var alternatives: ArraySlice<ConceptMatch> {
        best == nil ? matches[...] : matches.dropFirst()
    }
}

/// A concept that a text may mean, and why.
public struct ConceptMatch: Hashable, Sendable {
    /// What the match rests on, strongest first.
    public enum Basis: String, Hashable, Sendable, CaseIterable {
        /// The text is the concept's id.
        case id
        /// The text is its preferred label, apart from case and accents.
        case label
        /// The text is another label of it.
        case alternativeLabel = "alternative-label"
        /// The words are those of a label, apart from their order and endings.
        case words
        /// The letters come near to those of a label.
        case letters
    }

    /// The concept's number in its catalogue.
    public let number: Int
    /// The label that came nearest.
    public let label: String
    /// What the match rests on.
    public let basis: Basis
    /// How sure it is, 0...1.
    public let confidence: Double
}

extension SkillsCatalogue {
    /// The skills that a Dutch or English word or phrase, or an id, may mean.
    ///
    /// - Parameter limit: How many at most.
    public func resolveSkill(_ text: String, limit: Int = 5) -> Resolution {
        answering { resolve(text, in: skillTable, limit: limit, skillNames) { nearSkills } }
    }

    /// The occupations that a Dutch or English job title, or an id, may mean.
    ///
    /// - Parameter limit: How many at most.
    public func resolveOccupation(_ text: String, limit: Int = 5) -> Resolution {
        answering {
            resolve(text, in: occupationTable, limit: limit, occupationNames) { nearOccupations }
        }
    }

    /// The skill whose label or alternative label a text is, in any of its forms.
    func resolveExactly(_ text: String) -> ConceptMatch? {
        answering { skillNames.matches(String(text.trimmingSpaces())).first }
    }

    private func resolve(
        _ text: String, in table: ConceptTable, limit: Int,
        _ exact: @autoclosure () -> ExactNames, _ near: () -> NearNames
    ) -> Resolution {
        let trimmed = String(text.trimmingSpaces())
        if let number = table.number(of: trimmed) {
            let match = ConceptMatch(
                number: number, label: table.label(number, in: .dutch), basis: .id, confidence: 1)
            return Resolution(text: text, matches: [match])
        }
        // A label in so many words needs no guessing, and no index of letters.
        let matches = exact().matches(trimmed)
        return Resolution(
            text: text,
            matches: matches.isEmpty
                ? near().matches(trimmed, limit: limit) : Array(matches.prefix(limit)))
    }
}
