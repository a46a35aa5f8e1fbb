import CourseModel
import Feeds
import TestSupport
import Testing

private let schema = SharedFiles.path("schemas/loq-3.1/xsd/loq/loq.xsd")

@Suite("LOQ written and read back is the same catalogue")
struct LOQRoundTripTests {
    private let trip: RoundTrip

    init() throws { trip = try RoundTrip(LOQ.self) }

    @Test("every field that LOQ holds comes back", arguments: 1...25)
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
        .enabled(if: schema != nil && Xmllint.path != nil, "needs the shared schemas and xmllint"),
        arguments: 1...4)
    func valid(seed: UInt64) throws {
        let bytes = try trip.written(DrawnCatalogue(seed: seed))
        let complaints = try Xmllint.complaints(bytes, schema: schema ?? "")
        #expect(complaints == nil, "\(complaints ?? "")")
    }

    @Test("a venue with the URI of its provider comes back whole")
    func sharedURI() throws {
        var provider = Sample.provider
        provider.nativeID = "https://veldschool.example/"
        let record = try Sample.record(id: "C1")
        var offering = record.offerings[0]
        var venue = try #require(offering.places.first?.venue)
        venue.nativeID = provider.nativeID
        offering.places = [.venue(venue)]
        let own = try #require(CourseRecord(course: record.course, offerings: [offering]))
        let read = try ReadFeed(
            bytes: trip.written(providers: [provider], records: [own]), source: "s")
        let place = try #require(read.offerings.first?.places.first?.venue)
        #expect(place.name == venue.name && place.address == venue.address)
        #expect(place.coordinates == venue.coordinates && place.nativeID == venue.nativeID)
        #expect(read.providers.first?.name == provider.name)
    }

    @Test("an empty catalogue is valid too", .enabled(if: schema != nil && Xmllint.path != nil))
    func empty() throws {
        let bytes = try trip.written(providers: [], records: [])
        #expect(try Xmllint.complaints(bytes, schema: schema ?? "") == nil)
        let read = try ReadFeed(bytes: bytes)
        #expect(read.summary.offered == RecordCount())
    }
}
