import Answers
import CourseModel
import Places
import Skills

/// Gaps as machines read them.
public struct GapsAnswer: Encodable {
    struct Concept: Encodable {
        var id: String
        var label: String
    }

    struct Occupation: Encodable {
        var id: String
        var label: String
        var needed: Int
        var taught: Int
        var missing: [Concept]
    }

    struct Occupations: Encodable {
        var total: Int
        /// All essential skills are taught within reach.
        var complete: Int
        /// Something is taught, something is not.
        var incomplete: Int
        /// Nothing is taught.
        var without: Int
        /// Those of the incomplete that lack least.
        var nearest: [Occupation]
    }

    struct Wish: Encodable {
        var id: String
        var label: String
        var profiles: Int
    }

    struct WantedOccupation: Encodable {
        var id: String
        var label: String
        var profiles: Int
        var missing: [Concept]
    }

    struct Demand: Encodable {
        /// `null` when fewer than ten, as with all counts here; a part of them also when it leaves
        /// fewer than ten.
        var profiles: Nullable<Int>
        var withoutOffer: Nullable<Int>
        /// Skills that are asked for and taught nowhere within reach.
        var unmetSkills: [Wish]
        /// Occupations that are wanted and to which what is within reach does not lead.
        var unmetOccupations: [WantedOccupation]
    }

    struct RegionRow: Encodable {
        var kind: String
        var code: String
        var name: String
        var occupations: Occupations
        var demand: Demand?
    }

    var generation: Int
    var day: String
    var leastGroup: Int
    /// How many profiles are in regions with too few to be told, or in none that is known; `null` when
    /// there are some, but fewer than ten.
    var suppressedProfiles: Nullable<Int>
    var regions: [RegionRow]

    /// An answer about some regions.
    ///
    /// - Parameters:
    ///   - limit: How many occupations that lack something are told of each region; the counts are of
    ///     all.
    ///   - demand: What learners ask for; `nil` when no profiles were given.
    public init(
        _ gaps: Gaps, regions: [Gaps.InRegion], limit: Int, demand: DemandTally?,
        skills: SkillsCatalogue, language: AnswerLanguage
    ) {
        generation = gaps.generation
        day = gaps.day.iso
        leastGroup = DemandTally.leastGroup
        if let demand {
            suppressedProfiles = Nullable(demand.suppressed)
        } else {
            suppressedProfiles = Nullable(0)
        }
        func skill(_ number: Int) -> Concept {
            Concept(
                id: skills.skillID(number).value,
                label: skills.skillLabel(number, in: language.tag))
        }
        self.regions = regions.map { entry in
            let region = entry.region
            return RegionRow(
                kind: region.kind.rawValue, code: region.code, name: region.name,
                occupations: Occupations(
                    total: entry.occupations, complete: entry.complete,
                    incomplete: entry.incomplete.count, without: entry.without,
                    nearest: entry.incomplete.prefix(limit).map { occupation in
                        Occupation(
                            id: skills.occupationID(occupation.number).value,
                            label: skills.occupationLabel(
                                occupation.number, in: language.tag),
                            needed: occupation.needed, taught: occupation.taught.count,
                            missing: occupation.missing.map(skill))
                    }),
                demand: demand.map { demand in
                    Demand(
                        profiles: Nullable(demand.profiles(in: region.index)),
                        withoutOffer: Nullable(demand.withoutOffer(in: region.index)),
                        unmetSkills: gaps.unmetSkills(demand, in: region.index).map {
                            let skill = skill($0.number)
                            return Wish(
                                id: skill.id, label: skill.label, profiles: $0.profiles)
                        },
                        unmetOccupations: gaps.unmetOccupations(
                            demand, in: region.index, skills
                        ).map { wish in
                            WantedOccupation(
                                id: skills.occupationID(wish.count.number).value,
                                label: skills.occupationLabel(
                                    wish.count.number, in: language.tag),
                                profiles: wish.count.profiles, missing: wish.missing.map(skill))
                        })
                })
        }
    }
}

extension Gaps {
    /// The skills that learners of a region ask for and that are taught nowhere within reach.
    public func unmetSkills(
        _ demand: DemandTally, in region: RegionIndex
    ) -> [DemandTally.Count] {
        demand.skills(in: region).filter { !isTaught($0.number, in: region) }
    }

    /// The occupations that learners of a region want, with the essential skills that are taught
    /// nowhere within reach; those that lack nothing are left out.
    public func unmetOccupations(
        _ demand: DemandTally, in region: RegionIndex, _ skills: SkillsCatalogue
    ) -> [(count: DemandTally.Count, missing: [Int])] {
        demand.occupations(in: region).compactMap { count in
            let missing = skills.needs(ofOccupation: count.number)
                .filter { $0.importance == .essential && !isTaught($0.skill, in: region) }
                .map(\.skill)
            return missing.isEmpty ? nil : (count, missing)
        }
    }
}
