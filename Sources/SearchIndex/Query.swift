import CourseModel
import Places
import Text

/// What someone looks for: words, conditions, order and page.
///
/// All conditions hold on one and the same offering; those on place hold at one and the same venue
/// of it. An empty query finds everything that can still be taken up.
public struct Query: Sendable {
    /// What to look for, in the query language of ``QueryLanguage``; empty for everything.
    public var words = ""
    /// Whether the last word may still be being typed, so that it stands for all that begin so.
    public var completesLastWord = false
    /// What other words to look for, and which words results may lack.
    public var synonyms = Synonyms()
    /// When fewer courses than this have all words, wherever and whenever they are given, those that
    /// have some of them are found too; 0 for never.
    public var fewestWithAllWords = 0

    /// Near where.
    public var near: Nearness?
    /// In any of these regions; empty for everywhere.
    public var regions: Set<RegionCode> = []
    /// Within this area.
    public var area: Area?
    /// Whether offerings that need no travel (online, distance, at the learner's workplace) satisfy
    /// the conditions on place.
    ///
    /// They also do when ``modes`` asks for one of those modes.
    public var acceptsNoTravel = false

    /// At one of these levels.
    public var levels: LevelSet = []
    /// Of one of these kinds; empty for all.
    public var kinds: Set<CourseKind> = []
    /// In one of these modes; empty for all.
    ///
    /// What says no mode does not match.
    public var modes: Set<DeliveryMode> = []
    /// In one of these languages of instruction; empty for all.
    public var languages: Set<LanguageTag> = []
    /// For one of these; empty for all.
    ///
    /// A course that does not say is for everyone.
    public var audiences: Set<Audience> = []
    /// By one of these providers; empty for all.
    public var providers: Set<ID<Provider>> = []
    /// From a source of one of these partners; empty for all.
    public var partners: Set<ID<Partner>> = []
    /// Payable in one of these ways; empty for all.
    public var funding: Set<FundingScheme> = []
    /// Teaching any of these skills, by id; empty for all.
    public var skills: Set<String> = []
    /// Teaching any of these skills besides, by id: those that the occupations asked for cannot do
    /// without; empty for all.
    public var occupationSkills: Set<String> = []
    /// About any of these: `scheme:code`, a code, or a label; empty for all.
    public var subjects: Set<String> = []

    /// At most this many euro, with the VAT that is known; what has no price in euro does not match.
    public var maxPrice: FixedDecimal?
    /// Starting on this day or later, or at any moment.
    ///
    /// Unstated starts do not match.
    public var startAfter: CalendarDate?
    /// Starting on this day or earlier, or at any moment.
    ///
    /// Unstated starts do not match.
    public var startBefore: CalendarDate?
    /// In one of these parts of the day or week; empty for all.
    ///
    /// What does not say does not match.
    public var dayParts: Set<DayPart> = []
    /// Lasting at most this many weeks; what has no known length does not match.
    public var maxWeeks: Int?
    /// Only what one can enrol in today: open, with places left, within its enrolment window.
    public var openOnly = false

    /// Also what is past; see ``OfferingRow/availableUntil``.
    public var includesPast = false
    /// Also what has no places left.
    public var includesFull = false
    /// Also what was cancelled or is closed for enrolment.
    public var includesCancelled = false

    /// In which order.
    ///
    /// Ties end with the place in the index, which depends on nothing but the offering's own data,
    /// so that pages never overlap and never change within a generation.
    public var sort: Sort = .relevance
    /// Whether a course stands once, with its best offering.
    public var groupsByCourse = false
    /// How many results, 0 or more.
    public var limit = 20
    /// How many results to skip, 0 or more.
    public var offset = 0
    /// Whether to count what fits but for its place because it needs no travel.
    public var countsNoTravel = true
    /// What to count by.
    public var facets: Set<FacetKind> = []
    /// Up to which total to work out what leaving out a condition would give; `nil` for never.
    public var relaxesUpTo: Int? = 0
    /// The day on which the question is asked.
    public var today: CalendarDate

    /// A query for everything that can still be taken up on `today`.
    public init(_ words: String = "", today: CalendarDate) {
        self.words = words
        self.today = today
    }

    /// An order of results.
    public enum Sort: String, Hashable, Sendable, CaseIterable {
        /// How well the words fit; then as ``distance``.
        case relevance
        /// Nearest venue first; without travel after all venues; then as ``start``.
        case distance
        /// Soonest start first; at any moment counts as today; unstated last.
        case start
        /// Cheapest first; unknown last; then as ``start``.
        case price
    }

    /// A point and how far from it.
    public struct Nearness: Sendable {
        /// Where.
        public var center: Coordinates
        /// Great-circle metres that a venue may be away; `nil` to order by distance only.
        public var metres: Double?
        /// A further condition on a venue within ``metres``, such as a travel time; asked once a
        /// venue that is looked at.
        public var isReachable: (@Sendable (Coordinates) -> Bool)?

        /// A point and how far from it.
        public init(
            center: Coordinates, metres: Double? = nil,
            isReachable: (@Sendable (Coordinates) -> Bool)? = nil
        ) {
            self.center = center
            self.metres = metres
            self.isReachable = isReachable
        }
    }
}

/// A region by its kind and code.
public struct RegionCode: Hashable, Sendable {
    /// How it divides the country.
    public var kind: RegionKind
    /// Its official code.
    public var code: String

    /// A region.
    public init(kind: RegionKind, code: String) {
        self.kind = kind
        self.code = code
    }
}

/// A set of levels that courses are searched at.
public struct LevelSet: OptionSet, Hashable, Sendable {
    /// One bit for each ``LevelCode``.
    public let rawValue: UInt16

    /// The levels whose bits are set.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// Courses whose level is not known.
    public static let unknown = LevelSet(rawValue: 1)

    /// All courses at an EQF level 1...8; NLQF 4+ is at EQF 4.
    public static func eqf(_ level: Int) -> LevelSet {
        guard (1...8).contains(level) else { return [] }
        return level == 4 ? [.nlqf(.four), .nlqf(.fourPlus)] : LevelSet(rawValue: 1 << level)
    }

    /// All courses at an NLQF level.
    public static func nlqf(_ level: NLQFLevel) -> LevelSet {
        LevelSet(rawValue: 1 << LevelCode(level).rawValue)
    }
}

/// A course's level in one number: 0 unknown, 1...8 the EQF level, 9 NLQF 4+ (EQF 4).
public struct LevelCode: Hashable, Sendable {
    /// 0...9.
    public let rawValue: UInt8

    /// The level with that number; unknown when out of range.
    public init(rawValue: UInt8) { self.rawValue = rawValue <= 9 ? rawValue : 0 }

    /// An NLQF level.
    public init(_ level: NLQFLevel) {
        self.init(rawValue: level == .fourPlus ? 9 : UInt8(level.eqf))
    }

    /// A course's level.
    public init(_ level: Level?) {
        if let nlqf = level?.nlqf {
            self.init(nlqf)
        } else {
            self.init(rawValue: UInt8(level?.eqf ?? 0))
        }
    }

    /// The EQF level 1...8, when known.
    public var eqf: Int? { rawValue == 0 ? nil : rawValue == 9 ? 4 : Int(rawValue) }

    /// `1`...`8`, `4+`, or `unknown`.
    public var name: String {
        rawValue == 0 ? "unknown" : rawValue == 9 ? "4+" : String(rawValue)
    }
}
