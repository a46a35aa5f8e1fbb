/// A stretch of hours on one day of the week, to the minute.
public struct WeeklyHours: Hashable, Sendable {
    /// The day.
    public let day: Weekday
    /// Minutes since midnight, 0..<1440.
    public let begins: Int
    /// Minutes since midnight, above `begins`, at most 1440.
    public let ends: Int

    /// A stretch of a day; `nil` when it does not end after it begins, or leaves the day.
    public init?(_ day: Weekday, from begins: Int, to ends: Int) {
        guard begins >= 0, begins < ends, ends <= 1440 else { return nil }
        self.day = day
        self.begins = begins
        self.ends = ends
    }

    /// Whether all of another stretch lies in it.
    public func contains(_ other: WeeklyHours) -> Bool {
        day == other.day && begins <= other.begins && other.ends <= ends
    }

    /// The parts of the week that it touches.
    public var slots: WeekSlots {
        WeekSlots(day, from: TimeOfDay(minutes: begins), to: TimeOfDay(minutes: ends))
    }

    /// Stretches put together where they meet, by day and hour.
    public static func merged(_ hours: some Sequence<WeeklyHours>) -> [WeeklyHours] {
        var merged: [WeeklyHours] = []
        for next in hours.sorted(by: { $0.order < $1.order }) {
            if let last = merged.last, last.day == next.day, next.begins <= last.ends,
                let joined = WeeklyHours(
                    last.day, from: last.begins, to: max(last.ends, next.ends))
            {
                merged[merged.count - 1] = joined
            } else {
                merged.append(next)
            }
        }
        return merged
    }

    private var order: (Int, Int, Int) {
        (Weekday.allCases.firstIndex(of: day) ?? 0, begins, ends)
    }
}

extension WeekSlots {
    /// The hours of the slots, put together where they meet.
    public var hours: [WeeklyHours] {
        let bounds = [(Part.morning, 0, 750), (.afternoon, 750, 1080), (.evening, 1080, 1440)]
        return WeeklyHours.merged(
            Weekday.allCases.flatMap { day in
                bounds.compactMap { part, from, to in
                    contains(WeekSlots(day, part)) ? WeeklyHours(day, from: from, to: to) : nil
                }
            })
    }
}
