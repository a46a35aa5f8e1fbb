import CourseModel

/// An ordered set of offerings that together close gaps within a learner's limits.
public struct LearningPath: Hashable, Sendable {
    /// What it is the best path for; of several goals when one path is the best for all of them.
    public let goals: [PathGoal]
    /// The steps, in the order in which they start.
    public let steps: [LearningStep]
    /// The skills of the gap that it closes, weightiest first.
    public let closes: [Int]
    /// The skills that stay open, weightiest first.
    public let open: [Int]
    /// What it comes to.
    public let measures: PathMeasures
    /// The last day.
    public let finish: CalendarDate
    /// How good it is for certain, for each of its goals.
    public let proofs: [PathGoal: PathProof]
}

/// A step of a path.
public struct LearningStep: Hashable, Sendable {
    /// The offering, with its reasons; its own score says nothing about the path.
    public let match: Match
    /// Its first day.
    public let start: CalendarDate
    /// Whether that day was chosen, since one may start at any moment.
    public let startIsChosen: Bool
    /// Its last day.
    public let end: CalendarDate
    /// Whether the last day is known; else it was reckoned with ``PathPlanner/assumedDays``.
    public let endIsKnown: Bool
    /// Hours a week, when known.
    public let hoursPerWeek: Double?
    /// What is to be paid after funding, in euro cents, when known.
    public let cents: Int?
    /// The skills that it closes and no step before it, weightiest first.
    public let closes: [Int]
}

/// How good a path is for certain.
public enum PathProof: Hashable, Sendable {
    /// There is no better one, of all that the catalogue and the limits allow.
    case best
    /// There may be a better one, but none goes beyond this in the goal's own measure: weight of
    /// closed gaps at most, or cents, days since 1970 or minutes at least.
    case bound(Int)
}

/// A skill that some or all paths leave open, and why.
public struct OpenGap: Hashable, Sendable {
    /// The skill's number in its catalogue.
    public let skill: Int
    /// Why.
    public let why: Why

    /// Why a gap stays open.
    public enum Why: Hashable, Sendable {
        /// No offering that can still be taken up teaches it: the region does not meet the demand.
        case notTaught
        /// So many offerings teach it, and none can be a step, most often for this reason.
        case refused(PathObstacle, offerings: Int)
        /// Offerings within the limits teach it, but they do not go together with better ones.
        case doesNotCombine(offerings: Int)
    }
}

/// Why an offering cannot be a step for a learner.
public enum PathObstacle: Hashable, Sendable, CaseIterable {
    /// It breaks this limit of the profile.
    case limit(Profile.Must)
    /// It is meant for others.
    case audience
    /// It is an event, which shows a skill more than it teaches one, and events were not asked for.
    case event

    /// All of them, in the order in which equals are told.
    public static var allCases: [PathObstacle] {
        Profile.Must.allCases.map { .limit($0) } + [.audience, .event]
    }
}

/// The paths for a learner.
public struct PathResults: Sendable {
    /// The paths, each for one or more goals, in the order of ``PathGoal``.
    public let paths: [LearningPath]
    /// The skills that are to be learnt, weightiest first.
    public let gap: [Int]
    /// What each of them weighs, in thousandths.
    public let weights: [Int]
    /// What the most complete path leaves open, and why.
    public let open: [OpenGap]
    /// What would make a more complete path possible.
    public let relaxations: [PathRelaxation]
    /// The skills beyond ``GapSet/capacity``, which were not looked at.
    public let leftOut: Int
    /// How many offerings can be a step.
    public let eligible: Int
    /// How many of them were searched.
    public let considered: Int
    /// How many offerings teach what is to be learnt but cannot be planned, since it is not stated
    /// when they start.
    public let withoutStart: Int
}
