import CourseModel

/// The formats of texts that are checked; others are told.
enum JSONSchemaFormat: String {
    case date, time, email, uri, uuid
    case dateTime = "date-time"

    /// Whether a text has the format.
    func fits(_ text: String) -> Bool {
        switch self {
        case .date: Self.isDate(text)
        case .time: Self.isTime(text)
        case .dateTime:
            text.utf8.count > 11 && ["T", "t"].contains(text.dropFirst(10).first)
                && Self.isDate(String(text.prefix(10))) && Self.isTime(String(text.dropFirst(11)))
        case .email: Self.isEmail(text)
        case .uri: Self.isURI(text)
        case .uuid: OOAPIID.isUUID(text)
        }
    }

    /// RFC 3339 `full-date`, in ASCII.
    private static func isDate(_ text: String) -> Bool {
        text.utf8.count == 10 && CalendarDate(iso: text) != nil
    }

    /// RFC 3339 `full-time`: with seconds, perhaps parts of them, and the distance to UTC.
    private static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count,
                bytes[range].allSatisfy({ 48...57 ~= $0 })
            else { return nil }
            return bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) }
        }
        guard bytes.count >= 9, bytes[2] == 58, bytes[5] == 58, let hour = number(0..<2),
            let minute = number(3..<5), let second = number(6..<8), hour < 24, minute < 60,
            second < 61
        else { return false }
        var index = 8
        if bytes[index] == 46 {
            let digits = bytes[9...].prefix { 48...57 ~= $0 }.count
            guard digits > 0 else { return false }
            index += 1 + digits
        }
        guard index < bytes.count else { return false }
        var offset = 0
        if [90, 122].contains(bytes[index]) {
            guard bytes.count == index + 1 else { return false }
        } else {
            guard [43, 45].contains(bytes[index]), bytes.count == index + 6,
                bytes[index + 3] == 58, let hours = number(index + 1..<index + 3),
                let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60
            else { return false }
            offset = (hours * 60 + minutes) * (bytes[index] == 43 ? 1 : -1)
        }
        // A leap second comes at the end of a day in UTC.
        return second < 60 || (hour * 60 + minute - offset + 2_880) % 1_440 == 1_439
    }

    /// A part, `@`, a part, without blanks; which mailboxes exist no pattern says.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".")
                    && !part.contains("..") && !part.contains(where: \.isWhitespace)
            }
    }

    /// RFC 3986 `URI`: a scheme, a colon, and characters that may stand in one.
    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: 58), colon != text.startIndex,
            let first = text.utf8.first, 65...90 ~= first & 0xDF,
            text[..<colon].utf8.allSatisfy({ byte in
                65...90 ~= byte & 0xDF || 48...57 ~= byte || [43, 45, 46].contains(byte)
            })
        else { return false }
        return text.utf8.allSatisfy { byte in
            byte > 32 && byte < 127 && ![34, 60, 62, 92, 94, 96, 123, 124, 125].contains(byte)
        }
    }
}
