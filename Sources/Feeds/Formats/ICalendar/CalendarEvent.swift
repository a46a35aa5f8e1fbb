import CourseModel

/// Something with a place in a calendar (RFC 5545, 3.6.1 `VEVENT`).
public struct CalendarEvent: Hashable, Sendable {
    /// When it is.
    public enum Time: Hashable, Sendable {
        /// Whole days, the last one included; it leaves those who see it free.
        case days(CalendarDate, through: CalendarDate)
        /// From a time to a time on a day, on the clocks of a place; an end before the start is on
        /// the day after. Once, or on so many weeks in a row.
        case hours(
            CalendarDate, from: TimeOfDay, to: TimeOfDay?, zone: CalendarZone?, weeks: Int = 1)
    }

    /// Its name in all calendars, for ever.
    public var id: String
    /// When it was made or last changed, as an XML Schema `dateTime`.
    public var changed: String
    /// When it is.
    public var time: Time
    /// What it is called.
    public var summary: String
    /// Where it is, in words.
    public var location: String?
    /// More about it.
    public var details: String?
    /// Its page.
    public var url: String?
    /// Where it is.
    public var coordinates: Coordinates?
    /// Words to sort it by.
    public var categories: [String] = []
    /// Whether it does not take place.
    public var isCancelled = false
    /// Whether it is known not to be final.
    public var isTentative = false

    /// An event of which only the essentials are known.
    public init(id: String, changed: String, time: Time, summary: String) {
        self.id = id
        self.changed = changed
        self.time = time
        self.summary = summary
    }
}
