/// The parts of a score, each in thousandths: 0 fits not at all, 1000 in full.
///
/// A part on which the profile is silent is 1000 for every offering: what was not asked cannot be
/// missed.
public struct MatchParts: Hashable, Sendable {
    /// The gaps that are closed.
    public var skills = 1000
    /// The way there.
    public var travel = 1000
    /// The step in level.
    public var level = 1000
    /// When it starts and ends, the hours and slots it takes.
    public var time = 1000
    /// What it costs.
    public var cost = 1000
    /// The modes, languages and kinds that were asked for.
    public var preferences = 1000

    /// Parts that fit in full.
    public init() {}

    /// The parts added up by their shares: 0...1000 times the sum of the shares, a whole number, so
    /// that equals are equal.
    public func total(_ shares: MatchWeights.Shares) -> Int {
        skills * shares.skills + travel * shares.travel + level * shares.level
            + time * shares.time + cost * shares.cost + preferences * shares.preferences
    }
}
