import CourseModel

extension CourseRecord {
    /// See ``CourseRow/halfHoursPerWeek``.
    var halfHoursPerWeek: UInt8 {
        let hours = offerings.compactMap { $0.hoursPerWeek(course) }.max()
        return UInt8(clamping: Int(((hours ?? 0) * 2).rounded(.up)))
    }
}

extension Offering {
    /// Hours of work a week: as stated, else all hours spread evenly over the weeks.
    fileprivate func hoursPerWeek(_ course: Course) -> Double? {
        if let hours = hoursPerWeek ?? course.studyLoad.hoursPerWeek { return hours.double }
        guard let hours = course.studyLoad.hours, let weeks = weeks(course), weeks > 0
        else { return nil }
        return hours.double / Double(weeks)
    }

    /// See ``OfferingRow/slots``.
    var slotBytes: (UInt8, UInt8, UInt8) {
        var slots: WeekSlots = []
        for session in sessions {
            guard let day = session.weekday ?? session.date?.weekday else { continue }
            slots.formUnion(WeekSlots(day, from: session.begins, to: session.ends))
        }
        let bits = slots.rawValue
        return (UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255))
    }
}
