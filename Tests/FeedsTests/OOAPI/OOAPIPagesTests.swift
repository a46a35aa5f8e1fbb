import CourseModel
import Feeds
import Testing

@Suite("Pages of OOAPI collections are one feed together")
struct OOAPIPagesTests {
    private static func page(
        _ number: Int, _ isLast: Bool, _ items: [String], size: Int = 2
    ) -> String {
        """
        {"pageSize": \(size), "pageNumber": \(number), "hasPreviousPage": \(number > 1),
         "hasNextPage": \(!isLast), "items": [\(items.joined(separator: ",\n"))]}
        """
    }

    private static func course(_ number: Int) -> String {
        """
        {"courseId": "c0000000-0000-4000-8000-00000000000\(number)",
         "primaryCode": {"codeType": "identifier", "code": "C\(number)"},
         "name": [{"language": "nl-NL", "value": "Cursus \(number)"}],
         "organization": "a0000000-0000-4000-8000-000000000001"}
        """
    }

    private static func offering(_ number: Int, of course: Int) -> String {
        """
        {"offeringId": "e0000000-0000-4000-8000-00000000000\(number)",
         "primaryCode": {"codeType": "identifier", "code": "O\(number)"},
         "offeringType": "course", "startDate": "2027-02-0\(number)",
         "course": "c0000000-0000-4000-8000-00000000000\(course)"}
        """
    }

    private static let organization = """
        {"organizationId": "a0000000-0000-4000-8000-000000000001",
         "primaryCode": {"codeType": "identifier", "code": "school"},
         "name": [{"language": "nl-NL", "value": "Groene School"}]}
        """

    /// The collections of a school, as a client downloads them, by the names of their files.
    private static let whole: [(name: String, text: String)] = [
        ("courses-1.json", page(1, false, [course(1), course(2)])),
        ("courses-2.json", page(2, true, [course(3)])),
        ("offerings-1.json", page(1, false, [offering(1, of: 3), offering(2, of: 1)])),
        ("offerings-2.json", page(2, true, [offering(3, of: 3)])),
        ("organizations-1.json", page(1, true, [organization])),
    ]

    private static func read(
        _ pages: [(name: String, text: String)], format: String? = nil
    ) throws -> ReadFeed {
        try ReadFeed(
            pages.map {
                FeedInput(
                    .bytes(Array($0.text.utf8)), name: $0.name, source: ID("test"),
                    today: ReadFeed.today)
            }, format: format)
    }

    @Test("offerings find their courses in other pages", arguments: ["ooapi", nil])
    func joined(format: String?) throws {
        let feed = try Self.read(Self.whole, format: format)
        #expect(feed.summary.offered == RecordCount(courses: 3, offerings: 3))
        #expect(feed.summary.accepted == feed.summary.offered)
        #expect(feed.summary.isFull && feed.summary.isComplete)
        #expect(feed.codes.isEmpty)
        #expect(feed.courses.map(\.nativeID) == ["C1", "C2", "C3"])
        #expect(feed.records.map { $0.offerings.map(\.nativeID) } == [["O2"], [], ["O1", "O3"]])
        #expect(feed.providers.map(\.nativeID) == ["school"])
        #expect(Set(feed.courses.map(\.provider)) == [feed.providers[0].id])
        #expect(feed.courses.map(\.provenance.file).last == "courses-2.json")
        let last = try #require(feed.offerings.last)
        #expect(last.provenance.file == "offerings-2.json")
        #expect(last.provenance.position?.line == 2)
        #expect(feed.summary.bytes == Self.whole.reduce(0) { $0 + $1.text.utf8.count })
    }

    @Test("the order of the pages does not matter")
    func anyOrder() throws {
        let feed = try Self.read(Self.whole.reversed())
        #expect(feed.summary.isFull && feed.codes.isEmpty)
        #expect(feed.summary.accepted == RecordCount(courses: 3, offerings: 3))
        #expect(feed.courses.map(\.nativeID) == ["C3", "C1", "C2"])
    }

    @Test("a page that is missing is told, and absence says nothing then", arguments: 0..<4)
    func missing(left: Int) throws {
        var pages = Self.whole
        let name = pages.remove(at: left).name
        let feed = try Self.read(pages)
        #expect(!feed.summary.isFull && feed.summary.isComplete && feed.summary.addsUp)
        let told = try #require(feed.summary.diagnostics.first { $0.code == .pageMissing })
        #expect(told.severity == .note)
        let (kind, number) = (name.prefix { $0 != "-" }, name.dropLast(5).suffix(1))
        #expect(told.message.hasPrefix("Page \(number) of the \(kind) "))
    }

    @Test("JSON that says nothing of courses is no feed without faults")
    func nothing() {
        let texts = [
            #"{"programmes": {"programId": "x"}}"#,
            #"{"format": "EDU-DEX 1.0", "programBasicProfile": {"programId": "P1"}}"#,
        ]
        for text in texts {
            for format in [nil, "ooapi"] {
                #expect(throws: FeedError.self, "\(text)") {
                    try Self.read([("x.json", text)], format: format)
                }
            }
        }
    }

    @Test("collections of one page each are whole, however many there are")
    func eachCourse() throws {
        let pages = [
            ("courses.json", Self.page(1, true, [Self.course(1), Self.course(2)])),
            ("offerings-of-1.json", Self.page(1, true, [Self.offering(1, of: 1)])),
            ("offerings-of-2.json", Self.page(1, true, [Self.offering(2, of: 2)])),
        ]
        let feed = try Self.read(pages)
        #expect(feed.summary.isFull && feed.codes[.pageMissing] == nil)
        #expect(feed.records.map { $0.offerings.map(\.nativeID) } == [["O1"], ["O2"]])
    }

    @Test("the last page alone is not all there is")
    func lastAlone() throws {
        let feed = try Self.read([Self.whole[1]])
        #expect(!feed.summary.isFull)
        #expect(feed.codes[.pageMissing] == 1)
    }

    @Test("what is wrong with an offering is told of the page that it stands in")
    func faultsByPage() throws {
        var pages = Self.whole
        pages[2].text = pages[2].text.replacing("2027-02-01", with: "1 februari of zo")
        let feed = try Self.read(pages)
        let faults = feed.reads.flatMap(\.diagnostics)
        #expect(faults.count == 1)
        #expect(faults.first?.file == "offerings-1.json")
        #expect(faults.first?.position?.line == 4)
        #expect(faults.first?.record == "C3")
    }

    @Test("the pages of a course that is set apart keep the bytes of its offerings")
    func setApart() throws {
        var pages = Self.whole
        pages[1].text = pages[1].text.replacing("\"name\"", with: "\"naam\"")
        let feed = try Self.read(pages)
        #expect(feed.summary.quarantined == RecordCount(courses: 1, offerings: 2))
        #expect(feed.summary.addsUp)
        #expect(
            feed.quarantined.map(\.file) == [
                "courses-2.json", "offerings-1.json", "offerings-2.json",
            ])
        #expect(feed.quarantined.last?.original == Array(Self.offering(3, of: 3).utf8))
    }
}
