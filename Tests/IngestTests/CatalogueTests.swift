import CourseModel
import Foundation
import Ingest
import Storage
import Synchronization
import TestSupport
import Testing

@testable import SearchIndex

@Suite("A workspace answers whatever happened to it before")
struct CatalogueTests {
    private static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    /// A workspace of one feed with as many courses as asked for.
    private func workspace(_ scratch: Scratch, courses: Int = 3) throws -> Workspace {
        try writeFeed(scratch, courses: courses)
        try scratch.write(
            "catalog/catalog.toml",
            """
            [[partner]]
            id = "school"
            name = "School"
            [[partner.source]]
            id = "school"
            feed = "feed.xml"
            """)
        try scratch.linkSampleData(into: "catalog")
        return try Workspace(folder: scratch.path("catalog"))
    }

    private func writeFeed(_ scratch: Scratch, courses: Int) throws {
        let body = (0..<courses).map { number in
            """
            <course><dc:identifier>c\(number)</dc:identifier><dc:title>Cursus \(number)</dc:title>
            <presentation><dc:identifier>p\(number)</dc:identifier>
            <mlo:start dtf="2027-02-02">2027-02-02</mlo:start></presentation></course>
            """
        }.joined()
        try scratch.write(
            "catalog/feed.xml",
            """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>School</dc:title>\(body)</provider></catalog>
            """)
    }

    private func open(_ workspace: Workspace) -> Catalogue {
        Catalogue(workspace, today: Self.today, now: Moment(Self.today))
    }

    private func total(_ workspace: Workspace) throws -> Int {
        try open(workspace).index().search(Query(today: Self.today)).total
    }

    @Test("the first question reads the sources")
    func first() throws {
        let scratch = try Scratch()
        #expect(try total(workspace(scratch)) == 3)
    }

    @Test("reading the same feed again changes nothing and makes no generation")
    func twice() throws {
        let scratch = try Scratch()
        let catalogue = open(try workspace(scratch))
        let first = try catalogue.ingestAll()
        let second = try catalogue.ingestAll()
        let (one, two) = (try first[0].outcome.get(), try second[0].outcome.get())
        #expect(one.changes.courses.added == 3)
        #expect(two.verdict == .unchanged)
        #expect(two.changes.courses.unchanged == 3 && two.changes.courses.added == 0)
        #expect(one.generation == two.generation)
        #expect(!one.wasRecognised && two.wasRecognised)
    }

    @Test("a feed of many courses is taken in whole, and read again when a byte has changed")
    func many() throws {
        let scratch = try Scratch()
        let catalogue = open(try workspace(scratch, courses: 500))
        let first = try catalogue.ingestAll()[0].outcome.get()
        #expect(first.changes.courses.added == 500 && first.run.accepted.offerings == 500)
        try writeFeed(scratch, courses: 501)
        let second = try catalogue.ingestAll()[0].outcome.get()
        #expect(!second.wasRecognised)
        #expect(second.changes.courses.added == 1 && second.changes.courses.unchanged == 500)
    }

    @Test("a lost, damaged or outdated index is made again, never an error")
    func index() throws {
        let scratch = try Scratch()
        let workspace = try workspace(scratch)
        #expect(try total(workspace) == 3)
        let index = workspace.indexFolder
        try FileManager.default.removeItem(atPath: index)
        #expect(try total(workspace) == 3)
        let file =
            index + "/"
            + (try FileManager.default.destinationOfSymbolicLink(
                atPath: index + "/current")) + "/index"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        for offset in 0..<64 { bytes[offset] ^= 0x5A }
        try bytes.write(to: URL(fileURLWithPath: file))
        #expect(try total(workspace) == 3)
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        #expect(try total(workspace) == 3)
    }

    @Test(
        "a folder or a file where the note of the current index should be is replaced",
        arguments: [true, false])
    func note(isFolder: Bool) throws {
        let scratch = try Scratch()
        let workspace = try workspace(scratch)
        #expect(try total(workspace) == 3)
        let note = workspace.indexFolder + "/current"
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: note)
        try FileManager.default.removeItem(atPath: note)
        // A copy that followed links, as `cp -rL` makes it.
        if isFolder {
            try FileManager.default.copyItem(
                atPath: workspace.indexFolder + "/" + target, toPath: note)
        } else {
            try Data("x".utf8).write(to: URL(fileURLWithPath: note))
        }
        #expect(try total(workspace) == 3)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: note) == target)
    }

    @Test(
        "damage in any section that shows only when it is read is mended, and the answer is the same"
    )
    func damage() throws {
        let scratch = try Scratch()
        let workspace = try workspace(scratch)
        let query = Query("cursus", today: Self.today)
        let before = try open(workspace).index().search(query)
        let file = workspace.indexFolder + "/current/index"
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        for (name, range) in try IndexReader(folder: workspace.indexFolder + "/current").sections
        where !range.isEmpty {
            var bytes = whole
            bytes[range.lowerBound + range.count / 2] ^= 1
            // As damage on a disk: the file stays the same one.
            let handle = try #require(FileHandle(forWritingAtPath: file))
            try handle.write(contentsOf: bytes)
            try handle.close()
            let noted = Mutex<[IndexError]>([])
            let catalogue = Catalogue(
                workspace, today: Self.today, now: Moment(Self.today)
            ) { progress in
                if case .mending(let error) = progress { noted.withLock { $0.append(error) } }
            }
            let after = try catalogue.answering { index in
                try index.verify()
                return try index.search(query)
            }
            #expect(after.hits == before.hits, "\(name)")
            #expect(noted.withLock(\.count) == 1, "\(name)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole, "\(name)")
        }
    }

    @Test("an index that two processes find damaged is made again once")
    func mendedOnce() throws {
        let scratch = try Scratch()
        let workspace = try workspace(scratch)
        _ = try total(workspace)
        let file = workspace.indexFolder + "/current/index"
        func inode() throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: file)[.systemFileNumber] as? Int
        }
        let before = try inode()
        try open(workspace).mendIndex()
        #expect(try inode() == before)
        try FileManager.default.removeItem(atPath: file)
        try open(workspace).mendIndex()
        #expect(try total(workspace) == 3)
    }

    @Test("what a writer committed before it died is found by the next reader")
    func crash() throws {
        let scratch = try Scratch()
        let workspace = try workspace(scratch)
        #expect(try total(workspace) == 3)
        try writeFeed(scratch, courses: 5)
        let catalogue = open(workspace)
        // A writer that dies between commit and index leaves its mark and the older index.
        let ingestor = Ingestor(
            store: try catalogue.store(), gazetteer: try catalogue.gazetteer(),
            configuration: workspace.configuration, today: Self.today, now: Moment(Self.today))
        _ = try ingestor.ingest(
            workspace.configuration.sources[0], from: scratch.path("catalog/feed.xml"))
        try Data().write(to: URL(fileURLWithPath: workspace.stateFolder + "/writing"))
        #expect(try total(workspace) == 5)
        #expect(!FileManager.default.fileExists(atPath: workspace.stateFolder + "/writing"))
    }

    @Test("an empty feed is held, and the last good state stays")
    func held() throws {
        let scratch = try Scratch()
        let workspace = try workspace(scratch, courses: 20)
        #expect(try total(workspace) == 20)
        try writeFeed(scratch, courses: 0)
        let outcome = try open(workspace).ingestAll()[0].outcome.get()
        #expect(outcome.verdict == .held)
        #expect(try total(workspace) == 20)
    }

    @Test("a feed that cannot be read does not keep the others out")
    func neighbours() throws {
        let scratch = try Scratch()
        _ = try workspace(scratch)
        let settings = try String(
            contentsOfFile: scratch.path("catalog/catalog.toml"), encoding: .utf8)
        try scratch.write(
            "catalog/catalog.toml",
            """
            [[partner]]
            id = "away"
            name = "Away"
            [[partner.source]]
            id = "away"
            feed = "nowhere.xml"

            """ + settings)
        let workspace = try Workspace(folder: scratch.path("catalog"))
        let results = try open(workspace).ingestAll()
        #expect(throws: (any Error).self) { try results[0].outcome.get() }
        #expect(try results[1].outcome.get().changes.courses.added == 3)
        #expect(try total(workspace) == 3)
    }
}
