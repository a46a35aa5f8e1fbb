import CourseModel

/// Skills that are near to one.
public struct SimilarSkill: Hashable, Sendable {
    /// The skill's number.
    public let skill: Int
    /// How near it is, 0...1; 1 is the skill itself.
    public let similarity: Double
}

extension SkillsCatalogue {
    /// How near two skills are, 0...1: 1 only for a skill and itself.
    ///
    /// The hierarchy and the labels vote. A skill and one that it is part of are the nearer, the
    /// fewer parts the whole has: whoever learns one of three thirds of a skill has learnt much of
    /// it, one of thirty next to nothing. Two parts of the same narrow group are at least 0.3;
    /// likeness of the labels adds to that and counts by itself. It is the same both ways.
    public func similarity(_ first: Int, _ second: Int) -> Double {
        if first == second { return 1 }
        let hierarchy = hierarchy
        let labels = labelSimilarity(first, second)
        var result = Self.labelShare * labels
        if let parts = parts(of: second, with: first, hierarchy)
            ?? parts(of: first, with: second, hierarchy)
        {
            result = max(result, max(0.3, 0.7 - 0.05 * Double(parts)) + 0.3 * labels)
        } else if hierarchy.groups[first].contains(where: {
            hierarchy.members[Int($0)].count <= Self.narrowGroup
                && hierarchy.groups[second].contains($0)
        }) {
            result = max(result, 0.3 + 0.5 * labels)
        }
        return min(result, Self.mostOfOthers)
    }

    /// The skills that are at least so near to one, itself first, then nearest first, then by
    /// number.
    public func skills(near skill: Int, atLeast least: Double = 0.5) -> [SimilarSkill] {
        derived.near(Derived.NearQuestion(skill: skill, least: least)) {
            answering { findSkills(near: skill, atLeast: least) }
        }
    }

    private func findSkills(near skill: Int, atLeast least: Double) -> [SimilarSkill] {
        // Nothing else is so near, which need not be looked for among all labels.
        guard least <= Self.mostOfOthers else { return [SimilarSkill(skill: skill, similarity: 1)] }
        let hierarchy = hierarchy
        var candidates: Set<Int> = []
        for group in hierarchy.groups[skill] {
            let members = hierarchy.members[Int(group)]
            if members.count <= Self.narrowGroup { candidates.formUnion(members.map(Int.init)) }
        }
        if hierarchy.asGroup[skill] >= 0 {
            candidates.formUnion(
                hierarchy.members[Int(hierarchy.asGroup[skill])].map(Int.init))
        }
        for id in skillTable.broader(skill) {
            if let number = skillTable.number(of: id) { candidates.insert(number) }
        }
        // Without the hierarchy the labels alone must make them so near.
        candidates.formUnion(
            triples.skills(like: skill, in: skillTable, atLeast: least / Self.labelShare))
        candidates.remove(skill)
        let near = candidates.map { SimilarSkill(skill: $0, similarity: similarity(skill, $0)) }
        return [SimilarSkill(skill: skill, similarity: 1)]
            + near.filter { $0.similarity >= least }.sorted {
                if $0.similarity != $1.similarity { return $0.similarity > $1.similarity }
                return $0.skill < $1.skill
            }
    }

    /// How near another skill is at most.
    private static let mostOfOthers = 0.95

    /// What the same label counts by itself.
    private static let labelShare = 0.8

    /// Up to how many members a group says that its members are alike: ESCO's wide groups
    /// ("assisting and caring") hold hundreds that are not.
    private static let narrowGroup = 40

    /// How many parts a skill has, when the other one is one of them.
    private func parts(of whole: Int, with part: Int, _ hierarchy: SkillHierarchy) -> Int? {
        let group = hierarchy.asGroup[whole]
        guard group >= 0, hierarchy.groups[part].contains(group) else { return nil }
        return hierarchy.members[Int(group)].count
    }

    /// The share of the letter pairs and triples of one label that the other has, in the language
    /// where it is largest (Dice).
    private func labelSimilarity(_ first: Int, _ second: Int) -> Double {
        var best = 0.0
        for language in [LanguageTag.dutch, .english] {
            let a = LabelTriples.triples(skillLabel(first, in: language), language)
            let b = LabelTriples.triples(skillLabel(second, in: language), language)
            guard !a.isEmpty, !b.isEmpty else { continue }
            best = max(best, 2 * Double(a.intersection(b).count) / Double(a.count + b.count))
        }
        return best
    }
}
