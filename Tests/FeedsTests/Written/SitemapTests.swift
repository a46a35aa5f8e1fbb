import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("Sitemaps (sitemaps.org 0.9)")
struct SitemapTests {
    private let schema = Fixture.path("sitemap.rng")
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func context(_ split: Int? = nil, gzip: Bool = false) -> FeedContext {
        FeedContext(
            title: "Gids", generated: "2026-11-24T06:00:00Z", base: "https://gids.example",
            page: "https://gids.example/cursus/{id}?a=1&b=2",
            packing: FeedPacking(isCompressed: gzip, coursesPerFile: split))
    }

    private func data(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: scratch.path(name)))
    }

    @Test(
        "one file holds all addresses, each once",
        .enabled(if: Xmllint.path != nil, "needs xmllint"))
    func single() throws {
        let drawn = DrawnCatalogue(seed: 1)
        let bytes = try Written.bytes(Sitemap.self, drawn, context: context())
        #expect(try Xmllint.complaints(bytes, schema: schema) == nil)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(occurrences(of: "<loc>", in: text) == drawn.records.count)
        #expect(text.contains("?a=1&amp;b=2</loc>"))
        // Without pages of the catalogue the provider's own are taken, of which some are the same.
        let own = String(decoding: try Written.bytes(Sitemap.self, drawn), as: UTF8.self)
        let pages = Set(drawn.records.compactMap(\.course.url))
        #expect(occurrences(of: "<loc>", in: own) == pages.count)
        let empty = try Written.bytes(Sitemap.self, providers: [], records: [])
        #expect(try Xmllint.complaints(empty, schema: schema) == nil)
    }

    @Test(
        "what is too much for one file goes to several, which an index names",
        .enabled(if: Xmllint.path != nil, "needs xmllint"), arguments: [false, true])
    func split(gzip: Bool) throws {
        let drawn = DrawnCatalogue(seed: 1)
        var writer = try SitemapWriter.open(
            to: .file(path: scratch.path("sitemap.xml")), context: context(10, gzip: gzip))
        for record in drawn.records { try writer.write(record) }
        let written = try writer.finish()
        let ending = gzip ? ".gz" : ""
        let names = ["sitemap-0001.xml", "sitemap-0002.xml", "sitemap-0003.xml", "sitemap.xml"]
        #expect(written.files == names.map { scratch.path($0 + ending) })
        #expect(written.count.courses == drawn.records.count)
        guard !gzip else { return }
        for name in names {
            #expect(try Xmllint.complaints(Array(data(name)), schema: schema) == nil)
        }
        let index = String(decoding: try data("sitemap.xml"), as: UTF8.self)
        #expect(index.contains("<loc>https://gids.example/sitemap-0003.xml</loc>"))
        let last = String(decoding: try data("sitemap-0003.xml"), as: UTF8.self)
        #expect(occurrences(of: "<loc>", in: last) == drawn.records.count - 20)
    }

    @Test("fifty thousand addresses stand in one file, one more makes a second")
    func limit() throws {
        let record = try Sample.record(id: "C")
        for count in [50_000, 50_001] {
            let name = "\(count).xml"
            let writer = try SitemapWriter(
                to: .file(path: scratch.path(name)), context: context())
            for number in 1...count {
                var course = record.course
                course.id = ID("s:\(number)")
                try writer.write(try #require(CourseRecord(course: course, offerings: [])))
            }
            #expect(try writer.finish().files.count == (count > 50_000 ? 3 : 1))
        }
    }

    @Test("standard output takes one file, and says so")
    func piped() throws {
        let writer = try SitemapWriter(to: .memory, context: context(2))
        try writer.write(try Sample.record(id: "C1"))
        try writer.write(try Sample.record(id: "C2"))
        #expect {
            try writer.write(try Sample.record(id: "C3"))
        } throws: { error in
            "\(error)".contains("several files")
        }
    }

    @Test("courses without a page, and pages of several hosts, are told")
    func faults() throws {
        let drawn = DrawnCatalogue(seed: 1)
        let writer = try SitemapWriter(to: .memory, context: Written.context)
        for record in drawn.records { try writer.write(record) }
        try writer.write(try Sample.record(id: "C1"))
        let codes = try writer.finish().diagnostics.map(\.code)
        #expect(codes == [.courseLeftOut, .sitemapOfSeveralHosts])
    }
}
