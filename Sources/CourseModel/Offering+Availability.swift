extension Offering {
    /// The last day on which the offering can still be taken up.
    ///
    /// It is the day it starts, or the last day to enrol when that is later; for one that starts at
    /// any moment or does not say, the last day to enrol, else its last day; never after the day on
    /// which its course expires.
    ///
    /// - Returns: `nil` when nothing limits it.
    public func lastDayToTakeUp(of course: Course) -> CalendarDate? {
        let own: CalendarDate?
        if let start = timing.start.date {
            own = max(start, enrolment?.closes ?? start)
        } else {
            own = enrolment?.closes ?? timing.end
        }
        guard let own else { return course.expires }
        return min(own, course.expires ?? own)
    }

    /// Whether it can no longer be taken up on `today`.
    public func isPast(on today: CalendarDate, of course: Course) -> Bool {
        lastDayToTakeUp(of: course).map { $0 < today } ?? false
    }
}
