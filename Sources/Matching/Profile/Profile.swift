import CourseModel
import Places

/// What a learner is, has, wants and can manage.
///
/// A profile is the learner's own: it is read from a text, used, and kept nowhere. Nothing in it
/// tells age, sex or origin, and nothing in matching asks for them.
public struct Profile: Hashable, Sendable {
    /// A label for the learner's own use.
    public var name: String?
    /// What the learner is.
    public var audience: Audience?
    /// What work the learner has; `nil` means what goes with the audience.
    public var employment: Employment?
    /// The language to explain matches in; `nil` means the caller's choice.
    public var language: LanguageTag?
    /// The work that the learner does: an id, or a job title in Dutch or English.
    public var currentOccupation: String?
    /// The work that the learner wants to do.
    public var wantedOccupation: String?
    /// The skills that the learner has: ids, or plain Dutch or English words.
    public var skillsHad: [String]
    /// The skills that the learner wants.
    public var skillsWanted: [String]
    /// The level that the learner has.
    public var levelHad: NLQFLevel?
    /// The level that the learner wants to reach.
    public var levelWanted: NLQFLevel?
    /// Where the learner lives.
    public var home: ProfilePlace?
    /// Where the learner works.
    public var work: ProfilePlace?
    /// Where the learner is going to work, or wants to.
    public var futureWork: ProfilePlace?
    /// Hours a week that the learner has for learning; above 0.
    public var hoursPerWeek: Double?
    /// The first day on which learning may start.
    public var startAfter: CalendarDate?
    /// The last day on which learning may start.
    public var startBefore: CalendarDate?
    /// The day by which it must be finished.
    public var deadline: CalendarDate?
    /// The parts of the week in which the learner is free; empty means not said.
    public var free: WeekSlots
    /// Hours in which the learner is free, beside ``free``.
    public var freeHours: [WeeklyHours]
    /// What the learner needs of the place and the teaching to be able to take part.
    public var accessibility: Set<Accessibility>
    /// The hours in which the children are looked after, merged; empty means not said.
    public var childcare: [WeeklyHours]
    /// What the learner can spend on one offering, with VAT.
    public var budget: Money?
    /// Ways to pay that the learner has a right to.
    public var funding: [FundingScheme]
    /// The delivery modes that the learner wants; empty means any.
    public var modes: Set<DeliveryMode>
    /// The languages that the learner can be taught in; empty means any.
    public var languages: [LanguageTag]
    /// The sorts of learning that the learner wants; empty means any.
    public var kinds: Set<CourseKind>
    /// The wishes that are hard limits: what breaks one is not offered.
    public var musts: Set<Must>
    /// How many people learn together; 1 for one learner.
    public var teamSize: Int
    /// Who they are, when it is said what each of them can and wants; else empty.
    public var members: [TeamMember]

    /// A wish that can be made a hard limit.
    public enum Must: String, Hashable, Sendable, CaseIterable {
        /// Within reach of one of the places that have a reach.
        case travel
        /// Not above the budget.
        case budget
        /// From the level had to the level wanted.
        case level
        /// Within the window in which learning may start.
        case start
        /// In the free slots, within the weekly hours and before the deadline.
        case time
        /// In one of the languages.
        case language
        /// In one of the delivery modes.
        case mode
        /// Of one of the kinds.
        case kind
        /// With all that is needed of the place and the teaching.
        case accessibility
        /// Within the hours in which the children are looked after, with the way from home and back.
        case childcare
        /// In the free time with the way there and back.
        case commute
    }

    /// A profile that says nothing.
    public init() {
        skillsHad = []
        skillsWanted = []
        free = []
        freeHours = []
        accessibility = []
        childcare = []
        funding = []
        modes = []
        languages = []
        kinds = []
        musts = []
        teamSize = 1
        members = []
    }
}

/// One of a team, beside what the profile says of all of them.
public struct TeamMember: Hashable, Sendable {
    /// What to call this one; "1" for the first when it is left out.
    public var name: String
    /// The work that this one does or is to do, when it differs from the team's.
    public var occupation: String?
    /// The skills that this one has.
    public var skillsHad: [String]
    /// The skills that this one wants.
    public var skillsWanted: [String]

    /// A member.
    public init(
        name: String, occupation: String? = nil, skillsHad: [String] = [],
        skillsWanted: [String] = []
    ) {
        self.name = name
        self.occupation = occupation
        self.skillsHad = skillsHad
        self.skillsWanted = skillsWanted
    }
}

/// A place of a learner's life, and how far from it the learner goes to learn.
public struct ProfilePlace: Hashable, Sendable {
    /// A place name, a postcode, or `latitude,longitude`.
    public var place: String
    /// How far; `nil` sets no limit.
    public var within: Within?
    /// How the learner travels.
    public var mode: TravelMode

    /// How far from a place.
    public enum Within: Hashable, Sendable {
        /// Great-circle metres; above 0.
        case metres(Int)
        /// Minutes of travel; above 0.
        case minutes(Int)
    }

    /// A place with a reach.
    public init(place: String, within: Within? = nil, mode: TravelMode = .bike) {
        self.place = place
        self.within = within
        self.mode = mode
    }
}
