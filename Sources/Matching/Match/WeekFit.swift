import CourseModel

/// Whether meetings fit in stretches of the week, with the way there and back.
struct WeekFit {
    /// The stretches, merged.
    let stretches: [WeeklyHours]

    /// What meetings fall short of the stretches by; `nil` when all fit.
    ///
    /// - Parameter ways: The minutes from where the learner is before a stretch, and to where he or
    ///   she is after it; 0 when the way does not count.
    func shortfall(
        _ meetings: [WeeklyHours], ways: (WeeklyHours) -> (there: Double, back: Double)
    ) -> Shortfall? {
        var outside: WeekSlots = []
        var missing = 0
        for meeting in meetings {
            guard let stretch = stretches.first(where: { $0.contains(meeting) }) else {
                outside.formUnion(meeting.slots)
                continue
            }
            let way = ways(stretch)
            missing = max(
                missing,
                Int((way.there - Double(meeting.begins - stretch.begins)).rounded(.up)),
                Int((way.back - Double(stretch.ends - meeting.ends)).rounded(.up)))
        }
        if !outside.isEmpty { return .slots(outside) }
        return missing > 0 ? .minutesBetween(missing) : nil
    }

    /// As ``shortfall(_:ways:)`` for meetings of which only the parts of the week are known: they
    /// cannot fit where no stretch touches them, and fit surely where a whole part is covered.
    func shortfall(_ slots: WeekSlots) -> Shortfall? {
        let touched = stretches.reduce(into: WeekSlots()) { $0.formUnion($1.slots) }
        let outside = slots.subtracting(touched)
        if !outside.isEmpty { return .slots(outside) }
        return slots.hours.allSatisfy { hours in stretches.contains { $0.contains(hours) } }
            ? nil : .notStated
    }
}
