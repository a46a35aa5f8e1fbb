import CourseModel
import Places

/// Why an offering fits a learner, or where it does not: facts, worded by ``text(in:)``.
public enum Reason: Hashable, Sendable {
    /// A name in both languages.
    public struct Name: Hashable, Sendable {
        /// In Dutch, or what there is.
        public var dutch: String
        /// In English, or what there is.
        public var english: String

        /// A name in both languages.
        public init(dutch: String, english: String) {
            self.dutch = dutch
            self.english = english
        }
    }

    /// Closes so many of all gaps that count, and which.
    case closes(count: Int, of: Int, skills: [Name])
    /// Teaches skills that the occupation may ask for.
    case alsoTeaches([Name])
    /// Teaches what comes near to these skills of the gap.
    case comesNear([Name])
    /// The way there, as a router knows it or as an estimate; `beyond` says by how much it is too
    /// far.
    case travel(
        minutes: Int, mode: TravelMode, role: LifePlace.Role, place: String, isRouted: Bool,
        beyond: Shortfall?)
    /// Next to a place of the learner's life.
    case closeBy(role: LifePlace.Role, place: String)
    /// No way to go: online, at a distance, or at one's own workplace.
    case noTravel(DeliveryMode)
    /// A router knows no way there.
    case noRoute
    /// It is not known where it is.
    case placeNotStated
    /// When it starts; `outside` says by how many days too late (or early, when negative).
    case starts(CalendarDate, outside: Int)
    /// Starts at any moment.
    case startsAnyTime
    /// It is not said when it starts.
    case startNotStated
    /// Takes these parts of the week, of which some may not be free.
    case slots(WeekSlots, taken: WeekSlots)
    /// Is given in these parts of the day, of which some have nothing free.
    case dayParts([DayPart], taken: [DayPart])
    /// Takes so many hours a week, of those that there are.
    case hours(Double, of: Double)
    /// Ends so many days after the deadline.
    case endsAfterDeadline(days: Int)
    /// Stands at a level, so many steps above the learner's own, which may not be known.
    case level(Int, had: Int?, wanted: Int?)
    /// What it costs for one learner, in cents; for how many; and the budget for all.
    case price(cents: Int, includesVAT: Bool?, people: Int, budget: Int?)
    /// Costs nothing.
    case free
    /// It is not said what it costs.
    case priceNotStated
    /// May be paid by these schemes, to which the learner has a right.
    case fundable([FundingScheme])
    /// What is left to pay, in cents for all, when a scheme pays its part, and who says so.
    case netPrice(cents: Int, scheme: Name, source: String, checked: CalendarDate, note: Name?)
    /// May be paid by a scheme of which it is not known how much.
    case schemeMayPay(Name, source: String, checked: CalendarDate, note: Name?)
    /// A scheme that the learner counts on cannot be used, and why.
    case schemeRefuses(Name, FundingRule.Obstacle)
    /// Is given in languages that were not asked for.
    case otherLanguages([LanguageTag])
    /// Is given in modes that were not asked for.
    case otherModes([DeliveryMode])
    /// Can be taken on so many other occasions too.
    case otherOccasions(Int)
    /// Provides these, which the learner needs.
    case accessible([Accessibility])
    /// Says that it does not provide these, which the learner needs.
    case notAccessible([Accessibility])
    /// Does not say whether it provides these, which the learner needs.
    case accessibilityNotStated([Accessibility])
    /// Falls within the hours in which the children are looked after, or by how much it does not.
    case childcare(Shortfall?)
    /// Leaves time for the way there and back, or by how much it does not.
    case commute(Shortfall?)
    /// Is meant for others.
    case otherAudience([Audience])
    /// Is of a kind that was not asked for.
    case otherKind(CourseKind)
    /// Does not say what the learner asks about, so that it counts for half.
    case notStated([Topic])

    /// Something that an offering may leave unsaid.
    public enum Topic: Hashable, Sendable, CaseIterable {
        /// How many hours a week it takes.
        case hours
        /// On which parts of the week it is given.
        case times
        /// When it ends.
        case end
        /// At which level it stands.
        case level
        /// In which mode it is given.
        case mode
        /// In which language it is given.
        case language
    }
}
