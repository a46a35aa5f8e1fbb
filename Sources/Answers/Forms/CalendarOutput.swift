import CourseModel

/// Rows as an iCalendar (RFC 5545); offerings without a start day cannot stand in a calendar and
/// are left out, which the caller tells.
public enum CalendarOutput {
    /// The calendar, and how many rows had no day.
    public static func text(
        _ rows: [ResultRow], made today: CalendarDate
    ) -> (text: String, left: Int) {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Leerwijzer//NL", "CALSCALE:GREGORIAN",
        ]
        var left = 0
        for row in rows {
            guard let start = row.start.date else {
                left += 1
                continue
            }
            // DTEND is the day after the last one (RFC 5545, 3.6.1); without a known end the event
            // is its first day.
            lines += [
                "BEGIN:VEVENT", "UID:" + escaped(row.offering.value),
                "DTSTAMP:\(compact(today))T000000Z", "DTSTART;VALUE=DATE:\(compact(start))",
                "DTEND;VALUE=DATE:\(compact((row.end ?? start).adding(days: 1)))",
                "SUMMARY:" + escaped(row.title), "LOCATION:" + escaped(row.place),
                "DESCRIPTION:" + escaped(row.provider),
                "STATUS:" + (row.status == .cancelled ? "CANCELLED" : "CONFIRMED"),
            ]
            if let url = row.url { lines.append("URL:" + url.filter { !$0.isNewline }) }
            lines.append("END:VEVENT")
        }
        lines.append("END:VCALENDAR")
        return (lines.map { folded($0) + "\r\n" }.joined(), left)
    }

    private static func compact(_ date: CalendarDate) -> String { date.iso.filter { $0 != "-" } }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "\\", ";", ",": out += "\\" + String(character)
            case _ where character.isNewline: out += "\\n"
            default: out.append(character)
            }
        }
        return out
    }

    /// Content lines hold at most 75 octets (RFC 5545, 3.1); a character is never cut.
    private static func folded(_ line: String) -> String {
        var out = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let size = scalar.utf8.count
            if length + size > 75 {
                out += "\r\n "
                length = 1
            }
            out.unicodeScalars.append(scalar)
            length += size
        }
        return out
    }
}

extension Unicode.Scalar {
    fileprivate var utf8: Unicode.UTF8.EncodedScalar {
        Unicode.UTF8.encode(self) ?? Unicode.UTF8.encodedReplacementCharacter
    }
}
