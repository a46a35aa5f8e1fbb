/// A day of the Gregorian calendar, without a time or a zone.
///
/// Course dates are days of the school's wall calendar; a zone would only move them. Stored as the
/// number of days since 1970-01-01, so dates compare and subtract as integers.
public struct CalendarDate: Hashable, Sendable, Comparable {
    /// Days since 1970-01-01; negative before.
    public let daysSince1970: Int32

    /// The date that many days after 1970-01-01.
    public init(daysSince1970: Int32) { self.daysSince1970 = daysSince1970 }

    /// A date by its parts.
    ///
    /// - Returns: `nil` when there is no such day, or the year is outside 1...9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, year: year)
        else { return nil }
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil.
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        daysSince1970 = Int32(era * 146_097 + dayOfEra - 719_468)
    }

    /// Reads `YYYY-MM-DD`, alone or before a time (`2027-02-02T09:00:00+01:00`) or zone (`2027-02-02Z`).
    ///
    /// The day is taken as written; a zone does not move it.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(11))
        guard bytes.count >= 10, bytes[4] == 45, bytes[7] == 45,
            bytes.count == 10 || [84, 116, 32, 90, 43, 45].contains(bytes[10])
        else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for index in range {
                guard 48...57 ~= bytes[index] else { return nil }
                value = value * 10 + Int(bytes[index] - 48)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month 1...12 and day 1...31.
    public var parts: (year: Int, month: Int, day: Int) {
        let z = Int(daysSince1970) + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let mp = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * mp + 2) / 5 + 1
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of the week.
    public var weekday: Weekday {
        let index = (Int(daysSince1970) % 7 + 7 + 3) % 7
        return Weekday.allCases[index]
    }

    /// `YYYY-MM-DD`.
    public var iso: String {
        let (year, month, day) = parts
        // Written digit by digit: feeds hold more dates than anything else.
        return String(unsafeUninitializedCapacity: 16) { out in
            var end = 0
            func add(_ value: Int, _ width: Int) {
                var divisor = 1
                for _ in 1..<width { divisor *= 10 }
                while value / divisor >= 10 { divisor *= 10 }
                while divisor > 0 {
                    out[end] = UInt8(48 + value / divisor % 10)
                    end += 1
                    divisor /= 10
                }
            }
            if year < 0 {
                out[end] = 45
                end += 1
            }
            add(abs(year), year < 0 ? 3 : 4)
            out[end] = 45
            end += 1
            add(month, 2)
            out[end] = 45
            end += 1
            add(day, 2)
            return end
        }
    }

    /// The date `days` later, or earlier when negative.
    public func adding(days: Int) -> CalendarDate {
        CalendarDate(daysSince1970: daysSince1970 + Int32(days))
    }

    /// The same day of the month `months` later; the last day when that month is shorter.
    public func adding(months: Int) -> CalendarDate {
        let (year, month, day) = parts
        let index = year * 12 + month - 1 + months
        let newYear = min(max(index / 12, 1), 9999)
        let newMonth = index % 12 + 1
        let newDay = min(day, Self.days(inMonth: newMonth, year: newYear))
        return CalendarDate(year: newYear, month: newMonth, day: newDay) ?? self
    }

    /// How many days `other` lies after this date; negative when before.
    public func days(to other: CalendarDate) -> Int {
        Int(other.daysSince1970) - Int(daysSince1970)
    }

    /// Orders dates in time.
    public static func < (first: Self, second: Self) -> Bool {
        first.daysSince1970 < second.daysSince1970
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CalendarDate: CustomStringConvertible, Codable {
    /// `YYYY-MM-DD`.
    public var description: String { iso }

    /// Reads `YYYY-MM-DD`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CalendarDate(iso: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "“\(text)” is not a date (YYYY-MM-DD)")
        }
        self = date
    }

    /// Writes `YYYY-MM-DD`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}

/// A day of the week, Monday first (ISO 8601).
public enum Weekday: String, Hashable, Sendable, Codable, CaseIterable {
    /// The days, in order.
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// A time on the wall clock, to the minute.
public struct TimeOfDay: Hashable, Sendable, Comparable, Codable {
    /// Minutes since midnight, 0...1440; 1440 is the end of the day.
    public let minutes: Int

    /// A time by its minutes since midnight.
    public init?(minutes: Int) {
        guard (0...1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// Reads `HH:MM` and `HH:MM:SS` with anything behind it (a zone, a fraction).
    public init?(iso text: some StringProtocol) {
        var hours = 0
        var minutes = 0
        var digits = 0
        var isHours = true
        for byte in text.utf8 {
            if isHours, byte == 58, (1...2).contains(digits) {
                isHours = false
                digits = 0
                continue
            }
            guard 48...57 ~= byte, digits < 2 else { break }
            digits += 1
            if isHours {
                hours = hours * 10 + Int(byte - 48)
            } else {
                minutes = minutes * 10 + Int(byte - 48)
                if digits == 2 { break }
            }
        }
        guard !isHours, digits > 0, hours <= 24, minutes < 60 else { return nil }
        self.init(minutes: hours * 60 + minutes)
    }

    /// `HH:MM`.
    public var iso: String {
        let hours = minutes / 60
        let rest = minutes % 60
        return (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
    }

    /// Orders times within a day.
    public static func < (first: Self, second: Self) -> Bool { first.minutes < second.minutes }
}
