/// How far someone wants to travel at most.
public enum Reach: Hashable, Sendable {
    /// At most so many metres along the great circle.
    case distance(metres: Double)
    /// At most so many minutes from door to door, by ``travelEstimate(metres:by:)``.
    case time(minutes: Double, mode: TravelMode)

    /// Reads `15km`, `15 km`, `7,5 km`, `800 m`, `30min`, `30 minuten`, `1 uur`, `1h30`, `1:30`.
    ///
    /// - Parameter mode: How to travel, when it is a time.
    /// - Throws: ``ReachError`` when it has no number, no unit, or is not above zero.
    public init(_ text: some StringProtocol, by mode: TravelMode) throws(ReachError) {
        let bytes = text.utf8.filter { $0 != 32 && $0 != 9 }.map { 65...90 ~= $0 ? $0 + 32 : $0 }
        let digits = bytes.prefix { 48...57 ~= $0 || $0 == 44 || $0 == 46 }
            .map { $0 == 44 ? 46 : $0 }
        let unit = String(decoding: bytes.dropFirst(digits.count), as: UTF8.self)
        guard let value = Double(decimal: digits[...]) else {
            throw .notANumber(String(text))
        }
        switch unit {
        case "km", "kilometer", "kilometers", "kilometre", "kilometres":
            self = .distance(metres: value * 1000)
        case "m", "meter", "meters", "metre", "metres": self = .distance(metres: value)
        case "min", "mins", "minuut", "minuten", "minute", "minutes", "'":
            self = .time(minutes: value, mode: mode)
        case "h", "u", "uur", "hour", "hours": self = .time(minutes: value * 60, mode: mode)
        case "": throw .noUnit(String(text))
        default:
            // 1h30, 1u30min, 1:30
            let rest = bytes.dropFirst(digits.count)
            let minutes = rest.dropFirst().prefix { 48...57 ~= $0 }
            let tail = String(
                decoding: rest.dropFirst(1 + minutes.count), as: UTF8.self)
            guard let sign = rest.first, [58, 104, 117].contains(sign), minutes.count == 2,
                ["", "m", "min"].contains(tail), let part = Double(decimal: minutes), part < 60,
                value == value.rounded()
            else { throw .unknownUnit(unit, String(text)) }
            self = .time(minutes: value * 60 + part, mode: mode)
        }
        guard value > 0 || minutes ?? 0 > 0 else { throw .notPositive(String(text)) }
    }

    private var minutes: Double? {
        if case .time(let minutes, _) = self { minutes } else { nil }
    }
}

/// Why a text is no ``Reach``.
public enum ReachError: Error, Hashable, CustomStringConvertible {
    /// It does not begin with a number.
    case notANumber(String)
    /// It is a number without a unit.
    case noUnit(String)
    /// Its unit is none of ours.
    case unknownUnit(String, String)
    /// It is zero.
    case notPositive(String)

    /// What is wrong and what to write.
    public var description: String {
        switch self {
        case .notANumber(let text): "“\(text)” is no distance or time: write 15km or 30min"
        case .noUnit(let text): "“\(text)” has no unit: write \(text)km or \(text)min"
        case .unknownUnit(let unit, let text):
            "“\(unit)” in “\(text)” is no unit of distance or time: write 15km, 800m, 30min or 1h30"
        case .notPositive(let text): "“\(text)” reaches nothing: write more than 0"
        }
    }
}
