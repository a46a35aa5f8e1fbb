import CourseModel
import Feeds
import Testing

@Suite("Dates are read in every form that feeds use")
struct DateTests {
    @Test(
        "a day",
        arguments: [
            ("2026-09-12", "2026-09-12"), ("2026-09-12T09:00:00+02:00", "2026-09-12"),
            ("2026-09-12Z", "2026-09-12"), ("20260912", "2026-09-12"),
            ("12 September 2016", "2016-09-12"), ("05 January 2017", "2017-01-05"),
            ("1 Aug 2012", "2012-08-01"), ("12 september 2026", "2026-09-12"),
            ("zaterdag 12 sept. 2026", "2026-09-12"), ("Sat 12th Sept 2026", "2026-09-12"),
            ("September 12, 2026", "2026-09-12"), ("1 mrt 2027", "2027-03-01"),
            ("12-09-2026", "2026-09-12"), ("12/9/2026", "2026-09-12"),
            ("12.09.2026", "2026-09-12"), ("09/25/2026", "2026-09-25"),
            ("2026/09/12", "2026-09-12"), ("12 september 2026 om 10:00 uur", "2026-09-12"),
            ("2 juni 2027 19:30", "2027-06-02"), ("3e mei 2027", "2027-05-03"),
        ])
    func day(text: String, iso: String) {
        #expect(parseDate(text) == ParsedDate(CalendarDate(iso: iso)!))
    }

    @Test(
        "a month or a year",
        arguments: [
            ("2026-09", "2026-09-01", ParsedDate.Precision.month),
            ("september 2026", "2026-09-01", .month), ("09-2026", "2026-09-01", .month),
            ("2027", "2027-01-01", .year),
        ])
    func partial(text: String, iso: String, precision: ParsedDate.Precision) {
        #expect(parseDate(text) == ParsedDate(CalendarDate(iso: iso)!, precision))
    }

    @Test(
        "what is no date stays none",
        arguments: [
            "", "voorjaar", "Year of entry: 2011", "31 februari 2026", "2026-13-01", "12",
            "Soon!", "12-09-26", "in overleg", "week 36 2026", "4 months", "2026-09-12x",
        ])
    func none(text: String) {
        #expect(parseDate(text) == nil)
    }
}
