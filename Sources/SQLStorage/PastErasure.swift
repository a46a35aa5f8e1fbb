import CourseModel
import Storage

/// Erases what is past, within one transaction.
///
/// What to erase is chosen first, as keys, and then erased row by row, in what every engine has.
struct PastErasure {
    private let db: any SQLConnection
    private let what: ErasureScope
    private var erasure = Erasure()

    init(_ db: any SQLConnection, _ what: ErasureScope) {
        self.db = db
        self.what = what
    }

    mutating func run() throws -> Erasure {
        // Without these, each erased row would be looked for in the whole of a table.
        try Query(db, "CREATE INDEX erasing_version ON version(course)").run()
        try Query(db, "CREATE INDEX erasing_provider ON provider_before(provider)").run()
        switch what {
        case .past(let day, let source):
            for row in try sources(source) { try erasePast(of: row, before: Moment(day)) }
        case .course(let id): try erase(id)
        case .source(let id):
            for row in try sources(id) { try eraseAll(of: row) }
        }
        try Query(db, "DROP INDEX erasing_version").run()
        try Query(db, "DROP INDEX erasing_provider").run()
        return erasure
    }

    /// The sources that are meant; those whose feed waits are noted, and left alone.
    private mutating func sources(_ only: ID<Source>?) throws -> [SourceRow] {
        var ids: [ID<Source>] = []
        try Query(db, "SELECT id FROM source ORDER BY id").forEach { ids.append(ID($0.text(0))) }
        return try ids.filter { only == nil || $0 == only }.compactMap { id in
            guard let row = try SourceRow.find(id, in: db) else { return nil }
            guard row.heldRun == nil else {
                erasure.waiting.append(id)
                return nil
            }
            return row
        }
    }

    private func keys(_ sql: String, _ values: SQLValue...) throws -> [Int] {
        var keys: [Int] = []
        try Query(db, sql).forEach(values) { keys.append($0.int(0)) }
        return keys
    }

    // MARK: - By time

    // The generations of before the moment.
    private static let past = "SELECT generation FROM run WHERE started < ?2 AND generation > 0"

    private mutating func erasePast(of source: SourceRow, before moment: Moment) throws {
        let values: [SQLValue] = [.int(source.key), .int(Int(moment.secondsSince1970))]
        let courses = try keys(
            """
            SELECT key FROM course WHERE source = ?1
                AND (state IN (1, 2, 3) AND changed IN (\(Self.past)) OR version IS NULL)
            """, values[0], values[1])
        try erase(courses: courses)
        let gone = try offerings(
            """
            SELECT course, offering FROM gone
            WHERE course IN (SELECT key FROM course WHERE source = ?1)
                AND generation IN (\(Self.past))
            """, values)
        try erase(offerings: gone)
        // Of what is left: versions that were replaced in time and hold no offering that left since.
        let versions = try keys(
            """
            SELECT DISTINCT n.previous
            FROM version AS n JOIN run AS r ON r.number = n.run
                JOIN course AS c ON c.key = n.course JOIN version AS v ON v.key = n.previous
            WHERE r.source = ?1 AND r.started < ?2 AND n.previous <> c.version
                AND n.previous NOT IN (SELECT version FROM gone)
            """, values[0], values[1])
        try erase(versions: versions)
        try eraseProviders(
            of: source,
            try keys(
                """
                SELECT key FROM provider
                WHERE source = ?1 AND state <> 0 AND changed IN (\(Self.past))
                """, values[0], values[1]),
            before: moment)
        for number in try keys(
            "SELECT number FROM run WHERE source = ?1 AND started < ?2 ORDER BY number", values[0],
            values[1])
        {
            try strip(RunNumber(number))
        }
    }

    // MARK: - One course

    private mutating func erase(_ id: ID<Course>) throws {
        let found = try Query(
            db,
            """
            SELECT c.key, c.state, c.version, s.id, s.quarantine_run
            FROM course AS c JOIN source AS s ON s.key = c.source WHERE c.id = ?
            """
        ).first(.text(id.value)) { row in
            (
                key: row.int(0), isPresent: row.int(1) == RecordState.present.code,
                version: row.optionalInt(2), source: ID<Source>(row.text(3)),
                quarantine: row.optionalInt(4)
            )
        }
        guard let found else { return try eraseQuarantined(id) }
        guard !(try sources(found.source)).isEmpty else { return }
        try eraseQuarantined(id)
        guard found.isPresent else { return try erase(courses: [found.key]) }
        try erase(
            offerings: try offerings(
                "SELECT course, offering FROM gone WHERE course = ?1", [.int(found.key)]))
        try erase(
            versions: try keys(
                "SELECT key FROM version WHERE course = ?1 AND key <> ?2", .int(found.key),
                .optional(found.version)))
    }

    /// Erases what stands in the current quarantine of a course's source under the course's id.
    private mutating func eraseQuarantined(_ id: ID<Course>) throws {
        guard let colon = id.value.firstIndex(of: ":"),
            let source = try SourceRow.find(ID(String(id.value[..<colon])), in: db),
            let run = source.quarantineRun
        else { return }
        let native = String(id.value[id.value.index(after: colon)...])
        // Ids within a feed are written as they came, or with the provider's before them.
        let places = try keys(
            "SELECT place FROM quarantine WHERE run = ?1 AND native IN (?2, ?3)", .int(run.value),
            .text(native), .text(native.split(separator: ":").last.map(String.init) ?? native))
        let forget = try Query(db, "DELETE FROM quarantine WHERE run = ? AND place = ?")
        for place in places { try forget.run(.int(run.value), .int(place)) }
        erasure.quarantined += places.count
    }

    // MARK: - A whole source

    private mutating func eraseAll(of source: SourceRow) throws {
        guard source.present.courses == 0 else {
            erasure.present.append(source.id)
            return
        }
        try erase(courses: try keys("SELECT key FROM course WHERE source = ?", .int(source.key)))
        for key in try keys("SELECT key FROM provider WHERE source = ?", .int(source.key)) {
            try forget(provider: key)
            erasure.providers += 1
        }
        for number in try keys(
            "SELECT number FROM run WHERE source = ? ORDER BY number", .int(source.key))
        {
            let run = SQLValue.int(number)
            erasure.quarantined +=
                try Query(db, "SELECT count(*) FROM quarantine WHERE run = ?").first(run) {
                    $0.int(0)
                } ?? 0
            try Query(db, "DELETE FROM quarantine WHERE run = ?").run(run)
            try HeldRuns.forget(RunNumber(number), in: db)
            try strip(RunNumber(number))
            // Its last feed is new, should it ever come again.
            try Query(db, "UPDATE run SET fingerprint = NULL WHERE number = ?").run(run)
        }
        var row = source
        row.goodRun = nil
        row.quarantineRun = nil
        try row.save(lastRun: nil, in: db)
    }

    // MARK: - Rows

    private func offerings(_ sql: String, _ values: [SQLValue]) throws -> [(Int, String)] {
        var offerings: [(Int, String)] = []
        try Query(db, sql).forEach(values) { offerings.append(($0.int(0), $0.text(1))) }
        return offerings
    }

    private mutating func erase(offerings: [(course: Int, offering: String)]) throws {
        let forget = try Query(db, "DELETE FROM gone WHERE course = ? AND offering = ?")
        for entry in offerings { try forget.run(.int(entry.course), .text(entry.offering)) }
        erasure.offerings += offerings.count
    }

    private mutating func erase(courses: [Int]) throws {
        let versions = try Query(db, "SELECT key FROM version WHERE course = ?")
        let forgets = try ["gone", "event"].map {
            try Query(db, "DELETE FROM \($0) WHERE course = ?")
        }
        let forget = try Query(db, "DELETE FROM course WHERE key = ?")
        for course in courses {
            for query in forgets { try query.run(.int(course)) }
            var own: [Int] = []
            try versions.forEach(.int(course)) { own.append($0.int(0)) }
            try erase(versions: own)
            try forget.run(.int(course))
        }
        erasure.courses += courses.count
    }

    private mutating func erase(versions: [Int]) throws {
        let forgetOriginal = try Query(db, "DELETE FROM original WHERE version = ?")
        let forget = try Query(db, "DELETE FROM version WHERE key = ?")
        for version in versions {
            try forgetOriginal.run(.int(version))
            try forget.run(.int(version))
        }
        erasure.versions += versions.count
    }

    private func forget(provider: Int) throws {
        try Query(db, "DELETE FROM provider_before WHERE provider = ?").run(.int(provider))
        try Query(db, "DELETE FROM provider WHERE key = ?").run(.int(provider))
    }

    /// Erases providers that left; of those that the source's courses may name, how to reach them.
    private mutating func eraseProviders(
        of source: SourceRow, _ left: [Int], before moment: Moment
    ) throws {
        try Query(
            db,
            """
            DELETE FROM provider_before WHERE run IN (
                SELECT number FROM run WHERE source = ? AND started < ?)
            """
        ).run(.int(source.key), .int(Int(moment.secondsSince1970)))
        let read = try Query(db, "SELECT id, payload FROM provider WHERE key = ?")
        let save = try Query(db, "UPDATE provider SET content = ?, payload = ? WHERE key = ?")
        for key in left {
            guard source.present.courses > 0 else {
                try forget(provider: key)
                erasure.providers += 1
                continue
            }
            let found = try read.first(.int(key)) { ($0.text(0), $0.bytes(1)) }
            guard let (id, payload) = found else { continue }
            var provider: Provider
            do { provider = try Provider(coded: payload) } catch {
                throw StoreError.damagedRecord(id: id, reason: "\(error)")
            }
            guard !provider.contacts.isEmpty else { continue }
            provider.contacts = []
            let coded = CodedProvider(provider)
            try save.run(
                .bits(ContentHash(of: coded.bytes, in: coded.content).value), .bytes(coded.bytes),
                .int(key))
            erasure.providers += 1
        }
    }

    /// Takes what is quoted from its feed out of a run's account, and marks it, so that it is not
    /// taken back.
    private func strip(_ number: RunNumber) throws {
        guard var run = try RunRows.run(number, in: db), !run.isErased else { return }
        run.isErased = true
        run.feedDiagnostics = []
        try RunRows.save(run, versions: try RunRows.versions(of: number, in: db), in: db)
    }
}
