#if PostgreSQL
import CourseModel
import Foundation
@testable import PostgreSQLStorage
import SQLStorage
import SQLiteStorage
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(
    "PostgreSQL: many machines share a catalogue, and servers come and go",
    .enabled(if: TestServer.address != nil, "LEERWIJZER_POSTGRES names no server"))
struct PostgreSQLTests {
    let folder: Scratch

    init() throws { folder = try Scratch() }

    private func open(
        busyTimeout: Int = 20, onWait: (@Sendable () -> Void)? = nil
    ) throws -> PostgreSQLStore {
        try PostgreSQLStore(
            address: try TestServer.addressOfSchema(for: folder), path: "test",
            options: PostgreSQLStore.Options(
                busyTimeout: busyTimeout, reconnectTimeout: 20, onWait: onWait))
    }

    @Test("E01 two sources are taken in at once; generations follow the order of commits")
    func atOnce() throws {
        let (first, second) = (try open(), try open())
        let feed = DrawnFeed(3, source: "slow")
        let outcome = try first.ingest(
            source: Source(id: feed.source, location: "feed.xml"), run: runInfo()
        ) { transaction in
            for record in feed.records {
                try transaction.record(record, original: feed.original(of: record))
            }
            // Another node comes in between, is done first, and is seen at once.
            #expect(try second.ingest(DrawnFeed(2, source: "quick")).generation == Generation(1))
            #expect(try second.presentIDs() == ["quick:C0", "quick:C1"])
            try transaction.finish(
                FeedClosing(offered: RecordCount(courses: 3, offerings: 3)))
        }
        #expect(outcome.generation == Generation(2))
        let contents = try second.contents()
        #expect(contents.records.map(\.added.number) == [1, 1, 2, 2, 2])
        #expect(contents.records.map(\.changed.number) == [1, 1, 2, 2, 2])
        #expect(try first.verify() == [])
    }

    @Test("E02 one source is taken in by one node at a time; the other waits, and says so")
    func oneSource() throws {
        let waits = Mutex(0)
        let first = try open()
        let second = try open(busyTimeout: 1, onWait: { waits.withLock { $0 += 1 } })
        let feed = DrawnFeed(2)
        _ = try first.ingest(
            source: Source(id: feed.source, location: "feed.xml"), run: runInfo()
        ) { transaction in
            #expect(throws: StoreError.busy(path: "test", seconds: 1)) {
                try second.ingest(feed)
            }
            for record in feed.records {
                try transaction.record(record, original: feed.original(of: record))
            }
            try transaction.finish(
                FeedClosing(offered: RecordCount(courses: 2, offerings: 2)))
        }
        #expect(waits.withLock { $0 } == 1)
        #expect(
            try second.ingest(feed, on: 1).changes.courses == ChangeCounts(unchanged: 2))
    }

    @Test("E03 whoever waits for a generation is told at once")
    func notified() throws {
        let (reader, writer) = (try open(), try open())
        #expect(try reader.awaitGeneration(otherThan: .none, milliseconds: 1) == .none)
        Thread.detachNewThread {
            usleep(200_000)
            _ = try? writer.ingest(DrawnFeed(2))
        }
        let began = ContinuousClock.now
        #expect(
            try reader.awaitGeneration(otherThan: .none, milliseconds: 15_000) == Generation(1))
        #expect(ContinuousClock.now - began < .seconds(10))
        // What was made while nobody listened is found as well.
        reader.close()
        try writer.ingest(DrawnFeed(2, source: "other"))
        #expect(
            try reader.awaitGeneration(otherThan: Generation(1), milliseconds: 1)
                == Generation(2))
    }

    @Test("E12 many processes that come to an empty database at once make one catalogue")
    func madeOnce() async throws {
        let address = try TestServer.addressOfSchema(for: folder)
        let identities = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask { try PostgreSQLStore(address: address, path: "test").identity }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(identities.count == 1)
    }

    @Test("E04 a connection that is lost between two transactions is replaced")
    func lostIdle() throws {
        let store = try open()
        try store.ingest(DrawnFeed(2))
        try endConnections()
        #expect(try store.presentIDs().count == 2)
        try endConnections()
        #expect(try store.ingest(DrawnFeed(3), on: 1).generation == Generation(2))
    }

    @Test("E05 a feed whose server is lost on the way is taken in once, from its beginning")
    func lostWhileWriting() throws {
        let store = try open()
        let feed = DrawnFeed(5)
        var tries = 0
        let outcome = try store.ingest(
            source: Source(id: feed.source, location: "feed.xml"), run: runInfo()
        ) { transaction in
            tries += 1
            for (place, record) in feed.records.enumerated() {
                if tries == 1, place == 3 { try endConnections() }
                try transaction.record(record, original: feed.original(of: record))
            }
            try transaction.finish(
                FeedClosing(offered: RecordCount(courses: 5, offerings: 5)))
        }
        #expect(tries == 2)
        #expect(outcome.generation == Generation(1))
        #expect(try store.contents().records.map(\.record) == feed.records)
        #expect(try store.snapshot { try $0.runs(of: nil, limit: 9) }.count == 1)
        #expect(try store.verify() == [])
    }

    @Test("E06 a reader whose server is lost on the way is told so")
    func lostWhileReading() throws {
        let store = try open()
        try store.ingest(DrawnFeed(2))
        do {
            try store.snapshot { snapshot in
                try endConnections()
                _ = try snapshot.sources()
            }
            Issue.record("nothing was noticed")
        } catch StoreError.unavailable(let path, _) {
            #expect(path == "test")
        }
        #expect(try store.presentIDs().count == 2)
    }

    @Test("E07 a statement that takes too long is ended")
    func timeout() throws {
        let connection = try PostgreSQLConnection(
            address: TestServer.address ?? "", path: "test",
            limits: PostgreSQLConnection.Limits(statement: 1, lock: 1),
            keys: LockKeys(identity: ""))
        do {
            try connection.run("SELECT pg_sleep(20)")
            Issue.record("it was not ended")
        } catch let error as PostgreSQLError {
            #expect(error.code == "57014")
            #expect(
                error.storeError(path: "test", waited: 1).description.contains("took too long"))
        }
    }

    @Test("E08 a server that is away is named, without what stands in its address")
    func away() throws {
        do {
            _ = try PostgreSQLStore(
                address: "postgres://someone@127.0.0.1:1/db?application_name=x", path: "the store")
            Issue.record("nobody listens there")
        } catch let error as StoreError {
            guard case .unavailable("the store", let reason) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(!reason.contains("application_name"))
        }
    }

    @Test("E11 whoever has patience looks for a server that is away, and says so once")
    func patience() throws {
        let looks = Mutex(0)
        let began = ContinuousClock.now
        do {
            _ = try PostgreSQLStore(
                address: "postgres://127.0.0.1:1/db", path: "test",
                options: .init(patience: 1, onAway: { looks.withLock { $0 += 1 } }))
            Issue.record("nobody listens there")
        } catch StoreError.unavailable {}
        #expect(ContinuousClock.now - began >= .seconds(1))
        #expect(looks.withLock { $0 } == 1)
    }

    @Test("E09 a catalogue goes to PostgreSQL and back, and on from there")
    func migration() throws {
        let other = try Scratch()
        let sqlite = try SQLiteStore(path: folder.folder + "/store.sqlite")
        var feed = DrawnFeed(30)
        try sqlite.ingest(feed)
        feed.courses[0].title = "Anders"
        feed.courses.removeLast()
        feed.providers = ["P", "Q"]
        try sqlite.ingest(feed, on: 1)
        try sqlite.ingest(DrawnFeed(30, source: "big"))
        let held = try sqlite.ingest(DrawnFeed(5, source: "big"), on: 1)
        #expect(held.verdict == .held)

        let server = try open()
        let copied = try CatalogueCopy.copy(from: sqlite, to: server)
        #expect(copied.first { $0.name == "course" }?.rows == 60)
        #expect(try CatalogueCopy.contents(of: server) == copied)
        #expect(try server.contents() == sqlite.contents())
        #expect(throws: CatalogueCopy.Refusal.notEmpty) {
            try CatalogueCopy.copy(from: sqlite, to: server)
        }
        let back = try SQLiteStore(path: other.folder + "/store.sqlite")
        #expect(try CatalogueCopy.copy(from: server, to: back) == copied)
        #expect(try back.contents() == sqlite.contents())

        for store in [sqlite, server, back] as [any CatalogueStore] {
            #expect(try store.release(ID("big"), at: Moment(day(2))).verdict == .released)
            feed.courses.append(("N", "Nieuw", [day(5)]))
            #expect(try store.ingest(feed, on: 3).changes.courses.added == 1)
            feed.courses.removeLast()
            #expect(try store.verify() == [])
        }
        #expect(try server.contents() == sqlite.contents())
        #expect(try back.contents() == sqlite.contents())
    }

    @Test("E10 a schema that holds something else is left alone")
    func notAStore() throws {
        let address = try TestServer.addressOfSchema(for: folder)
        let connection = try PostgreSQLConnection(
            address: address, path: "test",
            limits: PostgreSQLConnection.Limits(statement: 60, lock: 60),
            keys: LockKeys(identity: ""))
        try connection.run("CREATE TABLE course (name TEXT)")
        #expect(throws: StoreError.notAStore(path: "test")) { try open() }
    }

    /// Ends the server's side of every connection to this test's schema.
    private func endConnections() throws {
        let name = TestServer.schema(for: folder)
        try TestServer.connect().run(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = '\(name)' AND pid <> pg_backend_pid()
            """)
        // Its end comes a moment later.
        usleep(200_000)
    }
}

@Suite("PostgreSQL: statements are numbered as it wants them")
struct PlaceholderTests {
    @Test(
        "? follows the one before, ?1 says itself",
        arguments: [
            ("SELECT 1", "SELECT 1"), ("VALUES (?, ?)", "VALUES ($1, $2)"),
            ("a = ?2 OR b = ?1 OR c = ?", "a = $2 OR b = $1 OR c = $2"),
            ("a IN (?12)", "a IN ($12)"),
        ])
    func numbered(sql: String, expected: String) {
        #expect(Placeholders.numbered(sql) == expected)
    }
}

@Suite("PostgreSQL: texts come back as they were, whatever stands in them")
struct TextCodingTests {
    private static let texts = [
        "", "a", "a\u{0}", "\u{0}", "\u{0}\u{0}b", "\u{1}", "a\u{1}\u{0}", "\u{1}\u{1}",
        "\u{1}\u{2}",
        "\u{2}", "é\u{0}𝕏", "a\u{1}b",
    ]

    private func coded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        TextCoding.append(text, to: &bytes)
        return bytes
    }

    @Test("none has a NUL, and each is read back", arguments: texts)
    func round(text: String) {
        let bytes = coded(text)
        #expect(!bytes.contains(0))
        #expect(String(validating: bytes, as: UTF8.self) != nil)
        #expect(bytes.withUnsafeBytes { TextCoding.text(of: $0) } == text)
    }

    @Test("they sort by bytes as before")
    func order() {
        for first in Self.texts {
            for second in Self.texts {
                #expect(
                    first.utf8.lexicographicallyPrecedes(second.utf8)
                        == coded(first).lexicographicallyPrecedes(coded(second)))
            }
        }
    }
}
#endif
