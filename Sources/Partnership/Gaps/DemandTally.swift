import CourseModel
import Matching
import Places

/// What learners of each region ask for, counted out of a batch of profiles.
///
/// Nothing is kept of a profile but that it adds one to some counts. Told are only counts of
/// ``leastGroup`` profiles or more that leave none of their region or as many again, so that nobody can
/// be made out in them.
public struct DemandTally: Sendable {
    /// The fewest profiles of a count that is told.
    public static let leastGroup = FairnessTally.leastGroup

    /// Something that is asked for, and by how many.
    public struct Count: Hashable, Sendable {
        /// The number of a skill or an occupation in the skills catalogue.
        public let number: Int
        /// How many profiles ask for it, ``DemandTally/leastGroup`` or more.
        public let profiles: Int
    }

    private struct InRegion {
        var profiles = 0
        var withoutOffer = 0
        var skills: [Int: Int] = [:]
        var occupations: [Int: Int] = [:]
    }

    private var regions: [RegionIndex: InRegion] = [:]
    private var elsewhere = 0

    /// A tally without profiles.
    public init() {}

    /// Counts a profile.
    ///
    /// - Parameters:
    ///   - region: Where the learner lives or, when that is not said, works.
    ///   - isServed: Whether anything was offered to the learner.
    public mutating func add(_ profile: ResolvedProfile, in region: RegionIndex, isServed: Bool) {
        var counts = regions[region] ?? InRegion()
        counts.profiles += 1
        if !isServed { counts.withoutOffer += 1 }
        for gap in profile.gap where gap.isCounted { counts.skills[gap.skill, default: 0] += 1 }
        if let wanted = profile.wantedOccupation?.best?.number {
            counts.occupations[wanted, default: 0] += 1
        }
        regions[region] = counts
    }

    /// Counts a profile of which no region is known.
    public mutating func addElsewhere() { elsewhere += 1 }

    /// How many profiles of a region there are; `nil` when too few to be told.
    public func profiles(in region: RegionIndex) -> Int? {
        told(regions[region]?.profiles ?? 0)
    }

    /// How many profiles of a region were offered nothing; `nil` when too few to be told, or when so few
    /// were offered something that those could be made out.
    public func withoutOffer(in region: RegionIndex) -> Int? {
        guard let counts = regions[region], told(counts.profiles) != nil else { return nil }
        return counts.withoutOffer == 0 ? 0 : told(counts.withoutOffer, of: counts.profiles)
    }

    /// The skills that learners of a region lack for what they want, most asked for first.
    public func skills(in region: RegionIndex) -> [Count] { counts(\.skills, in: region) }

    /// The occupations that learners of a region want, most asked for first.
    public func occupations(in region: RegionIndex) -> [Count] {
        counts(\.occupations, in: region)
    }

    /// How many profiles are of regions with too few to be told, or of no known region; `nil` when
    /// there are some, but too few to be told.
    public var suppressed: Int? {
        let few = regions.values.lazy.map(\.profiles).filter { $0 < Self.leastGroup }
        let count = few.reduce(elsewhere, +)
        return count == 0 ? 0 : told(count)
    }

    private func told(_ count: Int) -> Int? { count >= Self.leastGroup ? count : nil }

    /// A count of some of a group; `nil` when it or what it leaves is too small to be told.
    private func told(_ count: Int, of all: Int) -> Int? {
        count == all || told(all - count) != nil ? told(count) : nil
    }

    private func counts(
        _ counts: KeyPath<InRegion, [Int: Int]>, in region: RegionIndex
    ) -> [Count] {
        guard let group = regions[region] else { return [] }
        return group[keyPath: counts].filter { told($0.value, of: group.profiles) != nil }
            .map { Count(number: $0, profiles: $1) }
            .sorted { ($1.profiles, $0.number) < ($0.profiles, $1.number) }
    }
}
