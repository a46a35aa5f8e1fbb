/// How much each part of a match counts, and the figures that the parts are reckoned with.
///
/// They are data: a partnership can set its own. The parts themselves stay 0...1 and are shown
/// beside the score, so a changed weight changes the order and nothing that is said about an
/// offering.
public struct MatchWeights: Hashable, Sendable {
    /// What each part counts, 0 or more; only their proportions matter.
    public struct Shares: Hashable, Sendable {
        /// The gaps that are closed.
        public var skills = 80
        /// The way there.
        public var travel = 16
        /// The step in level.
        public var level = 8
        /// When it starts and ends, the hours and slots it takes.
        public var time = 9
        /// What it costs.
        public var cost = 8
        /// The modes, languages and kinds that were asked for.
        public var preferences = 6

        /// The shares that we start with.
        public init() {}

        /// Shares of one's own.
        public init(
            skills: Int, travel: Int, level: Int, time: Int, cost: Int, preferences: Int
        ) {
            self.skills = skills
            self.travel = travel
            self.level = level
            self.time = time
            self.cost = cost
            self.preferences = preferences
        }
    }

    /// What each part counts.
    public var shares = Shares()
    /// What each part counts when learners are weighed for a place to learn at work: level and way
    /// before all, since the rest is learnt there.
    public var placeShares = Shares(
        skills: 15, travel: 35, level: 35, time: 10, cost: 0, preferences: 5)

    /// What a gap weighs, in thousandths: a skill that the learner asks for by name.
    public var wantedSkill = 2500
    /// One that the wanted occupation cannot do without.
    public var essentialSkill = 1000
    /// One that depends on the employer.
    public var optionalSkill = 400
    /// The weight of closed gaps that earns most of the part, in thousandths, or all gaps when they
    /// weigh less.
    ///
    /// One module closes a few gaps. Measured against all that an occupation asks for, every module
    /// would score next to nothing and the way there would decide. The part is full only when all are
    /// closed.
    public var fullGap = 5000
    /// From what likeness, in thousandths, a skill closes a gap in part.
    public var nearSkill = 550
    /// From what likeness, in thousandths, it counts as the same.
    public var sameSkill = 900

    /// How far, in thousandths, a gap must be closed to be told as closed: likeness times the
    /// certainty of the tag.
    public var surelyClosed = 600

    /// The minutes of travel that halve the part.
    public var halfwayMinutes = 40.0
    /// The part for a way that is not known.
    public var unknown = 500
    /// What a way from home is worth beside the same way from the future workplace, in thousandths.
    public var homeRelevance = 900
    /// What a way from the present workplace is worth beside one from the future one.
    public var workRelevance = 950

    /// The days after which a start or an end outside its window is worth nothing.
    public var daysOutside = 180
    /// The euro cents that halve the part when no budget is given.
    public var halfwayCents = 100_000
    /// The part, at least, of what a right to funding may pay.
    public var fundable = 900

    /// The weights that we start with.
    public init() {}
}
