import CourseModel

/// A moment to the second, in UTC (RFC 3339).
struct UTCTime: Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z.
    let seconds: Int64

    /// Reads a day, alone or with a time and perhaps a zone (ISO 8601, XML Schema `dateTime`).
    ///
    /// A day alone is its midnight. What names no zone is taken for UTC, which is at most half a day
    /// beside what was meant.
    init?(_ text: String) {
        if let seconds = Self.plain(text) {
            self.seconds = seconds
            return
        }
        guard let day = CalendarDate(iso: text) else { return nil }
        let midnight = Int64(day.daysSince1970) * 86_400
        let rest = text.dropFirst(10)
        guard rest.first == "T" || rest.first == "t" || rest.first == " ",
            let time = TimeOfDay(iso: rest.dropFirst())
        else {
            seconds = midnight
            return
        }
        let clock = rest.dropFirst().prefix { $0.isASCII && ($0.isNumber || $0 == ":") }
        let parts = clock.split(separator: ":")
        let inMinute = parts.count > 2 ? Int64(parts[2]).map { min($0, 59) } ?? 0 : 0
        let zone = rest.dropFirst(1 + clock.count).drop { $0 == "." || $0.isNumber }
        var offset: Int64 = 0
        if let sign = zone.first, sign == "+" || sign == "-",
            let shift = TimeOfDay(iso: zone.dropFirst())
        {
            offset = Int64(shift.minutes) * (sign == "-" ? -60 : 60)
        }
        seconds = midnight + Int64(time.minutes) * 60 + inMinute - offset
    }

    /// The seconds of a moment in the form in which nearly all are written: `2026-09-12T08:30:00Z`.
    private static func plain(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count == 20, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58,
                bytes[19] == 90, bytes[4] == 45, bytes[7] == 45
            else { return nil }
            func number(_ range: Range<Int>) -> Int? {
                var value = 0
                for byte in bytes[range] {
                    guard 48...57 ~= byte else { return nil }
                    value = value * 10 + Int(byte - 48)
                }
                return value
            }
            guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
                let hour = number(11..<13), let minute = number(14..<16),
                let second = number(17..<19), hour < 24, minute < 60, second < 60,
                let date = CalendarDate(year: year, month: month, day: day)
            else { return nil }
            return Int64(date.daysSince1970) * 86_400
                + Int64(hour * 3600 + minute * 60 + second)
        }
    }

    /// `2026-09-12T08:30:00Z`.
    var iso: String { "\(day.iso)T\(two(hour)):\(two(minute)):\(two(second))Z" }

    /// `20260912T083000Z`, the form of RFC 5545.
    var compact: String {
        "\(day.iso.filter { $0 != "-" })T\(two(hour))\(two(minute))\(two(second))Z"
    }

    static func < (first: Self, second: Self) -> Bool { first.seconds < second.seconds }

    private var day: CalendarDate {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        return CalendarDate(daysSince1970: Int32(clamping: days))
    }
    private var ofDay: Int { Int(seconds - Int64(day.daysSince1970) * 86_400) }
    private var hour: Int { ofDay / 3600 }
    private var minute: Int { ofDay / 60 % 60 }
    private var second: Int { ofDay % 60 }
    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension CatalogueFacts {
    /// When a course last changed: as the catalogue saw it, else as its provider says, else when
    /// the feed was made.
    func changed(_ provenance: Provenance, in context: FeedContext) -> UTCTime? {
        changed.flatMap { UTCTime($0) } ?? provenance.lastEdited.flatMap { UTCTime($0) }
            ?? UTCTime(context.generated)
    }
}
