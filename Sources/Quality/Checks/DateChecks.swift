import CourseModel
import Feeds

/// Rules about when something is offered.
enum DateChecks {
    /// How many days ahead an expiry is worth a word.
    static let expiryNotice = 30
    /// How many years ahead a start can be meant.
    static let plausibleYears = 5
    /// How many years something can last.
    static let longestYears = 10

    /// A course that may no longer be shown, or not for long.
    @Sendable static func expiry(_ record: CourseRecord, _ findings: inout Findings) {
        guard let expires = record.course.expires else { return }
        let days = findings.today.days(to: expires)
        if days < 0 {
            findings.add(
                .warning, .expired, field: "expires",
                "The course expired on \(expires) and is no longer shown. Set a later date, or "
                    + "take the course out.")
        } else if days < expiryNotice {
            findings.add(
                .note, .expiresSoon, field: "expires",
                "The course is shown until \(expires), \(days) days from now. Set a later date "
                    + "when it goes on.")
        }
    }

    /// Offerings that began, or that begin too far away to be meant; and a course of which nothing
    /// is still to come.
    @Sendable static func starts(_ record: CourseRecord, _ findings: inout Findings) {
        let today = findings.today
        for offering in record.offerings {
            guard let start = offering.timing.start.date else { continue }
            if start > today.adding(months: 12 * plausibleYears) {
                findings.add(
                    .warning, .startNotPlausible, of: offering, field: "start",
                    "The offering starts on \(start), more than \(plausibleYears) years from now. "
                        + "Check the year.")
            } else if start < today, offering.isOpen, offering.isPast(on: today, of: record.course)
            {
                findings.add(
                    .warning, .startInPast, of: offering, field: "start",
                    "The offering began on \(start) and is not closed, so it is left out of "
                        + "answers. Take it out, close it, or say until when one can enrol.")
            }
        }
        let over = record.offerings.allSatisfy { $0.isPast(on: today, of: record.course) }
        if over, !record.offerings.isEmpty, record.course.expires.map({ $0 >= today }) ?? true {
            findings.add(
                .warning, .nothingToCome, field: "offerings",
                "All \(record.offerings.count) offerings are over, so nobody finds the course. "
                    + "Add the next one, or take the course out.")
        }
    }

    /// Enrolment that is said to be open and is over.
    @Sendable static func enrolment(_ record: CourseRecord, _ findings: inout Findings) {
        for offering in record.offerings where offering.status == .open {
            guard let closes = offering.enrolment?.closes, closes < findings.today else { continue }
            findings.add(
                .warning, .enrolmentOver, of: offering, field: "enrolment",
                "Enrolment is said to be open but closed on \(closes). Close the offering, or set "
                    + "a later day.")
        }
    }

    /// What lasts longer than anything does.
    @Sendable static func lengths(_ record: CourseRecord, _ findings: inout Findings) {
        if let duration = record.course.duration, isTooLong(duration) {
            findings.add(
                .warning, .durationNotPlausible, field: "duration",
                "The course lasts \(duration.value.text(minimumPlaces: 0)) "
                    + "\(duration.unit.rawValue)s. Check the number and the unit.")
        }
        for offering in record.offerings {
            if let duration = offering.duration, isTooLong(duration) {
                findings.add(
                    .warning, .durationNotPlausible, of: offering, field: "duration",
                    "The offering lasts \(duration.value.text(minimumPlaces: 0)) "
                        + "\(duration.unit.rawValue)s. Check the number and the unit.")
            } else if let start = offering.timing.start.date, let end = offering.timing.end,
                start.adding(months: 12 * longestYears) < end
            {
                findings.add(
                    .warning, .durationNotPlausible, of: offering, field: "end",
                    "The offering runs from \(start) to \(end). Check the years.")
            }
        }
    }

    private static func isTooLong(_ duration: CourseDuration) -> Bool {
        duration.weeks > Double(52 * longestYears)
    }
}

extension Offering {
    /// Whether the feed lets one think that it can be taken up.
    var isOpen: Bool { status == .open || status == .unstated }
}
