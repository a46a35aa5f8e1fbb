import CourseModel
import Storage

/// One feed on its way into the tables.
///
/// A source's first feed is written in its final form at once. A later one only appends versions of
/// what differs; ``Publication`` makes them current when the whole feed has been seen, or leaves
/// them aside when it is held.
final class SQLFeedTransaction: FeedTransaction {
    private let db: any SQLConnection
    private let info: RunInfo
    private var source: SourceRow
    private var run: RunRecord
    /// The generation that it makes unless another source's run is published before.
    private let expected: Generation
    private let isFirst: Bool

    private var seen = KeySet()
    private var withdrawn = KeySet()
    private var withdrawnOfferings: Set<ID<Offering>> = []
    private var withdrawnProviders: Set<ID<Provider>> = []
    /// The names of offerings of which the feed does not say in which course they are.
    private var withdrawnNames: Set<String> = []
    private var seenPresent = 0
    private var seenGone = 0
    private var courseKeys = 0..<0
    private let firstVersion: Int
    private var nextVersion: Int
    private var changes = FeedChanges()
    private var tally: [DiagnosticCount.Key: Int] = [:]
    private var closing: FeedClosing?

    private let quarantine: QuarantineRows
    private let findCourse: Query
    private let insertCourse: Query
    private let insertVersion: Query
    private let insertOriginal: Query
    private let stageProvider: Query

    /// Begins a feed within a transaction that holds the write lock.
    init(
        _ db: any SQLConnection, source: SourceRow, info: RunInfo, after current: Generation
    ) throws {
        self.db = db
        self.source = source
        self.info = info
        expected = Generation(current.number + 1)
        isFirst = !source.hasCourses
        run = try RunRows.start(of: source, cause: .feed, info: info, in: db)
        firstVersion = run.number.firstVersion
        nextVersion = firstVersion
        quarantine = QuarantineRows(db, run: run.number, reference: source.quarantineRun)
        findCourse = try Query(
            db, "SELECT key, state, version, content, surroundings FROM course WHERE id = ?")
        insertCourse = try Query(
            db,
            """
            INSERT INTO course (key, id, source, state, version, content, surroundings, added,
                changed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insertVersion = try Query(
            db,
            """
            INSERT INTO version (key, course, run, previous, surroundings, digest, diagnostics,
                payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        insertOriginal = try Query(db, "INSERT INTO original (version, bytes) VALUES (?, ?)")
        try db.clearStagedProviders()
        stageProvider = try StagedProviders.insertion(in: db)
    }

    private func takeCourseKey() throws -> Int {
        if courseKeys.isEmpty { courseKeys = try db.reserveCourseKeys() }
        return courseKeys.removeFirst()
    }

    // MARK: - The feed

    var isFirstOfSource: Bool { isFirst }

    func provider(_ provider: Provider) throws {
        guard provider.id.value.hasPrefix(source.ids.from) else {
            throw StoreError.foreignRecord(id: provider.id.value, source: source.id)
        }
        let coded = CodedProvider(provider)
        let hash = ContentHash(of: coded.bytes, in: coded.content)
        try writing {
            try stageProvider.run(
                .text(provider.id.value), .bits(hash.value), .bytes(coded.bytes))
        }
    }

    func record(_ record: StagedRecord) throws -> RecordReceipt {
        guard record.belongs(to: source.id) else {
            throw StoreError.foreignRecord(id: record.id.value, source: source.id)
        }
        return try writing { try take(record) }
    }

    func quarantine(_ entry: QuarantinedRecord) throws {
        try writing { try quarantine.append(entry) }
        run.quarantined += entry.count
        count(entry.reasons)
    }

    func withdraw(_ course: ID<Course>) throws {
        try writing {
            if let key = try findCourse.first(.text(course.value), body: { $0.int(0) }) {
                withdrawn.insert(key)
            }
        }
    }

    func withdraw(_ offering: ID<Offering>) throws { withdrawnOfferings.insert(offering) }

    func withdraw(_ provider: ID<Provider>) throws { withdrawnProviders.insert(provider) }

    func withdraw(named native: String) throws {
        let course = ID<Course>(source: source.id, native: native)
        guard try known(course) == nil else { return try withdraw(course) }
        withdrawnNames.insert(native)
    }

    func finish(_ closing: FeedClosing) throws {
        guard closing.offered == run.accepted + run.quarantined else {
            throw StoreError.accounts(
                source: source.id, offered: closing.offered, accepted: run.accepted,
                quarantined: run.quarantined)
        }
        count(closing.diagnostics)
        self.closing = closing
    }

    private func take(_ record: StagedRecord) throws -> RecordReceipt {
        let known = try known(record.id)
        let key = try known?.key ?? takeCourseKey()
        guard seen.insert(key) else {
            try quarantine(record.asDuplicate)
            return .duplicate
        }
        run.accepted += RecordCount(courses: 1, offerings: record.digest.items.count)
        count(record.diagnostics)
        guard let known else {
            try insertCourse.run(
                .int(key), .text(record.id.value), .int(source.key),
                .int(isFirst ? RecordState.present.code : unpublishedState),
                isFirst ? .int(nextVersion) : .null, .bits(record.content.value),
                .bits(record.surroundings.value), .int(expected.number), .int(expected.number))
            try insert(record, of: key, after: nil)
            if isFirst {
                changes.courses.added += 1
                changes.offerings.added += record.digest.items.count
            }
            return .accepted
        }
        switch known.state {
        case RecordState.present.code: seenPresent += 1
        case unpublishedState: break
        default: seenGone += 1
        }
        if known.version != nil, known.content == record.content.value,
            known.surroundings == record.surroundings.value
        {
            if known.state == RecordState.present.code {
                changes.courses.unchanged += 1
                changes.offerings.unchanged += record.digest.items.count
            }
            return .accepted
        }
        try insert(record, of: known.key, after: known.version)
        return .accepted
    }

    private func insert(_ record: StagedRecord, of course: Int, after previous: Int?) throws {
        let packed = record.pack()
        let diagnostics =
            record.diagnostics.isEmpty ? nil : CodedDiagnostics.bytes(of: record.diagnostics)
        try insertVersion.run(
            .int(nextVersion), .int(course), .int(run.number.value), .optional(previous),
            .bits(record.surroundings.value), .bytes(record.digestBytes),
            .optional(diagnostics.map { PackedBytes.pack($0) }),
            .bytes(packed.payload))
        try insertOriginal.run(.int(nextVersion), .bytes(packed.original))
        nextVersion += 1
    }

    private func count(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            tally[
                DiagnosticCount.Key(severity: diagnostic.severity, code: diagnostic.code),
                default: 0] += 1
        }
    }

    private func writing<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch {
            throw db.storeError(for: error)
        }
    }

    // MARK: - Its end

    /// Makes the feed the catalogue's state, or holds it.
    func publish() throws -> IngestOutcome {
        guard let closing else { throw StoreError.unfinished(source: source.id) }
        run.format = closing.format
        run.bytes = closing.bytes
        run.endedAt = closing.endedAt
        run.isFull = closing.isFull
        run.isComplete = closing.isComplete
        run.offered = closing.offered
        run.feedDiagnostics = closing.diagnostics
        run.diagnosticCounts = DiagnosticCount.sorted(tally)
        run.changes = changes
        let countsAbsence = closing.isFull && closing.isComplete
        try findWithdrawnNames()
        if !countsAbsence { try leaveOutWithdrawn() }
        try withdrawCoursesOfProviders()
        let versions = nextVersion > firstVersion ? firstVersion...(nextVersion - 1) : nil
        let needsScan =
            !isFirst
            && (countsAbsence && seenPresent < source.present.courses || seenGone > 0
                || !withdrawn.isEmpty)
        let publication = Publication(
            db: db, source: source, run: run, lossLimit: info.lossLimit,
            steps: RunSteps(
                db: db, source: source, today: info.today, versions: isFirst ? nil : versions,
                seen: seen, withdrawn: withdrawn, withdrawnOfferings: withdrawnOfferings,
                countsAbsence: countsAbsence,
                needsScan: needsScan),
            providers: .temporary, absentProviders: countsAbsence ? .closed : nil)
        if let hold = try publication.judge() {
            return try self.hold(hold, publication, versions: versions)
        }
        let generation = try Generations.next(in: db)
        if isFirst, generation != expected {
            try Query(db, "UPDATE course SET added = ?, changed = ? WHERE source = ?").run(
                .int(generation.number), .int(generation.number), .int(source.key))
        }
        return try publication.publish(as: generation, versions: versions) {
            try quarantine.publish()
        }
    }

    private func hold(
        _ hold: Hold, _ publication: Publication, versions: ClosedRange<Int>?
    ) throws -> IngestOutcome {
        if let earlier = source.heldRun {
            try HeldRuns.drop(earlier, verdict: .superseded, at: info.startedAt, in: db)
        }
        run.changes = try publication.preview()
        run.verdict = .held
        run.hold = hold
        try quarantine.hold()
        try HeldRuns.keep(run, steps: publication.steps, in: db)
        try RunRows.save(run, versions: versions, in: db)
        source.heldRun = run.number
        try source.save(lastRun: run.number, in: db)
        return IngestOutcome(generation: try Generations.current(in: db), run: run)
    }

    // MARK: - Withdrawals

    /// Gives the courses of withdrawn offerings a version without them, unless the feed itself says
    /// what they offer now.
    private func leaveOutWithdrawn() throws {
        var courses: Set<ID<Course>> = []
        for offering in withdrawnOfferings {
            if let course = try course(of: offering) { courses.insert(course) }
        }
        let snapshot = try SQLSnapshot(db)
        for id in courses.sorted() {
            guard let known = try known(id), !seen.contains(known.key),
                known.state == RecordState.present.code,
                let record = try snapshot.record(id)?.record,
                let original = try snapshot.original(of: id)
            else { continue }
            let left = record.offerings.filter { !withdrawnOfferings.contains($0.id) }
            guard left.count < record.offerings.count,
                let rest = CourseRecord(course: record.course, offerings: left)
            else { continue }
            seen.insert(known.key)
            let staged = StagedRecord(
                rest, original: original, diagnostics: try snapshot.diagnostics(of: id))
            try insert(staged, of: known.key, after: known.version)
        }
    }

    /// The course that an offering's id names: what stands before one of its `#`.
    private func course(of offering: ID<Offering>) throws -> ID<Course>? {
        var end = offering.value.startIndex
        while let hash = offering.value[end...].firstIndex(of: "#") {
            let id = ID<Course>(String(offering.value[..<hash]))
            if try known(id) != nil { return id }
            end = offering.value.index(after: hash)
        }
        return nil
    }

    /// Finds the offerings that are withdrawn by name, wherever they are.
    private func findWithdrawnNames() throws {
        guard !withdrawnNames.isEmpty else { return }
        try SQLSnapshot(db).forEachRecord(
            since: nil, states: [.present], source: source.id
        ) { stored in
            for offering in stored.record.offerings
            where withdrawnNames.contains(offering.nativeID) {
                withdrawnOfferings.insert(offering.id)
            }
        }
    }

    private func withdrawCoursesOfProviders() throws {
        guard !withdrawnProviders.isEmpty else { return }
        try SQLSnapshot(db).forEachRecord(
            since: nil, states: [.present], source: source.id
        ) { stored in
            let course = stored.record.course
            guard withdrawnProviders.contains(course.provider) else { return }
            if let known = try known(course.id), !seen.contains(known.key) {
                withdrawn.insert(known.key)
            }
        }
    }

    private func known(_ id: ID<Course>) throws -> KnownCourse? {
        try findCourse.first(.text(id.value)) { row in
            KnownCourse(
                key: row.int(0), state: row.int(1), version: row.optionalInt(2),
                content: row.bits(3), surroundings: row.bits(4))
        }
    }

    private struct KnownCourse {
        var key: Int
        var state: Int
        var version: Int?
        var content: UInt64
        var surroundings: UInt64
    }
}
