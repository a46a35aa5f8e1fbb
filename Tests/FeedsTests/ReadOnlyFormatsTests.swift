import CourseModel
import Feeds
import TestSupport
import Testing

/// The fixtures of the formats that are only read.
let readOnlyFixtures: [(format: String, file: String)] = [
    ("lheo", "LHEO/Fixtures/catalogue-2.3.xml"), ("lheo", "LHEO/Fixtures/faulty-2.2.xml"),
    ("open-q-cat", "OpenQCat/Fixtures/catalogue.iso8859-15.xml"),
    ("open-q-cat", "OpenQCat/Fixtures/update.xml"),
    ("hodex", "HODEX/Fixtures/hodexDirectory.xml"),
    ("hodex", "HODEX/Fixtures/waterkant/wk_1.xml"),
    ("hodex", "HODEX/Fixtures/waterkant/wk_2.xml"),
    ("educations-com", "EducationsCom/Fixtures/import-3.0.xml"),
    ("educations-com", "EducationsCom/Fixtures/batch-2.0.xml"),
]

@Suite("LHEO, open-Q-cat, HODEX and educations.com, whatever comes")
struct ReadOnlyFormatsTests {
    private func path(_ file: String) -> String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/" + file
    }

    @Test("a document is recognised by its own format and by no other", arguments: readOnlyFixtures)
    func recognised(format: String, file: String) throws {
        let opening = try FeedOpening(
            of: FeedInput(path: path(file), source: ID("test"), today: ReadFeed.today))
        let claims = Feeds.knownFormats.filter { $0.recognises(opening) }.map { $0.name }
        #expect(claims == [format])
        #expect(Feeds.knownFormats.first { $0.name == format }?.writer == nil)
    }

    @Test("files that only look like open-Q-cat's are of no format")
    func notRecognised() {
        for xml in ["<LOCATIONS/>", "<SERVICE><NAME/></SERVICE>", "<import><x/></import>"] {
            #expect(throws: FeedError.self) { try ReadFeed(xml: xml) }
        }
    }

    /// Bytes are cut off, overwritten, repeated or left out; the seed makes each run the same.
    @Test("damage never crashes a reader and never loses a record", arguments: readOnlyFixtures)
    func damage(format: String, file: String) throws {
        let bytes = Fixture.bytes(path(file))
        var generator = SeededGenerator(seed: UInt64(bytes.count))
        for _ in 0..<80 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                guard damaged.count > 1 else { break }
                let at = Int.random(in: 0..<damaged.count, using: &generator)
                let end = min(damaged.count, at + Int.random(in: 1...40, using: &generator))
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: damaged.removeSubrange(at..<end)
                case 1: damaged.insert(contentsOf: damaged[at..<end], at: at)
                case 2: damaged.removeSubrange(at...)
                case 3: damaged[at] = [60, 62, 38, 34, 0].randomElement(using: &generator) ?? 60
                default: damaged[at] = UInt8.random(in: 0...255, using: &generator)
                }
            }
            do {
                let feed = try ReadFeed(bytes: damaged, format: format)
                #expect(feed.summary.addsUp)
                let accepted = RecordCount(
                    courses: feed.records.count, offerings: feed.offerings.count)
                #expect(feed.summary.accepted == accepted)
                #expect(Set(feed.courses.map(\.id)).count == feed.courses.count)
            } catch is FeedError {
                // Nothing at all could be read, and the caller is told why.
            }
        }
    }

    @Test("every fault of LHEO's own has a name that no other fault has")
    func codes() {
        #expect(Set(DiagnosticCode.lheoCodes).isDisjoint(with: DiagnosticCode.feedCodes))
        #expect(Set(DiagnosticCode.lheoCodes).isDisjoint(with: DiagnosticCode.edudexCodes))
        #expect(Set(DiagnosticCode.lheoCodes).isDisjoint(with: DiagnosticCode.xcriCodes))
    }
}
