import CourseModel

/// What a learner, or a whole team, pays when a scheme pays its part.
public struct NetPrice: Hashable, Sendable {
    /// The scheme's rule.
    public let rule: FundingRule
    /// What is left to pay, in euro cents, for all who learn together.
    public let cents: Int

    /// What is left to pay with a scheme.
    package init(rule: FundingRule, cents: Int) {
        self.rule = rule
        self.cents = cents
    }
}

/// What is to be said of a scheme that the learner has a right to and the course accepts.
public struct FundingTrace: Hashable, Sendable {
    /// The scheme.
    public let scheme: FundingScheme
    /// Its rule, when the partnership states one.
    public let rule: FundingRule?
    /// Why it cannot be used; empty when it can.
    public let obstacles: [FundingRule.Obstacle]
    /// What it pays, in euro cents, for all who learn together; `nil` when that is not known.
    public let contribution: Int?

    /// Whether it can be used.
    public var applies: Bool { obstacles.isEmpty }
}
