import CourseModel
import Feeds
import Foundation
import Places
import Storage
import TestSupport
import Testing

@testable import Ingest

@Suite("Feeds are read side by side, and taken in one after the other")
struct SideBySideTests {
    private static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    /// A workspace of as many sources as asked for, of different sizes.
    private func workspace(_ scratch: Scratch, sources: Int) throws -> Workspace {
        var settings = ""
        for number in 0..<sources {
            settings += """
                [[partner]]
                id = "school-\(number)"
                name = "School \(number)"
                [[partner.source]]
                id = "school-\(number)"
                feed = "feed-\(number).xml"

                """
            try writeFeed(scratch, number, courses: 1 + number * 37 % 150)
        }
        try scratch.write("catalog/catalog.toml", settings)
        try scratch.linkSampleData(into: "catalog")
        return try Workspace(folder: scratch.path("catalog"))
    }

    private func writeFeed(_ scratch: Scratch, _ school: Int, courses: Int) throws {
        let body = (0..<courses).map { number in
            """
            <course><dc:identifier>c\(number)</dc:identifier>
            <dc:title>Cursus \(number) van \(school)</dc:title>
            <presentation><dc:identifier>p\(number)</dc:identifier>
            <mlo:start dtf="2027-02-02">2027-02-02</mlo:start></presentation></course>
            """
        }.joined()
        try scratch.write(
            "catalog/feed-\(school).xml",
            """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>School</dc:title>\(body)</provider></catalog>
            """)
    }

    private func ingest(
        _ workspace: Workspace, readers: Int
    ) throws -> (results: [Catalogue.SourceResult], records: [String]) {
        let catalogue = Catalogue(workspace, today: Self.today, now: Moment(Self.today))
        let feeds = workspace.configuration.sources.map {
            FeedDelivery($0, location: workspace.location(of: $0))
        }
        let results = try catalogue.ingest(feeds, readers: readers)
        var records: [String] = []
        try catalogue.store().snapshot { snapshot in
            try snapshot.forEachRecord { stored in
                records.append("\(stored.record.course.id) \(stored.record.offerings.count)")
            }
        }
        return (results, records)
    }

    private func outcomes(_ results: [Catalogue.SourceResult]) -> [String] {
        results.map { result in
            switch result.outcome {
            case .success(let outcome):
                "\(result.source.id) \(outcome.generation) \(outcome.verdict) "
                    + "\(outcome.changes.courses) \(outcome.wasRecognised)"
            case .failure(let error):
                "\(result.source.id) \(String(describing: error).split(separator: "/").last ?? "")"
            }
        }
    }

    @Test("the outcome is that of reading one after the other, a feed that fails included")
    func same() throws {
        let (one, many) = (try Scratch(), try Scratch())
        let alone = try workspace(one, sources: 7)
        let beside = try workspace(many, sources: 7)
        for scratch in [one, many] {
            try FileManager.default.removeItem(atPath: scratch.path("catalog/feed-3.xml"))
            try scratch.write("catalog/feed-5.xml", "<catalog><broken")
        }
        let first = try ingest(alone, readers: 1)
        let second = try ingest(beside, readers: 4)
        #expect(outcomes(first.results) == outcomes(second.results))
        #expect(first.records == second.records && !first.records.isEmpty)
        #expect(first.results.filter { (try? $0.outcome.get()) == nil }.count == 2)
    }

    @Test("feeds that the store knows are not read again, and one that changed is")
    func again() throws {
        let scratch = try Scratch()
        let workspace = try workspace(scratch, sources: 5)
        _ = try ingest(workspace, readers: 3)
        try writeFeed(scratch, 2, courses: 90)
        let results = try ingest(workspace, readers: 3).results
        #expect(
            try results.map { try $0.outcome.get().wasRecognised } == [
                true, true, false, true, true,
            ])
        #expect(try results[2].outcome.get().changes.courses.added == 90 - (1 + 2 * 37 % 150))
    }

    /// A feed of 3,000 courses that is being read on another thread, and that thread.
    private func ahead(_ scratch: Scratch, bound: Int) throws -> (FeedAhead, JoinedThread) {
        let workspace = try workspace(scratch, sources: 1)
        try writeFeed(scratch, 0, courses: 3_000)
        let delivery = FeedDelivery(
            workspace.configuration.sources[0], location: scratch.path("catalog/feed-0.xml"))
        let gazetteer = try Catalogue(workspace, today: Self.today, now: Moment(Self.today))
            .gazetteer()
        let feed = FeedAhead(bound: bound)
        let reader = try #require(
            JoinedThread {
                feed.read(packing: false, isKnown: { _ in false }) {
                    try PreparedFeed(
                        delivery, gazetteer: gazetteer, currency: .euro, today: Self.today)
                }
            })
        return (feed, reader)
    }

    @Test("a reader waits while enough lies ready, and goes on when some of it is taken")
    func bounded() throws {
        let scratch = try Scratch()
        let (feed, reader) = try ahead(scratch, bound: 100_000)
        _ = try feed.prepared()
        #expect(feed.claim() && !feed.claim())
        // Nothing is taken, so the reader reaches the bound, however slow it is.
        while feed.bytesReady < 100_000 { usleep(1_000) }
        usleep(20_000)
        var taken = 0
        var most = feed.bytesReady
        let summary = try feed.forEach { item in
            most = max(most, feed.bytesReady)
            if case .record = item { taken += 1 }
        }
        reader.join()
        #expect(taken == 3_000 && summary.accepted.courses == 3_000)
        // A batch may go over the bound by what it holds.
        #expect(most < 300_000)
    }

    @Test("a reader whose feed nobody wants ends")
    func abandoned() throws {
        let scratch = try Scratch()
        let (feed, reader) = try ahead(scratch, bound: 1_000)
        _ = try feed.prepared()
        feed.abandon()
        reader.join()
        #expect(!feed.claim())
    }
}
