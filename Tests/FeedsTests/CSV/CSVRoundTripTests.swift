import CourseModel
import Feeds
import TestSupport
import Testing

@Suite("CSV written and read back is the same catalogue")
struct CSVRoundTripTests {
    private let trip: RoundTrip

    init() throws { trip = try RoundTrip(CSV.self) }

    @Test("every field that the table holds comes back", arguments: 1...25)
    func roundTrip(seed: UInt64) throws { try trip.check(seed: seed) }

    @Test("reading says nothing against what was written", arguments: 1...5)
    func silence(seed: UInt64) throws { try trip.checkSilence(seed: seed) }

    @Test("what is read and written again has the same bytes", arguments: 1...5)
    func stable(seed: UInt64) throws { try trip.checkStability(seed: seed) }

    @Test("reducing twice is reducing once", arguments: 1...5)
    func idempotent(seed: UInt64) { trip.checkIdempotence(seed: seed) }

    @Test("courses of two providers that call them alike stay two courses")
    func sameNativeIDs() throws {
        let drawn = DrawnCatalogue(seed: 1)
        let records = try drawn.records.prefix(2).map { record in
            var course = record.course
            course.nativeID = "c1"
            return try #require(CourseRecord(course: course, offerings: record.offerings))
        }
        let bytes = try trip.written(providers: drawn.providers, records: records)
        let read = try ReadFeed(bytes: bytes, source: "drawn")
        #expect(Set(read.courses.map(\.id)) == Set(records.map(\.course.id)))
    }

    @Test("what is dropped is exactly what is listed")
    func droppedFields() { trip.checkDroppedFields(seeds: 1...8) }
}
