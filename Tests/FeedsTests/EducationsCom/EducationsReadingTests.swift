import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("educations.com: events become offerings at their provider's locations")
struct EducationsReadingTests {
    private func newer() throws -> ReadFeed { try ReadFeed(path: Fixture.path("import-3.0.xml")) }
    private func older() throws -> ReadFeed { try ReadFeed(path: Fixture.path("batch-2.0.xml")) }

    @Test("every course and event is accounted for in both versions")
    func accounts() throws {
        let newer = try newer()
        #expect(newer.summary.format == "educations-com")
        newer.expectAccounts(offered: RecordCount(courses: 5, offerings: 8))
        #expect(
            newer.courses.map(\.id.value) == [
                "test:gardens/c1", "test:gardens/c1~2", "test:other/c1",
            ])
        #expect(newer.codes[.courseWithoutTitle] == 1)
        #expect(newer.codes[.malformedRecord] == 1)
        let older = try older()
        older.expectAccounts(offered: RecordCount(courses: 1, offerings: 3))
        #expect(older.offerings.map(\.nativeID) == ["e1", "e1~2"])
    }

    @Test("a course, field by field")
    func course() throws {
        let course = try #require(try newer().courses.first)
        #expect(course.nativeID == "c1")
        #expect(course.title.text() == "Garden design")
        #expect(course.kind == .diplomaProgramme)
        #expect(course.statedKind == "Diploma Program")
        #expect(course.url == "https://gardens.example/design")
        let credit = StudyLoad.Credit(system: "unstated", value: FixedDecimal("7.5")!)
        #expect(course.studyLoad.credits == [credit])
        #expect(course.keywords.wordings.map(\.text) == ["garden", "design"])
        #expect(
            course.subjects == [
                Code(scheme: "educations-category", code: "", label: "Horticulture")
            ])
        #expect(
            course.qualifications == [
                Qualification(kind: .certificate, title: "Garden Certificate")
            ])
        #expect(
            course.duration
                == CourseDuration(FixedDecimal(6)!, .month, statedAs: "one term, evenings"))
        #expect(course.description.text()?.plainText == "Beds and borders.")
        #expect(course.prerequisites.text()?.plainText == "A spade")
        #expect(
            course.sections.map { "\($0.theme): \($0.plain)" }
                == ["admission: For beginners", "Tools: - Spade"])
        #expect(course.sections[1].heading.text() == "Tools")
    }

    @Test("an event names a location that stands behind the courses")
    func location() throws {
        let offering = try newer().offering("e1")
        let address = Address(
            street: "Parkgatan 1", postcode: "211 20", city: "Malmö", country: "SE")
        let venue = Venue(
            nativeID: "malmo", name: "The garden school", address: address,
            coordinates: Coordinates(latitude: 55.605, longitude: 13.0038))
        #expect(offering.places == [.venue(venue)])
        #expect(offering.modes == [.classroom])
        #expect(offering.studyModes == [.partTime])
        #expect(offering.languages.map(\.language.code) == ["sv"])
        #expect(
            offering.timing == Timing(start: .on(day("2027-02-01")), end: day("2027-06-01")))
        #expect(
            offering.sessions == [
                Session(date: day("2027-02-01"), begins: TimeOfDay(minutes: 1110))
            ])
        #expect(offering.applyURL == "https://gardens.example/apply")
        #expect(
            offering.enrolment
                == EnrolmentWindow(opens: day("2026-12-01"), closes: day("2027-01-15")))
    }

    @Test("VAT is added or included as the event says; a discount is kept in words")
    func prices() throws {
        let feed = try newer()
        let crowns = try #require(Currency("SEK"))
        #expect(
            try feed.offering("e1").price
                == Price(
                    total: Money(FixedDecimal(500)!, crowns),
                    vat: .excluded(percentage: FixedDecimal(25)),
                    statedAs: "500, discount 100 until 2026-12-31"))
        #expect(
            try feed.offering("e2").price
                == Price(
                    total: Money(FixedDecimal(9000)!, crowns),
                    vat: .included(percentage: FixedDecimal(25))))
        #expect(try feed.offering("e3").price?.total == Money(.zero, .euro))
        #expect(try feed.offering("e4").price == nil)
        #expect(feed.codes[.priceWithoutCurrency] == 1)
    }

    @Test("events bound to an area or to nothing")
    func areas() throws {
        let feed = try newer()
        let inHouse = try feed.offering("e2")
        #expect(inHouse.places == [.workplace])
        #expect(inHouse.modes == [.workplace])
        #expect(inHouse.sections.map(\.plain) == ["Sweden"])
        #expect(inHouse.timing.start == .rolling, "an event without a start is always open")
        // Its own last day, and the opening that the course gives.
        #expect(
            inHouse.enrolment
                == EnrolmentWindow(opens: day("2026-12-01"), closes: day("2027-03-01")))
        #expect(inHouse.url == "https://gardens.example/inhouse")
        let area = try #require(feed.offerings.last)
        #expect(area.places == [.venue(Venue(name: "Uppsala"))])
        let online = try feed.offering("e3")
        #expect(online.places == [.online])
        #expect(online.modes == [.online])
        #expect(online.sections.map { "\($0.theme): \($0.plain)" } == ["access: Works on a phone"])
        #expect(try feed.offering("e4").modes == [.distance])
    }

    @Test("starts that name no day say what they say")
    func starts() throws {
        let feed = try newer()
        let month = try feed.offering("e3")
        #expect(month.timing.start == .on(day("2027-09-01")))
        #expect(month.statedStart == "2027-09")
        #expect(feed.codes[.datePartial] == 1)
        #expect(try feed.offering("e4").timing.start == .unstated(raw: "Fall 2027"))
        #expect(try feed.offering("e5").timing.start == .onRequest)
        #expect(try older().offering("e1~2").timing.start == .unstated(raw: "November"))
    }

    @Test("a location that is not there and a reversed window are told")
    func faults() throws {
        let feed = try newer()
        #expect(try feed.offering("e5").places.isEmpty)
        #expect(feed.codes[.unknownReference] == 1)
        #expect(try feed.offering("e4").enrolment == EnrolmentWindow(closes: day("2027-04-01")))
        #expect(feed.codes[.enrolmentReversed] == 1)
        #expect(try older().codes[.badLanguage] == 1)
    }

    @Test("a provider has an id and no name; its locations tell how to reach it")
    func providers() throws {
        let feed = try newer()
        #expect(feed.providers.map(\.nativeID) == ["gardens", "other"])
        let provider = feed.providers[0]
        #expect(provider.name == "gardens")
        #expect(provider.description.text()?.plainText == "We teach gardening.")
        #expect(provider.location?.nativeID == "malmo")
        #expect(
            provider.contacts == [
                Contact(
                    name: "The garden school", email: "malmo@gardens.example",
                    telephone: "040-000000")
            ])
        #expect(try older().providers.map(\.nativeID) == ["77"])
    }

    @Test("2.0 has a default price, a place in words and times of one day")
    func batch() throws {
        let feed = try older()
        let offering = try feed.offering("e1")
        #expect(offering.price?.total == Money(FixedDecimal("120.5")!, .euro))
        let venue = try #require(offering.places.first?.venue)
        #expect(venue.name == "Orchard")
        #expect(venue.address.other == ["Houten, Netherlands"])
        #expect(
            offering.sessions == [
                Session(
                    date: day("2027-02-03"), begins: TimeOfDay(minutes: 540),
                    ends: TimeOfDay(minutes: 960))
            ])
        #expect(feed.courses[0].codes == [Code(scheme: "educations-type", code: "12")])
        #expect(feed.courses[0].duration == CourseDuration(FixedDecimal(2)!, .day))
        #expect(feed.reads[0].quarantinedOfferings.count == 1)
    }

    @Test("a currency of the site stands in where a price names none")
    func currency() throws {
        let path = Fixture.path("import-3.0.xml")
        let feed = try ReadFeed(
            bytes: Fixture.bytes(path), currency: .euro, format: "educations-com")
        #expect(try feed.offering("e4").price?.total == Money(FixedDecimal(80)!, .euro))
    }

    @Test(
        "every official sample is read and loses nothing",
        .enabled(if: SharedFiles.path("feeds/educations-xml") != nil, "samples are not here"),
        arguments: [
            "2.0/basic-sample.xml", "3.0/basic-sample.xml", "3.0/course-sample.xml",
            "3.0/event-sample.xml", "3.0/location-sample.xml", "3.0/provider-sample.xml",
        ])
    func samples(file: String) throws {
        let path = try #require(SharedFiles.path("feeds/educations-xml/" + file))
        let feed = try ReadFeed(path: path)
        let text = String(decoding: Fixture.bytes(path), as: UTF8.self)
        feed.expectAccounts(
            offered: RecordCount(
                courses: countTags("course", "education", in: text),
                offerings: countTags("event", in: text)))
        #expect(feed.quarantined.isEmpty)
        #expect(feed.providers.count == countTags("provider", "institute", in: text))
    }

    @Test("of two courses with one id the second gets a suffix, in its own id too")
    func sameID() throws {
        let feed = try ReadFeed(
            xml: """
                <informationUpdateBatch xmlns="http://educations.com/XmlImport" version="2.0">
                  <institute id="77"><educations>
                    <education uniqueIdentifier="a" name="Pruning"/>
                    <education uniqueIdentifier="a" name="Felling"/>
                  </educations></institute>
                </informationUpdateBatch>
                """)
        #expect(feed.courses.map(\.nativeID) == ["a", "a~2"])
        #expect(feed.courses.map(\.id.value) == ["test:77/a", "test:77/a~2"])
    }

    @Test(
        "the official events, one by one",
        .enabled(if: SharedFiles.path("feeds/educations-xml") != nil, "samples are not here"))
    func events() throws {
        let path = try #require(
            SharedFiles.path("feeds/educations-xml/3.0/event-sample.xml"))
        let feed = try ReadFeed(path: path)
        func start(_ id: String) throws -> Start { try feed.offering(id).timing.start }
        #expect(try start("event-01") == .rolling)
        #expect(try start("event-11") == .unstated(raw: "This event starts every three days"))
        #expect(try start("event-12") == .unstated(raw: "Spring"))
        #expect(try start("event-15") == .on(day("2019-01-01")))
        #expect(try start("event-16") == .on(day("2018-12-01")))
        #expect(try start("event-21") == .rolling)
        #expect(try feed.offering("event-07").studyModes == [.partTime])
        #expect(try feed.offering("event-23").price?.total.currency == .euro)
        #expect(try feed.offering("event-34").price?.total.amount == .zero)
        #expect(try feed.offering("event-01").places.first?.venue?.nativeID == "test-location")
    }
}
