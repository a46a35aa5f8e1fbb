import CourseModel

extension SkillsCatalogue {
    /// The skills of a course: declared ones resolved, others inferred from its texts.
    ///
    /// For many courses a ``SkillTagger`` is quicker.
    ///
    /// - Parameter limit: How many inferred ones at most; the surest are kept.
    public func skills(of course: Course, limit: Int = 12) -> CourseSkills {
        SkillTagger(self).skills(of: course, limit: limit)
    }

    /// The skills that a text speaks of, surest first, each once.
    ///
    /// - Parameter language: Of the text; `nil` when not known, then both are tried.
    public func tags(
        in text: String, language: LanguageTag? = nil,
        field: InferredSkillTag.Field = .description
    ) -> [InferredSkillTag] {
        SkillTagger(self).tags(in: text, language: language, field: field)
    }

    /// The skill that a course declares, when it can be told which it is.
    func resolve(_ skill: DeclaredSkill) -> ConceptMatch? {
        if let id = skill.id, let number = number(of: ID<Skill>(id)) {
            return ConceptMatch(number: number, label: id, basis: .id, confidence: 1)
        }
        for wording in skill.label.wordings {
            // An id of a scheme that is not imported: its label may be ours to the letter, but
            // guessing at each of thousands of such labels costs more than reading the feed.
            if skill.id != nil {
                if let match = resolveExactly(wording.text) { return match }
                continue
            }
            // What a course declares is taken for more than its letters alone only when the words
            // are those of a label.
            if let match = resolveSkill(wording.text, limit: 1).matches.first,
                match.basis != .letters || match.confidence >= 0.8
            {
                return match
            }
        }
        return nil
    }
}
