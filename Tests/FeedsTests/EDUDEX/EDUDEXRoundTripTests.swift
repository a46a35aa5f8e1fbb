import CourseModel
import Feeds
import TestSupport
import Testing

/// A catalogue as an EDU-DEX wrapper.
private func written(
    _ providers: [Provider], _ records: [CourseRecord]
) throws -> WrittenFeed {
    let writer = try EDUDEXWriter(to: .memory, context: drawnContext)
    for provider in providers { try writer.write(provider) }
    for record in records { try writer.write(record) }
    return try writer.finish()
}

let drawnContext = FeedContext(
    title: "Drawn & written", generated: "2026-11-24T06:00:00Z", language: .dutch)

@Suite("EDU-DEX written and read back is the same catalogue")
struct EDUDEXRoundTripTests {
    @Test("every field that EDU-DEX holds comes back", arguments: 1...20)
    func roundTrip(seed: UInt64) throws {
        let drawn = DrawnCatalogue(seed: seed, format: "edudex")
        let feed = try written(drawn.providers, drawn.records)
        let read = try ReadFeed(bytes: feed.bytes ?? [], source: "drawn", format: "edudex")
        #expect(read.summary.addsUp)
        #expect(read.summary.accepted == feed.count)
        #expect(read.records.count == drawn.records.count)
        for (expected, actual) in zip(drawn.records, read.records) {
            EDUDEXComparison.compare(EDUDEXWriter.reduced(expected), actual)
        }
        for (expected, actual) in zip(drawn.providers, read.providers) {
            var actual = actual
            let held = EDUDEXWriter.reduced(expected)
            actual.provenance = held.provenance
            #expect(held == actual)
        }
    }

    @Test("what is read and written again has the same bytes", arguments: 1...6)
    func stable(seed: UInt64) throws {
        let drawn = DrawnCatalogue(seed: seed, format: "edudex")
        let first = try written(drawn.providers, drawn.records).bytes ?? []
        let read = try ReadFeed(bytes: first, source: "drawn", format: "edudex")
        let second = try written(read.providers, read.records).bytes ?? []
        let lines = zip(
            String(decoding: first, as: UTF8.self).split(separator: "\n"),
            String(decoding: second, as: UTF8.self).split(separator: "\n"))
        let difference = lines.first { $0 != $1 }
        #expect(difference == nil, "\(String(describing: difference))")
        #expect(first.count == second.count)
    }

    @Test("reducing twice is reducing once", arguments: 1...6)
    func idempotent(seed: UInt64) {
        for record in DrawnCatalogue(seed: seed).records {
            let once = EDUDEXWriter.reduced(record)
            EDUDEXComparison.compare(once, EDUDEXWriter.reduced(once))
        }
    }
}
