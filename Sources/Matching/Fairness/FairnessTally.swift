/// How much reaches learners of a region or a level, and at what price, so that groups can be laid
/// side by side.
///
/// It counts answers, not persons: nothing of a profile is kept but the group it belongs to. A group
/// of fewer than ``leastGroup`` profiles is not told, so that nobody can be made out in it.
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
        /// How many of them were offered nothing.
        public let withoutOffer: Int
        /// The median number of offerings.
        public let medianOfferings: Int
        /// The median travel to the best offering, of those that ask for travel, in minutes.
        public let medianMinutes: Double?
        /// The median price of the best offering, of those with a price, in euro cents.
        public let medianCents: Int?
    }

    private var observations: [String: [Observation]] = [:]

    /// A tally without profiles.
    public init() {}

    /// Counts what one learner was offered, for a group.
    public mutating func add(_ observation: Observation, to group: String) {
        observations[group, default: []].append(observation)
    }

    /// The groups that are large enough, by name.
    public var groups: [Group] {
        observations.keys.sorted().compactMap { name in
            let all = observations[name] ?? []
            guard all.count >= Self.leastGroup else { return nil }
            return Group(
                name: name, profiles: all.count,
                withoutOffer: all.count { $0.offerings == 0 },
                medianOfferings: Self.median(all.map(\.offerings)) ?? 0,
                medianMinutes: Self.median(all.compactMap(\.minutes)),
                medianCents: Self.median(all.compactMap(\.cents)))
        }
    }

    /// How many profiles are in groups that are too small to be told.
    public var suppressed: Int {
        observations.values.lazy.map(\.count).filter { $0 < Self.leastGroup }.reduce(0, +)
    }

    /// The middle value; of an even number the lower of the two in the middle.
    private static func median<Value: Comparable>(_ values: [Value]) -> Value? {
        values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
    }
}
