import CourseModel

/// Writes a calendar (RFC 5545), event by event.
public struct CalendarText {
    private var zones: Set<CalendarZone> = []

    /// A calendar of which nothing was written.
    public init() {}

    /// What stands before the events.
    ///
    /// - Parameter title: The calendar's name, when it has one (RFC 7986, 5.1; `X-WR-CALNAME` is
    ///   what most programs still look for).
    public func start(title: String? = nil) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Leerwijzer//NL", "CALSCALE:GREGORIAN",
        ]
        if let title {
            lines += ["NAME:" + Self.escaped(title), "X-WR-CALNAME:" + Self.escaped(title)]
        }
        return Self.text(lines)
    }

    /// What stands behind them.
    public let end = "END:VCALENDAR\r\n"

    /// An event, behind the definition of its time zone when that is the first of it.
    public mutating func event(_ event: CalendarEvent) -> String {
        var lines: [String] = []
        if case .hours(_, _, _, let zone?, _) = event.time, zones.insert(zone).inserted {
            lines += zone.definition
        }
        lines += ["BEGIN:VEVENT", "UID:" + Self.escaped(event.id)]
        let changed = UTCTime(event.changed)?.compact ?? "19700101T000000Z"
        lines.append("DTSTAMP:" + changed)
        lines += Self.times(event.time)
        lines.append("SUMMARY:" + Self.escaped(event.summary))
        if let location = event.location { lines.append("LOCATION:" + Self.escaped(location)) }
        if let point = event.coordinates {
            lines.append("GEO:\(point.latitude);\(point.longitude)")
        }
        if let details = event.details { lines.append("DESCRIPTION:" + Self.escaped(details)) }
        if let url = event.url.flatMap(cleanURL) { lines.append("URL:" + url) }
        if !event.categories.isEmpty {
            lines.append(
                "CATEGORIES:" + event.categories.map(Self.escaped).joined(separator: ","))
        }
        let status =
            event.isCancelled ? "CANCELLED" : event.isTentative ? "TENTATIVE" : "CONFIRMED"
        lines += ["STATUS:" + status, "END:VEVENT"]
        return Self.text(lines)
    }

    private static func times(_ time: CalendarEvent.Time) -> [String] {
        switch time {
        case .days(let first, let last):
            // DTEND is the day after the last one (RFC 5545, 3.6.1).
            return [
                "DTSTART;VALUE=DATE:" + compact(first),
                "DTEND;VALUE=DATE:" + compact(max(first, last).adding(days: 1)),
                "TRANSP:TRANSPARENT",
            ]
        case .hours(let day, let begins, let ends, let zone, let weeks):
            let parameter = zone.map { ";TZID=" + $0.name } ?? ""
            var lines = ["DTSTART\(parameter):" + compact(day, begins)]
            if let ends {
                let last = ends <= begins ? day.adding(days: 1) : day
                lines.append("DTEND\(parameter):" + compact(last, ends))
            }
            if weeks > 1 { lines.append("RRULE:FREQ=WEEKLY;COUNT=\(weeks)") }
            return lines
        }
    }

    private static func compact(_ date: CalendarDate) -> String { date.iso.filter { $0 != "-" } }

    private static func compact(_ date: CalendarDate, _ time: TimeOfDay) -> String {
        guard time.minutes < 1440 else { return compact(date.adding(days: 1)) + "T000000" }
        return compact(date) + "T" + time.iso.filter { $0 != ":" } + "00"
    }

    /// A value of the type TEXT (RFC 5545, 3.3.11), without the control characters that it forbids.
    static func escaped(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 16)
        var text = text
        text.withUTF8 { bytes in
            var at = 0
            while at < bytes.count {
                let lineBreak = lineBreakLength(bytes, at)
                if lineBreak > 0 {
                    out += "\\n".utf8
                    at += lineBreak
                    continue
                }
                switch bytes[at] {
                case UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: ","):
                    out.append(UInt8(ascii: "\\"))
                    out.append(bytes[at])
                case 9, 32..<127, 128...: out.append(bytes[at])
                default: break
                }
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// How many bytes the line break is that begins at an offset; 0 when none does.
    private static func lineBreakLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
        return switch bytes[at] {
        case 13: byte(at + 1) == 10 ? 2 : 1
        case 10...12: 1
        // NEXT LINE, LINE SEPARATOR and PARAGRAPH SEPARATOR.
        case 0xC2: byte(at + 1) == 0x85 ? 2 : 0
        case 0xE2: byte(at + 1) == 0x80 && byte(at + 2) & 0xFE == 0xA8 ? 3 : 0
        default: 0
        }
    }

    /// Content lines hold at most 75 octets (RFC 5545, 3.1); a character is never cut.
    static func folded(_ line: String) -> String {
        guard line.utf8.count > 75 else { return line }
        var out: [UInt8] = []
        out.reserveCapacity(line.utf8.count + line.utf8.count / 24)
        var line = line
        line.withUTF8 { bytes in
            var from = 0
            // Behind a break a line begins with a blank, which counts.
            var room = 75
            while bytes.count - from > room {
                var end = from + room
                while bytes[end] & 0xC0 == 0x80 { end -= 1 }
                out += bytes[from..<end]
                out += "\r\n ".utf8
                from = end
                room = 74
            }
            out += bytes[from...]
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func text(_ lines: [String]) -> String {
        var out = ""
        for line in lines {
            out += folded(line)
            out += "\r\n"
        }
        return out
    }
}
