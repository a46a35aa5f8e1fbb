import CourseModel

/// Reads an ISO 8601 duration (`P10W`, `P1Y6M`, `PT6H`, `P1.5Y`).
///
/// Several units become the smallest of them: years and months are months, weeks and days are days.
/// A time behind days is left out, since a course's day is no 24 hours.
///
/// - Returns: `nil` when it is no duration, or no time at all.
public func parseDuration(iso text: String) -> CourseDuration? {
    var rest = text.utf8[...]
    guard let first = rest.popFirst(), first == 80 || first == 112 else { return nil }
    var values: [(FixedDecimal, CourseDuration.Unit)] = []
    var inTime = false
    var seen = false
    while let byte = rest.first {
        if byte == 84 || byte == 116 {
            guard !inTime else { return nil }
            inTime = true
            rest = rest.dropFirst()
            continue
        }
        let digits = rest.prefix { 48...57 ~= $0 || $0 == 46 || $0 == 44 }
        let number = String(decoding: digits.map { $0 == 44 ? 46 : $0 }, as: UTF8.self)
        guard let value = FixedDecimal(number) else { return nil }
        rest = rest[digits.endIndex...]
        guard let designator = rest.popFirst() else { return nil }
        let unit: CourseDuration.Unit?
        switch (designator | 0x20, inTime) {
        case (0x79, false): unit = .year
        case (0x6D, false): unit = .month
        case (0x77, false): unit = .week
        case (0x64, false): unit = .day
        case (0x68, true): unit = .hour
        case (0x6D, true), (0x73, true): unit = nil
        default: return nil
        }
        seen = true
        if let unit, value > .zero { values.append((value, unit)) }
    }
    guard seen, let (value, unit) = values.first else { return nil }
    var total = value
    var smallest = unit
    for (value, unit) in values.dropFirst() {
        switch (smallest, unit) {
        case (.year, .month):
            guard let months = total.multiplied(by: 12) else { return nil }
            (total, smallest) = (months + value, .month)
        case (.week, .day):
            guard let days = total.multiplied(by: 7) else { return nil }
            (total, smallest) = (days + value, .day)
        default: break
        }
    }
    return CourseDuration(total, smallest)
}

/// Reads a duration in Dutch or English words: `10 weken`, `3 - 4 Years`, `half jaar`.
///
/// Of a range the first value is taken. The words are kept in ``CourseDuration/statedAs`` unless
/// they are no more than the number and the unit.
///
/// - Parameter units: The units' names in another language, in lower case; they come before ours.
/// - Returns: `nil` when no number stands before a unit of time.
public func parseDuration(
    _ text: String, units: [String: CourseDuration.Unit] = [:]
) -> CourseDuration? {
    if let plain = plainDuration(text) { return plain }
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "," || $0 == ".") }
    for (index, word) in words.enumerated() {
        var name = String(word)
        var number: FixedDecimal?
        let digits = name.utf8.prefix { 48...57 ~= $0 || $0 == 44 || $0 == 46 }.count
        if digits > 0, digits < name.utf8.count {
            // "10w", "6maanden"
            let cut = name.utf8.index(name.utf8.startIndex, offsetBy: digits)
            number = decimal(name[..<cut])
            name = String(name[cut...])
        }
        while name.last == "." || name.last == "," { name.removeLast() }
        guard let unit = units[name] ?? durationUnits[name] else { continue }
        if number == nil {
            number = words[..<index].compactMap { decimal($0) ?? numberWords[String($0)] }.first
        }
        guard let value = number, let plain = CourseDuration(value, unit) else { continue }
        let isPlain = words.count == (digits > 0 ? 1 : 2)
        return isPlain ? plain : CourseDuration(value, unit, statedAs: text)
    }
    return nil
}

/// `30 dagen`: a number, a space and a unit in small letters.
private func plainDuration(_ text: String) -> CourseDuration? {
    guard let space = text.utf8.firstIndex(of: 32), space > text.utf8.startIndex,
        text.utf8[..<space].allSatisfy({ 48...57 ~= $0 }),
        let unit = durationUnits[String(text[text.utf8.index(after: space)...])],
        let value = FixedDecimal(text[..<space])
    else { return nil }
    return CourseDuration(value, unit)
}

private func decimal(_ text: Substring) -> FixedDecimal? {
    var trimmed = text
    while trimmed.last == "." || trimmed.last == "," { trimmed.removeLast() }
    return FixedDecimal(String(trimmed.map { $0 == "," ? "." : $0 }))
}

private let durationUnits: [String: CourseDuration.Unit] = [
    "uur": .hour, "uren": .hour, "hour": .hour, "hours": .hour, "hrs": .hour, "u": .hour,
    "dag": .day, "dagen": .day, "day": .day, "days": .day, "d": .day, "lesdagen": .day,
    "cursusdagen": .day, "week": .week, "weken": .week, "weeks": .week, "wk": .week, "wkn": .week,
    "w": .week, "maand": .month, "maanden": .month, "month": .month, "months": .month,
    "mnd": .month, "jaar": .year, "jaren": .year, "year": .year, "years": .year, "yr": .year,
    "yrs": .year, "y": .year, "j": .year,
]

private let numberWords: [String: FixedDecimal] = [
    "half": FixedDecimal(scaled: 5_000), "halve": FixedDecimal(scaled: 5_000),
    "anderhalf": FixedDecimal(scaled: 15_000), "anderhalve": FixedDecimal(scaled: 15_000),
    "een": FixedDecimal(scaled: 10_000), "één": FixedDecimal(scaled: 10_000),
    "one": FixedDecimal(scaled: 10_000), "a": FixedDecimal(scaled: 10_000),
    "twee": FixedDecimal(scaled: 20_000), "two": FixedDecimal(scaled: 20_000),
    "drie": FixedDecimal(scaled: 30_000), "three": FixedDecimal(scaled: 30_000),
    "vier": FixedDecimal(scaled: 40_000), "four": FixedDecimal(scaled: 40_000),
    "vijf": FixedDecimal(scaled: 50_000), "five": FixedDecimal(scaled: 50_000),
    "zes": FixedDecimal(scaled: 60_000), "six": FixedDecimal(scaled: 60_000),
]
