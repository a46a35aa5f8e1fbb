import CourseModel

/// A point in time, to the second, UTC.
///
/// The store never looks at a clock: whoever starts a run says when it is, so that the same run can
/// be repeated to the same bytes.
public struct Moment: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let secondsSince1970: Int64

    /// A point in time by its seconds since 1970-01-01T00:00:00Z.
    public init(secondsSince1970: Int64) { self.secondsSince1970 = secondsSince1970 }

    /// Midnight UTC at the start of a day.
    public init(_ day: CalendarDate) {
        self.init(secondsSince1970: Int64(day.daysSince1970) * 86_400)
    }

    /// Reads ``iso``; `nil` for anything else.
    public init?(iso text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasSuffix("Z"), let day = CalendarDate(iso: parts[0]),
            let time = TimeOfDay(iso: parts[1].dropLast().prefix(5)), parts[1].utf8.count == 9
        else { return nil }
        let seconds = parts[1].dropFirst(5).dropLast()
        guard seconds.hasPrefix(":"), let second = Int(seconds.dropFirst()), (0..<60) ~= second
        else { return nil }
        self.init(
            secondsSince1970: Int64(day.daysSince1970) * 86_400
                + Int64(time.minutes * 60 + second))
    }

    /// The day in UTC.
    public var day: CalendarDate {
        let days =
            secondsSince1970 >= 0 ? secondsSince1970 / 86_400 : (secondsSince1970 - 86_399) / 86_400
        return CalendarDate(daysSince1970: Int32(clamping: days))
    }

    /// `2026-09-12T08:30:00Z`.
    public var iso: String {
        let rest = Int(secondsSince1970 - Int64(day.daysSince1970) * 86_400)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(day.iso)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    /// ISO 8601.
    public var description: String { iso }

    /// Orders in time.
    public static func < (first: Self, second: Self) -> Bool {
        first.secondsSince1970 < second.secondsSince1970
    }
}
