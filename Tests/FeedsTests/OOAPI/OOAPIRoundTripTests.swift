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
            if: schema != nil && JSONSchema.isAvailable,
            "needs the shared schemas and python's jsonschema"),
        arguments: 1...3)
    func valid(seed: UInt64) throws {
        let bytes = try trip.written(DrawnCatalogue(seed: seed))
        let complaints = try JSONSchema.complaints(bytes, schema: schema ?? "")
        #expect(complaints == "")
    }

    @Test("an empty catalogue is read as one")
    func empty() throws {
        let read = try ReadFeed(bytes: trip.written(providers: [], records: []))
        #expect(read.summary.offered == RecordCount())
        #expect(read.summary.isComplete)
    }
}
