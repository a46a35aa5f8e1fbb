import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("LOQ opportunities and specifications become offerings and courses")
struct LOQReadingTests {
    private let read: ReadFeed

    init() throws { read = try ReadFeed(path: Fixture.path("faulty.xml")) }

    private func course(_ native: String) throws -> CourseRecord {
        try #require(read.records.first { $0.course.nativeID == native })
    }

    @Test("everything offered is accepted or set apart")
    func counts() {
        #expect(read.summary.format == "loq")
        #expect(read.summary.offered == RecordCount(courses: 4, offerings: 5))
        #expect(read.summary.accepted == RecordCount(courses: 3, offerings: 3))
        #expect(read.summary.quarantined == RecordCount(courses: 1, offerings: 2))
        #expect(read.summary.addsUp)
        #expect(read.summary.isComplete)
    }

    @Test("a qualification says what is learnt, at its level of the NLQF")
    func qualification() throws {
        let course = try course("https://school.example/las/1").course
        #expect(course.title.text(in: [.english]) == "Soil and water")
        #expect(course.level?.nlqf == .fourPlus)
        #expect(course.studyLoad.hours == FixedDecimal("84.5"))
        #expect(course.studyLoad.ects == FixedDecimal(3))
        #expect(course.subjects == [Code(scheme: "isced-f", code: "0811")])
        #expect(course.languages == [LanguageShare(.dutch)])
        #expect(course.skills.first?.id == "http://data.europa.eu/esco/skill/00000000-aaaa")
        #expect(course.skills.first?.label.text(in: [.english]) == "take soil samples")
    }

    @Test("an opportunity says when, where and for how much")
    func opportunity() throws {
        let offering = try #require(try course("https://school.example/las/1").offerings.first)
        #expect(offering.nativeID == "https://school.example/lo/1")
        #expect(offering.timing.start.date?.iso == "2027-02-02")
        #expect(offering.timing.end?.iso == "2027-04-13")
        #expect(offering.enrolment?.closes?.iso == "2027-01-18")
        #expect(offering.applyURL == "https://school.example/aanmelden")
        #expect(offering.modes == [.blended])
        #expect(offering.studyModes == [.partTime])
        #expect(offering.url == nil)
        #expect(offering.price?.total.description == "1195.00 EUR")
        #expect(offering.description.text()?.plainText == "Dinsdag avond.")
        let venue = try #require(offering.places.first?.venue)
        #expect(venue.name.text() == "De Akker")
        #expect(venue.address.street == "Dorpsstraat 1")
        #expect(venue.address.postcode == "3992 AB")
        #expect(venue.address.city == "Houten")
        #expect(venue.address.country == "NL")
        #expect(venue.coordinates?.latitude == 52.03)
        #expect(offering.places.count == 1)
    }

    @Test("an end before the start is left out, and told with its place")
    func reversed() throws {
        let record = try course("https://school.example/las/1")
        #expect(record.offerings[1].timing.end == nil)
        let read = try #require(read.reads.first { $0.record == record })
        let fault = try #require(read.diagnostics.first { $0.code == .endBeforeStart })
        #expect(fault.position?.line == 24)
        #expect(fault.position?.column == 59)
        #expect(read.quarantinedOfferings.count == 1)
        #expect(read.diagnostics.contains { $0.code == .danglingReference })
        #expect(read.diagnostics.contains { $0.code == .codeUnknown })
        #expect(read.diagnostics.contains { $0.code == .removedMarkup })
    }

    @Test("an opportunity without a specification is a course of its own")
    func lonely() throws {
        let record = try course("https://school.example/las/elsewhere")
        #expect(record.course.kind == .module)
        #expect(record.course.title.wordings.first?.language == LanguageTag("fi"))
        #expect(record.offerings.count == 1)
        #expect(record.offerings[0].title.isEmpty)
    }

    @Test("broken mark-up takes only its own opportunity, with its exact bytes")
    func broken() throws {
        let apart = try #require(read.quarantined.first { $0.kind == .offering })
        let text = String(decoding: apart.original, as: UTF8.self)
        #expect(text.hasPrefix("<learningOpportunity id=\"https://school.example/lo/broken\">"))
        #expect(text.hasSuffix("</learningOpportunity>"))
        #expect(apart.position?.line == 39)
        let untitled = try #require(read.quarantined.first { $0.kind == .course })
        #expect(untitled.nativeID == "https://school.example/las/untitled")
        #expect(untitled.reasons.first?.code == .courseWithoutTitle)
    }

    @Test("the organisation is the provider, with its address")
    func provider() throws {
        let provider = try #require(
            read.providers.first { $0.nativeID == "https://school.example/org" })
        #expect(provider.name.text() == "Veldschool")
        #expect(provider.location?.address.city == "Houten")
        #expect(provider.contacts.first?.email == "info@school.example")
        #expect(provider.contacts.first?.telephone == "030-1234567")
        #expect(try course("https://school.example/las/1").course.provider == provider.id)
    }

    @Test("a feed that stops early keeps what came before")
    func truncated() throws {
        let bytes = Fixture.bytes(Fixture.path("faulty.xml"))
        let read = try ReadFeed(bytes: Array(bytes.prefix(5_000)))
        #expect(!read.summary.isComplete)
        #expect(read.summary.addsUp)
        #expect(read.summary.accepted.courses > 0)
    }

    @Test(
        "an address is parted where its text leaves no doubt, and no town is made of its lines",
        arguments: [
            ("Dorpsstraat 1, 3992 AB Houten", "NLD", "Dorpsstraat 1", "3992 AB", "Houten", []),
            ("Dorpsstraat 1, 3992AB Houten", "NLD", "Dorpsstraat 1", "3992AB", "Houten", []),
            // No country is called so: the address has none.
            ("Dorpsstraat 1, 3992AB Houten", "XYZ", "Dorpsstraat 1", "3992AB", "Houten", []),
            ("3992AB Houten", "XYZ", nil, "3992AB", "Houten", []),
            (
                "Wellington Square, Oxford, OX1 2JA", "GBR", nil, "OX1 2JA", nil,
                ["Wellington Square", "Oxford"]
            ),
            ("Oxford OX1 2JA", "GBR", nil, "OX1 2JA", "Oxford", []),
            ("Kaiserplatz 2; 10117 Berlin", "DEU", "Kaiserplatz 2", "10117", "Berlin", []),
            (
                "1600 Pennsylvania Avenue, Washington", "USA", "1600 Pennsylvania Avenue", nil, nil,
                ["Washington"]
            ),
            ("Gebouw A, Houten", "NLD", nil, nil, nil, ["Gebouw A", "Houten"]),
        ] as [(String, String, String?, String?, String?, [String])])
    func address(
        text: String, country: String, street: String?, postcode: String?, city: String?,
        other: [String]
    ) throws {
        let document = String(decoding: Fixture.bytes(Fixture.path("faulty.xml")), as: UTF8.self)
            .replacing("Dorpsstraat 1, 3992 AB Houten", with: text)
            .replacing("authority/country/NLD", with: "authority/country/" + country)
        let read = try ReadFeed(xml: document)
        let address = try #require(
            read.offerings.lazy.flatMap(\.places).compactMap(\.venue).first?.address)
        #expect(address.street == street)
        #expect(address.postcode == postcode)
        #expect(address.city == city)
        #expect(address.other == other)
    }

    @Test(
        "a specification that is set apart takes its opportunities along, each with its own bytes")
    func exactBytes() throws {
        let first =
            #"<learningOpportunity id="o:1"><title language="nl">Een</title>"#
            + #"<learningAchievementSpecification idref="s:1"/></learningOpportunity>"#
        let specification = #"<learningAchievementSpecification id="s:1"/>"#
        let read = try ReadFeed(
            xml: """
                <Courses xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/">
                <learningOpportunityReferences>\(first)</learningOpportunityReferences>
                <learningAchievementSpecificationReferences>\(specification)\
                </learningAchievementSpecificationReferences>
                </Courses>
                """)
        #expect(read.summary.addsUp)
        #expect(read.summary.quarantined == RecordCount(courses: 1, offerings: 1))
        let apart = read.quarantined.map { String(decoding: $0.original, as: UTF8.self) }
        #expect(apart == [specification, first])
        #expect(read.quarantined.map(\.nativeID) == ["s:1", "o:1"])
    }

    @Test("UTF-16 reads like UTF-8")
    func wide() throws {
        let text = String(decoding: Fixture.bytes(Fixture.path("faulty.xml")), as: UTF8.self)
            .replacing("encoding=\"UTF-8\"", with: "encoding=\"UTF-16\"")
        var bytes: [UInt8] = [0xFF, 0xFE]
        for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let wide = try ReadFeed(bytes: bytes)
        #expect(wide.summary.accepted == read.summary.accepted)
        #expect(wide.courses.map(\.title) == read.courses.map(\.title))
    }

    @Test(
        "the samples of others read in full",
        .enabled(if: SharedFiles.path("feeds/loq") != nil, "needs the shared feeds"),
        arguments: [
            "feeds/loq/loq.xml", "feeds/loq/loq_withLearningAchievementSpecification.xml",
            "feeds/samples/loq-3.1-sample.xml",
        ])
    func shared(file: String) throws {
        let read = try ReadFeed(path: try #require(SharedFiles.path(file)))
        #expect(read.summary.format == "loq")
        #expect(read.summary.addsUp)
        #expect(read.summary.accepted.courses > 0)
        #expect(read.summary.quarantined.isZero)
    }
}
