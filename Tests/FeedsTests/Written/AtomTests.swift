import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("Atom (RFC 4287)")
struct AtomTests {
    private let schema = Fixture.path("atom.rng")

    @Test(
        "what is written has the form of the standard",
        .enabled(if: Xmllint.path != nil, "needs xmllint"), arguments: 1...4)
    func valid(seed: UInt64) throws {
        let drawn = DrawnCatalogue(seed: seed)
        let removal = FeedRemoval(
            drawn.records[0], isWholeCourse: true, at: "2026-11-20T08:30:00Z")
        var context = Written.context
        context.base = "https://gids.example/feeds"
        for context in [Written.context, context] {
            let bytes = try Written.bytes(
                Atom.self, providers: drawn.providers, records: drawn.records, context: context,
                removals: [removal])
            let complaints = try Xmllint.complaints(bytes, schema: schema)
            #expect(complaints == nil, "\(complaints ?? "")")
        }
        let empty = try Written.bytes(Atom.self, providers: [], records: [])
        #expect(try Xmllint.complaints(empty, schema: schema) == nil)
    }

    @Test("an entry is dated by the catalogue, else by its provider, and led to its page")
    func entry() throws {
        var record = try Sample.record(id: "C 1")
        record = try #require(
            CourseRecord(course: record.course, offerings: record.offerings))
        var context = Written.context
        context.page = "https://gids.example/nl/cursus/{id}"
        let writer = try AtomWriter(to: .memory, context: context)
        try writer.write(Sample.provider)
        try writer.write(record, known: CatalogueFacts(changed: "2026-11-21T09:00:00Z"))
        try writer.write(try Sample.record(id: "C2"))
        let text = String(decoding: try writer.finish().bytes ?? [], as: UTF8.self)
        #expect(text.contains("<id>urn:leerwijzer:course:s%3AC%201</id>"))
        #expect(text.contains("<updated>2026-11-21T09:00:00Z</updated>"))
        #expect(text.contains("<updated>2026-10-02T08:00:00Z</updated>"))
        #expect(text.contains("href=\"https://gids.example/nl/cursus/s%3AC%201\""))
        #expect(text.contains("<name>Veldschool</name>"))
        #expect(
            text.contains("&lt;li&gt;2027-02-09 – 2027-03-09 · Houten · 660.00 EUR&lt;/li&gt;"))
    }

    @Test("what is gone is a deleted entry; of what lost an offering nothing is said")
    func removals() throws {
        let record = try Sample.record(id: "C1")
        func text(_ whole: Bool) throws -> String {
            String(
                decoding: try Written.bytes(
                    Atom.self, providers: [], records: [],
                    removals: [
                        FeedRemoval(record, isWholeCourse: whole, at: "2026-11-20T08:30:00+01:00")
                    ]), as: UTF8.self)
        }
        #expect(
            try text(true).contains(
                "<at:deleted-entry ref=\"urn:leerwijzer:course:s%3AC1\" "
                    + "when=\"2026-11-20T07:30:00Z\"/>"))
        #expect(try !text(false).contains("deleted-entry"))
    }
}

/// A small course, written out so that what is expected can be checked by eye.
enum Sample {
    static let provenance = Provenance(
        source: ID("s"), format: "test", file: "test.xml", lastEdited: "2026-10-02T10:00:00+02:00")

    static var provider: Provider {
        var provider = Provider(
            id: ID("s:P"), nativeID: "P", name: "Veldschool", provenance: provenance)
        provider.location = Venue(address: Address(city: "Houten", country: "NL"))
        return provider
    }

    static func record(
        id: String, sessions: [Session] = [], start: Start? = nil, end: CalendarDate? = nil
    ) throws -> CourseRecord {
        var course = try #require(
            Course(
                id: ID("s:" + id), nativeID: id, provider: ID("s:P"), kind: .course,
                title: "Snoeien; enten, en meer", provenance: provenance))
        course.url = "https://veldschool.example/" + OwnName.plain(id)
        var offering = Offering(
            id: ID(course: course.id, native: "1"), nativeID: "1", course: course.id,
            timing: try #require(
                Timing(start: start ?? .on(day("2027-02-09")), end: end ?? day("2027-03-09"))),
            provenance: provenance)
        offering.places = [
            .venue(
                Venue(
                    name: "De Kas", address: Address(street: "Spoorlaan 1", city: "Houten"),
                    coordinates: Coordinates(latitude: 52.03, longitude: 5.17)))
        ]
        offering.price = Price(total: Money(try #require(FixedDecimal(660)), .euro))
        offering.sessions = sessions
        return try #require(CourseRecord(course: course, offerings: [offering]))
    }
}

private enum OwnName {
    static func plain(_ id: String) -> String { id.replacingOccurrences(of: " ", with: "-") }
}
