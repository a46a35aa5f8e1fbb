/// When an offering starts.
public enum Start: Hashable, Sendable, Codable {
    /// On a day.
    case on(CalendarDate)
    /// At any moment.
    case rolling
    /// At a moment to be agreed with the provider.
    case onRequest
    /// Not said, or in words that are no date ("voorjaar").
    case unstated(raw: String?)

    /// The day, when there is one.
    public var date: CalendarDate? {
        if case .on(let date) = self { date } else { nil }
    }

    /// Whether one can start at any moment, or by agreement.
    public var isContinuous: Bool {
        self == .rolling || self == .onRequest
    }
}

/// When an offering runs: an end before the start cannot be written down.
public struct Timing: Hashable, Sendable, Codable {
    /// When it starts.
    public let start: Start
    /// Whether the feed calls the start final; `nil` when not said.
    public let startIsFinal: Bool?
    /// Its last day, when known.
    public let end: CalendarDate?

    /// When an offering runs.
    ///
    /// - Returns: `nil` when `end` lies before the day of `start`.
    public init?(start: Start, startIsFinal: Bool? = nil, end: CalendarDate? = nil) {
        if let first = start.date, let end, end < first { return nil }
        self.start = start
        self.startIsFinal = startIsFinal
        self.end = end
    }

    /// An offering of which nothing is said.
    public static let unstated = Timing(unchecked: .unstated(raw: nil))

    /// An offering that starts like this, with an end that is not known.
    public init(start: Start) { self.init(unchecked: start) }

    private init(unchecked start: Start) {
        self.start = start
        startIsFinal = nil
        end = nil
    }
}

/// The days between which one can enrol, both included; absent ends are open.
public struct EnrolmentWindow: Hashable, Sendable, Codable {
    /// The first day, when given.
    public let opens: CalendarDate?
    /// The last day, when given.
    public let closes: CalendarDate?

    /// A window; `nil` when it closes before it opens.
    public init?(opens: CalendarDate? = nil, closes: CalendarDate? = nil) {
        if let opens, let closes, closes < opens { return nil }
        self.opens = opens
        self.closes = closes
    }
}

/// One meeting of an offering.
public struct Session: Hashable, Sendable, Codable {
    /// The day, when it is fixed.
    public var date: CalendarDate?
    /// The day of the week, when only that is known.
    public var weekday: Weekday?
    /// When it begins and ends.
    public var begins: TimeOfDay?
    /// When it ends.
    public var ends: TimeOfDay?
    /// Where, when it differs from the offering's venues.
    public var venue: Venue?
    /// What is done.
    public var name: LocalizedText

    /// A meeting.
    public init(
        date: CalendarDate? = nil, weekday: Weekday? = nil, begins: TimeOfDay? = nil,
        ends: TimeOfDay? = nil, venue: Venue? = nil, name: LocalizedText = LocalizedText()
    ) {
        self.date = date
        self.weekday = weekday
        self.begins = begins
        self.ends = ends
        self.venue = venue
        self.name = name
    }
}

/// Where an offering is given.
public enum TeachingPlace: Hashable, Sendable, Codable {
    /// At a venue.
    case venue(Venue)
    /// Online.
    case online
    /// At the learner's workplace.
    case workplace

    /// The venue, when there is one.
    public var venue: Venue? {
        if case .venue(let venue) = self { venue } else { nil }
    }
}

/// One occasion to take a course (EN 15982: learning opportunity instance).
///
/// XCRI-CAP calls it a presentation, EDU-DEX a programme run.
public struct Offering: Hashable, Sendable, Codable {
    /// Stable id.
    public var id: ID<Offering>
    /// What the feed calls it; derived from course, start and venue when the feed gives none.
    public var nativeID: String
    /// The course it is an occasion of.
    public var course: ID<Course>
    /// Its own name, when it has one beside the course's.
    public var title: LocalizedText
    /// When it runs.
    public var timing: Timing
    /// The date as the feed wrote it, when that says more than the day.
    public var statedStart: String?
    /// How long it lasts, when given.
    public var duration: CourseDuration?
    /// When one can enrol.
    public var enrolment: EnrolmentWindow?
    /// Where to enrol.
    public var applyURL: String?
    /// In which parts of the day; empty means not said.
    public var dayParts: Set<DayPart>
    /// Its meetings.
    public var sessions: [Session]
    /// Hours a week, when given for this occasion.
    public var hoursPerWeek: FixedDecimal?
    /// Where; empty means not said (the provider's address stands in when offerings are placed).
    public var places: [TeachingPlace]
    /// How it is taught; empty means as the course says.
    public var modes: Set<DeliveryMode>
    /// Full-time, part-time, dual; empty means as the course says.
    public var studyModes: Set<StudyMode>
    /// Languages of instruction; empty means as the course says.
    public var languages: [LanguageShare]
    /// Languages of assessment.
    public var assessmentLanguages: [LanguageTag]
    /// What it costs; absent when not said.
    public var price: Price?
    /// How many can take part in all.
    public var capacity: Int?
    /// With how many it goes ahead.
    public var minimumParticipants: Int?
    /// How many places are left; absent when not said.
    public var placesLeft: Int?
    /// Whether it can be taken up.
    public var status: OfferingStatus
    /// The ages it is for, as the feed says (`any`, `16-18`, `19+`).
    public var age: String?
    /// Texts of this occasion.
    public var description: LocalizedRichText
    /// Texts of this occasion on one theme each.
    public var sections: [TextSection]
    /// Its page.
    public var url: String?
    /// Where it was read.
    public var provenance: Provenance

    /// An offering of a course, of which nothing more is known.
    public init(
        id: ID<Offering>, nativeID: String, course: ID<Course>, timing: Timing,
        provenance: Provenance
    ) {
        self.id = id
        self.nativeID = nativeID
        self.course = course
        self.timing = timing
        self.provenance = provenance
        title = LocalizedText()
        dayParts = []
        sessions = []
        places = []
        modes = []
        studyModes = []
        languages = []
        assessmentLanguages = []
        status = .unstated
        description = LocalizedRichText()
        sections = []
    }
}
