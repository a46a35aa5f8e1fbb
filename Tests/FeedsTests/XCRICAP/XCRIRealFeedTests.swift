import CourseModel
import Feeds
import TestSupport
import Testing

private let names = [
    "2016-11-04T1005", "2016-11-05T1005", "2016-11-06T1005", "2016-11-10T1005", "2016-11-11T1005",
    "adam_smith_charset_issue", "ou-example", "oxford-conted.xcricap", "scottbw-1.2-test",
    "wychwolf-moodle",
]

/// One of each kind: the five days of one college hold the same faults.
private let kinds = names.filter { !$0.hasPrefix("2016-11") } + ["2016-11-11T1005"]

@Suite(
    "Real XCRI-CAP feeds lose nothing",
    .enabled(if: SharedFiles.path("feeds/xcri") != nil, "the shared feeds are not here"))
struct XCRIRealFeedTests {
    private func path(_ name: String) throws -> String {
        try #require(SharedFiles.path("feeds/xcri/\(name).xml"))
    }

    @Test("as many records are offered as start tags stand in the bytes", arguments: names)
    func counts(name: String) throws {
        let path = try path(name)
        // The count is made apart from every reader: the tags are looked for in the bytes.
        let bytes = Fixture.bytes(path).filter { $0 != 0 }
        let read = try ReadFeed(path: path)
        #expect(read.summary.offered.courses == Self.count("<course", in: bytes))
        #expect(read.summary.offered.offerings == Self.count("<presentation", in: bytes))
        #expect(read.summary.addsUp)
        #expect(read.summary.isComplete)
        #expect(read.records.count == read.summary.accepted.courses)
        #expect(read.offerings.count == read.summary.accepted.offerings)
        #expect(read.summary.quarantined == RecordCount())
    }

    @Test("each record keeps its bytes, and its position leads to them", arguments: kinds)
    func originals(name: String) throws {
        let path = try path(name)
        let bytes = Fixture.bytes(path)
        var astray = 0
        for read in try ReadFeed(path: path).reads {
            let start = try #require(read.record.course.provenance.position).byteOffset
            let place = bytes[start..<(start + read.original.count)]
            if !place.elementsEqual(read.original) { astray += 1 }
        }
        #expect(astray == 0)
    }

    @Test("reading twice gives the same", arguments: kinds)
    func deterministic(name: String) throws {
        let path = try path(name)
        let first = try ReadFeed(path: path)
        let second = try ReadFeed(path: path)
        #expect(first.records == second.records)
        #expect(first.providers == second.providers)
        #expect(first.summary == second.summary)
    }

    @Test(
        "what is written of it is valid and reads back the same", arguments: kinds)
    func conversion(name: String) throws {
        let read = try ReadFeed(path: path(name))
        let bytes = try written(providers: read.providers, records: read.records)
        if let schema = SharedFiles.path("schemas/xcri-1.2/catalog-all.xsd"), Xmllint.path != nil {
            #expect(try Xmllint.complaints(bytes, schema: schema) == nil)
        }
        let again = try ReadFeed(bytes: bytes)
        #expect(again.records.count == read.records.count)
        for (one, other) in zip(read.records, again.records) {
            #expect(Self.plain(XCRIWriter.reduced(one)) == Self.plain(other))
        }
    }

    @Test("the text of a start wins where @dtf was written in UTC")
    func summerTime() throws {
        let read = try ReadFeed(path: path("2016-11-04T1005"))
        let starts = read.offerings.compactMap(\.timing.start.date)
        #expect(starts.count == 549)
        #expect(starts.contains(CalendarDate(iso: "2016-09-12")!))
        #expect(read.codes[.dtfShiftedDay] == 1)
        #expect(read.codes[.dtfContradictsText] == nil)
    }

    @Test("prices, levels and modes are found where they stand")
    func values() throws {
        let read = try ReadFeed(path: path("adam_smith_charset_issue"))
        #expect(read.codes[.priceZero] == 378)
        #expect(read.offerings.filter { $0.price?.total.currency == .pound }.count == 266)
        #expect(read.offerings.filter { $0.studyModes.contains(.fullTime) }.count >= 235)
        let cornwall = try ReadFeed(path: path("2016-11-04T1005"))
        #expect(cornwall.offerings.filter { $0.price != nil }.count > 60)
        #expect(cornwall.courses.filter { $0.level?.eqf != nil }.count > 500)
    }

    private static func count(_ tag: String, in bytes: [UInt8]) -> Int {
        let needle = Array(tag.utf8)
        var count = 0
        var index = 0
        while let open = bytes[index...].firstIndex(of: 0x3C) {
            index = open + 1
            let end = open + needle.count
            guard end < bytes.count, bytes[open..<end].elementsEqual(needle) else { continue }
            if [0x20, 0x3E, 0x0A, 0x0D, 0x2F].contains(bytes[end]) { count += 1 }
        }
        return count
    }

    /// The record without where it was read.
    private static func plain(_ record: CourseRecord) -> CourseRecord? {
        func nowhere(_ provenance: Provenance) -> Provenance {
            Provenance(
                source: provenance.source, format: provenance.format, file: "",
                lastEdited: provenance.lastEdited)
        }
        var course = record.course
        course.provenance = nowhere(course.provenance)
        return CourseRecord(
            course: course,
            offerings: record.offerings.map { offering in
                var own = offering
                own.provenance = nowhere(own.provenance)
                return own
            })
    }
}
