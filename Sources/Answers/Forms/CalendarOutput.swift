import CourseModel
import Feeds

/// Rows as an iCalendar (RFC 5545); offerings without a start day cannot stand in a calendar and
/// are left out, which the caller tells.
public enum CalendarOutput {
    /// The calendar, and how many rows had no day.
    public static func text(
        _ rows: [ResultRow], made today: CalendarDate
    ) -> (text: String, left: Int) {
        var calendar = CalendarText()
        var text = calendar.start()
        var left = 0
        for row in rows {
            guard let start = row.start.date else {
                left += 1
                continue
            }
            // Without a known end the event is its first day.
            var event = CalendarEvent(
                id: row.offering.value, changed: today.iso,
                time: .days(start, through: row.end ?? start), summary: row.title)
            event.location = row.place
            event.details = row.provider
            event.url = row.url
            event.coordinates = row.coordinates
            event.isCancelled = row.status == .cancelled
            text += calendar.event(event)
        }
        return (text + calendar.end, left)
    }
}
