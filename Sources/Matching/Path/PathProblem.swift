import CourseModel

/// Which offerings can be put together into a path, in numbers.
///
/// A path is a sequence of candidates in the order in which they start. Each closes a gap that none
/// before it closes, belongs to a course of its own, and fits: see ``placement(of:after:)``.
public struct PathProblem: Hashable, Sendable {
    /// An offering that may be a step.
    public struct Candidate: Hashable, Sendable {
        /// Its number in its source.
        public var offering: Int
        /// Its course; two steps are never of the same one.
        public var course: Int
        /// The gaps that it closes.
        public var closes: GapSet
        /// The day on which it starts, in days since 1970; `nil` when one may start at any moment.
        public var start: Int32?
        /// How many days it takes, 1 or more.
        public var days: Int32
        /// The last day on which it can be started when one may start at any moment.
        public var availableUntil: Int32 = .max
        /// The parts of the week that it takes; empty when not known.
        public var slots: WeekSlots = []
        /// Tenths of hours a week; `nil` when not known, and then nothing fits beside it.
        public var tenthsPerWeek: Int?
        /// Its EQF level; `nil` when not known, which asks for none.
        public var level: Int?
        /// What is to be paid after funding, in euro cents; `nil` when not known.
        public var cents: Int?
        /// What a budget has to count on, in euro cents: the price less what is certain.
        public var certainCents: Int?
        /// Minutes of travel, one way.
        public var minutes: Int

        /// A candidate of which only the least is said.
        public init(
            offering: Int, course: Int, closes: GapSet, start: Int32?, days: Int32,
            cents: Int?, minutes: Int
        ) {
            self.offering = offering
            self.course = course
            self.closes = closes
            self.start = start
            self.days = days
            self.cents = cents
            certainCents = cents
            self.minutes = minutes
        }
    }

    /// What a path has to keep to.
    public struct Limits: Hashable, Sendable {
        /// The first day, in days since 1970.
        public var firstDay: Int32
        /// The last day for the first step to start.
        public var firstStartBy: Int32?
        /// The last day of all.
        public var deadline: Int32?
        /// Tenths of hours a week for all steps that run at the same time.
        public var tenthsPerWeek: Int?
        /// Euro cents for all steps together.
        public var budget: Int?
        /// The EQF level that the learner has; `nil` asks for none.
        public var level: Int?

        /// No limits but the first day.
        public init(firstDay: Int32) { self.firstDay = firstDay }
    }

    /// What each gap weighs, above 0; at most ``GapSet/capacity``.
    public var weights: [Int]
    /// What may be a step.
    public var candidates: [Candidate]
    /// What to keep to.
    public var limits: Limits

    /// A problem.
    public init(weights: [Int], candidates: [Candidate], limits: Limits) {
        self.weights = weights
        self.candidates = candidates
        self.limits = limits
    }

    /// A candidate with its days.
    public struct Step: Hashable, Sendable {
        /// Its place among the candidates.
        public var candidate: Int
        /// Its first day, in days since 1970.
        public var start: Int32
        /// Its last day.
        public var end: Int32

        /// A step.
        public init(candidate: Int, start: Int32, end: Int32) {
            self.candidate = candidate
            self.start = start
            self.end = end
        }
    }

    /// When a candidate can follow the steps before it; `nil` when it cannot.
    ///
    /// It starts on its own day, or else on the first day that fits: no earlier than the step before
    /// it, and when it can still be started. It fits when, together with the steps that have not
    /// ended, it keeps to the weekly hours and takes no part of the week twice; when it ends by the
    /// deadline; and when its level is at most one above the highest of the learner's own and those
    /// of the steps that have ended.
    public func placement(of number: Int, after steps: [Step]) -> Step? {
        let candidate = candidates[number]
        let earliest = max(limits.firstDay, steps.last?.start ?? .min)
        if let start = candidate.start {
            guard start >= earliest else { return nil }
            return fitting(number, candidate, start, steps)
        }
        if let step = fitting(number, candidate, earliest, steps) { return step }
        // What keeps it out can only change on the day after a step ends.
        for day in steps.map({ $0.end + 1 }).filter({ $0 > earliest }).sorted() {
            if let step = fitting(number, candidate, day, steps) { return step }
        }
        return nil
    }

    private func fitting(
        _ number: Int, _ candidate: Candidate, _ start: Int32, _ steps: [Step]
    ) -> Step? {
        let end = start + candidate.days - 1
        if let deadline = limits.deadline, end > deadline { return nil }
        if candidate.start == nil, start > candidate.availableUntil { return nil }
        if steps.isEmpty, let last = limits.firstStartBy, start > last { return nil }
        var tenths = load(candidate)
        var level = limits.level
        for step in steps {
            let other = candidates[step.candidate]
            if step.end < start {
                if let reached = other.level, let had = level { level = max(had, reached) }
                continue
            }
            tenths += load(other)
            if !candidate.slots.isDisjoint(with: other.slots) { return nil }
        }
        if let most = limits.tenthsPerWeek, tenths > most { return nil }
        if let level, let needed = candidate.level, needed > level + 1 { return nil }
        return Step(candidate: number, start: start, end: end)
    }

    /// The tenths of hours a week that a candidate takes; all there are when that is not known.
    private func load(_ candidate: Candidate) -> Int {
        candidate.tenthsPerWeek ?? limits.tenthsPerWeek ?? 0
    }
}
