import CourseModel
import Matching
import Testing

@Suite("Parts of the week are told briefly")
struct WordingTests {
    @Test(
        "days with the same parts are told together",
        arguments: [
            ([WeekSlots(.tuesday, .evening)], "dinsdagavond", "Tuesday evening"),
            ([WeekSlots(.saturday)], "zaterdag", "Saturday"),
            (
                [WeekSlots(.monday, .morning), WeekSlots(.monday, .afternoon)],
                "maandag overdag", "Monday daytime"
            ),
            ([.weekend], "zaterdag en zondag", "Saturday and Sunday"),
            ([.weekdays], "doordeweeks", "weekdays"),
            (
                [WeekSlots.weekdays.intersection(WeekSlots(every: .evening))],
                "doordeweeks 's avonds", "weekday evenings"
            ),
            (
                [WeekSlots(.monday), WeekSlots(.tuesday), WeekSlots(.wednesday)],
                "maandag tot en met woensdag", "Monday to Wednesday"
            ),
            ([WeekSlots(rawValue: (1 << 21) - 1)], "alle dagen", "every day"),
        ] as [([WeekSlots], String, String)])
    func slots(slots: [WeekSlots], dutch: String, english: String) {
        let all = slots.reduce(WeekSlots()) { $0.union($1) }
        let reason = Reason.slots(all, taken: [])
        #expect(reason.text(in: .dutch) == "past op " + dutch)
        #expect(reason.text(in: .english) == "fits " + english)
    }
}
