import CourseModel

/// What an offering falls short of a hard limit by: what would bring it in.
public enum Shortfall: Hashable, Sendable {
    /// So many metres beyond reach.
    case metres(Int)
    /// So many minutes beyond reach.
    case minutes(Int)
    /// So many euro cents above the budget.
    case cents(Int)
    /// So many levels above (positive) or below (negative) what was asked.
    case levels(Int)
    /// Starts so many days too late (positive) or too early (negative).
    case days(Int)
    /// Ends so many days after the deadline.
    case daysAfterDeadline(Int)
    /// Takes so many tenths of an hour a week more than there are.
    case tenthsOfHours(Int)
    /// Takes these parts of the week, which are not free.
    case slots(WeekSlots)
    /// Is given in these parts of the day, in which there is nothing free.
    case dayParts([DayPart])
    /// Is given in one of these languages.
    case languages([LanguageTag])
    /// Is given in one of these modes.
    case modes([DeliveryMode])
    /// Is of this kind.
    case kind(CourseKind)
    /// Leaves so many minutes too few for the way between it and what comes before or after.
    case minutesBetween(Int)
    /// Does not provide these, and says so.
    case lacks([Accessibility])
    /// The offering does not say what the limit is about.
    case notStated
}

/// How far beyond a limit an offering may be to be worth telling.
public struct NearMissLimits: Hashable, Sendable {
    /// The most metres beyond reach.
    public var metres = 15_000
    /// The most minutes beyond reach.
    public var minutes = 30
    /// The most euro cents above the budget.
    public var cents = 50_000
    /// The most levels above or below.
    public var levels = 1
    /// The most days too early, too late or after the deadline.
    public var days = 183
    /// The most tenths of an hour a week too many.
    public var tenthsOfHours = 60
    /// How many are told for each limit.
    public var perLimit = 3

    /// The limits that we start with.
    public init() {}

    func admit(_ shortfall: Shortfall) -> Bool {
        switch shortfall {
        case .metres(let value): value <= metres
        case .minutes(let value): value <= minutes
        case .cents(let value): value <= cents
        case .levels(let value): abs(value) <= levels
        case .days(let value): abs(value) <= days
        case .daysAfterDeadline(let value): value <= days
        case .tenthsOfHours(let value): value <= tenthsOfHours
        case .minutesBetween(let value): value <= minutes
        case .lacks: false
        case .slots, .dayParts, .languages, .modes, .kind, .notStated: true
        }
    }
}
