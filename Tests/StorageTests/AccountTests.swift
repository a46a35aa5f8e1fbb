import CourseModel
import Storage
import TestSupport
import Testing

@Suite("Nothing is lost and nothing is half done")
struct AccountTests {
    let folder: Scratch

    init() throws { folder = try Scratch() }

    struct Interrupted: Error {}

    func faulty(_ number: Int, offerings: Int = 2) -> QuarantinedRecord {
        QuarantinedRecord(
            kind: .course, nativeID: "F\(number)", file: "feed.xml",
            position: SourcePosition(line: number + 1, column: 2, byteOffset: 10 * number),
            original: Array("<course>fout \(number)\u{0}</course>".utf8),
            reasons: [Diagnostic(.error, "malformed", file: "feed.xml", message: "no title")],
            count: RecordCount(courses: 1, offerings: offerings))
    }

    func quarantine(of store: any CatalogueStore) throws -> [QuarantinedRecord] {
        try store.snapshot { snapshot in
            var entries: [QuarantinedRecord] = []
            try snapshot.forEachQuarantined(of: ID<Source>("school")) { entries.append($0) }
            return entries
        }
    }

    @Test("C01 offered must be accepted plus quarantined", arguments: Engine.allCases)
    func accounts(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let feed = DrawnFeed(2)
        #expect(
            throws: StoreError.accounts(
                source: ID("school"), offered: RecordCount(courses: 3, offerings: 2),
                accepted: RecordCount(courses: 2, offerings: 2), quarantined: RecordCount())
        ) {
            try store.ingest(
                source: Source(id: feed.source, location: "feed.xml"), run: runInfo()
            ) { transaction in
                for record in feed.records { try transaction.record(record, original: []) }
                try transaction.finish(
                    FeedClosing(offered: RecordCount(courses: 3, offerings: 2)))
            }
        }
        #expect(try store.contents() == Contents())
        #expect(try store.snapshot { try $0.runs(of: nil, limit: 9) }.isEmpty)
    }

    @Test("C02 a feed that is not finished is not taken in", arguments: Engine.allCases)
    func unfinished(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let feed = DrawnFeed(2)
        let source = Source(id: feed.source, location: "feed.xml")
        #expect(throws: StoreError.unfinished(source: ID("school"))) {
            try store.ingest(source: source, run: runInfo()) { transaction in
                for record in feed.records { try transaction.record(record, original: []) }
            }
        }
        #expect(throws: Interrupted.self) {
            try store.ingest(source: source, run: runInfo()) { transaction in
                for record in feed.records { try transaction.record(record, original: []) }
                throw Interrupted()
            }
        }
        #expect(try store.contents() == Contents())
        #expect(try store.generation == .none)
        #expect(try store.ingest(feed).verdict == .published)
    }

    @Test("C03 a second record with an id of the feed is quarantined", arguments: Engine.allCases)
    func duplicate(engine: Engine) throws {
        let store = try engine.open(in: folder)
        var feed = DrawnFeed(2)
        feed.courses.append(("C0", "Nog eens", [day(1)]))
        for offset in 0..<2 {
            let outcome = try store.ingest(feed, on: offset)
            #expect(outcome.run.accepted == RecordCount(courses: 2, offerings: 2))
            #expect(outcome.run.quarantined == RecordCount(courses: 1, offerings: 1))
            #expect(outcome.run.diagnosticCounts.map(\.code) == ["duplicate-record"])
        }
        let entries = try quarantine(of: store)
        #expect(entries.map(\.nativeID) == ["C0"])
        #expect(entries.map(\.original) == [feed.original(of: feed.records[2])])
        #expect(try store.verify() == [])
    }

    @Test("C04 quarantined bytes, places and reasons come back", arguments: Engine.allCases)
    func quarantined(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let entries = (0..<4).map { faulty($0) }
        let outcome = try store.ingest(DrawnFeed(1), quarantined: entries)
        #expect(outcome.run.offered == RecordCount(courses: 5, offerings: 9))
        #expect(try quarantine(of: store) == entries)
        for (offset, now) in [
            entries, Array(entries[..<2]), entries, [entries[0], faulty(9), entries[2]], [],
        ].enumerated() {
            let outcome = try store.ingest(DrawnFeed(1), on: offset + 1, quarantined: now)
            #expect(outcome.verdict == .unchanged)
            #expect(try quarantine(of: store) == now)
        }
        #expect(try store.verify() == [])
    }

    @Test("C05 the quarantine of a held run is its own", arguments: Engine.allCases)
    func heldQuarantine(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let old = [faulty(0), faulty(1)]
        try store.ingest(DrawnFeed(20), quarantined: old)
        let new = [faulty(0), faulty(2)]
        let held = try store.ingest(DrawnFeed(2), on: 1, quarantined: new)
        #expect(held.verdict == .held)
        #expect(try quarantine(of: store) == old)
        var entries: [QuarantinedRecord] = []
        try store.snapshot { try $0.forEachQuarantined(of: held.run.number) { entries.append($0) } }
        #expect(entries == new)
        try store.release(ID("school"), at: Moment(day(2)))
        #expect(try quarantine(of: store) == new)
        #expect(try store.verify() == [])
    }

    @Test("C06 a record of another source is refused", arguments: Engine.allCases)
    func foreign(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let record = DrawnFeed(1, source: "other").records[0]
        #expect(throws: StoreError.foreignRecord(id: "other:C0", source: ID("school"))) {
            try store.ingest(
                source: Source(id: ID("school"), location: "feed.xml"), run: runInfo()
            ) { try $0.record(record, original: []) }
        }
    }

    @Test("C07 diagnostics are counted and kept with their record", arguments: Engine.allCases)
    func diagnostics(engine: Engine) throws {
        let store = try engine.open(in: folder)
        let feed = DrawnFeed(2)
        let warning = Diagnostic(.warning, "price-not-a-number", file: "feed.xml", message: "x")
        let note = Diagnostic(.note, "recovered-markup", file: "feed.xml", message: "y")
        let outcome = try store.ingest(
            source: Source(id: feed.source, location: "feed.xml"), run: runInfo()
        ) { transaction in
            for record in feed.records {
                try transaction.record(record, original: [], diagnostics: [warning])
            }
            try transaction.finish(
                FeedClosing(
                    offered: RecordCount(courses: 2, offerings: 2), diagnostics: [note]))
        }
        #expect(
            outcome.run.diagnosticCounts == [
                DiagnosticCount(severity: .warning, code: "price-not-a-number", count: 2),
                DiagnosticCount(severity: .note, code: "recovered-markup", count: 1),
            ])
        #expect(outcome.run.feedDiagnostics == [note])
        #expect(try store.snapshot { try $0.diagnostics(of: ID("school:C1")) } == [warning])
        var all: [ID<Course>] = []
        try store.snapshot {
            try $0.forEachDiagnostic(of: ID("school")) { id, _ in all.append(id) }
        }
        #expect(all == [ID("school:C0"), ID("school:C1")])
        #expect(try store.snapshot { try $0.run(outcome.run.number) } == outcome.run)
    }

    @Test(
        "C09 a feed that could not be read leaves a note, and nothing else",
        arguments: Engine.allCases)
    func failed(engine: Engine) throws {
        let store = try engine.open(in: folder)
        try store.ingest(DrawnFeed(3))
        let before = try store.contents()
        let reason = Diagnostic(.error, "not-xml", file: "feed.xml", message: "not XML")
        let run = try store.noteFailure(
            source: Source(id: ID("school"), location: "feed.xml"), run: runInfo(on: 1),
            reasons: [reason])
        #expect(run.verdict == .failed)
        let status = try store.snapshot { try $0.source(ID("school")) }
        #expect(status?.lastRun == run)
        #expect(status?.lastGoodRun?.startedAt == Moment(day(0)))
        #expect(try store.contents() == before)
        #expect(try store.generation == Generation(1))
        #expect(try store.ingest(DrawnFeed(3), on: 2).verdict == .unchanged)
    }

    @Test("C08 drawn feeds in any order of runs end in the last one", arguments: Engine.allCases)
    func property(engine: Engine) throws {
        for seed in 0..<12 as Range<UInt64> {
            let folder = try Scratch()
            let store = try engine.open(in: folder)
            var drawn = RandomRecords(seed: seed)
            let pool = (0..<12).map { drawn.record($0) }
            var last: [CourseRecord] = []
            for run in 0..<6 {
                last = pool.indices.compactMap { index in
                    switch Int.random(in: 0..<4, using: &drawn.random) {
                    case 0: nil
                    case 1: drawn.record(index)
                    default: pool[index]
                    }
                }
                let before = try store.presentIDs().count
                let outcome = try store.ingest(
                    source: Source(id: drawn.source, location: "x"),
                    run: runInfo(on: run, lossLimit: .none)
                ) { transaction in
                    for record in last { try transaction.record(record, original: [1, 2]) }
                    try transaction.finish(
                        FeedClosing(
                            offered: RecordCount(
                                courses: last.count,
                                offerings: last.reduce(0) { $0 + $1.offerings.count })))
                }
                let courses = outcome.changes.courses
                let after = try store.presentIDs().count
                #expect(before + courses.added + courses.reopened - courses.gone == after)
                #expect(
                    courses.added + courses.changed + courses.unchanged + courses.reopened
                        == last.count)
                let listed = try store.changes(of: outcome.run.number)
                for kind in Change.Kind.allCases {
                    let number = listed.count { $0.kind == kind && $0.offering == nil }
                    let expected =
                        switch kind {
                        case .added: courses.added
                        case .changed: courses.changed
                        case .closed: courses.closed
                        case .expired: courses.expired
                        case .withdrawn: courses.withdrawn
                        case .reopened: courses.reopened
                        // No feed corrects.
                        case .curated: 0
                        }
                    #expect(number == expected)
                }
            }
            var present: [CourseRecord] = []
            try store.snapshot { try $0.forEachRecord { present.append($0.record) } }
            // Positions are those of the feed that brought the version.
            func said(_ record: CourseRecord) -> [UInt8] {
                let coded = CodedRecord(record)
                return RecordDigest(of: record, coded: coded).bytes
            }
            #expect(
                present.map(said)
                    == last.sorted { $0.course.id < $1.course.id }.map(said))
            #expect(try store.verify() == [])
        }
    }
}
