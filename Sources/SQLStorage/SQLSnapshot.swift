import CourseModel
import Storage

/// One generation, read within one transaction of a reading connection.
final class SQLSnapshot: CatalogueSnapshot {
    let db: any SQLConnection
    let generation: Generation
    private var versionOf: Query?

    init(_ db: any SQLConnection) throws {
        self.db = db
        generation = try Generations.current(in: db)
    }

    // MARK: - Records

    func forEachRecord(
        since: Generation?, states: Set<RecordState>, source: ID<Source>?, after: ID<Course>?,
        _ body: (StoredRecord) throws -> Void
    ) throws {
        var conditions = ["c.state IN (\(Self.list(states)))"]
        // A list that goes on follows the ids; by the index of changes all would be sorted again.
        if let since { conditions.append("\(after == nil ? "" : "+")c.changed > \(since.number)") }
        var bounds: [SQLValue] = []
        if let after {
            conditions.append("c.id > ?")
            bounds.append(.text(after.value))
        }
        if let source {
            conditions.append("c.id >= ? AND c.id < ?")
            bounds += [.text(source.value + ":"), .text(source.value + ";")]
        }
        try reading {
            try Query(
                db,
                """
                SELECT c.id, c.state, c.added, c.changed, v.payload
                FROM course AS c JOIN version AS v ON v.key = c.version
                WHERE \(conditions.joined(separator: " AND ")) ORDER BY c.id
                """
            ).forEach(bounds) { try body(try Self.stored($0)) }
        }
    }

    func forEachPackedRecord(
        where isWanted: (ID<Course>, ContentHash) throws -> Bool,
        _ body: (PackedRecord) throws -> Void
    ) throws {
        try reading {
            let payload = try Query(db, "SELECT payload FROM version WHERE key = ?")
            try Query(db, "SELECT id, content, version FROM course WHERE state = 0 ORDER BY id")
                .forEach { row in
                    let id = ID<Course>(row.text(0))
                    let content = ContentHash(UInt64(bitPattern: Int64(row.int(1))))
                    guard try isWanted(id, content) else { return }
                    let bytes = try payload.first(.int(row.int(2))) { $0.bytes(0) }
                    try body(PackedRecord(id: id, content: content, bytes: bytes ?? []))
                }
        }
    }

    func record(_ id: ID<Course>) throws -> StoredRecord? {
        try reading {
            try Query(
                db,
                """
                SELECT c.id, c.state, c.added, c.changed, v.payload
                FROM course AS c JOIN version AS v ON v.key = c.version
                WHERE c.id = ?
                """
            ).first(.text(id.value)) { try Self.stored($0) }
        }
    }

    func record(_ id: ID<Course>, at generation: Generation) throws -> StoredRecord? {
        try reading {
            guard let course = try course(id) else { return nil }
            var found: StoredRecord?
            try forEachVersion(of: course) { version in
                guard found == nil, version.generation <= generation else { return }
                found = StoredRecord(
                    record: try Self.record(
                        try payload(of: version.key), of: id.value),
                    state: .present, added: course.added, changed: version.generation)
            }
            guard var found else { return nil }
            try Query(
                db,
                """
                SELECT e.kind, r.generation FROM event AS e JOIN run AS r ON r.number = e.run
                WHERE e.course = ? AND e.offering IS NULL AND r.generation <= ?
                ORDER BY r.generation, e.key
                """
            ).forEach(.int(course.key), .int(generation.number)) { row in
                let at = Generation(row.int(1))
                guard at >= found.changed, let kind = Change.Kind(code: row.int(0)) else { return }
                found.changed = at
                guard kind != .curated else { return }
                found.state =
                    RecordState.allCases.first { $0 != .present && $0.change == kind } ?? .present
            }
            return found
        }
    }

    func record(_ id: ID<Course>, of run: RunNumber) throws -> CourseRecord? {
        try reading {
            guard let versions = try RunRows.versions(of: run, in: db) else { return nil }
            return try Query(
                db,
                """
                SELECT v.payload FROM course AS c JOIN version AS v ON v.course = c.key
                WHERE c.id = ? AND v.key BETWEEN ? AND ?
                """
            ).first(.text(id.value), .int(versions.lowerBound), .int(versions.upperBound)) {
                try Self.record($0.bytes(0), of: id.value)
            }
        }
    }

    func goneOfferings(of id: ID<Course>) throws -> [GoneOffering] {
        try reading {
            guard let course = try course(id) else { return [] }
            var gone: [GoneOffering] = []
            try Query(
                db,
                """
                SELECT g.offering, g.state, g.generation, v.payload
                FROM gone AS g JOIN version AS v ON v.key = g.version
                WHERE g.course = ? ORDER BY g.offering
                """
            ).forEach(.int(course.key)) { row in
                let offeringID = RecordDigest.offering(row.text(0), in: id)
                let record = try Self.record(row.bytes(3), of: id.value)
                guard let state = RecordState(code: row.int(1)),
                    let offering = record.offerings.first(where: { $0.id == offeringID })
                else {
                    throw StoreError.damagedRecord(
                        id: offeringID.value, reason: "it is not in the version that held it")
                }
                gone.append(
                    GoneOffering(
                        offering: offering, state: state, generation: Generation(row.int(2))))
            }
            return gone
        }
    }

    func original(of id: ID<Course>) throws -> [UInt8]? {
        try reading {
            try Query(
                db,
                """
                SELECT o.bytes, v.payload
                FROM course AS c JOIN version AS v ON v.key = c.version
                    JOIN original AS o ON o.version = v.key
                WHERE c.id = ?
                """
            ).first(.text(id.value)) { row in
                try Self.original(row.bytes(0), payload: row.bytes(1), of: id.value)
            }
        }
    }

    func diagnostics(of id: ID<Course>) throws -> [Diagnostic] {
        try reading {
            try Query(
                db,
                """
                SELECT v.diagnostics FROM course AS c JOIN version AS v ON v.key = c.version
                WHERE c.id = ?
                """
            ).first(.text(id.value)) { row in
                row.isNull(0) ? [] : try Self.diagnostics(row.bytes(0), of: id.value)
            } ?? []
        }
    }

    func forEachDiagnostic(
        of source: ID<Source>, _ body: (ID<Course>, Diagnostic) throws -> Void
    ) throws {
        try reading {
            try Query(
                db,
                """
                SELECT c.id, v.diagnostics
                FROM course AS c JOIN version AS v ON v.key = c.version
                WHERE c.id >= ? AND c.id < ? AND c.state = 0 AND v.diagnostics IS NOT NULL
                ORDER BY c.id
                """
            ).forEach(.text(source.value + ":"), .text(source.value + ";")) { row in
                let id = row.text(0)
                for diagnostic in try Self.diagnostics(row.bytes(1), of: id) {
                    try body(ID(id), diagnostic)
                }
            }
        }
    }

    func sightings(of id: ID<Course>) throws -> Sightings? {
        try reading {
            guard let course = try course(id),
                let first = try run(making: course.added)
            else { return nil }
            let lastNumber =
                try course.lastRun
                ?? Query(db, "SELECT good_run FROM source WHERE key = ?")
                .first(.int(course.source)) { $0.int(0) }
            guard let lastNumber, let last = try RunRows.run(RunNumber(lastNumber), in: db) else {
                return nil
            }
            return Sightings(first: first, last: last)
        }
    }

    // MARK: - History

    func history(of id: ID<Course>) throws -> [HistoryEntry] {
        try reading {
            guard let course = try course(id) else { return [] }
            var entries: [HistoryEntry] = []
            var runs: [RunNumber: RunRecord] = [:]
            func note(_ number: RunNumber, _ change: Change) throws {
                if runs[number] == nil { runs[number] = try RunRows.run(number, in: db) }
                guard let run = runs[number], let generation = run.generation else { return }
                entries.append(
                    HistoryEntry(
                        generation: generation, run: number, at: run.startedAt, change: change))
            }
            try forEachVersion(of: course) { version in
                try forEachChange(ofVersion: version.key) { change in
                    try note(version.run, change)
                }
            }
            try Query(db, "SELECT run, offering, kind FROM event WHERE course = ? ORDER BY key")
                .forEach(.int(course.key)) { row in
                    guard let kind = Change.Kind(code: row.int(2)) else { return }
                    let offering = row.optionalText(1).map { RecordDigest.offering($0, in: id) }
                    try note(
                        RunNumber(row.int(0)), Change(kind, course: id, offering: offering))
                }
            return entries.enumerated().sorted {
                ($0.element.generation, $0.element.change.offering?.value ?? "", $0.offset)
                    < ($1.element.generation, $1.element.change.offering?.value ?? "", $1.offset)
            }.map(\.element)
        }
    }

    func forEachChange(of number: RunNumber, _ body: (Change) throws -> Void) throws {
        try reading {
            guard let run = try RunRows.run(number, in: db) else { return }
            if run.verdict == .held {
                guard let source = try SourceRow.find(run.source, in: db) else { return }
                let publication = try HeldRuns.publication(
                    of: run, source: source, in: db)
                try publication.steps.forEach { try $0.changes.forEach(body) }
                return
            }
            if let versions = try RunRows.versions(of: number, in: db) {
                let keys = try Query(
                    db, "SELECT key FROM version WHERE key BETWEEN ? AND ? ORDER BY key")
                try keys.forEach(.int(versions.lowerBound), .int(versions.upperBound)) { row in
                    try forEachChange(ofVersion: row.int(0), body)
                }
            }
            try Query(
                db,
                """
                SELECT c.id, e.offering, e.kind FROM event AS e JOIN course AS c ON c.key = e.course
                WHERE e.run = ? ORDER BY e.key
                """
            ).forEach(.int(number.value)) { row in
                guard let kind = Change.Kind(code: row.int(2)) else { return }
                let id = ID<Course>(row.text(0))
                let offering = row.optionalText(1).map { RecordDigest.offering($0, in: id) }
                try body(Change(kind, course: id, offering: offering))
            }
        }
    }

    /// What a version added and changed, besides what is kept as events of its run.
    private func forEachChange(
        ofVersion key: Int, _ body: (Change) throws -> Void
    ) throws {
        let query =
            try versionOf
            ?? Query(
                db,
                """
                SELECT c.id, v.digest, p.digest, v.course, v.run, v.previous
                FROM version AS v JOIN course AS c ON c.key = v.course
                    LEFT JOIN version AS p ON p.key = v.previous
                WHERE v.key = ?
                """)
        versionOf = query
        try query.first(.int(key)) { row in
            let id = ID<Course>(row.text(0))
            let digest = try RunSteps.digest(row.bytes(1), of: id)
            var isNoted: Set<String?> = []
            try Query(db, "SELECT offering FROM event WHERE course = ? AND run = ?")
                .forEach(.int(row.int(3)), .int(row.int(4))) { isNoted.insert($0.optionalText(0)) }
            func change(_ kind: Change.Kind, _ offering: String?) throws {
                guard !isNoted.contains(offering) else { return }
                try body(
                    Change(
                        kind, course: id,
                        offering: offering.map { RecordDigest.offering($0, in: id) }))
            }
            guard !row.isNull(2) else {
                // What the version before said is erased, and so is what differed.
                guard row.isNull(5) else { return try change(.changed, nil) }
                try change(.added, nil)
                for item in digest.items { try change(.added, item.key) }
                return
            }
            let before = try RunSteps.digest(row.bytes(2), of: id)
            let difference = RecordDifference(from: before, to: digest)
            if difference.isCourseChanged { try change(.changed, nil) }
            for key in difference.added { try change(.added, key) }
            for key in difference.changed { try change(.changed, key) }
        }
    }

    // MARK: - Providers

    func forEachProvider(
        states: Set<RecordState>, _ body: (StoredProvider) throws -> Void
    ) throws {
        try reading {
            try Query(
                db,
                """
                SELECT id, state, changed, payload FROM provider
                WHERE state IN (\(Self.list(states))) ORDER BY id
                """
            ).forEach { try body(try Self.provider($0)) }
        }
    }

    func provider(_ id: ID<Provider>) throws -> StoredProvider? {
        try reading {
            try Query(db, "SELECT id, state, changed, payload FROM provider WHERE id = ?")
                .first(.text(id.value)) { try Self.provider($0) }
        }
    }

    // MARK: - Sources and runs

    func sources() throws -> [SourceStatus] {
        try reading {
            var ids: [ID<Source>] = []
            try Query(db, "SELECT id FROM source ORDER BY id").forEach {
                ids.append(ID($0.text(0)))
            }
            return try ids.compactMap { try source($0) }
        }
    }

    func source(_ id: ID<Source>) throws -> SourceStatus? {
        try reading {
            guard let row = try SourceRow.find(id, in: db) else { return nil }
            let described = try Query(
                db, "SELECT partner, location, format, last_run FROM source WHERE key = ?"
            ).first(.int(row.key)) { columns in
                (
                    source: Source(
                        id: id, partner: columns.optionalText(0).map { ID($0) },
                        location: columns.text(1), format: columns.optionalText(2)),
                    lastRun: columns.optionalInt(3).map { RunNumber($0) }
                )
            }
            guard let described, let number = described.lastRun,
                let lastRun = try RunRows.run(number, in: db)
            else { return nil }
            return SourceStatus(
                source: described.source, present: row.present, lastRun: lastRun,
                lastGoodRun: try row.goodRun.flatMap { try RunRows.run($0, in: db) },
                heldRun: try row.heldRun.flatMap { try RunRows.run($0, in: db) })
        }
    }

    func runs(of source: ID<Source>?, limit: Int) throws -> [RunRecord] {
        try reading { try RunRows.list(of: source, limit: limit, in: db) }
    }

    func run(_ number: RunNumber) throws -> RunRecord? {
        try reading { try RunRows.run(number, in: db) }
    }

    func run(making generation: Generation) throws -> RunRecord? {
        try reading {
            try RunRows.find("WHERE run.generation = ?", .int(generation.number), in: db)
        }
    }

    func forEachQuarantined(
        of source: ID<Source>, _ body: (QuarantinedRecord) throws -> Void
    ) throws {
        try reading {
            guard let run = try SourceRow.find(source, in: db)?.quarantineRun else { return }
            try QuarantineRows.forEach(of: run, in: db, body)
        }
    }

    func forEachQuarantined(
        of run: RunNumber, _ body: (QuarantinedRecord) throws -> Void
    ) throws {
        try reading { try QuarantineRows.forEach(of: run, in: db, body) }
    }

    // MARK: - Rows

    private struct CourseRow {
        var key: Int
        var source: Int
        var version: Int
        var added: Generation
        var lastRun: Int?
    }

    private func course(_ id: ID<Course>) throws -> CourseRow? {
        try Query(
            db,
            """
            SELECT key, source, version, added, last_run FROM course
            WHERE id = ? AND version IS NOT NULL
            """
        ).first(.text(id.value)) { row in
            CourseRow(
                key: row.int(0), source: row.int(1), version: row.int(2),
                added: Generation(row.int(3)), lastRun: row.optionalInt(4))
        }
    }

    private struct VersionRow {
        var key: Int
        var run: RunNumber
        var generation: Generation
    }

    /// The published versions of a course, newest first.
    private func forEachVersion(
        of course: CourseRow, _ body: (VersionRow) throws -> Void
    ) throws {
        let query = try Query(
            db,
            """
            SELECT v.run, r.generation, v.previous
            FROM version AS v JOIN run AS r ON r.number = v.run WHERE v.key = ?
            """)
        var next: Int? = course.version
        while let key = next {
            let row = try query.first(.int(key)) { row in
                (
                    VersionRow(
                        key: key, run: RunNumber(row.int(0)), generation: Generation(row.int(1))),
                    row.optionalInt(2)
                )
            }
            guard let row else { return }
            try body(row.0)
            next = row.1
        }
    }

    private func payload(of version: Int) throws -> [UInt8] {
        try Query(db, "SELECT payload FROM version WHERE key = ?")
            .first(.int(version)) { $0.bytes(0) } ?? []
    }

    private static func list(_ states: Set<RecordState>) -> String {
        states.map { String($0.code) }.sorted().joined(separator: ", ")
    }

    private static func stored(_ row: Row) throws -> StoredRecord {
        let id = row.text(0)
        guard let state = RecordState(code: row.int(1)) else {
            throw StoreError.damagedRecord(id: id, reason: "state")
        }
        return StoredRecord(
            record: try record(row.bytes(4), of: id), state: state, added: Generation(row.int(2)),
            changed: Generation(row.int(3)))
    }

    private static func provider(_ row: Row) throws -> StoredProvider {
        let id = row.text(0)
        guard let state = RecordState(code: row.int(1)) else {
            throw StoreError.damagedRecord(id: id, reason: "state")
        }
        do {
            return StoredProvider(
                provider: try Provider(coded: row.bytes(3)), state: state,
                changed: Generation(row.int(2)))
        } catch {
            throw StoreError.damagedRecord(id: id, reason: "\(error)")
        }
    }

    static func record(_ packed: [UInt8], of id: String) throws -> CourseRecord {
        try PackedRecord(id: ID(id), content: ContentHash(0), bytes: packed).record()
    }

    /// An original, which is packed behind its record.
    static func original(_ packed: [UInt8], payload: [UInt8], of id: String) throws -> [UInt8] {
        do {
            return try PackedBytes.unpack(packed, after: try PackedBytes.unpack(payload))
        } catch {
            throw StoreError.damagedRecord(id: id, reason: "\(error)")
        }
    }

    private static func diagnostics(_ packed: [UInt8], of id: String) throws -> [Diagnostic] {
        do {
            return try CodedDiagnostics.diagnostics(in: try PackedBytes.unpack(packed))
        } catch {
            throw StoreError.damagedRecord(id: id, reason: "\(error)")
        }
    }

    private func reading<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch {
            throw db.storeError(for: error)
        }
    }
}
