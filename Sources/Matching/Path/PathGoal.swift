/// What makes one path better than another.
public enum PathGoal: String, Hashable, Sendable, CaseIterable {
    /// The weight of the gaps that are closed.
    case mostComplete = "most-complete"
    /// What is to be paid.
    case cheapest
    /// The last day.
    case fastest
    /// The minutes of travel.
    case nearest
}

/// What a path comes to.
public struct PathMeasures: Hashable, Sendable {
    /// The weight of the gaps that are closed.
    public var closed = 0
    /// How many steps have no known price.
    public var unknownPrices = 0
    /// What is to be paid after funding, in euro cents, for the steps whose price is known.
    public var cents = 0
    /// The last day, in days since 1970; the earliest there is when there are no steps.
    public var finish = Int32.min
    /// Minutes of travel: one way to each step.
    public var minutes = 0
    /// How many steps there are.
    public var steps = 0

    /// A path without steps.
    public init() {}

    /// The measures in the order in which a goal weighs them: less is better, the first that differs
    /// decides.
    ///
    /// What has no known price counts as dearer than any price.
    public func key(_ goal: PathGoal) -> [Int] {
        let finish = Int(finish)
        return switch goal {
        case .mostComplete: [-closed, unknownPrices, cents, finish, minutes, steps]
        case .cheapest: [unknownPrices, cents, -closed, finish, minutes, steps]
        case .fastest: [finish, -closed, unknownPrices, cents, minutes, steps]
        case .nearest: [minutes, -closed, unknownPrices, cents, finish, steps]
        }
    }
}
