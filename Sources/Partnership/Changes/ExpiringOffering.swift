import CourseModel
import Storage

/// An offering that can soon no longer be taken up: its partner may have a next one to publish.
public struct ExpiringOffering: Sendable {
    /// Its course.
    public var course: Course
    /// The offering.
    public var offering: Offering
    /// The last day to take it up.
    public var lastDay: CalendarDate
    /// Whether its course has nothing later to take up.
    public var isLast: Bool

    /// The offerings of a source, or of all, that can be taken up today and no longer than `days`
    /// from now; by last day, then by id.
    public static func all(
        of source: ID<Source>?, today: CalendarDate, days: Int, in snapshot: any CatalogueSnapshot
    ) throws -> [ExpiringOffering] {
        let end = CalendarDate(daysSince1970: today.daysSince1970 + Int32(clamping: days))
        var expiring: [ExpiringOffering] = []
        try snapshot.forEachRecord(since: nil, states: [.present], source: source) { stored in
            let course = stored.record.course
            let open = stored.record.offerings.filter {
                !$0.isPast(on: today, of: course) && $0.status != .cancelled
            }
            let stays = open.contains { ($0.lastDayToTakeUp(of: course) ?? end) >= end }
            for offering in open {
                guard let last = offering.lastDayToTakeUp(of: course), last < end else { continue }
                expiring.append(
                    ExpiringOffering(
                        course: course, offering: offering, lastDay: last, isLast: !stays))
            }
        }
        return expiring.sorted {
            ($0.lastDay, $0.offering.id.value) < ($1.lastDay, $1.offering.id.value)
        }
    }
}
