import CourseModel
import Testing

@Suite("Texts are escaped for HTML wherever something stands in them")
struct HTMLEscapingTests {
    @Test(
        "each mark becomes its reference, whatever stands around it",
        arguments: [
            ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"),
            ("\n", "\n"), ("%", "%"), ("(", "("), ("=", "="), ("?", "?"), ("é", "é"),
            ("\u{B}", "\u{B}"),
        ])
    func everywhere(mark: String, reference: String) {
        // Texts are looked at eight bytes at a time: each place and each neighbour.
        for before in 0..<18 {
            for after in 0..<10 {
                let start = String(repeating: "x", count: before)
                let end = String(repeating: "é", count: after)
                let text = start + mark + end + mark
                #expect(text.escapedForHTML == start + reference + end + reference)
                var added = "a"
                added.append(escapedForHTML: text, lineBreak: "<br/>")
                let shown = mark == "\n" ? "<br/>" : reference
                #expect(added == "a" + start + shown + end + shown)
            }
        }
    }

    @Test("amounts and days are written digit by digit as before")
    func digits() throws {
        for (scaled, least, text) in [
            (0, 2, "0.00"), (0, 0, "0"), (11_950_000, 2, "1195.00"), (11_950_000, 0, "1195"),
            (76_550, 2, "7.655"), (-5_000, 0, "-0.5"), (1, 2, "0.0001"), (10_000, 4, "1.0000"),
            (Int64.max, 2, "922337203685477.5807"), (Int64.min, 0, "-922337203685477.5808"),
        ] as [(Int64, Int, String)] {
            #expect(FixedDecimal(scaled: scaled).text(minimumPlaces: least) == text)
        }
        for (year, month, day, text) in [
            (2026, 11, 24, "2026-11-24"), (1, 1, 1, "0001-01-01"), (9999, 12, 31, "9999-12-31"),
            (987, 6, 5, "0987-06-05"),
        ] {
            let date = try #require(CalendarDate(year: year, month: month, day: day))
            #expect(date.iso == text)
        }
        #expect(CalendarDate(daysSince1970: 2_932_897).iso == "10000-01-01")
    }
}
