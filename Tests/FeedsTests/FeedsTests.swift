import CourseModel
import Feeds
import Testing

@Suite("The list of formats and of faults")
struct FeedsTests {
    @Test("every format has a name of its own")
    func names() throws {
        let names = Feeds.knownFormats.map { $0.name }
        #expect(Set(names).count == names.count)
        for name in names { #expect(try Feeds.format(named: name).name == name) }
    }

    @Test("every code is a name of its own in kebab case")
    func codes() {
        let codes =
            DiagnosticCode.feedCodes + DiagnosticCode.xcriCodes + DiagnosticCode.markupCodes
        #expect(Set(codes).count == codes.count)
        for code in codes {
            #expect(code.name.allSatisfy { $0.isLowercase || $0 == "-" }, "\(code)")
        }
    }

    @Test("a document that is referred to is opened within its folder only")
    func references() throws {
        let input = FeedInput(
            path: Fixture.path("XCRICAP/none").replacing("/Fixtures/XCRICAP/none", with: "")
                + "/XCRICAP/Fixtures/damaged.xml",
            source: ID("test"), today: ReadFeed.today)
        let found = try input.resolve("https://akker.example/feeds/truncated.xml?x=1")
        #expect(found.name.hasSuffix("Fixtures/truncated.xml"))
        #expect(try found.resolve("misplaced.xml").name.hasSuffix("Fixtures/misplaced.xml"))
        #expect(throws: FeedError.self) { try input.resolve("../XCRIFaultTests.swift") }
        #expect(throws: FeedError.self) { try input.resolve("/etc/passwd") }
        #expect(throws: FeedError.self) { try input.resolve("nergens.xml") }
        #expect(throws: FeedError.self) { try input.resolve("") }
    }
}
