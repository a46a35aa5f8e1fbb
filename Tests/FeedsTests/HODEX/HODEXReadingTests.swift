import CourseModel
import Feeds
import Foundation
import TestSupport
import Testing

@Suite("HODEX programmes become courses")
struct HODEXReadingTests {
    private func directory() throws -> ReadFeed {
        try ReadFeed(path: Fixture.path("hodexDirectory.xml"))
    }

    @Test("a directory of directories is followed; what cannot be opened is set apart")
    func accounts() throws {
        let feed = try directory()
        #expect(feed.summary.format == "hodex")
        #expect(feed.summary.addsUp)
        #expect(feed.summary.offered == RecordCount(courses: 4))
        #expect(feed.courses.map(\.nativeID) == ["wk_1", "wk_2"])
        #expect(feed.quarantined.map(\.nativeID) == ["wk_3", "wk_4"])
        #expect(feed.quarantined.allSatisfy { $0.reasons[0].code == "document-unresolved" })
        let entry = String(decoding: feed.quarantined[0].original, as: UTF8.self)
        #expect(entry.hasPrefix("<hodexResource>"))
        // One institution's directory is missing: what is absent may stand in it.
        #expect(!feed.summary.isComplete)
    }

    @Test("a directory that is reached through a symbolic link is read once")
    func linked() throws {
        let scratch = try Scratch()
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("linked"), withDestinationPath: Fixture.path(""))
        let feed = try ReadFeed(path: scratch.path("linked/hodexDirectory.xml"))
        #expect(feed.courses.count == 2)
        #expect(feed.summary.offered == RecordCount(courses: 4))
    }

    @Test("a programme, field by field")
    func programme() throws {
        let course = try directory().course("wk_1")
        #expect(course.title.text(in: [.english]) == "Water Management")
        #expect(course.title.text() == "Waterbeheer")
        #expect(course.kind == .diplomaProgramme)
        #expect(course.statedKind == "regular")
        #expect(course.level?.nlqf == .six)
        #expect(course.qualifications == [Qualification(kind: .degree, abbreviation: "BSc")])
        #expect(course.codes == [Code(scheme: "croho", code: "39998")])
        #expect(course.funding == [.government])
        #expect(course.studyModes == [.partTime])
        #expect(course.studyLoad.ects == FixedDecimal(240))
        #expect(course.duration == CourseDuration(FixedDecimal(4)!, .year))
        #expect(
            course.languages == [
                LanguageShare(.dutch, percentage: 80), LanguageShare(.english, percentage: 20),
            ])
        #expect(course.description.text()?.plainText == "Leven met water.")
        #expect(course.summary == LocalizedText("Droge voeten.", language: .dutch))
        #expect(course.keywords.text() == "dijk")
        #expect(course.subjects == [Code(scheme: "hodex-cluster", code: "water")])
        #expect(course.url == "https://waterkant.example/nl")
        #expect(course.expires == day("2014-08-31"))
        #expect(course.provenance.lastEdited == "2013-11-02T09:15:00")
        #expect(course.provenance.file.hasSuffix("wk_1.xml"))
        #expect(
            course.sections.map { "\($0.theme): \($0.plain)" } == [
                "student testimonial: Een student vertelt\nhttps://waterkant.example/film",
                "admission: - NG\n- EM: biologie", "numerus fixus: 60",
                "curriculum: - Getijden (5 EC)\n- Dijken",
            ])
    }

    @Test("a duration without a unit is in months; the directory gives the id that is missing")
    func defaults() throws {
        let feed = try directory()
        let course = try feed.course("wk_2")
        #expect(course.duration == CourseDuration(FixedDecimal(18)!, .month))
        #expect(course.level?.nlqf == .seven)
        #expect(course.kind == .diplomaProgramme)
        #expect(course.codes.isEmpty)
        #expect(feed.codes[.codeUnknown] == 1)
    }

    @Test("the institution is the provider, by the directory's id")
    func provider() throws {
        let feed = try directory()
        #expect(feed.providers.map(\.nativeID) == ["waterkant"])
        #expect(feed.providers[0].name.text() == "Hogeschool Waterkant")
        #expect(feed.providers[0].location?.address.country == "NL")
    }

    @Test("a programme without a namespace is told from EDU-DEX by its own elements")
    func recognised() throws {
        let opening = try FeedOpening(
            of: FeedInput(
                path: Fixture.path("waterkant/wk_2.xml"), source: ID("test"),
                today: ReadFeed.today))
        #expect(HODEX.recognises(opening))
        #expect(!EDUDEX.recognises(opening))
    }

    @Test("what the receiver throws is thrown on, and never taken for a missing document")
    func thrown() throws {
        let input = FeedInput(
            path: Fixture.path("hodexDirectory.xml"), source: ID("test"), today: ReadFeed.today)
        #expect(throws: FeedError.cannotWrite(name: "disk", reason: "full")) {
            try readFeed(input) { _ in
                throw FeedError.cannotWrite(name: "disk", reason: "full")
            }
        }
    }

    @Test(
        "the reconstructed samples lose nothing",
        .enabled(if: SharedFiles.path("feeds/hodex") != nil, "samples are not here"))
    func samples() throws {
        let program = try ReadFeed(
            path: try #require(SharedFiles.path("feeds/hodex/hodex-program.xml")))
        program.expectAccounts(offered: RecordCount(courses: 1))
        #expect(program.courses[0].title.text() == "Verpleegkunde (fictief)")
        let directory = try ReadFeed(
            path: try #require(SharedFiles.path("feeds/hodex/hodex-directory.xml")))
        // The programme that it names is not beside it under that name.
        directory.expectAccounts(offered: RecordCount(courses: 1))
        #expect(directory.quarantined.map(\.nativeID) == ["hodex_nl_wh_17"])
    }
}
