import CourseModel

extension SkillsCatalogue {
    /// The skills of a course: declared ones resolved, others inferred from its texts.
    ///
    /// - Parameter limit: How many inferred ones at most; the surest are kept.
    public func skills(of course: Course, limit: Int = 12) -> CourseSkills {
        var result = CourseSkills(declared: [], inferred: [], unknown: [])
        var known: Set<Int> = []
        for skill in course.skills {
            guard let match = resolve(skill) else {
                result.unknown.append(skill)
                continue
            }
            if known.insert(match.number).inserted {
                result.declared.append(
                    DeclaredSkillTag(
                        skill: match.number, declared: skill, confidence: match.confidence))
            }
        }
        var best: [Int: InferredSkillTag] = [:]
        func take(_ text: String, _ language: LanguageTag?, _ field: InferredSkillTag.Field) {
            for tag in tags(in: text, language: language, field: field)
            where !known.contains(tag.skill) {
                if let other = best[tag.skill], other.confidence >= tag.confidence { continue }
                best[tag.skill] = tag
            }
        }
        for wording in course.title.wordings { take(wording.text, wording.language, .title) }
        for wording in course.summary.wordings { take(wording.text, wording.language, .summary) }
        for section in course.sections {
            for wording in section.text.wordings {
                take(wording.text.plainText, wording.language, .section)
            }
        }
        for wording in course.description.wordings {
            take(wording.text.plainText, wording.language, .description)
        }
        result.inferred = Array(Self.surestFirst(best.values).prefix(limit))
        return result
    }

    /// The skills that a text speaks of, surest first, each once.
    ///
    /// - Parameter language: Of the text; `nil` when not known, then both are tried.
    public func tags(
        in text: String, language: LanguageTag? = nil,
        field: InferredSkillTag.Field = .description
    ) -> [InferredSkillTag] {
        var best: [Int: InferredSkillTag] = [:]
        for tried in language.map({ [$0] }) ?? [.dutch, .english] {
            let words = splitWords(of: text, language: tried).filter { !$0.isStopword }
            let hits = phrases.hits(in: words, text: text, language: tried)
            let wide = Set(hits.filter { $0.places.count > 1 }.map(\.places))
            for hit in hits {
                // A short label within a longer one that stands here in full says less than that.
                let isPartOfOther = wide.contains {
                    $0.count > hit.places.count && Set($0).isSuperset(of: hit.places)
                }
                if isPartOfOther { continue }
                let tag = InferredSkillTag(
                    skill: hit.skill, words: evidence(hit, words, text), field: field,
                    confidence: confidence(hit, field))
                if let other = best[tag.skill], other.confidence >= tag.confidence { continue }
                best[tag.skill] = tag
            }
        }
        return Self.surestFirst(best.values)
    }

    private func resolve(_ skill: DeclaredSkill) -> ConceptMatch? {
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

    private func confidence(
        _ hit: PhraseIndex.Hit, _ field: InferredSkillTag.Field
    ) -> Double {
        var confidence: Double
        if hit.isSingle {
            confidence = hit.isPreferred ? 0.7 : 0.6
        } else {
            confidence = hit.isPreferred ? 0.9 : 0.85
            if !hit.inOrder { confidence -= 0.05 }
            // A word between two can change what they mean (“veilig digitaal werken” is not
            // “veilig werken”); among more words it seldom does.
            let between = Double(hit.span - hit.places.count)
            confidence -= (hit.places.count == 2 && hit.inOrder ? 0.35 : 0.1) * between
        }
        if field == .title { confidence += 0.08 }
        return max(0.05, min(confidence, 0.98))
    }

    private func evidence(_ hit: PhraseIndex.Hit, _ words: [Word], _ text: String) -> String {
        guard let first = hit.places.first, let last = hit.places.last else { return "" }
        return PhraseIndex.slice(text, words[first].range.lowerBound..<words[last].range.upperBound)
    }

    private static func surestFirst(_ tags: some Sequence<InferredSkillTag>) -> [InferredSkillTag] {
        tags.sorted {
            if $0.confidence != $1.confidence { return $0.confidence > $1.confidence }
            return $0.skill < $1.skill
        }
    }
}
