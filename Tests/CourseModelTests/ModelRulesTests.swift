import CourseModel
import Testing

@Suite("Wrong states cannot be written down")
struct ModelRulesTests {
    private let provenance = Provenance(source: ID("school"), format: "test", file: "feed.xml")

    @Test("an offering cannot end before it starts")
    func endBeforeStart() throws {
        let start = try #require(CalendarDate(year: 2027, month: 2, day: 2))
        #expect(Timing(start: .on(start), end: start.adding(days: -1)) == nil)
        #expect(Timing(start: .on(start), end: start) != nil)
    }

    @Test("enrolment cannot close before it opens")
    func enrolment() throws {
        let day = try #require(CalendarDate(year: 2027, month: 2, day: 2))
        #expect(EnrolmentWindow(opens: day, closes: day.adding(days: -1)) == nil)
    }

    @Test("a record holds only offerings of its own course, each once")
    func records() throws {
        let id = ID<Course>(source: ID("school"), native: "42")
        let course = try #require(
            Course(
                id: id, nativeID: "42", provider: ID("school:p"), kind: .course,
                title: "Snoeien", provenance: provenance))
        let offering = Offering(
            id: ID(course: id, native: "1"), nativeID: "1", course: id, timing: .unstated,
            provenance: provenance)
        var stranger = offering
        stranger.course = ID("school:43")
        #expect(CourseRecord(course: course, offerings: [offering]) != nil)
        #expect(CourseRecord(course: course, offerings: [offering, offering]) == nil)
        #expect(CourseRecord(course: course, offerings: [stranger]) == nil)
    }

    @Test("a course has a name")
    func title() {
        #expect(
            Course(
                id: ID("a:b"), nativeID: "b", provider: ID("a:p"), kind: .course,
                title: LocalizedText(), provenance: provenance) == nil)
    }

    @Test("an id gives back what the source calls the record, colons included")
    func native() {
        let id = ID<Course>(source: ID("school"), native: "https://school.example/c/1")
        #expect(id.native == "https://school.example/c/1")
    }

    @Test(
        "Dutch postcodes are read with or without space and letters",
        arguments: [("3992ab", "3992 AB"), (" 3992 AB", "3992 AB"), ("3992", "3992")])
    func postcodes(text: String, printed: String) {
        #expect(DutchPostcode(text)?.description == printed)
    }

    @Test(
        "what is no Dutch postcode is refused", arguments: ["0992 AB", "399", "3992 A", "EX1 1AA"])
    func notPostcodes(text: String) {
        #expect(DutchPostcode(text) == nil)
    }

    @Test("Houten to Utrecht Centraal is between seven and eight kilometres")
    func distance() throws {
        let houten = try #require(Coordinates(latitude: 52.0341, longitude: 5.1689))
        let utrecht = try #require(Coordinates(latitude: 52.0894, longitude: 5.1101))
        #expect((7_000...7_700).contains(houten.distance(to: utrecht)))
    }
}
