import CourseModel
import Storage
import TestSupport
import Testing

@Suite("Feeds that look wrong wait for a person")
struct HoldTests {
    let folder: Scratch

    init() throws { folder = try Scratch() }

    @Test("B01 past offerings expire without alarm", arguments: Engine.allCases)
    func expired(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(40)
        for index in 0..<20 { feed.courses[index].starts = [day(1)] }
        try store.ingest(feed)
        feed.courses = Array(feed.courses[20...])
        let outcome = try store.ingest(feed, on: 1)
        #expect(outcome.verdict == .published)
        #expect(outcome.changes.courses == ChangeCounts(unchanged: 20, expired: 20))
        #expect(outcome.changes.offerings == ChangeCounts(unchanged: 20, expired: 20))
        #expect(try store.state(of: "C0") == .expired)
    }

    @Test("B02 a sudden loss is held and the last good state stays", arguments: Engine.allCases)
    func held(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(40)
        try store.ingest(feed)
        let before = try store.contents()
        feed.courses = Array(feed.courses[8...])
        feed.courses[0].title = "Anders"
        feed.courses.append(("N", "Nieuw", [day(5)]))
        let outcome = try store.ingest(feed, on: 1)
        #expect(outcome.verdict == .held)
        #expect(outcome.generation == Generation(1))
        #expect(outcome.run.hold?.reason == .tooManyLost)
        #expect(outcome.run.hold?.lost == RecordCount(courses: 8, offerings: 8))
        #expect(outcome.run.hold?.current == RecordCount(courses: 40, offerings: 40))
        #expect(
            outcome.changes.courses == ChangeCounts(added: 1, changed: 1, unchanged: 31, closed: 8))
        #expect(try store.contents() == before)
        #expect(try store.changes(of: outcome.run.number).count == 8 * 2 + 1 + 2)
        #expect(try store.snapshot { try $0.source(ID("school")) }?.heldRun == outcome.run)
        #expect(try store.snapshot { try $0.record(ID("school:N")) } == nil)
        #expect(try store.verify() == [])
    }

    @Test("B03 a released feed is what it would have been at once", arguments: Engine.allCases)
    func released(engine: Engine) throws {
        let other = try Scratch()
        let (store, twin) = (try engine.open(in: folder), try engine.open(in: other))
        var feed = DrawnFeed(40)
        try store.ingest(feed)
        try twin.ingest(feed)
        feed.courses = Array(feed.courses[8...])
        feed.courses[0].title = "Anders"
        feed.courses.append(("N", "Nieuw", [day(5)]))
        feed.wording = "x"
        feed.providers = ["P", "Q"]
        let held = try store.ingest(feed, on: 1)
        let direct = try twin.ingest(feed, on: 1, lossLimit: .none)
        #expect(direct.verdict == .published)
        let outcome = try store.release(ID("school"), at: Moment(day(2)))
        #expect(outcome.verdict == .released)
        #expect(outcome.run.number == held.run.number)
        #expect(outcome.run.decidedAt == Moment(day(2)))
        #expect(outcome.changes == direct.changes)
        #expect(try store.contents() == twin.contents())
        #expect(try store.snapshot { try $0.source(ID("school")) }?.heldRun == nil)
        #expect(try store.changes(of: outcome.run.number) == twin.changes(of: direct.run.number))
        #expect(throws: StoreError.nothingHeld(source: ID("school"))) {
            try store.release(ID("school"), at: Moment(day(2)))
        }
        #expect(try store.verify() == [])
    }

    @Test("B04 a discarded feed leaves its report and nothing else", arguments: Engine.allCases)
    func discarded(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(40))
        let before = try store.contents()
        var feed = DrawnFeed(3, prefix: "N")
        feed.wording = "x"
        let held = try store.ingest(feed, on: 1)
        #expect(try store.discard(ID("school"), at: Moment(day(2))).number == held.run.number)
        #expect(try store.contents() == before)
        let run = try store.snapshot { try $0.run(held.run.number) }
        #expect(run?.verdict == .discarded)
        #expect(run?.hold?.lost.courses == 40)
        // What it brought can come again.
        var both = DrawnFeed(40)
        both.courses += feed.courses
        #expect(
            try store.ingest(both, on: 3).changes.courses == ChangeCounts(added: 3, unchanged: 40))
        #expect(try store.verify() == [])
    }

    @Test("B05 a good feed makes a held one pointless", arguments: Engine.allCases)
    func superseded(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(40), fingerprint: Fingerprint(of: [1]))
        let held = try store.ingest(DrawnFeed(2), on: 1, fingerprint: Fingerprint(of: [2]))
        let again = try store.ingest(DrawnFeed(2), on: 2, fingerprint: Fingerprint(of: [2]))
        #expect(again.wasRecognised && again.verdict == .held)
        #expect(again.run.number == held.run.number)
        let good = try store.ingest(DrawnFeed(40), on: 3, fingerprint: Fingerprint(of: [1]))
        #expect(good.verdict == .unchanged)
        #expect(try store.snapshot { try $0.run(held.run.number) }?.verdict == .superseded)
        #expect(try store.snapshot { try $0.source(ID("school")) }?.heldRun == nil)
        #expect(try store.verify() == [])
    }

    @Test("B06 an empty feed is held when the source had something", arguments: Engine.allCases)
    func emptyFeed(engine: Engine) throws {
        let store = try engine.open(in: folder)
        #expect(try store.ingest(DrawnFeed(0)).verdict != .held)
        try store.ingest(DrawnFeed(2))
        let outcome = try store.ingest(DrawnFeed(0), on: 1)
        #expect(outcome.run.hold?.reason == .emptyFeed)
        #expect(try store.presentIDs().count == 2)
    }

    @Test("B07 renumbered records are recognised by their titles", arguments: Engine.allCases)
    func renumbered(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(30, prefix: "A"))
        let outcome = try store.ingest(DrawnFeed(30, prefix: "B"), on: 1)
        #expect(outcome.run.hold?.reason == .idSchemeChanged)
        #expect(outcome.run.hold?.renamedCourses == 30)
    }

    @Test("B08 offerings lost from courses that stay are held, too", arguments: Engine.allCases)
    func offeringsLost(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(30)
        try store.ingest(feed)
        for index in 0..<10 { feed.courses[index].starts = [] }
        let outcome = try store.ingest(feed, on: 1)
        #expect(outcome.run.hold?.lost == RecordCount(courses: 0, offerings: 10))
    }

    @Test("B09 a small loss, or a small school, is not held", arguments: Engine.allCases)
    func small(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(8))
        #expect(try store.ingest(DrawnFeed(4), on: 1).verdict == .published)
        try store.ingest(DrawnFeed(100, source: "big"))
        #expect(try store.ingest(DrawnFeed(90, source: "big"), on: 1).verdict == .published)
        #expect(try store.ingest(DrawnFeed(80, source: "big"), on: 2).verdict == .held)
    }

    @Test(
        "B10 a published run can be taken back, and the one before it", arguments: Engine.allCases)
    func rollback(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(6)
        feed.courses[5].starts = [day(10), day(20)]
        try store.ingest(feed)
        let first = try store.contents()
        feed.courses[0].title = "Anders"
        feed.courses[5].starts = [day(10)]
        feed.courses.remove(at: 1)
        feed.courses.append(("N", "Nieuw", [day(5)]))
        feed.providers = ["P", "Q"]
        let bad = try store.ingest(feed, on: 1, fingerprint: Fingerprint(of: [7]))
        #expect(bad.verdict == .published)
        let outcome = try store.rollback(ID("school"), run: runInfo(on: 2))
        #expect(outcome.run.cause == .rollback)
        #expect(outcome.generation == Generation(3))
        #expect(
            outcome.changes.courses
                == ChangeCounts(changed: 1, withdrawn: 1, reopened: 1) + ChangeCounts(unchanged: 1))
        func present(_ contents: Contents) -> [CourseRecord] {
            contents.records.filter { $0.state == .present }.map(\.record)
        }
        #expect(try present(store.contents()) == present(first))
        #expect(try store.state(of: "N") == .withdrawn)
        #expect(try store.snapshot { try $0.provider(ID("school:Q")) }?.state == .withdrawn)
        #expect(try store.snapshot { try $0.run(bad.run.number) }?.verdict == .rolledBack)
        // The same feed is not "unchanged" now.
        let again = try store.ingest(feed, on: 3, fingerprint: Fingerprint(of: [7]))
        #expect(again.verdict == .published)
        #expect(again.changes.courses.reopened == 1)
        try store.rollback(ID("school"), run: runInfo(on: 4))
        #expect(try present(store.contents()) == present(first))
        try store.rollback(ID("school"), run: runInfo(on: 5))
        #expect(try store.presentIDs().isEmpty)
        #expect(throws: StoreError.nothingToRollBack(source: ID("school"))) {
            try store.rollback(ID("school"), run: runInfo(on: 6))
        }
        #expect(try store.verify() == [])
    }

    @Test(
        "B11 withdrawing most of what is to come is held like losing it", arguments: Engine.allCases
    )
    func withdrawn(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(20))
        let outcome = try store.ingest(
            DrawnFeed(0), on: 1, isFull: false, withdrawn: (0..<12).map { "C\($0)" })
        #expect(outcome.run.hold?.lost.courses == 12)
    }

    @Test(
        "what partners correct makes a generation, is logged once, and is no run to take back",
        arguments: Engine.allCases)
    func curated(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let feed = DrawnFeed(3)
        try store.ingest(feed)
        let course = feed.records[0].course.id
        func change(_ course: ID<Course>) -> CuratedChange {
            CuratedChange(
                .applied, course: course, offering: nil, field: "level", before: "2", after: "3",
                author: "Sanne", partner: ID("school"), approvedBy: ["Els (region)"],
                reason: "register", file: "curation/a.toml", line: 7)
        }
        var run = runInfo(on: 1)
        run.fingerprint = Fingerprint(of: [1])
        let changes = [change(course), change(ID("school:nobody"))]
        let made = try #require(try store.curate(ID("school"), changes, run: run))
        #expect(made.generation == Generation(2) && made.cause == .curation)
        #expect(made.changes.courses.changed == 1)
        #expect(try store.curate(ID("school"), changes, run: run) == nil)
        try store.snapshot { snapshot in
            #expect(try snapshot.run(made.number) == made)
            #expect(try snapshot.run(made.number)?.curated == changes)
            let stored = try #require(try snapshot.record(course))
            #expect(stored.changed == Generation(2) && stored.record == feed.records[0])
            #expect(try snapshot.record(course, at: Generation(2)) == stored)
            #expect(
                try snapshot.history(of: course).last?.change == Change(.curated, course: course))
            #expect(try snapshot.sources().first?.lastGoodRun?.cause == .feed)
        }
        #expect(try store.verify() == [])
        let before = try store.contents()
        #expect(try store.ingest(feed, on: 2).verdict == .unchanged)
        #expect(try store.contents() == before)
        #expect(throws: StoreError.self) { try store.curate(ID("else"), changes, run: run) }
    }
}
