/// A zone whose clocks the meetings of a country go by.
///
/// Only countries with one zone are here; elsewhere times are written without a zone, as RFC 5545
/// allows (3.3.5, form 1), and mean the clock of the place.
public struct CalendarZone: Hashable, Sendable {
    /// Its name in the time zone database.
    let name: String
    private let rules: Rules

    /// Which clocks are changed when: all on the last Sundays of March and October, at 01:00 UTC
    /// (Directive 2000/84/EC, and its like in the United Kingdom).
    private enum Rules: Hashable {
        case central
        case western(summerName: String)
    }

    /// The zone of a country, ISO 3166-1 alpha-2 in upper case.
    public init?(country: String) {
        switch country {
        case "GB": self.init("Europe/London", .western(summerName: "BST"))
        case "IE": self.init("Europe/Dublin", .western(summerName: "IST"))
        default:
            guard let name = Self.central[country] else { return nil }
            self.init(name, .central)
        }
    }

    private init(_ name: String, _ rules: Rules) {
        self.name = name
        self.rules = rules
    }

    private static let central = [
        "NL": "Europe/Amsterdam", "BE": "Europe/Brussels", "DE": "Europe/Berlin",
        "LU": "Europe/Luxembourg", "FR": "Europe/Paris", "AT": "Europe/Vienna",
        "CH": "Europe/Zurich", "DK": "Europe/Copenhagen", "SE": "Europe/Stockholm",
        "NO": "Europe/Oslo", "IT": "Europe/Rome", "PL": "Europe/Warsaw", "CZ": "Europe/Prague",
        "SK": "Europe/Bratislava", "HU": "Europe/Budapest", "SI": "Europe/Ljubljana",
        "HR": "Europe/Zagreb",
    ]

    /// The lines of its `VTIMEZONE` (RFC 5545, 3.6.5).
    var definition: [String] {
        switch rules {
        case .central:
            definition(winter: ("+0100", "CET", 2), summer: ("+0200", "CEST", 3))
        case .western(let summerName):
            definition(winter: ("+0000", "GMT", 1), summer: ("+0100", summerName, 2))
        }
    }

    /// - Parameters: The offset from UTC, the name, and the hour on the clock that ends it.
    private func definition(
        winter: (offset: String, name: String, until: Int),
        summer: (offset: String, name: String, until: Int)
    ) -> [String] {
        [
            "BEGIN:VTIMEZONE", "TZID:\(name)",
            "BEGIN:STANDARD", "DTSTART:19961027T0\(summer.until)0000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:\(summer.offset)",
            "TZOFFSETTO:\(winter.offset)", "TZNAME:\(winter.name)", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:19960331T0\(winter.until)0000",
            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:\(winter.offset)",
            "TZOFFSETTO:\(summer.offset)", "TZNAME:\(summer.name)", "END:DAYLIGHT",
            "END:VTIMEZONE",
        ]
    }
}
