import CourseModel

/// How sure it is that two sketches are of the same course, and why.
public struct SameCourseScore: Hashable, Sendable {
    /// Something that speaks for or against it.
    public enum Evidence: String, Hashable, Sendable, Codable, CaseIterable {
        case sameAddress = "same-address"
        case sameID = "same-id"
        case sameCode = "same-code"
        case sameTitle = "same-title"
        case nearTitle = "near-title"
        case sameProvider = "same-provider"
        case sameText = "same-text"
        case sameStarts = "same-starts"
        case samePlaces = "same-places"
        case samePrice = "same-price"
        case otherStep = "other-step"
        case otherProvider = "other-provider"
        case otherLevel = "other-level"
        case otherText = "other-text"
        case otherStarts = "other-starts"
        case otherPlaces = "other-places"

        /// Whether it speaks against.
        public var isAgainst: Bool {
            switch self {
            case .otherStep, .otherProvider, .otherLevel, .otherText, .otherStarts, .otherPlaces:
                true
            case .sameAddress, .sameID, .sameCode, .sameTitle, .nearTitle, .sameProvider,
                .sameText, .sameStarts, .samePlaces, .samePrice:
                false
            }
        }
    }

    /// The chance that they are not the same, 0...1.
    public let doubt: Double
    /// What speaks for and against, as in ``Evidence``.
    public let evidence: [Evidence]

    /// Compares two sketches.
    ///
    /// - Parameter isOnlyOfTitle: Whether each is the only one of its source with its title, which makes
    ///   a title that is the same say more.
    /// Each thing adds to or takes from the odds. The weights were set on feeds that were converted and
    /// perturbed (`Tests/Evaluation/Duplicates`), one half for choosing, the other for measuring.
    init(_ first: CourseSketch, _ second: CourseSketch, isOnlyOfTitle: Bool) {
        var odds = -5.0
        var evidence: [Evidence] = []
        func add(_ weight: Double, _ reason: Evidence?) {
            odds += weight
            if let reason { evidence.append(reason) }
        }

        let provider = Self.overlap(first.provider, second.provider)
        let sharesHost = !first.hosts.isDisjoint(with: second.hosts)
        if sharesHost || provider >= 0.7 {
            add(2, .sameProvider)
        } else if provider >= 0.3 {
            add(0.5, nil)
        } else if !first.provider.isEmpty, !second.provider.isEmpty {
            add(-5, .otherProvider)
        }
        if let url = first.url, let other = second.url {
            if url == other { add(4, .sameAddress) } else if sharesHost { add(-1.5, nil) }
        }
        if let id = first.nativeID, let other = second.nativeID {
            if id == other { add(4, .sameID) } else { add(-0.5, nil) }
        }
        if !first.codes.isDisjoint(with: second.codes) {
            add(1, .sameCode)
        } else if !first.schemes.isDisjoint(with: second.schemes) {
            add(-2, nil)
        }

        let title = Self.similarity(first, second)
        if title == 1 {
            add(isOnlyOfTitle ? 7 : 3, .sameTitle)
        } else {
            add(max(-6, min(3.5, 14 * (title - 0.65))), title >= 0.7 ? .nearTitle : nil)
        }
        if first.steps != second.steps { add(-4.5, .otherStep) }

        if let text = Self.textSimilarity(first, second) {
            let weight = max(-3, min(4, 9 * (text - 0.35)))
            add(weight, text >= 0.6 ? .sameText : text < 0.15 ? .otherText : nil)
        }
        if let level = first.level, let other = second.level {
            if level == other { add(0.5, nil) } else { add(-8, .otherLevel) }
        }
        if first.kind != second.kind { add(-0.5, nil) }
        if !first.starts.isEmpty, !second.starts.isEmpty {
            let share = Self.overlap(first.starts, second.starts)
            if share > 0 { add(1 + 2 * share, .sameStarts) } else { add(-2.5, .otherStarts) }
        }
        switch Self.areInSamePlace(first, second) {
        case true?: add(1, .samePlaces)
        case false?: add(-4, .otherPlaces)
        case nil: break
        }
        if !first.prices.isEmpty, !second.prices.isEmpty {
            if first.prices.isDisjoint(with: second.prices) {
                add(-0.7, nil)
            } else {
                add(0.7, .samePrice)
            }
        }
        doubt = 1 / (1 + Self.exponential(odds))
        self.evidence = evidence
    }

    /// Whether something is given in one and the same place; `nil` when one of them does not say where.
    private static func areInSamePlace(_ first: CourseSketch, _ second: CourseSketch) -> Bool? {
        let answers = [(first.postcodes, second.postcodes), (first.towns, second.towns)]
            .filter { !$0.0.isEmpty && !$0.1.isEmpty }.map { !$0.0.isDisjoint(with: $0.1) }
        return answers.isEmpty ? nil : answers.contains(true)
    }

    private static func exponential(_ value: Double) -> Double {
        // e^x by squaring: no platform's mathematics library, so that a doubt on a threshold is the
        // same everywhere.
        let clipped = max(-30, min(30, value))
        var power = 1 + clipped / 1_048_576
        for _ in 0..<20 { power *= power }
        return power
    }

    /// The share of the smaller set that the other has.
    private static func overlap<Element>(_ first: Set<Element>, _ second: Set<Element>) -> Double {
        let least = min(first.count, second.count)
        return least == 0 ? 0 : Double(first.intersection(second).count) / Double(least)
    }

    /// How alike two titles are: 1 for the same words in the same order, else by the words or the runs
    /// of letters that they share (Dice), which forgives a word put before or behind, and a typing
    /// error.
    private static func similarity(_ first: CourseSketch, _ second: CourseSketch) -> Double {
        if first.title == second.title, !first.title.isEmpty { return 1 }
        let (one, two) = (Set(first.title), Set(second.title))
        guard !one.isEmpty, !two.isEmpty else { return 0 }
        let shared = Double(one.intersection(two).count)
        let dice = 2 * shared / Double(one.count + two.count)
        let letters =
            2 * Double(first.letters.intersection(second.letters).count)
            / Double(first.letters.count + second.letters.count)
        let contained = shared / Double(min(one.count, two.count))
        // A title within the other counts when it says enough by itself.
        let within = min(one.count, two.count) >= 3 ? 0.85 * contained : 0
        return 0.99 * max(dice, letters, within)
    }

    /// How alike two descriptions are; `nil` when one has none.
    private static func textSimilarity(
        _ first: CourseSketch, _ second: CourseSketch
    ) -> Double? {
        guard !first.opening.isEmpty, !second.opening.isEmpty else { return nil }
        let opening = overlap(first.opening, second.opening)
        guard !first.text.isEmpty, !second.text.isEmpty else { return opening }
        // The least hashes of both together: the share that both have is that of all runs.
        let least = Set(first.text + second.text).sorted().prefix(
            max(first.text.count, second.text.count))
        let (one, two) = (Set(first.text), Set(second.text))
        let shared = least.count { one.contains($0) && two.contains($0) }
        return max(opening, Double(shared) / Double(least.count))
    }
}
