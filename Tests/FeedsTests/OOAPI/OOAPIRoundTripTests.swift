import CourseModel
import Feeds
import TestSupport
import Testing

private let schema = SharedFiles.path("schemas/ooapi/ooapi-v5.0-release.json")

@Suite("OOAPI written and read back is the same catalogue")
struct OOAPIRoundTripTests {
    private let trip: RoundTrip

    init() throws { trip = try RoundTrip(OOAPI.self) }

    @Test("every field that OOAPI holds comes back", arguments: 1...25)
    func roundTrip(seed: UInt64) throws { try trip.check(seed: seed) }

    @Test("reading says nothing against what was written", arguments: 1...5)
    func silence(seed: UInt64) throws { try trip.checkSilence(seed: seed) }

    @Test("what is read and written again has the same bytes", arguments: 1...5)
    func stable(seed: UInt64) throws { try trip.checkStability(seed: seed) }

    @Test("reducing twice is reducing once", arguments: 1...5)
    func idempotent(seed: UInt64) { trip.checkIdempotence(seed: seed) }

    @Test("what is dropped is exactly what is listed")
    func droppedFields() { trip.checkDroppedFields(seeds: 1...8) }

    @Test(
        "the official schema accepts what is written",
        .enabled(
            if: schema != nil && JSONSchemaProgram.isAvailable,
            "needs the shared schemas and python's jsonschema"),
        arguments: 1...3)
    func valid(seed: UInt64) throws {
        let bytes = try trip.written(DrawnCatalogue(seed: seed))
        let complaints = try JSONSchemaProgram.complaints(bytes, schema: schema ?? "")
        #expect(complaints == "")
        #expect(try ownComplaints(bytes) == [])
    }

    /// What our own reading of the official schema finds.
    private func ownComplaints(_ bytes: [UInt8]) throws -> [DiagnosticCode] {
        var codes: [DiagnosticCode] = []
        var report = SchemaReport()
        let input = FeedInput(
            .bytes(bytes), name: "page.json", source: ID("test"), today: ReadFeed.today)
        try FeedSchemas(at: schema ?? "").check(input, format: "ooapi", to: &report) {
            codes.append($0.code)
        }
        return codes
    }

    @Test(
        "what the official schema refuses is refused here and by another program",
        .enabled(
            if: schema != nil && JSONSchemaProgram.isAvailable,
            "needs the shared schemas and python's jsonschema"),
        arguments: [
            (#""level": "undefined""#, #""level": "high""#),
            (#""teachingLanguage": "und""#, #""teachingLanguage": 1"#),
            (#""resultExpected": false"#, #""expected": false"#),
            (#""organizationType": "root""#, #""organizationType": "orchard""#),
        ])
    func refused(good: String, bad: String) throws {
        let provider = Provider(
            id: ID("s:p"), nativeID: "p", name: LocalizedText("P"),
            provenance: Provenance(source: ID("s"), format: "test", file: "test"))
        var record = try Sample.record(id: "C1")
        var course = record.course
        course.level = nil
        course.languages = []
        record = try #require(CourseRecord(course: course, offerings: record.offerings))
        let text = String(
            decoding: try trip.written(providers: [provider], records: [record]), as: UTF8.self)
        #expect(try ownComplaints(Array(text.utf8)) == [])
        let broken = Array(text.replacing(good, with: bad).utf8)
        #expect(broken.count != text.utf8.count)
        #expect(try ownComplaints(broken) != [])
        #expect(try JSONSchemaProgram.complaints(broken, schema: schema ?? "") != "")
    }

    @Test("offerings without a day of start stand in our consumer, and are told")
    func undated() throws {
        let record = try Sample.record(id: "C1")
        let starts: [Start] = [.rolling, .onRequest, .unstated(raw: "after Easter")]
        let offerings = starts.enumerated().map { number, start in
            var own = record.offerings[0]
            own = Offering(
                id: ID(course: record.course.id, native: "u\(number)"), nativeID: "u\(number)",
                course: record.course.id, timing: Timing(start: start),
                provenance: own.provenance)
            return own
        }
        let own = try #require(
            CourseRecord(course: record.course, offerings: record.offerings + offerings))
        let writer = try OOAPIWriter(
            to: .memory, context: FeedContext(title: "x", generated: "2026-11-24T06:00:00Z"))
        try writer.write(Sample.provider)
        try writer.write(own)
        let written = try writer.finish()
        #expect(
            written.diagnostics.map(\.code) == [
                .offeringLeftOut, .offeringLeftOut, .offeringLeftOut,
            ])
        #expect(written.diagnostics.allSatisfy { $0.severity == .note })
        let read = try ReadFeed(bytes: written.bytes ?? [], source: "s")
        #expect(read.summary.addsUp)
        #expect(read.offerings.suffix(3).map(\.timing.start) == starts)
        if let schema, JSONSchemaProgram.isAvailable {
            #expect(try JSONSchemaProgram.complaints(written.bytes ?? [], schema: schema) == "")
        }
    }

    @Test("one id in two sources makes two UUIDs, and neither becomes a code when read")
    func sources() throws {
        let record = try Sample.record(id: "C1")
        let first = OOAPIObjects.courseID(record.course.id)
        #expect(first != OOAPIObjects.courseID(ID(source: ID("other"), native: "C1")))
        let read = try ReadFeed(
            bytes: trip.written(providers: [], records: [record]), source: "elsewhere")
        #expect(!read.courses.flatMap(\.aliases).contains { $0.scheme == "uuid" })
    }

    @Test("an empty catalogue is read as one")
    func empty() throws {
        let read = try ReadFeed(bytes: trip.written(providers: [], records: []))
        #expect(read.summary.offered == RecordCount())
        #expect(read.summary.isComplete)
    }
}
