import CourseModel

/// A date as a feed writes it, with how exact it is.
public struct ParsedDate: Hashable, Sendable {
    /// What the text names.
    public enum Precision: Hashable, Sendable {
        /// A day.
        case day
        /// A month; the date is its first day.
        case month
        /// A year; the date is its first day.
        case year
    }

    /// The day, or the first day of the month or year.
    public var date: CalendarDate
    /// What the text names.
    public var precision: Precision

    /// A date with its precision.
    public init(_ date: CalendarDate, _ precision: Precision = .day) {
        self.date = date
        self.precision = precision
    }
}

/// Reads a date in any of the forms that feeds use.
///
/// - ISO 8601 and W3C-DTF: `2026`, `2026-09`, `2026-09-12`, `20260912`, with or without a time and
///   zone; the day is taken as written.
/// - Numbers, day first: `12-9-2026`, `12/09/2026`, `12.09.2026`; month first only where the other
///   order is impossible (`09/25/2026`).
/// - Dutch and English words: `12 september 2026`, `Sat 12th Sept 2026`, `September 12, 2026`,
///   `september 2026`.
///
/// - Returns: `nil` when the text is no date, or says more than a date and a time.
public func parseDate(_ text: String) -> ParsedDate? {
    var text = text
    return text.withUTF8 { bytes in parseDate(utf8: bytes) }
}

private func parseDate(utf8 bytes: UnsafeBufferPointer<UInt8>) -> ParsedDate? {
    if let iso = isoDate(bytes) { return iso }
    var tokens = DateTokens(bytes)
    var fields: [DateTokens.Token] = []
    while let token = tokens.next() {
        switch token {
        case .weekday where fields.isEmpty: continue
        case .ordinal: continue
        case .time:
            return fields.count < 2 ? nil : date(fields)
        case .other: return nil
        default:
            fields.append(token)
            if fields.count > 3 { return nil }
        }
    }
    return date(fields)
}

private func date(_ fields: [DateTokens.Token]) -> ParsedDate? {
    func day(_ year: Int, _ month: Int, _ day: Int) -> ParsedDate? {
        CalendarDate(year: year, month: month, day: day).map { ParsedDate($0) }
    }
    switch fields.count {
    case 3:
        switch (fields[0], fields[1], fields[2]) {
        case (.number(let d, digits: 1...2), .month(let m), .number(let y, digits: 4)),
            (.month(let m), .number(let d, digits: 1...2), .number(let y, digits: 4)),
            (.number(let y, digits: 4), .month(let m), .number(let d, digits: 1...2)):
            return day(y, m, d)
        case (
            .number(let d, digits: 1...2), .number(let m, digits: 1...2),
            .number(let y, digits: 4)
        ):
            return day(y, m, d) ?? day(y, d, m)
        case (
            .number(let y, digits: 4), .number(let m, digits: 1...2),
            .number(let d, digits: 1...2)
        ):
            return day(y, m, d)
        default: return nil
        }
    case 2:
        switch (fields[0], fields[1]) {
        case (.month(let m), .number(let y, digits: 4)),
            (.number(let y, digits: 4), .month(let m)),
            (.number(let m, digits: 1...2), .number(let y, digits: 4)),
            (.number(let y, digits: 4), .number(let m, digits: 1...2)):
            return CalendarDate(year: y, month: m, day: 1).map { ParsedDate($0, .month) }
        default: return nil
        }
    default: return nil
    }
}

/// The forms that begin with a year, alone or before a time.
private func isoDate(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedDate? {
    func number(_ range: Range<Int>) -> Int? {
        guard range.upperBound <= bytes.count else { return nil }
        var value = 0
        for index in range {
            let byte = bytes[index]
            guard 48...57 ~= byte else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }
    guard bytes.count >= 4, let year = number(0..<4) else { return nil }
    func made(_ month: Int, _ day: Int, _ precision: ParsedDate.Precision) -> ParsedDate? {
        CalendarDate(year: year, month: month, day: day).map { ParsedDate($0, precision) }
    }
    if bytes.count == 4 { return made(1, 1, .year) }
    if bytes[4] == 45, let month = number(5..<7) {
        if bytes.count == 7 { return made(month, 1, .month) }
        guard bytes.count >= 10, bytes[7] == 45, let day = number(8..<10),
            bytes.count == 10 || [84, 116, 32, 90, 122, 43, 45].contains(bytes[10])
        else { return nil }
        return made(month, day, .day)
    }
    if let month = number(4..<6), let day = number(6..<8),
        bytes.count == 8 || bytes[8] == 84
    {
        return made(month, day, .day)
    }
    return nil
}

/// Cuts a date's text into numbers, names of months and days, and the rest.
private struct DateTokens {
    enum Token {
        case number(Int, digits: Int)
        case month(Int)
        case weekday
        case ordinal
        case time
        case other
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> Token? {
        // Separators: space, comma, full stop, hyphen, slash, no-break space (C2 A0).
        while index < bytes.count,
            [32, 9, 10, 13, 44, 46, 45, 47, 0xC2, 0xA0].contains(bytes[index])
        {
            index += 1
        }
        guard index < bytes.count else { return nil }
        if 48...57 ~= bytes[index] { return number() }
        return word()
    }

    private mutating func number() -> Token {
        var value = 0
        var digits = 0
        while index < bytes.count, 48...57 ~= bytes[index], digits < 9 {
            value = value * 10 + Int(bytes[index] - 48)
            digits += 1
            index += 1
        }
        guard index < bytes.count else { return .number(value, digits: digits) }
        // A colon or the `h` and `u` of "10u30" make it a time.
        if [58, 104, 117].contains(bytes[index]) {
            index = bytes.count
            return .time
        }
        return .number(value, digits: digits)
    }

    private mutating func word() -> Token {
        var letters: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index] | 0x20
            guard 97...122 ~= byte || bytes[index] >= 0x80, bytes[index] != 0xC2 else { break }
            letters.append(bytes[index] >= 0x80 ? bytes[index] : byte)
            index += 1
        }
        guard !letters.isEmpty else {
            index += 1
            return .other
        }
        let word = String(decoding: letters, as: UTF8.self)
        if let month = monthNames[word] { return .month(month) }
        if weekdayNames.contains(word) { return .weekday }
        if ["st", "nd", "rd", "th", "e", "de", "ste", "of", "van"].contains(word) {
            return .ordinal
        }
        if ["om", "at", "t", "vanaf", "from"].contains(word) {
            index = bytes.count
            return .time
        }
        return .other
    }
}

private let monthNames: [String: Int] = [
    "januari": 1, "january": 1, "jan": 1, "februari": 2, "february": 2, "feb": 2, "febr": 2,
    "maart": 3, "march": 3, "mar": 3, "mrt": 3, "april": 4, "apr": 4, "mei": 5, "may": 5,
    "juni": 6, "june": 6, "jun": 6, "juli": 7, "july": 7, "jul": 7, "augustus": 8, "august": 8,
    "aug": 8, "september": 9, "sept": 9, "sep": 9, "oktober": 10, "october": 10, "okt": 10,
    "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
]

private let weekdayNames: Set<String> = [
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "ma", "di",
    "wo", "do", "vr", "za", "zo", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
]
