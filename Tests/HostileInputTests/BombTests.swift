import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing
import XMLStream

@Suite("What unpacks, expands or nests without end is refused early")
struct BombTests {
    private func read(
        _ bytes: [UInt8], as format: String?, limits: XMLLimits = .standard
    ) throws -> (courses: [Course], summary: FeedSummary) {
        var input = FeedInput(
            .bytes(bytes), name: "hostile", source: ID("hostile"),
            today: CalendarDate(daysSince1970: 20_781))
        input.limits = limits
        var courses: [Course] = []
        let summary = try readFeed(input, format: format) {
            if case .record(let read) = $0 { courses.append(read.record.course) }
        }
        return (courses, summary)
    }

    /// An XCRI-CAP feed with one good course, and whatever stands before its root and in its title.
    private func feed(_ prologue: String, _ inside: String = "") -> [UInt8] {
        Array(
            """
            <?xml version="1.0"?>\(prologue)<catalog xmlns="http://xcri.org/profiles/1.2/catalog" \
            xmlns:dc="http://purl.org/dc/elements/1.1/"><provider><dc:identifier>p</dc:identifier>\
            <dc:title>P</dc:title><course><dc:identifier>c</dc:identifier><dc:title>C\(inside)\
            </dc:title></course></provider></catalog>
            """.utf8)
    }

    /// Memory that the process ever needed, in MiB.
    private var peak: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
    }

    /// A document's prologue and what stands in its title.
    struct Bomb: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let prologue: String
        var inside = ""

        private static func doctype(_ declarations: String) -> String {
            "<!DOCTYPE c [\(declarations)]>"
        }

        private static let laughs: String = {
            var text = "<!ENTITY a0 'haha'>"
            for n in 1...30 { text += "<!ENTITY a\(n) '&a\(n - 1);&a\(n - 1);&a\(n - 1);'>" }
            return text
        }()

        private static let parameters: String = {
            var text = "<!ENTITY % a0 'haha'>"
            for n in 1...30 { text += "<!ENTITY % a\(n) '%a\(n - 1);%a\(n - 1);%a\(n - 1);'>" }
            return text + "<!ENTITY e '%a30;'> %a30;"
        }()

        private static let defaults: String = {
            let value = String(repeating: "x", count: 200)
            var text = "<!ATTLIST x"
            for n in 0..<2_000 { text += " a\(n) CDATA '\(value)'" }
            return text + ">"
        }()

        private static let large = "<!ENTITY a '\(String(repeating: "x", count: 100_000))'>"

        static let all: [Bomb] = [
            .init(
                testDescription: "a billion laughs", prologue: doctype(laughs), inside: "&a30;"),
            .init(
                testDescription: "laughs in an attribute", prologue: doctype(laughs),
                inside: "<x a='&a30;'/>"),
            .init(
                testDescription: "laughs in parameter entities", prologue: doctype(parameters),
                inside: "&e;"),
            .init(
                testDescription: "one large entity, often", prologue: doctype(large),
                inside: String(repeating: "&a;", count: 10_000)),
            .init(
                testDescription: "entities that hold themselves",
                prologue: doctype("<!ENTITY a '&b;'><!ENTITY b '&a;'>"), inside: "&a;"),
            .init(
                testDescription: "attributes given to every element", prologue: doctype(defaults),
                inside: String(repeating: "<x/>", count: 2_000)),
            .init(
                testDescription: "an entity that is a file",
                prologue: doctype("<!ENTITY a SYSTEM 'file:///dev/zero'>"), inside: "&a;"),
            .init(
                testDescription: "a DTD at an address",
                prologue: "<!DOCTYPE c SYSTEM 'http://127.0.0.1:9/x.dtd'>"),
            .init(
                testDescription: "a DTD that is a file",
                prologue: "<!DOCTYPE c PUBLIC '-//x' 'file:///dev/zero'>"),
            .init(
                testDescription: "an inclusion", prologue: "",
                inside: "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='/dev/zero' "
                    + "parse='text'/>"),
            .init(
                testDescription: "a style sheet",
                prologue: "<?xml-stylesheet href='file:///dev/zero'?>"),
        ]
    }

    @Test("XML that expands is not expanded", arguments: Bomb.all)
    func entities(bomb: Bomb) throws {
        let before = peak
        let start = ContinuousClock.now
        // Refused as a whole, or read with the good course: never expanded.
        let read = try? read(feed(bomb.prologue, bomb.inside), as: "xcri-cap")
        if let read {
            #expect(read.summary.addsUp)
            #expect(read.summary.offered.courses <= 1 && read.courses.count <= 1)
            for course in read.courses { #expect("\(course.title)".utf8.count < 1_000_000) }
        }
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(peak - before < 200)
    }

    @Test(
        "nesting, in XML and in JSON, costs its record or the feed, not the program",
        arguments: [
            ("xcri-cap", "<a>"), ("schema.org", "["), ("schema.org", "{\"a\":"),
            ("ooapi", "{\"items\":["), ("geojson", "["),
        ], [10_000, 100_000])
    func nesting(opening: (String, String), levels: Int) {
        let format = opening.0
        let text = String(repeating: opening.1, count: levels)
        let bytes = format == "xcri-cap" ? feed("", text) : Array(("{\"x\":" + text).utf8)
        // The error says that it is too deep; a crash would say nothing.
        #expect(throws: (any Error).self) {
            let read = try read(bytes, as: format)
            if !read.summary.isComplete || read.courses.isEmpty { throw Refused() }
        }
    }

    private struct Refused: Error {}

    @Test("gzip within gzip is unpacked once, and what expands without end not at all")
    func gzip() throws {
        func packed(_ data: [UInt8]) throws -> [UInt8] {
            let scratch = try Scratch()
            let file = try scratch.write("x", Data(data))
            let outcome = try Program(path: "/usr/bin/env").run(
                ["gzip", "-9", file], in: scratch.folder)
            #expect(outcome.status == 0)
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file + ".gz")))
        }
        let bomb = try packed([UInt8](repeating: 32, count: 30_000_000))
        let before = peak
        #expect(throws: FeedError.self) { try read(bomb, as: "xcri-cap") }
        #expect(throws: FeedError.self) { try read(packed(bomb), as: "xcri-cap") }
        #expect(throws: FeedError.self) { try read(packed(packed(feed(""))), as: "xcri-cap") }
        #expect(try read(packed(feed("")), as: "xcri-cap").courses.count == 1)
        #expect(peak - before < 100)
    }

    @Test("attributes and names of any length, and any number of them")
    func attributes() {
        for inside in [
            "<x a='\(String(repeating: "y", count: 1_500_000))'/>",
            "<x \((0..<5_000).map { "a\($0)=''" }.joined(separator: " "))/>",
            "<\(String(repeating: "n", count: 500_000))/>",
            (0..<80_000).map { "<n\($0)/>" }.joined(),
            "<!--\(String(repeating: "-x", count: 1_000_000))-->",
        ] {
            let before = peak
            _ = try? read(feed("", inside), as: "xcri-cap")
            #expect(peak - before < 150, "\(inside.prefix(20))")
        }
    }

    @Test("bytes that are no text in any place are got over or refused, and never crash")
    func bytes() throws {
        for bad: [UInt8] in [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0],
            [0xEF, 0xBF, 0xBE], [0xEF, 0xBB, 0xBF], [0x1B], [0xC2, 0x85],
        ] {
            let whole = feed("")
            for place in stride(from: 0, to: whole.count, by: 7) {
                let bytes = whole[..<place] + bad + whole[place...]
                if let read = try? read(Array(bytes), as: "xcri-cap") {
                    #expect(read.summary.addsUp)
                }
            }
            for format in ["schema.org", "ooapi", "csv"] {
                let text: [UInt8] =
                    format == "csv"
                    ? Array("title,start\n".utf8) + bad + Array("x,2027-01-01\n".utf8)
                    : Array("{\"@type\":\"Course\",\"name\":\"".utf8) + bad + Array("\"}".utf8)
                if let read = try? read(text, as: format) { #expect(read.summary.addsUp) }
            }
        }
    }
}
