import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("OOAPI courses and programs with their offerings become courses and offerings")
struct OOAPIReadingTests {
    private let read: ReadFeed

    init() throws { read = try ReadFeed(path: Fixture.path("page.json")) }

    private func record(_ native: String) throws -> CourseRecord {
        try #require(read.records.first { $0.course.nativeID == native })
    }

    @Test("everything offered is accepted or set apart")
    func counts() {
        #expect(read.summary.format == "ooapi")
        #expect(read.summary.offered == RecordCount(courses: 5, offerings: 2))
        #expect(read.summary.accepted == RecordCount(courses: 3, offerings: 2))
        #expect(read.summary.addsUp)
        #expect(!read.summary.isFull)
        #expect(read.codes[.courseWithoutTitle] == 1)
        #expect(read.codes[.malformedRecord] == 1)
    }

    @Test("a course says what is learnt")
    func course() throws {
        let course = try record("WH-ZT").course
        #expect(course.title.text(in: [.english]) == "Care technology")
        #expect(course.level?.nlqf == .five)
        #expect(course.studyLoad.ects == FixedDecimal("7.5"))
        #expect(course.modes == [.blended])
        #expect(course.duration?.unit == .week)
        #expect(course.subjects == [Code(scheme: "isced-f", code: "0913")])
        let text = try #require(course.description.text())
        #expect(text.blocks.count == 2)
        guard case .list(false, let items) = text.blocks[1] else {
            Issue.record("a list was lost")
            return
        }
        #expect(items[0][0] == RichText.Span("kiezen", style: .strong))
        #expect(items[1][0].link == "https://school.example/b")
        #expect(
            course.aliases == [
                Code(scheme: "uuid", code: "6d6fd3a0-8a55-4f3c-a9d2-1c0b6c1f0001"),
                Code(scheme: "kvk", code: "12345678"),
            ])
        let provider = try #require(read.providers.first { $0.id == course.provider })
        #expect(provider.codes == [Code(scheme: "brin", code: "99XX")])
    }

    @Test("a program says its kind, level and degree")
    func program() throws {
        let course = try record("30001").course
        #expect(course.kind == .module)
        #expect(course.level?.nlqf == .fourPlus)
        #expect(course.studyModes == [.dual])
        #expect(course.qualifications.first?.abbreviation == "AD")
        #expect(course.provider == (try record("WH-ZT").course.provider))
    }

    @Test("an offering finds its course by id, in any case of letters")
    func offering() throws {
        let offering = try #require(try record("WH-ZT").offerings.first)
        #expect(offering.nativeID == "WH-ZT-A")
        #expect(offering.timing.start.date?.iso == "2027-02-02")
        #expect(offering.timing.end == nil)
        #expect(offering.capacity == 18)
        #expect(offering.placesLeft == 12)
        #expect(offering.status == .closed)
        #expect(offering.price?.total.description == "340.84 EUR")
        #expect(offering.price?.includesVAT == true)
        let venue = try #require(offering.places.first?.venue)
        #expect(venue.address.street == "Voorbeeldkade 12")
        #expect(venue.address.postcode == "1441 XX")
        let own = try #require(read.reads.first { $0.record.course.nativeID == "WH-ZT" })
        let fault = try #require(own.diagnostics.first { $0.code == .endBeforeStart })
        #expect(fault.position?.line == 32)
        #expect(fault.position?.column == 72)
    }

    @Test("an offering without its course is a course of its own")
    func lonely() throws {
        let record = try record("6d6fd3a0-8a55-4f3c-a9d2-1c0b6c1f0099")
        #expect(record.course.title.text() == "Elders")
        #expect(record.offerings.count == 1)
    }

    /// Everything that is set apart, with the place of its bytes in the document.
    private func apart(_ read: ReadFeed, in document: String) -> [Range<Int>?] {
        let bytes = Array(document.utf8)
        return (read.quarantined + read.reads.flatMap(\.quarantinedOfferings)).map { record in
            let start = record.position?.byteOffset ?? 0
            let range = start..<start + record.original.count
            return bytes[range.clamped(to: bytes.indices)].elementsEqual(record.original)
                ? range : nil
        }
    }

    @Test("what is set apart has the bytes that it has in the feed, an offering elsewhere its own")
    func exactBytes() throws {
        let document = """
            {"items": [
              {"courseId": "a", "name": [], "offerings": [{"offeringId": "a1"}]},
              {"offeringId": "a2", "course": "A", "name": [{"value": "Elsewhere"}]},
              {"offeringId": "b1", "course": {"courseId": "b", "name": []}},
              {"offeringId": "c1", "offeringType": "course"}
            ]}
            """
        let read = try ReadFeed(xml: document, format: "ooapi")
        #expect(read.summary.addsUp)
        #expect(read.summary.accepted.isZero)
        #expect(read.summary.quarantined == RecordCount(courses: 3, offerings: 4))
        #expect(read.quarantined.map(\.kind) == [.course, .offering, .course, .course])
        #expect(apart(read, in: document).allSatisfy { $0 != nil })
        #expect(read.codes[.unknownReference] == 1)
    }

    @Test("a course alone in its document is set apart with its offerings")
    func courseAlone() throws {
        let document = #"{"courseId": "a", "offerings": [{"offeringId": "a1"}], "name": []}"#
        let read = try ReadFeed(xml: document, format: "ooapi")
        #expect(read.summary.addsUp)
        #expect(apart(read, in: document).allSatisfy { $0 != nil })
        #expect(!read.quarantined.isEmpty)
    }

    @Test("a lonely offering keeps its bytes once")
    func lonelyBytes() throws {
        let offering = #"{"offeringId": "x", "course": "y", "name": [{"value": "Lonely"}]}"#
        let read = try ReadFeed(xml: "{\"items\": [\(offering)]}", format: "ooapi")
        #expect(read.reads.map { String(decoding: $0.original, as: UTF8.self) } == [offering])
    }

    @Test(
        "the sample of a course with its offering reads in full",
        .enabled(if: SharedFiles.path("feeds/ooapi") != nil, "needs the shared feeds"))
    func shared() throws {
        let path = try #require(
            SharedFiles.path("feeds/ooapi/ooapi-v5-course-with-offering.json"))
        let read = try ReadFeed(path: path)
        #expect(read.summary.accepted == RecordCount(courses: 1, offerings: 1))
        #expect(read.offerings.first?.price?.vat == .exempt)
        #expect(read.reads.first?.diagnostics.isEmpty == true)
    }
}
