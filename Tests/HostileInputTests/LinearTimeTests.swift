import CourseModel
import Foundation
import Matching
import Places
import SearchIndex
import Settings
import TestSupport
import Testing
import Text
import XMLStream

@testable import Answers
@testable import Feeds
@testable import Partnership

/// A text that is short to write and made to take long.
struct Pattern: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let unit: String
    var head = ""
    var tail = ""

    /// About so many bytes of it.
    func text(_ bytes: Int) -> String {
        head + String(repeating: unit, count: max(1, bytes / unit.utf8.count)) + tail
    }

    static let all: [Pattern] = [
        .init(testDescription: "brackets that open", unit: "<"),
        .init(testDescription: "tags that never end", unit: "<a "),
        .init(testDescription: "tags within tags", unit: "<p><ul><li>"),
        .init(testDescription: "end tags of nothing", unit: "</p>"),
        .init(testDescription: "ampersands", unit: "&"),
        .init(testDescription: "references that never end", unit: "&amp"),
        .init(testDescription: "references escaped again and again", unit: "&amp;amp;lt;"),
        .init(testDescription: "comments that never end", unit: "<!--"),
        .init(testDescription: "quotes", unit: "\""),
        .init(testDescription: "escaped quotes", unit: "\\\""),
        .init(testDescription: "blanks before an end", unit: " ", head: "a", tail: "b"),
        .init(testDescription: "digits", unit: "1"),
        .init(testDescription: "digits and points", unit: "1."),
        .init(testDescription: "dates without an end", unit: "12-"),
        .init(testDescription: "prices", unit: "€ 1,- "),
        .init(testDescription: "stars", unit: "*a "),
        .init(testDescription: "underscores", unit: "_"),
        .init(testDescription: "links within links", unit: "["),
        .init(testDescription: "brackets", unit: "({["),
        .init(testDescription: "one long word", unit: "arbeidsmarkt"),
        .init(testDescription: "hyphens", unit: "a-"),
        .init(testDescription: "accents on one letter", unit: "\u{301}", head: "e"),
        .init(testDescription: "flags", unit: "🇳🇱"),
        .init(testDescription: "joined families", unit: "👩\u{200D}"),
        .init(testDescription: "letters of Hangul", unit: "\u{1112}\u{1161}"),
        .init(testDescription: "lines", unit: "\r\n"),
        .init(testDescription: "semicolons", unit: ";"),
        .init(testDescription: "OR", unit: "a OR "),
        .init(testDescription: "wildcards", unit: "a* "),
        .init(testDescription: "names of fields", unit: "title:"),
        .init(testDescription: "slashes", unit: "../"),
    ]
}

/// Something that reads any text.
struct TextReading: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The largest text that comes to it.
    var most = 8_000
    let read: @Sendable (String) throws -> Void

    private static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    private static func feed(_ format: String, _ document: String) {
        let input = FeedInput(
            .bytes(Array(document.utf8)), name: "hostile", source: ID("hostile"), today: today)
        // Refused or read, both are answers.
        _ = try? readFeed(input, format: format) { _ in }
    }

    static let all: [TextReading] = [
        .init(testDescription: "HTML") { _ = readHTML($0) },
        .init(testDescription: "a date") { _ = parseDate($0) },
        .init(testDescription: "a price") { _ = parsePrice($0) },
        .init(testDescription: "an amount") { _ = parseAmount($0) },
        .init(testDescription: "a duration") { _ = parseDuration(iso: $0) },
        .init(testDescription: "a level") { _ = parseLevel($0) },
        .init(testDescription: "an address of a page") { _ = cleanURL($0) },
        .init(testDescription: "blanks") { _ = foldedSpaces($0) },
        .init(testDescription: "words") { _ = Analyzer().tokens(of: $0) },
        .init(testDescription: "a record's original beside its course") {
            _ = try TextsNotHeld(
                original: Array("<course><d><![CDATA[\($0)]]></d></course>".utf8),
                record: try #require(record), provider: nil)
        },
        .init(testDescription: "a cell of a table") { _ = CSVOutput.line([$0]) },
        .init(testDescription: "a schema.org feed") {
            feed("schema.org", "{\"@type\":\"Course\",\"name\":\"\($0)\",\"x\":[\($0)]}")
        },
        .init(testDescription: "a table") { feed("csv", "title;start;price\n\($0)\n") },
        // What people write is bounded by the length of an address, or the size of a profile.
        .init(testDescription: "a query") {
            _ = Query($0, today: today)
        },
        .init(testDescription: "a profile in JSON") {
            _ = try? Profile.read(
                "{\"name\":\"x\",\"skills\":{\"wants\":[\"\($0)\"]}}", file: "p.json", today: today)
        },
        .init(testDescription: "settings in TOML") {
            _ = try? SettingsTable.read(toml: "name = \"\($0)\"", file: "a.toml")
        },
        .init(testDescription: "settings without quotes") {
            _ = try? SettingsTable.read(toml: $0, file: "a.toml")
        },
        .init(testDescription: "synonyms") { _ = try? Synonyms(parsing: $0) },
        .init(testDescription: "an area") {
            _ = try? Area(geoJSON: Array($0.utf8), file: "a.geojson")
        },
    ]

    private static let record: CourseRecord? = {
        let provenance = Provenance(source: ID("s"), format: "x", file: "f")
        let course = Course(
            id: ID("s:1"), nativeID: "1", provider: ID("s:p"), kind: .course,
            title: LocalizedText("x"), provenance: provenance)
        return course.flatMap { CourseRecord(course: $0, offerings: []) }
    }()

}

@Suite("Texts made to take long take no longer than others of their length")
struct LinearTimeTests {
    /// Processor time of this thread, in seconds.
    private func time(_ body: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        try body()
        return now() - start
    }

    @Test("read", arguments: TextReading.all)
    func linear(reading: TextReading) throws {
        for pattern in Pattern.all {
            let small = pattern.text(reading.most / 8)
            let large = pattern.text(reading.most)
            _ = try reading.read(small)
            let first = try time { try reading.read(small) }
            // Eight times the length may take eight times as long, twice that with caches and noise;
            // squared, it would be sixty-four. What takes no time is no matter.
            let second = try time { try reading.read(large) }
            #expect(
                second < max(24 * first, 0.25),
                "\(pattern.testDescription): \(second) s for what is 8 times as long as \(first) s")
        }
    }

    /// Holds a reading of `text(count)` to the time of one of an eighth of it.
    private func expectLinear(_ count: Int, _ read: (Int) throws -> Void) rethrows {
        try read(count / 8)
        let first = try time { try read(count / 8) }
        let second = try time { try read(count) }
        #expect(second < max(24 * first, 0.5), "\(second) s against \(first) s")
    }

    @Test("an object of many names, each of them twice")
    func names() {
        expectLinear(8_000) { count in
            let members = (0..<count).map { "\"n\($0)\":\($0),\"n\($0)\":1" }
            let text =
                "{\"@type\":\"Course\",\"name\":\"x\"," + members.joined(separator: ",") + "}"
            let input = FeedInput(
                .bytes(Array(text.utf8)), name: "hostile", source: ID("hostile"),
                today: CalendarDate(daysSince1970: 20_781))
            _ = try? readFeed(input, format: "schema.org") { _ in }
        }
    }

    @Test("an answer of a repository that says “metadata” behind its metadata")
    func metadata() throws {
        let scratch = try Scratch()
        try expectLinear(100_000) { count in
            let about = String(repeating: "metadata", count: count / 8)
            let path = try scratch.write(
                "answer.xml",
                """
                <OAI-PMH><ListRecords><record><header><identifier>a</identifier></header>\
                <metadata><x>1</x></metadata><about>\(about)</about></record></ListRecords></OAI-PMH>
                """)
            var documents: [[UInt8]?] = []
            _ = try OAIPage(path: path, address: "a") { documents.append($0.document) }
            let document = try #require(documents.first ?? nil)
            #expect(String(decoding: document, as: UTF8.self).hasSuffix("<x>1</x>"))
        }
    }
}
