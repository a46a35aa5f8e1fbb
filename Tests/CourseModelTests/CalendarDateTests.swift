import CourseModel
import Testing

@Suite("Calendar dates")
struct CalendarDateTests {
    @Test("every day of four centuries is read back from its parts and its text")
    func roundTrip() throws {
        let first = try #require(CalendarDate(year: 1899, month: 12, day: 31))
        var previous = first.weekday
        for offset in 1...146_097 {
            let date = first.adding(days: offset)
            let (year, month, day) = date.parts
            #expect(CalendarDate(year: year, month: month, day: day) == date)
            #expect(CalendarDate(iso: date.iso) == date)
            let weekday = date.weekday
            #expect(weekday != previous)
            previous = weekday
        }
    }

    @Test(
        "days that do not exist are refused",
        arguments: ["2027-02-29", "2027-13-01", "2027-00-10", "2027-04-31", "27-04-30", "20270430"])
    func impossible(text: String) {
        #expect(CalendarDate(iso: text) == nil)
    }

    @Test("a time or zone behind the date does not move it")
    func zones() {
        let date = CalendarDate(year: 2027, month: 2, day: 2)
        for text in ["2027-02-02Z", "2027-02-02+01:00", "2027-02-02T23:30:00-05:00"] {
            #expect(CalendarDate(iso: text) == date)
        }
    }

    @Test("a month later is the last day when that month is shorter")
    func months() {
        let date = CalendarDate(year: 2028, month: 1, day: 31)
        #expect(date?.adding(months: 1).iso == "2028-02-29")
        #expect(date?.adding(months: -2).iso == "2027-11-30")
        #expect(date?.adding(months: 13).iso == "2029-02-28")
    }

    @Test("24 November 2026 is a Tuesday")
    func weekday() {
        #expect(CalendarDate(year: 2026, month: 11, day: 24)?.weekday == .tuesday)
    }
}
