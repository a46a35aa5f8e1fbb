import CourseModel
import Storage
import TestSupport
import Testing

@Suite("What every store promises")
struct StoreContractTests {
    let folder: Scratch

    init() throws { folder = try Scratch() }

    @Test("A01 a new store is empty", arguments: Engine.allCases)
    func empty(engine: Engine) throws {
        let store = try engine.open(in: folder)
        #expect(try store.generation == .none)
        #expect(try store.contents() == Contents())
        #expect(try store.snapshot { try $0.sources() }.isEmpty)
        #expect(try store.verify() == [])
    }

    @Test("A02 a feed becomes one generation, with its originals", arguments: Engine.allCases)
    func first(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let feed = DrawnFeed(3)
        let outcome = try store.ingest(feed)
        #expect(outcome.verdict == .published)
        #expect(outcome.generation == Generation(1))
        #expect(outcome.changes.courses == ChangeCounts(added: 3))
        #expect(outcome.changes.offerings == ChangeCounts(added: 3))
        #expect(outcome.changes.providers == ChangeCounts(added: 1))
        let contents = try store.contents()
        #expect(contents.records.map(\.record) == feed.records)
        #expect(contents.originals == feed.records.map { feed.original(of: $0) })
        #expect(contents.providers.map(\.provider) == [feed.provider("P")])
        #expect(try store.verify() == [])
    }

    @Test("A03 the same feed again changes nothing", arguments: Engine.allCases)
    func twice(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let feed = DrawnFeed(4)
        try store.ingest(feed)
        let before = try store.contents()
        let outcome = try store.ingest(feed, on: 1)
        #expect(outcome.verdict == .unchanged)
        #expect(outcome.generation == Generation(1))
        #expect(outcome.changes.courses == ChangeCounts(unchanged: 4))
        #expect(outcome.changes.offerings == ChangeCounts(unchanged: 4))
        #expect(outcome.changes.providers == ChangeCounts(unchanged: 1))
        #expect(try store.contents() == before)
        let seen = try store.snapshot { try $0.sightings(of: feed.records[0].course.id) }
        #expect(seen?.first.startedAt == Moment(day(0)))
        #expect(seen?.last.startedAt == Moment(day(1)))
    }

    @Test("A04 a known fingerprint is not read again", arguments: Engine.allCases)
    func fingerprint(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let print = Fingerprint(of: [1, 2, 3])
        try store.ingest(DrawnFeed(4), fingerprint: print)
        let outcome = try store.ingest(
            source: Source(id: ID("school"), location: "feed.xml"),
            run: runInfo(on: 1, fingerprint: print)
        ) { _ in Issue.record("the feed was read") }
        #expect(outcome.wasRecognised)
        #expect(outcome.verdict == .unchanged)
        #expect(outcome.run.offered == RecordCount(courses: 4, offerings: 4))
        #expect(outcome.changes.courses == ChangeCounts(unchanged: 4))
        #expect(try store.snapshot { try $0.runs(of: nil, limit: 9) }.count == 2)
    }

    @Test("A05 changes are told apart: course, offering, new, gone", arguments: Engine.allCases)
    func changed(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(4)
        feed.courses[1].starts = [day(50), day(60)]
        try store.ingest(feed)
        feed.courses[0].title = "Anders"
        feed.courses[1].starts = [day(51), day(60), day(70)]
        feed.courses[2].starts = []
        feed.courses.append(("D", "Nieuw", [day(80)]))
        feed.courses.remove(at: 3)
        let outcome = try store.ingest(feed, on: 1)
        #expect(
            outcome.changes.courses == ChangeCounts(added: 1, changed: 1, unchanged: 2, closed: 1))
        #expect(
            outcome.changes.offerings
                == ChangeCounts(added: 2, changed: 1, unchanged: 2, closed: 2))
        let changes = try store.changes(of: outcome.run.number)
        func id(_ native: String) -> ID<Course> { ID("school:\(native)") }
        #expect(
            Set(changes) == [
                Change(.changed, course: id("C0")),
                Change(.changed, course: id("C1"), offering: ID("school:C1#0")),
                Change(.added, course: id("C1"), offering: ID("school:C1#2")),
                Change(.closed, course: id("C2"), offering: ID("school:C2#0")),
                Change(.closed, course: id("C3")),
                Change(.closed, course: id("C3"), offering: ID("school:C3#0")),
                Change(.added, course: id("D")),
                Change(.added, course: id("D"), offering: ID("school:D#0")),
            ])
        #expect(try store.state(of: "C3") == .closed)
        #expect(try store.snapshot { try $0.record(id("C3")) }?.record.offerings.count == 1)
        #expect(try store.snapshot { try $0.goneOfferings(of: id("C2")) }.map(\.state) == [.closed])
        #expect(try store.presentIDs() == ["school:C0", "school:C1", "school:C2", "school:D"])
        #expect(try store.verify() == [])
    }

    @Test("A06 what was closed comes back, as it was or different", arguments: Engine.allCases)
    func reopened(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(3)
        feed.courses[2].starts = [day(10), day(20)]
        try store.ingest(feed)
        var less = feed
        less.courses = Array(feed.courses[..<1])
        try store.ingest(less, on: 1)
        #expect(try store.state(of: "C2") == .closed)
        feed.courses[2].starts = [day(10)]
        let outcome = try store.ingest(feed, on: 2)
        #expect(outcome.changes.courses == ChangeCounts(unchanged: 1, reopened: 2))
        #expect(outcome.changes.offerings == ChangeCounts(unchanged: 1, reopened: 2))
        #expect(try store.presentIDs().count == 3)
        let id = feed.records[2].course.id
        #expect(try store.snapshot { try $0.goneOfferings(of: id) }.count == 1)
        feed.courses[2].starts = [day(10), day(20)]
        let again = try store.ingest(feed, on: 3)
        #expect(again.changes.offerings == ChangeCounts(unchanged: 3, reopened: 1))
        #expect(try store.snapshot { try $0.goneOfferings(of: id) }.isEmpty)
        let history = try store.snapshot { try $0.history(of: id) }.filter {
            $0.change.offering == nil
        }
        #expect(history.map(\.change.kind) == [.added, .closed, .reopened])
        #expect(history.map(\.at) == [0, 1, 2].map { Moment(day($0)) })
        #expect(try store.verify() == [])
    }

    @Test("A07 an earlier version can be read", arguments: Engine.allCases)
    func earlier(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(2)
        try store.ingest(feed)
        let first = feed.records[0]
        feed.courses[0].title = "Anders"
        try store.ingest(feed, on: 1)
        let second = feed.records[0]
        feed.courses.remove(at: 0)
        try store.ingest(feed, on: 2)
        let at = try store.snapshot { snapshot in
            try (0...3).map { try snapshot.record(first.course.id, at: Generation($0)) }
        }
        #expect(at[0] == nil)
        #expect(at[1]?.record == first)
        #expect(at[2]?.record == second)
        #expect(at[2]?.state == .present)
        #expect(at[3]?.state == .closed)
    }

    @Test("A08 changes since a generation, closed ones included", arguments: Engine.allCases)
    func since(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(5)
        try store.ingest(feed)
        feed.courses[0].title = "Anders"
        feed.courses.remove(at: 4)
        try store.ingest(feed, on: 1)
        var seen: [String: RecordState] = [:]
        try store.snapshot { snapshot in
            try snapshot.forEachRecord(
                since: Generation(1), states: Set(RecordState.allCases), source: nil
            ) { seen[$0.record.course.nativeID] = $0.state }
        }
        #expect(seen == ["C0": .present, "C4": .closed])
    }

    @Test("A09 the order of feeds does not matter", arguments: Engine.allCases)
    func order(engine: Engine) throws {
        let other = try Scratch()
        let (one, two) = (try engine.open(in: folder), try engine.open(in: other))
        let (a, b) = (DrawnFeed(3, source: "a"), DrawnFeed(4, source: "b"))
        try one.ingest(a)
        try one.ingest(b)
        try two.ingest(b)
        try two.ingest(a)
        #expect(try one.contents().timeless == two.contents().timeless)
    }

    @Test("A10 a feed of changes closes only what it withdraws", arguments: Engine.allCases)
    func delta(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(3))
        var feed = DrawnFeed(1)
        feed.courses[0].title = "Anders"
        let outcome = try store.ingest(
            feed, on: 1, isFull: false, withdrawn: ["C2", "unknown"])
        #expect(outcome.changes.courses == ChangeCounts(changed: 1, withdrawn: 1))
        #expect(try store.state(of: "C1") == .present)
        #expect(try store.state(of: "C2") == .withdrawn)
        #expect(try store.verify() == [])
    }

    @Test("A14 offerings and whole providers can be withdrawn", arguments: Engine.allCases)
    func withdrawals(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(4)
        feed.courses[1].starts = [day(10), day(20)]
        try store.ingest(feed)
        let source = Source(id: feed.source, location: "feed.xml")
        let id = feed.records[1].course.id
        let outcome = try store.ingest(source: source, run: runInfo(on: 1)) { transaction in
            try transaction.withdraw(ID<Offering>(course: id, native: "1"))
            try transaction.withdraw(ID<Offering>(course: id, native: "unknown"))
            try transaction.withdraw(ID<Offering>("school:nowhere#1"))
            try transaction.finish(FeedClosing(offered: RecordCount(), isFull: false))
        }
        #expect(outcome.changes.offerings == ChangeCounts(unchanged: 1, withdrawn: 1))
        #expect(outcome.changes.courses == ChangeCounts(unchanged: 1))
        let gone = try store.snapshot { try $0.goneOfferings(of: id) }
        #expect(gone.map(\.state) == [.withdrawn])
        #expect(gone.map(\.offering) == [feed.records[1].offerings[1]])
        #expect(
            try store.snapshot { try $0.original(of: id) } == feed.original(of: feed.records[1]))
        let all = try store.ingest(source: source, run: runInfo(on: 2)) { transaction in
            try transaction.record(
                feed.records[0], original: feed.original(of: feed.records[0]))
            try transaction.withdraw(ID<Provider>("school:P"))
            try transaction.finish(
                FeedClosing(offered: RecordCount(courses: 1, offerings: 1), isFull: false))
        }
        #expect(all.changes.courses == ChangeCounts(unchanged: 1, withdrawn: 3))
        #expect(try store.presentIDs() == ["school:C0"])
        #expect(try store.verify() == [])
    }

    @Test(
        "A15 what a feed withdraws by name is a course, else an offering",
        arguments: Engine.allCases)
    func withdrawnByName(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(3)
        feed.courses[1].starts = [day(10), day(20)]
        try store.ingest(feed)
        let source = Source(id: feed.source, location: "feed.xml")
        let record = feed.records[1]
        let gone = try #require(record.offerings.last)
        let named = feed.records.flatMap(\.offerings).filter { $0.nativeID == gone.nativeID }
        let outcome = try store.ingest(source: source, run: runInfo(on: 1)) { transaction in
            try transaction.withdraw(named: gone.nativeID)
            try transaction.withdraw(named: feed.records[2].course.nativeID)
            try transaction.withdraw(named: "unknown")
            try transaction.finish(FeedClosing(offered: RecordCount(), isFull: false))
        }
        #expect(outcome.changes.courses.withdrawn == 1)
        #expect(try store.state(of: "C1") == .present)
        #expect(try store.state(of: "C2") == .withdrawn)
        let left = try store.snapshot { try $0.goneOfferings(of: record.course.id) }
        #expect(left.map(\.offering.id) == [gone.id])
        #expect(named.map(\.id).contains(gone.id))
        #expect(try store.verify() == [])
    }

    @Test("A11 a feed that was cut off closes nothing", arguments: Engine.allCases)
    func cutOff(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(20))
        let outcome = try store.ingest(DrawnFeed(2), on: 1, isComplete: false)
        #expect(outcome.verdict == .unchanged)
        #expect(try store.presentIDs().count == 20)
        #expect(try store.ingest(DrawnFeed(0), on: 1, isComplete: false).verdict == .unchanged)
    }

    @Test("A12 providers: the last word in a feed counts", arguments: Engine.allCases)
    func providers(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(1)
        feed.providers = ["P", "Q", "P"]
        #expect(try store.ingest(feed).changes.providers == ChangeCounts(added: 2))
        feed.providers = ["P"]
        feed.wording = "anders"
        let outcome = try store.ingest(feed, on: 1)
        #expect(outcome.changes.providers == ChangeCounts(changed: 1, closed: 1))
        #expect(try store.snapshot { try $0.provider(ID("school:Q")) }?.state == .closed)
        feed.providers = ["Q", "P"]
        #expect(
            try store.ingest(feed, on: 2).changes.providers
                == ChangeCounts(unchanged: 1, reopened: 0) + ChangeCounts(reopened: 1))
        #expect(try store.verify() == [])
    }

    @Test(
        "A13 an original that differs while the record does not is renewed in place",
        arguments: Engine.allCases)
    func originalOnly(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let feed = DrawnFeed(2)
        try store.ingest(feed)
        let outcome = try store.ingest(
            source: Source(id: feed.source, location: "feed.xml"), run: runInfo(on: 1)
        ) { transaction in
            try transaction.provider(feed.provider("P"))
            for record in feed.records {
                try transaction.record(record, original: Array("<c/>".utf8))
            }
            try transaction.finish(
                FeedClosing(offered: RecordCount(courses: 2, offerings: 2)))
        }
        #expect(outcome.verdict == .unchanged)
        #expect(outcome.changes.courses == ChangeCounts(unchanged: 2))
        #expect(try store.contents().originals == [Array("<c/>".utf8), Array("<c/>".utf8)])
        #expect(try store.verify() == [])
    }

    @Test(
        "A16 ids and texts with U+0000, which JSON can say, come back as they were",
        arguments: Engine.allCases)
    func nul(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(2)
        feed.courses += [("N\u{0}", "Nul\u{0}", [day(100)]), ("N\u{1}", "Een\u{1}", [nil])]
        let lost = QuarantinedRecord(
            kind: .course, nativeID: "Q\u{0}", file: "feed\u{0}.json", position: nil,
            original: Array("Q\u{0}".utf8),
            reasons: [
                Diagnostic(.error, "nul-in-id", file: "feed\u{0}.json", message: "\u{0}")
            ],
            count: RecordCount(courses: 1))
        #expect(try store.ingest(feed, quarantined: [lost]).verdict == .published)
        let contents = try store.contents()
        #expect(contents.records.map(\.record) == feed.records)
        #expect(try store.presentIDs().contains("school:N\u{0}"))
        #expect(try store.state(of: "N\u{0}") == .present)
        #expect(
            try store.ingest(feed, on: 1, quarantined: [lost]).changes.courses
                == ChangeCounts(unchanged: 4))
        feed.courses.removeAll { $0.native == "N\u{0}" }
        #expect(try store.ingest(feed, on: 2, lossLimit: .none).changes.courses.closed == 1)
        #expect(try store.state(of: "N\u{0}") == .closed)
        #expect(try store.verify() == [])
    }
}

extension ChangeCounts {
    static func + (first: Self, second: Self) -> Self {
        ChangeCounts(
            added: first.added + second.added, changed: first.changed + second.changed,
            unchanged: first.unchanged + second.unchanged, closed: first.closed + second.closed,
            expired: first.expired + second.expired, withdrawn: first.withdrawn + second.withdrawn,
            reopened: first.reopened + second.reopened)
    }
}
