import CourseModel
import Feeds
import TestSupport
import Testing

private let schema = SharedFiles.path("schemas/xcri-1.2/catalog-all.xsd")

/// A drawn catalogue as an XCRI-CAP feed.
func written(_ catalogue: DrawnCatalogue) throws -> [UInt8] {
    try written(providers: catalogue.providers, records: catalogue.records)
}

func written(providers: [Provider], records: [CourseRecord]) throws -> [UInt8] {
    let writer = try XCRIWriter(
        to: .memory,
        context: FeedContext(
            title: "Drawn & written", generated: "2026-11-24T06:00:00Z", language: .english))
    for provider in providers { try writer.write(provider) }
    for record in records { try writer.write(record) }
    return try writer.finish().bytes ?? []
}

@Suite("XCRI-CAP written and read back is the same catalogue")
struct XCRIRoundTripTests {
    @Test("every field that XCRI-CAP holds comes back", arguments: 1...40)
    func roundTrip(seed: UInt64) throws {
        let drawn = DrawnCatalogue(seed: seed, format: "xcri-cap")
        let read = try ReadFeed(bytes: written(drawn), source: "drawn")
        #expect(read.summary.addsUp)
        #expect(read.summary.accepted.courses == drawn.records.count)
        #expect(read.records.count == drawn.records.count)
        for (expected, actual) in zip(drawn.records, read.records) {
            compare(XCRIWriter.reduced(expected), placeless(actual))
        }
        for (expected, actual) in zip(drawn.providers, read.providers) {
            var actual = actual
            actual.provenance = provenance(expected.provenance, actual.provenance)
            #expect(XCRIWriter.reduced(expected) == actual)
        }
    }

    @Test("reading says nothing against what was written", arguments: 1...10)
    func silence(seed: UInt64) throws {
        let read = try ReadFeed(
            bytes: written(DrawnCatalogue(seed: seed)), source: "drawn")
        let serious = read.reads.flatMap(\.diagnostics).filter { $0.severity > .note }
        #expect(serious.isEmpty, "\(serious.first?.message ?? "")")
        #expect(read.summary.diagnostics.isEmpty)
    }

    @Test("what is read and written again has the same bytes", arguments: 1...10)
    func stable(seed: UInt64) throws {
        let first = try written(DrawnCatalogue(seed: seed))
        let read = try ReadFeed(bytes: first, source: "drawn")
        let second = try written(providers: read.providers, records: read.records)
        let difference = zip(lines(first), lines(second)).first { $0 != $1 }
        #expect(difference == nil, "\(String(describing: difference))")
        #expect(first.count == second.count)
    }

    @Test("reducing twice is reducing once", arguments: 1...10)
    func idempotent(seed: UInt64) {
        for record in DrawnCatalogue(seed: seed).records {
            let once = XCRIWriter.reduced(record)
            compare(once, XCRIWriter.reduced(once))
        }
    }

    @Test(
        "the official schema accepts what is written",
        .enabled(if: schema != nil && Xmllint.path != nil, "needs the shared schemas and xmllint"),
        arguments: 1...12)
    func valid(seed: UInt64) throws {
        let bytes = try written(DrawnCatalogue(seed: seed))
        #expect(try Xmllint.complaints(bytes, schema: schema ?? "") == nil)
    }

    @Test("an empty catalogue is valid too", .enabled(if: schema != nil && Xmllint.path != nil))
    func empty() throws {
        let bytes = try written(providers: [], records: [])
        #expect(try Xmllint.complaints(bytes, schema: schema ?? "") == nil)
        let read = try ReadFeed(bytes: bytes)
        #expect(read.summary.offered == RecordCount())
    }

    @Test("what is dropped is exactly what is listed")
    func droppedFields() throws {
        // A record that holds one listed field more than another must read back the same; the
        // drawn catalogues above show that no unlisted field is lost.
        let paths = XCRIWriter.droppedFields.map(\.path)
        #expect(Set(paths).count == paths.count)
        var drawn = DrawnCatalogue(seed: 7, format: "xcri-cap").records[0].course
        drawn.codes = [Code(scheme: "crebo", code: "25123", label: "Tuinbouw")]
        let without = try #require(CourseRecord(course: drawn, offerings: []))
        #expect(XCRIWriter.reduced(without).course.codes.first?.label.isEmpty == true)
    }

    /// Compares field by field, so that a failure names the field.
    private func compare(_ expected: CourseRecord, _ actual: CourseRecord) {
        if expected == actual { return }
        for (left, right) in zip(fields(expected.course), fields(actual.course)) {
            #expect(left.1 == right.1, "course.\(left.0)")
        }
        #expect(expected.offerings.count == actual.offerings.count)
        for (one, other) in zip(expected.offerings, actual.offerings) {
            for (left, right) in zip(fields(one), fields(other)) {
                #expect(left.1 == right.1, "offering.\(left.0)")
            }
        }
    }

    private func lines(_ bytes: [UInt8]) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    private func fields(_ value: Any) -> [(String, String)] {
        Mirror(reflecting: value).children.map { child in
            // Sets print in any order.
            let text =
                (child.value as? any SetLike).map { $0.sortedDescription } ?? "\(child.value)"
            return (child.label ?? "", text)
        }
    }

    /// The record with the places that only reading knows left out.
    private func placeless(_ record: CourseRecord) -> CourseRecord {
        var course = record.course
        course.provenance = provenance(course.provenance, course.provenance)
        let offerings = record.offerings.map { offering in
            var own = offering
            own.provenance = provenance(own.provenance, own.provenance)
            return own
        }
        return CourseRecord(course: course, offerings: offerings) ?? record
    }

    private func provenance(_ like: Provenance, _ actual: Provenance) -> Provenance {
        Provenance(
            source: actual.source, format: actual.format, file: "drawn.xml",
            lastEdited: actual.lastEdited)
    }
}

private protocol SetLike {
    var sortedDescription: String { get }
}

extension Set: SetLike {
    fileprivate var sortedDescription: String { map { "\($0)" }.sorted().joined(separator: ",") }
}
