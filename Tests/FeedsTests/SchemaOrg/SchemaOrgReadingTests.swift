import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("JSON-LD nodes become courses and offerings")
struct SchemaOrgReadingTests {
    private func graph() throws -> ReadFeed { try ReadFeed(path: Fixture.path("graph.json")) }
    private func page() throws -> ReadFeed { try ReadFeed(path: Fixture.path("page.html")) }

    @Test("courses of an HTML page are read from its script elements")
    func courses() throws {
        let read = try page()
        #expect(read.summary.format == "schema.org")
        #expect(read.summary.addsUp)
        #expect(!read.summary.isFull)
        #expect(read.summary.accepted == RecordCount(courses: 2, offerings: 1))
        let course = try #require(read.courses.first)
        #expect(course.title.text() == "Bodem & water")
        #expect(course.description.text()?.plainText == "Leer de bodem lezen.")
        #expect(course.keywords.wordings.map(\.text) == ["bodem", "water"])
        let provider = try #require(read.providers.first)
        #expect(provider.id == course.provider)
        #expect(provider.name.wordings == [.init(language: .dutch, text: "Veldschool")])
        #expect(provider.location?.address.country == "NL")
        #expect(read.courses[1].nativeID == "https://school.example/tuin")
    }

    @Test("an instance says when, where and for how much, with its place in the page")
    func instance() throws {
        let read = try page()
        let offering = try #require(read.offerings.first)
        #expect(offering.timing.start.date?.iso == "2027-02-02")
        #expect(offering.timing.end == nil)
        #expect(offering.modes == [.classroom])
        #expect(offering.studyModes == [.partTime])
        #expect(offering.dayParts == [.evening])
        #expect(offering.status == .full)
        #expect(offering.price?.total.description == "1195.00 EUR")
        #expect(offering.applyURL == "https://school.example/aanmelden")
        let venue = try #require(offering.places.first?.venue)
        #expect(venue.address.city == "Houten")
        #expect(venue.coordinates?.longitude == 5.17)
        let fault = try #require(
            read.reads[0].diagnostics.first { $0.code == .endBeforeStart })
        #expect(fault.position?.line == 31)
        #expect(fault.position?.column == 20)
        let bytes = Fixture.bytes(Fixture.path("page.html"))
        #expect(fault.position.map { bytes[$0.byteOffset] } == UInt8(ascii: "\""))
    }

    @Test("nodes find each other by id, wherever they stand")
    func references() throws {
        let read = try graph()
        let record = try #require(read.records.first { $0.course.nativeID == "c:1" })
        #expect(record.course.level?.nlqf == .four)
        #expect(record.course.title.wordings.first?.language == .dutch)
        #expect(record.offerings.map(\.nativeID) == ["i:1"])
        #expect(record.offerings[0].price?.total == Money(.zero, .euro))
        #expect(read.providers.first?.name.text() == "Waterland Zorg")
        let own = try #require(read.reads.first { $0.record == record })
        #expect(own.diagnostics.contains { $0.code == .danglingReference })
    }

    @Test("a faulty record takes only itself, with its exact bytes and place")
    func faults() throws {
        let read = try graph()
        #expect(read.summary.addsUp)
        #expect(read.summary.isComplete)
        #expect(
            Set(read.courses.map(\.nativeID)) == ["c:1", "c:5", "i:alone"])
        #expect(read.quarantined.count == 4)
        let escape = try #require(read.quarantined.first { $0.position?.line == 18 })
        #expect(escape.reasons[0].code == .malformedRecord)
        #expect(escape.reasons[0].position?.line == 21)
        #expect(escape.reasons[0].position?.column == 21)
        let bracket = try #require(read.quarantined.first { $0.position?.line == 23 })
        let text = String(decoding: bracket.original, as: UTF8.self)
        #expect(text.hasPrefix("{\n      \"@type\": \"Course\",\n      \"@id\": \"c:3\""))
        #expect(read.codes[.courseWithoutTitle] == 1)
        #expect(read.codes[.duplicateRecord] == 1)
        #expect(read.codes[.recoveredJSON] == 1)
    }

    @Test("a page or object without courses is refused, not taken for an empty catalogue")
    func refused() throws {
        for text in [
            "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
            "<html><script type=\"application/ld+json\">{\"@type\":\"WebPage\"}</script></html>",
            "{\"@context\": \"https://schema.org\", \"@type\": \"WebPage\"}",
        ] {
            #expect(throws: FeedError.self) { try ReadFeed(xml: text) }
        }
    }

    @Test("a byte order mark and a truncated end do no harm to what came before")
    func truncated() throws {
        let bytes = Fixture.bytes(Fixture.path("graph.json"))
        let read = try ReadFeed(bytes: [0xEF, 0xBB, 0xBF] + bytes.prefix(1_050))
        #expect(!read.summary.isComplete)
        #expect(read.summary.addsUp)
        #expect(read.courses.contains { $0.nativeID == "c:1" })
    }

    @Test("an instance with no more than its id is an offering; elsewhere it only points to one")
    func bareInstance() throws {
        let read = try ReadFeed(
            xml: """
                {"@context": "https://schema.org", "@graph": [
                  {"@type": "Course", "@id": "c:1", "name": "One", "hasCourseInstance": [
                    {"@type": "CourseInstance", "@id": "i:1"}, {"@type": "CourseInstance",
                    "@id": "i:2"}, {"@id": "i:3"}]},
                  {"@type": "Course", "@id": "c:2", "name": "Two", "hasCourseInstance":
                    {"@id": "i:2"}},
                  {"@type": "CourseInstance", "@id": "i:2", "startDate": "2027-02-01"},
                  {"@type": "CourseInstance", "@id": "i:2", "name": "Again"}
                ]}
                """)
        #expect(read.summary.addsUp)
        #expect(read.summary.accepted == RecordCount(courses: 3, offerings: 4))
        #expect(read.offerings.map(\.nativeID) == ["i:1", "i:2", "i:2", "i:2"])
        #expect(read.codes["dangling-reference"] == 1)
    }

    @Test("an object whose lists are read as records is set apart with them, and faults keep place")
    func exactFrame() throws {
        let document = """
            {"@context": "https://schema.org", "@graph": [
              {"@type": "Course", "@id": "c:1", "name": "One"}
            ], "x": {"y" 1}}
            """
        let read = try ReadFeed(xml: document)
        #expect(read.summary.addsUp && read.courses.count == 1)
        let apart = try #require(read.quarantined.first)
        #expect(String(decoding: apart.original, as: UTF8.self) == document)
        #expect(apart.reasons.first?.position?.line == 3)
        #expect(apart.reasons.first?.position?.column == 14)
    }

    @Test("what is set apart has the bytes that it has in the feed")
    func exactBytes() throws {
        let course = #"{"@type": "Course", "@id": "c:1", "hasCourseInstance": {"@id": "i:1"}}"#
        let instance = #"{"@type": "CourseInstance", "@id": "i:1", "startDate": "2027-02-01"}"#
        let read = try ReadFeed(
            xml: #"{"@context": "https://schema.org", "@graph": [\#(course), \#(instance)]}"#)
        #expect(read.summary.addsUp)
        let apart = read.quarantined.map { String(decoding: $0.original, as: UTF8.self) }
        #expect(apart == [course, instance])
    }

    @Test("nesting without end is a fault, not a crash")
    func deep() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: FeedError.self) {
            try ReadFeed(xml: "[{\"@context\": \"https://schema.org\", \"x\": " + deep)
        }
    }

    @Test(
        "real pages and files read in full",
        .enabled(if: SharedFiles.path("feeds/schemaorg") != nil, "needs the shared feeds"))
    func shared() throws {
        let path = try #require(SharedFiles.path("feeds/schemaorg/nbis-course-instances.json"))
        let read = try ReadFeed(path: path)
        #expect(read.summary.addsUp)
        #expect(read.summary.quarantined.isZero)
        #expect(read.summary.accepted.courses > 10)
        #expect(read.summary.accepted.courses == read.summary.accepted.offerings)
        #expect(read.offerings.allSatisfy { $0.timing.start.date != nil })
    }
}
