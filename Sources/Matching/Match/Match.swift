import CourseModel

/// An offering that fits a learner, with what the fit is made of.
public struct Match: Hashable, Sendable {
    /// The offering's number in its source.
    public let offering: Int
    /// Its course's number in its source.
    public let course: Int
    /// How well it fits beside the others, 0...1.
    ///
    /// It orders results; it is no verdict and is never shown without its parts.
    public let score: Double
    /// What the score is made of.
    public let parts: MatchParts
    /// The skills of the gap that it teaches, by their numbers in the catalogue, weightiest first.
    public let covers: [Int]
    /// The way there, when there is one.
    public let travel: MatchTravel?
    /// What is left to pay when a scheme pays its part.
    public let netPrice: NetPrice?
    /// The schemes that the learner has a right to and the course accepts, and whether they apply.
    public let funding: [FundingTrace]
    /// How many other offerings of its course fit too, when a course is told once; else 0.
    public let otherOccasions: Int
    /// Whether each need of the learner is met, in the order of the needs.
    public let needs: [MatchNeed]
    /// Why it fits and where it does not, the most telling first.
    public let reasons: [Reason]
}

/// Whether a need of the learner is met.
public struct MatchNeed: Hashable, Sendable {
    /// What is needed; `nil` stands for the hours in which the children are looked after.
    public let accessibility: Accessibility?
    /// Whether it is met; `nil` when the offering does not say.
    public let isMet: Bool?

    /// What is needed, as profiles write it.
    public var name: String { accessibility?.rawValue ?? "childcare" }
}

/// The way from a place of the learner's life to an offering.
public struct MatchTravel: Hashable, Sendable {
    /// From where.
    public let from: LifePlace
    /// Great-circle metres.
    public let metres: Double
    /// Minutes from door to door.
    public let minutes: Double
    /// Whether a router said so; else it is an estimate.
    public let isRouted: Bool
}

/// An offering that breaks one hard limit only.
public struct NearMiss: Hashable, Sendable {
    /// The offering, scored like the others.
    public let match: Match
    /// The limit that it breaks.
    public let blockedBy: Profile.Must
    /// By how much.
    public let by: Shortfall
}

/// The offerings for a profile.
public struct MatchResults: Sendable {
    /// How many offerings keep all limits.
    public let total: Int
    /// How many courses they belong to.
    public let totalCourses: Int
    /// The best of them, best first; ties by the offering's id.
    public let results: [Match]
    /// What would come into reach with a little more: by limit, best first.
    public let nearMisses: [NearMiss]
}
