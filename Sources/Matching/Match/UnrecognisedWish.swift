import Skills

/// A wish of a learner whose words mean nothing in the catalogue.
///
/// It cannot be fulfilled by anything that is known, so it counts as open and is told first.
public struct UnrecognisedWish: Hashable, Sendable {
    /// Whether an occupation was wished for, or a skill.
    public let isOccupation: Bool
    /// The words, and what they might mean after all.
    public let resolution: Resolution
    /// What it weighs among the gaps, in thousandths.
    let weight: Int

    /// From what confidence on a concept is suggested: less likely ones only lead astray.
    private static let leastSuggested = 0.15

    /// What may have been meant, likeliest first.
    public var suggestions: [ConceptMatch] {
        resolution.matches.prefix(3).filter { $0.confidence >= Self.leastSuggested }
    }

    /// Gathers wishes, each once.
    struct Gathering {
        private let weights: MatchWeights
        private(set) var wishes: [UnrecognisedWish] = []

        init(_ weights: MatchWeights) { self.weights = weights }

        /// Takes up a wish, unless it was understood.
        mutating func take(_ wish: Resolution?, asOccupation isOccupation: Bool = false) {
            guard let wish, wish.best == nil else { return }
            // How much an unknown occupation asks for is not known; it is taken for a usual one.
            let unrecognised = UnrecognisedWish(
                isOccupation: isOccupation, resolution: wish,
                weight: isOccupation ? weights.fullGap : weights.wantedSkill)
            if !wishes.contains(unrecognised) { wishes.append(unrecognised) }
        }
    }
}
