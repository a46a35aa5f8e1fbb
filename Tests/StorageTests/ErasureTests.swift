import CourseModel
import Foundation
import SQLiteStorage
import Storage
import TestSupport
import Testing

@Suite("What is past is erased when it is asked for, to the last byte")
struct ErasureTests {
    let folder: Scratch

    init() throws { folder = try Scratch() }

    private func store(_ engine: Engine) throws -> any CatalogueStore {
        try engine.open(in: folder)
    }

    /// Three states of a source on three days; the contact person leaves with the second one.
    private func threeDays(_ store: any CatalogueStore) throws -> DrawnFeed {
        var feed = DrawnFeed(40)
        feed.wording = "Truusje Xylofoon"
        try store.ingest(feed, on: 0)
        feed.wording = "niemand"
        feed.courses[1].starts = [day(200)]
        feed.courses.removeFirst()
        try store.ingest(feed, on: 10)
        feed.courses[5].title = "Anders"
        try store.ingest(feed, on: 20)
        return feed
    }

    @Test(
        "E01 the catalogue is as it was, and what was replaced cannot be had",
        arguments: Engine.allCases)
    func past(engine: Engine) throws {
        let store = try store(engine)
        _ = try threeDays(store)
        let ids = try store.presentIDs()
        let before = try ids.map { id in try store.snapshot { try $0.record(ID(id)) } }
        let erasure = try store.erase(.past(before: day(11), of: nil))
        // One version each of forty courses; of C0, which left, the course too.
        #expect(erasure.versions == 40)
        #expect(erasure.courses == 1)
        #expect(erasure.isWiped == (engine == .sqlite) && erasure.waiting == [])
        #expect(try store.presentIDs() == ids)
        #expect(try ids.map { id in try store.snapshot { try $0.record(ID(id)) } } == before)
        #expect(try store.state(of: "C0") == nil)
        #expect(try store.verify() == [])
        try store.snapshot { snapshot in
            #expect(try snapshot.record(ID("school:C5"), at: Generation(1)) == nil)
            #expect(try snapshot.record(ID("school:C5"), at: Generation(2)) != nil)
            #expect(try snapshot.original(of: ID("school:C5")) != nil)
            let history = try snapshot.history(of: ID("school:C5"))
            #expect(history.map(\.change.kind) == [.changed])
            #expect(try snapshot.runs(of: ID("school"), limit: 10).count == 3)
        }
        #expect(try store.erase(.past(before: day(11), of: nil)).isEmpty)
    }

    @Test(
        "E02 no file of the store holds a word of it, while a reader has it open",
        // A server's files are its own; what it gives back and when, its VACUUM decides.
        arguments: [Engine.sqlite])
    func bytes(engine: Engine) throws {
        let store = try store(engine)
        var feed = try threeDays(store)
        // Words that packing leaves as they are.
        func words() throws -> Bool {
            var found = false
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.folder) {
                let data = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
                found = found || data.range(of: Data("Xylofoon".utf8)) != nil
            }
            return found
        }
        let reader = try engine.open(in: folder)
        _ = try reader.generation
        #expect(try words())
        _ = try store.erase(.past(before: day(21), of: ID("school")))
        #expect(try !words())
        // It goes on as before.
        feed.courses[3].title = "Weer anders"
        #expect(try store.ingest(feed, on: 30).verdict == .published)
        #expect(try reader.verify() == [])
    }

    @Test("E03 a run is not taken back to a state that is erased", arguments: Engine.allCases)
    func rollback(engine: Engine) throws {
        let store = try store(engine)
        var feed = try threeDays(store)
        _ = try store.erase(.past(before: day(21), of: nil))
        #expect(throws: StoreError.nothingToRollBack(source: ID("school"))) {
            try store.rollback(ID("school"), run: runInfo(on: 22))
        }
        feed.courses[3].title = "Weer anders"
        try store.ingest(feed, on: 23)
        #expect(try store.rollback(ID("school"), run: runInfo(on: 24)).verdict == .published)
        #expect(throws: StoreError.nothingToRollBack(source: ID("school"))) {
            try store.rollback(ID("school"), run: runInfo(on: 25))
        }
        #expect(try store.verify() == [])
    }

    @Test("E04 what comes back is new, and no earlier run claims it", arguments: Engine.allCases)
    func back(engine: Engine) throws {
        let store = try store(engine)
        var feed = DrawnFeed(40)
        try store.ingest(feed)
        let last = feed.courses.removeLast()
        let left = try store.ingest(feed, on: 1)
        _ = try store.erase(.past(before: day(2), of: nil))
        feed.courses.append(last)
        let outcome = try store.ingest(feed, on: 3)
        #expect(outcome.changes.courses == ChangeCounts(added: 1, unchanged: 39))
        #expect(try store.changes(of: left.run.number) == [])
        #expect(try store.changes(of: outcome.run.number).map(\.kind) == [.added, .added])
        #expect(try store.verify() == [])
    }

    @Test(
        "E05 a source whose feed waits is left alone, and another is not",
        arguments: Engine.allCases)
    func held(engine: Engine) throws {
        let store = try store(engine)
        _ = try threeDays(store)
        try store.ingest(DrawnFeed(2), on: 21)
        try store.ingest(DrawnFeed(3, source: "other"), on: 0)
        try store.ingest(DrawnFeed(3, source: "other", start: day(101)), on: 1)
        let before = try store.contents()
        let erasure = try store.erase(.past(before: day(30), of: nil))
        #expect(erasure.waiting == [ID("school")])
        #expect(erasure.versions == 3 && erasure.courses == 0)
        #expect(try store.contents() == before)
        #expect(try store.release(ID("school"), at: Moment(day(31))).verdict == .released)
        #expect(try store.erase(.past(before: day(30), of: ID("nowhere"))).isEmpty)
        #expect(try store.verify() == [])
    }

    @Test(
        "E06 an offering that left stays readable until its day, and then goes",
        arguments: Engine.allCases)
    func offerings(engine: Engine) throws {
        let store = try store(engine)
        var feed = DrawnFeed(20)
        feed.courses[0].starts = [day(100), day(110)]
        try store.ingest(feed)
        feed.courses[0].starts = [day(100)]
        try store.ingest(feed, on: 10)
        feed.courses[0].title = "Anders"
        try store.ingest(feed, on: 20)
        let id = ID<Course>("school:C0")
        // The version of day 0 is past, but shows what the offering was.
        #expect(try store.erase(.past(before: day(10), of: nil)).isEmpty)
        #expect(try store.snapshot { try $0.goneOfferings(of: id).count } == 1)
        let erasure = try store.erase(.past(before: day(11), of: nil))
        #expect(erasure.offerings == 1 && erasure.versions == 1)
        #expect(try store.snapshot { try $0.goneOfferings(of: id) } == [])
        #expect(try store.verify() == [])
    }

    @Test(
        "E07 of a provider that left, the name stays and whom to call goes",
        arguments: Engine.allCases)
    func contacts(engine: Engine) throws {
        let store = try store(engine)
        let feed = DrawnFeed(40)
        _ = try store.ingest(source: Source(id: feed.source, location: "feed.xml"), run: runInfo())
        {
            transaction in
            for native in ["P", "Q"] {
                var provider = feed.provider(native)
                provider.contacts = [Contact(name: "Truusje Xylofoon", telephone: "030 1234567")]
                try transaction.provider(provider)
            }
            for record in feed.records {
                try transaction.record(record, original: feed.original(of: record))
            }
            try transaction.finish(
                FeedClosing(offered: RecordCount(courses: 40, offerings: 40), format: "drawn"))
        }
        try store.ingest(feed, on: 10)
        let erasure = try store.erase(.past(before: day(11), of: nil))
        #expect(erasure.providers == 1)
        let left = try store.snapshot { try $0.provider(ID("school:Q")) }
        #expect(left?.state == .closed)
        #expect(left?.provider.contacts == [] && left?.provider.nativeID == "Q")
        #expect(try store.verify() == [])
    }

    @Test(
        "E08 of one course its past goes, and all of it once it has left",
        arguments: Engine.allCases)
    func course(engine: Engine) throws {
        let store = try store(engine)
        _ = try threeDays(store)
        let id = ID<Course>("school:C6")
        let erasure = try store.erase(.course(id))
        #expect(erasure.versions == 2 && erasure.courses == 0)
        #expect(try store.state(of: "C6") == .present)
        #expect(try store.snapshot { try $0.record(id, at: Generation(2)) } == nil)
        #expect(try store.snapshot { try $0.record(id, at: Generation(3)) } != nil)
        #expect(try store.snapshot { try $0.record(ID("school:C5"), at: Generation(1)) } != nil)
        let left = try store.erase(.course(ID("school:C0")))
        #expect(left.versions == 1 && left.courses == 1)
        #expect(try store.state(of: "C0") == nil)
        #expect(try store.erase(.course(ID("school:C0"))).isEmpty)
        #expect(try store.erase(.course(ID("nowhere:C0"))).isEmpty)
        // The run that changed it is taken back as far as that goes: the course stays as it is.
        _ = try store.rollback(ID("school"), run: runInfo(on: 22))
        #expect(try store.state(of: "C6") == .present)
        #expect(try store.verify() == [])
    }

    @Test(
        "E09 of a source that left, the accounts of its runs stay, and what they quote goes",
        arguments: Engine.allCases)
    func wholeSource(engine: Engine) throws {
        let store = try store(engine)
        try store.ingest(DrawnFeed(3, source: "other"), on: 0)
        let feed = DrawnFeed(2)
        let print = Fingerprint(of: Array("feed".utf8))
        let apart = QuarantinedRecord(
            kind: .course, nativeID: "X", file: "feed.xml",
            position: SourcePosition(line: 1, column: 2, byteOffset: 10),
            original: Array("<course>Truusje</course>".utf8),
            reasons: [Diagnostic(.error, "malformed", file: "feed.xml", message: "no title")],
            count: RecordCount(courses: 1, offerings: 0))
        try store.ingest(feed, on: 1, fingerprint: print, quarantined: [apart])
        #expect(try store.erase(.source(feed.source)).present == [feed.source])
        let empty = try store.ingest(DrawnFeed(0), on: 2, lossLimit: .none)
        if empty.verdict == .held { _ = try store.release(feed.source, at: Moment(day(2))) }
        let other = try store.snapshot { try $0.record(ID("other:C1")) }
        let erasure = try store.erase(.source(feed.source))
        #expect(erasure.courses == 2 && erasure.versions == 2 && erasure.providers == 1)
        #expect(erasure.present == [] && erasure.isWiped == (engine == .sqlite))
        #expect(try store.snapshot { try $0.record(ID("other:C1")) } == other)
        let runs = try store.snapshot { try $0.runs(of: feed.source, limit: 10) }
        #expect(runs.allSatisfy { $0.isErased && $0.fingerprint == nil } && runs.count == 2)
        #expect(throws: StoreError.nothingToRollBack(source: feed.source)) {
            try store.rollback(feed.source, run: runInfo(on: 3))
        }
        // Should it come back, it is new, were its feed the same to the byte.
        let back = try store.ingest(feed, on: 4, fingerprint: print)
        #expect(back.changes.courses == ChangeCounts(added: 2))
        #expect(try store.verify() == [])
    }

    @Test(
        "E10 a generation is told from another of its number, made after a back-up was put back",
        arguments: Engine.allCases)
    func marks(engine: Engine) throws {
        func mark(_ title: String, on offset: Int) throws -> UInt64? {
            let folder = try Scratch()
            defer { withExtendedLifetime(folder) {} }
            let store = try engine.open(in: folder)
            var feed = DrawnFeed(2)
            try store.ingest(feed, on: 0)
            feed.courses[0].title = title
            try store.ingest(feed, on: offset, fingerprint: Fingerprint(of: Array(title.utf8)))
            return try store.snapshot { try $0.run(making: Generation(2))?.mark }
        }
        #expect(try mark("A", on: 1) == mark("A", on: 1))
        #expect(try mark("A", on: 1) != mark("B", on: 1))
        #expect(try mark("A", on: 1) != mark("A", on: 2))
    }
}
