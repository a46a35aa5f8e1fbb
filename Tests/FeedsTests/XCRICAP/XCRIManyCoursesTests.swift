import CourseModel
import Feeds
import Testing

/// Enough courses for several threads to share them.
@Suite("Many courses are read side by side and come in order")
struct XCRIManyCoursesTests {
    private static let count = 400

    private func course(_ number: Int, id: Int? = nil) -> String {
        """
        <course><dc:identifier>c\(id ?? number)</dc:identifier><dc:title>Cursus \(number)</dc:title>
        <presentation><dc:identifier>p\(number)</dc:identifier>
        <mlo:start dtf="2027-02-0\(number % 7 + 1)">2027-02-0\(number % 7 + 1)</mlo:start>
        <mlo:cost>EUR \(number % 5)0.00</mlo:cost></presentation></course>
        """
    }

    private func document(_ body: String) -> String {
        """
        <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
        generated="2026-11-24T00:00:00Z">\(body)</catalog>
        """
    }

    private func provider(_ id: String, _ courses: String) -> String {
        "<provider><dc:identifier>\(id)</dc:identifier><dc:title>School</dc:title>\(courses)"
            + "</provider>"
    }

    @Test("each says what it says when it is read alone")
    func alone() throws {
        let all = (0..<Self.count).map { course($0) }
        let read = try ReadFeed(xml: document(provider("a", all.joined())))
        #expect(read.courses.map(\.nativeID) == (0..<Self.count).map { "c\($0)" })
        #expect(read.summary.addsUp)
        for number in stride(from: 0, to: Self.count, by: 37) {
            let single = try ReadFeed(xml: document(provider("a", all[number])))
            var (one, other) = (single.offerings[0], read.offerings[number])
            one.provenance.position = nil
            other.provenance.position = nil
            #expect(one == other)
        }
    }

    @Test("an id that comes again is found however far away")
    func again() throws {
        let all =
            (0..<Self.count).map { course($0) } + [course(900, id: 3), course(7)]
            + [course(901, id: 3)]
        let read = try ReadFeed(xml: document(provider("a", all.joined())))
        #expect(read.courses.suffix(2).map(\.nativeID) == ["c3~2", "c3~3"])
        #expect(read.quarantined.map(\.nativeID) == ["c7"])
        #expect(read.summary.addsUp)
    }

    @Test("a provider is told before its courses, and damage in its place")
    func order() throws {
        let first = (0..<200).map { course($0) }.joined()
        let broken = "<course><dc:identifier>x</dc:title></course>"
        let second = (200..<400).map { course($0) }.joined()
        let xml = document(provider("a", first + broken) + provider("b", second))
        var order: [String] = []
        let input = FeedInput(
            .bytes(Array(xml.utf8)), name: "test.xml", source: ID("test"),
            today: CalendarDate(year: 2026, month: 11, day: 24)!)
        _ = try readFeed(input) { item in
            switch item {
            case .provider(let provider): order.append(provider.nativeID)
            case .record(let read): order.append(read.record.course.nativeID)
            case .quarantined: order.append("broken")
            case .withdrawn: order.append("withdrawn")
            }
        }
        let expected =
            ["a"] + (0..<200).map { "c\($0)" } + ["broken", "b"] + (200..<400).map { "c\($0)" }
        #expect(order == expected)
    }

    @Test("a receiver that stops ends the reading")
    func stops() throws {
        struct Enough: Error {}
        let all = (0..<Self.count).map { course($0) }
        var seen = 0
        #expect(throws: Enough.self) {
            let input = FeedInput(
                .bytes(Array(document(provider("a", all.joined())).utf8)), name: "test.xml",
                source: ID("test"), today: CalendarDate(year: 2026, month: 11, day: 24)!)
            _ = try readFeed(input) { item in
                if case .record = item { seen += 1 }
                if seen == 300 { throw Enough() }
            }
        }
        #expect(seen == 300)
    }
}
