/// Parts of the week: mornings, afternoons and evenings of the seven days.
///
/// Bit `3 × day + part`, with Monday's morning the lowest; 21 bits are used.
public struct WeekSlots: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Slots by their bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A part of a day.
    public enum Part: Int, Hashable, Sendable, CaseIterable {
        /// Until 12:30.
        case morning
        /// From 12:30 to 18:00.
        case afternoon
        /// From 18:00.
        case evening
    }

    /// One part of one day.
    public init(_ day: Weekday, _ part: Part) {
        let index = Weekday.allCases.firstIndex(of: day) ?? 0
        self.init(rawValue: 1 << UInt32(3 * index + part.rawValue))
    }

    /// All of a day.
    public init(_ day: Weekday) {
        let index = Weekday.allCases.firstIndex(of: day) ?? 0
        self.init(rawValue: 0b111 << UInt32(3 * index))
    }

    /// One part of every day of the week.
    public init(every part: Part) {
        self.init(rawValue: 0b001_001_001_001_001_001_001 << UInt32(part.rawValue))
    }

    /// Saturday and Sunday.
    public static let weekend: WeekSlots = [WeekSlots(.saturday), WeekSlots(.sunday)]
    /// Monday to Friday.
    public static let weekdays = WeekSlots(rawValue: (1 << 15) - 1)

    /// The slots that a meeting takes.
    ///
    /// They are the one in which it begins and any it runs on into by more than half an hour; all
    /// of the day when its times are not known.
    public init(_ day: Weekday, from begins: TimeOfDay?, to ends: TimeOfDay?) {
        guard let begins else {
            self.init(day)
            return
        }
        let bounds = [(Part.morning, 0, 750), (.afternoon, 750, 1080), (.evening, 1080, 1440)]
        let end = max(ends?.minutes ?? begins.minutes + 1, begins.minutes + 1)
        var slots: WeekSlots = []
        for (part, from, to) in bounds {
            let overlap = min(end, to) - max(begins.minutes, from)
            if overlap > 30 || (from..<to).contains(begins.minutes) {
                slots.insert(WeekSlots(day, part))
            }
        }
        self = slots
    }
}
