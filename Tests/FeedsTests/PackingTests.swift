import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("Feeds are compressed and split")
struct PackingTests {
    private let scratch: Scratch
    private let drawn = DrawnCatalogue(seed: 5)

    init() throws { scratch = try Scratch() }

    /// The formats that can be written, by name.
    private static let writtenFormats: [String] = {
        var names: [String] = []
        for format in Feeds.allFormats where format.writer != nil { names.append(format.name) }
        return names
    }()

    private func write(
        _ writer: any FeedWriter.Type, to destination: FeedDestination, gzip: Bool = false,
        split: Int? = nil, bytes: Int? = nil
    ) throws -> WrittenFeed {
        var context = Written.context
        context.packing = FeedPacking(
            isCompressed: gzip, coursesPerFile: split, bytesPerFile: bytes)
        var feed = try writer.open(to: destination, context: context)
        for provider in drawn.providers {
            try feed.write(provider)
            for record in drawn.records where record.course.provider == provider.id {
                try feed.write(record)
            }
        }
        return try feed.finish()
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @Test("every format is compressed to the same bytes each time, and read back as it was")
    func everyFormat() throws {
        for format in Feeds.allFormats {
            guard let writer = format.writer else { continue }
            let plain = try write(writer, to: .memory).bytes ?? []
            let packed = try write(writer, to: .memory, gzip: true)
            let again = try write(writer, to: .memory, gzip: true).bytes
            #expect(packed.bytes == again)
            #expect(packed.byteCount == packed.bytes?.count)
            let bytes = packed.bytes ?? []
            // Magic, deflate, no flags, no time (RFC 1952, 2.3).
            #expect(bytes.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0], "\(format.name)")
            #expect(bytes.count < plain.count / 2)
            guard format is any FeedFormat.Type else { continue }
            let read = try ReadFeed(bytes: bytes, source: "drawn")
            let same = try ReadFeed(bytes: plain, source: "drawn")
            #expect(read.records == same.records, "\(format.name)")
            #expect(read.summary == same.summary)
        }
    }

    @Test("a name that ends in .gz is enough, and one that does not gets the ending")
    func names() throws {
        let first = try write(XCRIWriter.self, to: .file(path: scratch.path("a.xml.gz")))
        #expect(first.files == [scratch.path("a.xml.gz")])
        let second = try write(
            XCRIWriter.self, to: .file(path: scratch.path("b.xml")), gzip: true)
        #expect(second.files == [scratch.path("b.xml.gz")])
        #expect(try bytes(first.files[0]) == bytes(second.files[0]))
    }

    @Test(
        "a feed in several files holds what it holds in one",
        arguments: ["xcri-cap", "loq", "csv", "ooapi"])
    func split(format: String) throws {
        let found: (any FeedWriter.Type)? = try Feeds.format(named: format).writer
        let writer = try #require(found)
        let whole = try ReadFeed(
            bytes: write(writer, to: .memory).bytes ?? [], source: "drawn")
        let written = try write(
            writer, to: .folder(path: scratch.path("parts")), gzip: format == "csv", split: 7)
        #expect(written.files.count == (drawn.records.count + 6) / 7)
        #expect(written.files.allSatisfy { $0.contains("-000") })
        #expect(written.count.courses == drawn.records.count)
        var records: [CourseRecord] = []
        for file in written.files {
            let part = try ReadFeed(path: file, source: "drawn")
            #expect(part.records.count <= 7)
            records += part.records
        }
        // Which file a record stands in is not of the course.
        func plain(_ record: CourseRecord) -> String {
            "\(record.course.id) \(record.course.title)"
        }
        #expect(records.map(plain) == whole.records.map(plain))
        #expect(records.flatMap(\.offerings).map(\.id) == whole.offerings.map(\.id))
    }

    @Test("a page of OOAPI says which one it is, and whether others stand before and behind it")
    func pages() throws {
        let written = try write(
            OOAPIWriter.self, to: .folder(path: scratch.path("pages")), split: 4)
        #expect(written.files.count > 2)
        for (index, file) in written.files.enumerated() {
            let page = try #require(
                try JSONSerialization.jsonObject(with: Data(bytes(file))) as? [String: Any])
            #expect(page["pageNumber"] as? Int == index + 1)
            #expect(page["hasPreviousPage"] as? Bool == (index > 0))
            #expect(page["hasNextPage"] as? Bool == (index + 1 < written.files.count))
            let items = page["items"] as? [[String: Any]] ?? []
            #expect(page["pageSize"] as? Int == items.count)
            // Each page can be read by itself.
            #expect(items.first?["organization"] is [String: Any])
        }
    }

    @Test(
        "files of so many bytes hold no more, as many courses as fit, and all of them together",
        arguments: writtenFormats)
    func bytes(format: String) throws {
        let known = try #require(Feeds.allFormats.first { $0.name == format })
        let found: (any FeedWriter.Type)? = known.writer
        let writer = try #require(found)
        let whole = try write(writer, to: .memory)
        let limit = max(700, whole.byteCount / 4)
        let written = try write(
            writer, to: .file(path: scratch.path("part")), bytes: limit)
        let parts = written.files.filter { $0.contains("-000") }
        let sizes = try parts.map { try bytes($0).count }
        #expect(sizes.count >= 2, "\(sizes) of \(limit)")
        #expect(sizes.allSatisfy { $0 <= limit }, "\(sizes) of \(limit)")
        #expect(sizes.reduce(0, +) > limit * (sizes.count - 1) * 2 / 3, "\(sizes) of \(limit)")
        #expect(written.count == whole.count)
        guard known is any FeedFormat.Type else { return }
        let records = try parts.flatMap { try ReadFeed(path: $0, source: "drawn").records }
        let all = try ReadFeed(bytes: whole.bytes ?? [], source: "drawn").records
        #expect(records.map(\.course.title) == all.map(\.course.title))
    }

    @Test("a course that is larger than a file may be stands alone in one, which is told")
    func tooLarge() throws {
        let written = try write(XCRIWriter.self, to: .file(path: scratch.path("a.xml")), bytes: 100)
        #expect(written.files.count >= drawn.records.count)
        #expect(written.diagnostics.count == drawn.records.count)
        #expect(written.diagnostics.allSatisfy { $0.code == .fileLargerThanAsked })
    }

    @Test("an EDU-DEX folder is compressed, and its directory names what is compressed")
    func folder() throws {
        let plain = try write(EDUDEXWriter.self, to: .folder(path: scratch.path("plain")))
        let packed = try write(
            EDUDEXWriter.self, to: .folder(path: scratch.path("packed")), gzip: true)
        #expect(packed.files == plain.files.map { $0 + ".gz" })
        let one = try ReadFeed(path: scratch.path("plain/directory.xml"))
        let other = try ReadFeed(path: scratch.path("packed/directory.xml.gz"))
        #expect(other.records.map(\.course.id) == one.records.map(\.course.id))
        #expect(other.summary.accepted == one.summary.accepted)
        #expect(!other.records.isEmpty)
    }

    @Test("several files need a place")
    func refused() throws {
        #expect(throws: FeedError.self) { try write(XCRIWriter.self, to: .memory, split: 3) }
    }
}

@Suite("Compressed feeds are read within bounds")
struct UnpackingTests {
    private func xml() throws -> [UInt8] {
        let trip = try RoundTrip(XCRICAP.self)
        return try trip.written(DrawnCatalogue(seed: 2))
    }

    @Test("what another program compressed is read, in one member or several, behind any name")
    func members() throws {
        let plain = try xml()
        let expected = try ReadFeed(bytes: plain)
        let middle = plain.count / 2
        let one = try Packed.gzip(plain)
        let two = try Packed.gzip(Array(plain[..<middle])) + Packed.gzip(Array(plain[middle...]))
        for packed in [one, two, one + [0, 0, 0]] {
            let read = try ReadFeed(bytes: packed)
            #expect(read.records == expected.records)
            #expect(read.summary == expected.summary)
        }
        let named = try ReadFeed(bytes: one, format: "xcri-cap")
        #expect(named.records == expected.records)
    }

    @Test("one that stops early or is damaged is refused before a record is read")
    func damaged() throws {
        let packed = try Packed.gzip(try xml())
        var changed = packed
        changed[packed.count / 2] ^= 0x55
        for bytes in [Array(packed.dropLast(9)), changed, Array(packed.prefix(20))] {
            #expect {
                try ReadFeed(bytes: bytes, format: "xcri-cap")
            } throws: { error in
                let text = "\(error)"
                return text.contains("compressed data") && text.contains("ask its sender")
            }
        }
    }

    @Test("a bomb is refused by its ratio, whatever is in it")
    func bomb() throws {
        let zeros = [UInt8](repeating: 32, count: 40_000_000)
        let packed = try Packed.gzip(Array("<catalog>".utf8) + zeros)
        #expect(packed.count < 100_000)
        #expect {
            try ReadFeed(bytes: packed, format: "xcri-cap")
        } throws: { "\($0)".contains("more than 200 times its size") }
        // Recognising it does not unpack it either.
        #expect(throws: FeedError.self) { try ReadFeed(bytes: packed) }
    }

    @Test("one that is larger than a feed may be is refused by its size")
    func large() throws {
        var input = FeedInput(
            .bytes(try Packed.gzip(try xml())), name: "feed.xml.gz", source: ID("test"),
            today: ReadFeed.today)
        input.limits.totalBytes = 10_000
        #expect {
            try ReadFeed(input)
        } throws: { "\($0)".contains("unpacks to more than 10000 bytes") }
    }

    @Test("a table is found by its name below .gz, with the mapping beside it")
    func table() throws {
        let scratch = try Scratch()
        let rows = "Cursusnaam;Begin\nSnoeien;2027-02-09\n"
        try scratch.write("aanbod.csv.gz", Data(try Packed.gzip(Array(rows.utf8))))
        try scratch.write(
            "aanbod.csv.toml",
            "[columns]\ntitle = \"Cursusnaam\"\nstart = \"Begin\"\n[constants]\n"
                + "provider = \"Veldschool\"\n")
        let read = try ReadFeed(path: scratch.path("aanbod.csv.gz"))
        #expect(read.courses.first?.title == "Snoeien")
        #expect(read.offerings.first?.timing.start == .on(day("2027-02-09")))
        #expect(read.providers.first?.name == "Veldschool")
    }
}
