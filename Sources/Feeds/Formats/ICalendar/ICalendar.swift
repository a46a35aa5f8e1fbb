/// iCalendar (RFC 5545): the meetings of the offerings, for calendars.
public enum ICalendar: CatalogueFormat {
    /// The name that is typed.
    public static let name = "ics"
    /// The name that people use.
    public static let title = "iCalendar"
    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { ICalendarWriter.self }
}
