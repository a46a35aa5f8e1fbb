import CourseModel
import Synchronization

/// What is computed from a catalogue's labels, each part when it is first asked for.
///
/// A match of a profile that names its skills by id needs none of it, so opening the full ESCO set
/// stays quick. What an import brought is so much that it is kept in a file beside it
/// (``RankingFile``), which is mapped instead of computed.
final class Derived: Sendable {
    private let skillNames = Mutex<ExactNames?>(nil)
    private let occupationNames = Mutex<ExactNames?>(nil)
    private let nearSkills = Mutex<NearNames?>(nil)
    private let nearOccupations = Mutex<NearNames?>(nil)
    private let triples = Mutex<LabelTriples?>(nil)
    private let phrases = Mutex<PhraseIndex?>(nil)
    private let hierarchy = Mutex<SkillHierarchy?>(nil)
    private let kept = Mutex<KeptNames?>(nil)
    private let mendCount = Atomic<Int>(0)
    private let near = Mutex<[NearQuestion: [SimilarSkill]]>([:])

    /// What was asked for with ``SkillsCatalogue/skills(near:atLeast:)``.
    struct NearQuestion: Hashable {
        var skill: Int
        var least: Double
    }

    func skillNames(_ make: () -> ExactNames) -> ExactNames { Self.made(skillNames, make) }
    func occupationNames(_ make: () -> ExactNames) -> ExactNames {
        Self.made(occupationNames, make)
    }
    func nearSkills(_ make: () -> NearNames) -> NearNames { Self.made(nearSkills, make) }
    func nearOccupations(_ make: () -> NearNames) -> NearNames {
        Self.made(nearOccupations, make)
    }
    func triples(_ make: () -> LabelTriples) -> LabelTriples { Self.made(triples, make) }
    func phrases(_ make: () -> PhraseIndex) -> PhraseIndex { Self.made(phrases, make) }
    func hierarchy(_ make: () -> SkillHierarchy) -> SkillHierarchy { Self.made(hierarchy, make) }
    func kept(_ make: () -> KeptNames) -> KeptNames { Self.made(kept, make) }

    /// How often what was kept was made again.
    var mends: Int { mendCount.load(ordering: .acquiring) }

    /// Makes what was kept again when its file has turned out to be damaged.
    ///
    /// - Parameter mends: ``mends`` from before the question was asked.
    /// - Returns: Whether it was made again since, by whomever, so that what was asked has to be
    ///   asked again.
    func mendKept(since mends: Int, _ make: () -> KeptNames) -> Bool {
        kept.withLock { known in
            if known?.isDamaged == true {
                known = make()
                mendCount.wrappingAdd(1, ordering: .releasing)
                near.withLock { $0.removeAll() }
            }
            return self.mends != mends
        }
    }

    /// The answer to a question, worked out once: bulk matching asks the same ones again and again.
    func near(_ question: NearQuestion, _ make: () -> [SimilarSkill]) -> [SimilarSkill] {
        if let known = near.withLock({ $0[question] }) { return known }
        let answer = make()
        near.withLock { $0[question] = answer }
        return answer
    }

    private static func made<Part: Sendable>(
        _ slot: borrowing Mutex<Part?>, _ make: () -> Part
    ) -> Part {
        slot.withLock { known in
            if let known { return known }
            let part = make()
            known = part
            return part
        }
    }
}

extension SkillsCatalogue {
    /// What is derived from the labels, from its file when there is one; `nil` without an import.
    private var kept: KeptNames? {
        imported == nil ? nil : derived.kept { KeptNames(self) }
    }

    var skillNames: ExactNames {
        kept?.skillNames ?? derived.skillNames { ExactNames(skillTable) }
    }
    var occupationNames: ExactNames {
        kept?.occupationNames ?? derived.occupationNames { ExactNames(occupationTable) }
    }
    var nearSkills: NearNames {
        kept?.nearSkills ?? derived.nearSkills { NearNames(skillNames) }
    }
    var nearOccupations: NearNames {
        kept?.nearOccupations ?? derived.nearOccupations { NearNames(occupationNames) }
    }
    var triples: LabelTriples { kept?.triples ?? derived.triples { LabelTriples(skillTable) } }
    var phrases: PhraseIndex { derived.phrases { PhraseIndex(skillTable) } }
    var hierarchy: SkillHierarchy { derived.hierarchy { SkillHierarchy(skillTable) } }

    /// Answers from what is derived; once more when its file was found to be damaged meanwhile.
    func answering<Answer>(_ body: () -> Answer) -> Answer {
        let mends = derived.mends
        let answer = body()
        let isStale = derived.mendKept(since: mends) { KeptNames(self, isFresh: true) }
        return isStale ? body() : answer
    }
}
