/// What closing gaps is worth: the skills part of a score.
///
/// One module closes a few gaps. Measured against all that an occupation asks for, every module would
/// score next to nothing and the way there would decide; so the first gaps, up to
/// ``MatchWeights/fullGap``, earn most of the part. The rest is earned by all others, so that the part
/// is full only when nothing stays open.
struct GapWeights: Sendable {
    /// What the gaps weigh that earn most, and what all weigh, in thousandths.
    private let first: Int
    private let all: Int
    /// What the first are worth, in thousandths.
    private let firstPart: Int

    /// The least that the first gaps are worth, in thousandths.
    private static let leastOfFirst = 800

    /// - Parameter full: The weight of closed gaps that earns most of the part, in thousandths.
    init(_ profile: ResolvedProfile, full: Int) {
        self.init(
            all: profile.gap.reduce(0) { $0 + $1.weight }
                + profile.unrecognisedWishes.reduce(0) { $0 + $1.weight }, full: full)
    }

    init(all: Int, full: Int) {
        self.all = max(1, all)
        first = max(1, min(full, all))
        firstPart = max(Self.leastOfFirst, 1000 * first / self.all)
    }

    /// The part that closed gaps earn, in thousandths, rounded down.
    ///
    /// - Parameter closed: What they weigh, times how far each is closed in thousandths.
    func part(closed: Int) -> Int {
        let firstClosed = min(closed, 1000 * first)
        var part = firstPart * firstClosed / (1000 * first)
        if all > first {
            part += (1000 - firstPart) * (closed - firstClosed) / (1000 * (all - first))
        }
        return min(1000, part)
    }
}
