/// How much reaches learners of a region or a level, and at what price, so that groups can be laid
/// side by side.
///
/// It counts answers, not persons: nothing of a profile is kept but the group it belongs to. A group
/// of fewer than ``leastGroup`` profiles is not told, so that nobody can be made out in it; nor is any
/// count or median of fewer, and no small group can be found by subtracting those that are told.
public struct FairnessTally: Sendable {
    /// The fewest profiles of a group that is told.
    public static let leastGroup = 10

    /// What one learner was offered.
    public struct Observation: Sendable {
        /// How many offerings keep the learner's limits.
        public var offerings: Int
        /// The minutes of travel to the best of them; `nil` when it asks for none or is not known.
        public var minutes: Double?
        /// What is to be paid for the best of them, in euro cents; `nil` when not known.
        public var cents: Int?

        /// What one learner was offered.
        public init(offerings: Int, minutes: Double?, cents: Int?) {
            self.offerings = offerings
            self.minutes = minutes
            self.cents = cents
        }
    }

    /// What learners of a group were offered.
    public struct Group: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// How many profiles.
        public let profiles: Int
        /// How many of them were offered nothing; `nil` when those, or those that were offered
        /// something, are some but fewer than ``FairnessTally/leastGroup``.
        public let withoutOffer: Int?
        /// The median number of offerings.
        public let medianOfferings: Int
        /// The median travel to the best offering, of those that ask for travel, in minutes; `nil`
        /// when fewer than ``FairnessTally/leastGroup`` do.
        public let medianMinutes: Double?
        /// The median price of the best offering, of those with a price, in euro cents; `nil` when
        /// fewer than ``FairnessTally/leastGroup`` have one.
        public let medianCents: Int?
    }

    private var observations: [String: [Observation]] = [:]

    /// A tally without profiles.
    public init() {}

    /// Counts what one learner was offered, for a group.
    public mutating func add(_ observation: Observation, to group: String) {
        observations[group, default: []].append(observation)
    }

    /// The groups that are told, by name.
    public var groups: [Group] {
        told.map { name in
            let all = observations[name] ?? []
            let without = all.count { $0.offerings == 0 }
            return Group(
                name: name, profiles: all.count,
                withoutOffer: Self.isSmall(without) || Self.isSmall(all.count - without)
                    ? nil : without,
                medianOfferings: Self.median(all.map(\.offerings)) ?? 0,
                medianMinutes: Self.median(ofMany: all.compactMap(\.minutes)),
                medianCents: Self.median(ofMany: all.compactMap(\.cents)))
        }
    }

    /// How many profiles are in groups that are not told; `nil` when they are some but fewer than
    /// ``leastGroup``.
    public var suppressed: Int? {
        let told = Set(told)
        let count = observations.lazy.filter { !told.contains($0.key) }
            .reduce(0) { $0 + $1.value.count }
        return Self.isSmall(count) ? nil : count
    }

    /// The names of the groups that are told, in order.
    ///
    /// When the groups that are too small hold fewer than ``leastGroup`` profiles together, the
    /// smallest of the others is left out as well: else the number of all profiles, which the other
    /// tally tells, would give their number away.
    private var told: [String] {
        var large = observations.filter { $0.value.count >= Self.leastGroup }
        let small = observations.reduce(0) {
            $1.value.count < Self.leastGroup ? $0 + $1.value.count : $0
        }
        if Self.isSmall(small),
            let least = large.min(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) })
        {
            large[least.key] = nil
        }
        return large.keys.sorted()
    }

    /// Whether a number of persons is so small that it is not told.
    private static func isSmall(_ count: Int) -> Bool { 0 < count && count < leastGroup }

    /// The middle value of at least ``leastGroup``; `nil` of fewer.
    private static func median<Value: Comparable>(ofMany values: [Value]) -> Value? {
        values.count < leastGroup ? nil : median(values)
    }

    /// The middle value; of an even number the lower of the two in the middle.
    private static func median<Value: Comparable>(_ values: [Value]) -> Value? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }
}
