import CourseModel
import Synchronization

/// What is computed from a catalogue's labels, each part when it is first asked for.
///
/// A match of a profile that names its skills by id needs none of it, so opening the full ESCO set
/// stays quick.
final class Derived: Sendable {
    private let skillNames = Mutex<ExactNames?>(nil)
    private let occupationNames = Mutex<ExactNames?>(nil)
    private let nearSkills = Mutex<NearNames?>(nil)
    private let nearOccupations = Mutex<NearNames?>(nil)
    private let phrases = Mutex<PhraseIndex?>(nil)
    private let hierarchy = Mutex<SkillHierarchy?>(nil)

    func skillNames(_ make: () -> ExactNames) -> ExactNames { Self.made(skillNames, make) }
    func occupationNames(_ make: () -> ExactNames) -> ExactNames {
        Self.made(occupationNames, make)
    }
    func nearSkills(_ make: () -> NearNames) -> NearNames { Self.made(nearSkills, make) }
    func nearOccupations(_ make: () -> NearNames) -> NearNames {
        Self.made(nearOccupations, make)
    }
    func phrases(_ make: () -> PhraseIndex) -> PhraseIndex { Self.made(phrases, make) }
    func hierarchy(_ make: () -> SkillHierarchy) -> SkillHierarchy { Self.made(hierarchy, make) }

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
    var skillNames: ExactNames { derived.skillNames { ExactNames(skillTable) } }
    var occupationNames: ExactNames { derived.occupationNames { ExactNames(occupationTable) } }
    var nearSkills: NearNames {
        derived.nearSkills {
            NearNames(skillNames, knowledge: ImportedKnowledge(self, ofSkills: true))
        }
    }
    var nearOccupations: NearNames {
        derived.nearOccupations {
            NearNames(occupationNames, knowledge: ImportedKnowledge(self, ofSkills: false))
        }
    }
    var phrases: PhraseIndex { derived.phrases { PhraseIndex(skillTable) } }
    var hierarchy: SkillHierarchy { derived.hierarchy { SkillHierarchy(skillTable) } }
}
