import CourseModel
import Storage

/// The rows of runs.
enum RunRows {
    private static let columns = """
        run.number, source.id, run.cause, run.started, run.today, run.verdict, run.generation,
        run.fingerprint, run.report
        """

    /// Starts a run: its row has to be there before anything that refers to it.
    static func start(
        of source: SourceRow, cause: RunRecord.Cause, info: RunInfo, in db: any SQLConnection
    ) throws -> RunRecord {
        let number = try Query(
            db,
            """
            INSERT INTO run (source, cause, started, today, verdict, fingerprint, report)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number
            """
        ).first(
            .int(source.key), .text(cause.rawValue), .int(Int(info.startedAt.secondsSince1970)),
            .int(Int(info.today.daysSince1970)), .text(RunRecord.Verdict.unchanged.rawValue),
            .optional(info.fingerprint?.bytes), .bytes([])
        ) { $0.int(0) }
        guard let number else {
            throw StoreError.damagedRecord(id: source.id.value, reason: "its run got no number")
        }
        var run = RunRecord(
            number: RunNumber(number), source: source.id, cause: cause,
            startedAt: info.startedAt, today: info.today, verdict: .unchanged)
        run.fingerprint = info.fingerprint
        return run
    }

    /// Writes what became of a run.
    static func save(_ run: RunRecord, versions: ClosedRange<Int>?, in db: any SQLConnection) throws
    {
        try Query(
            db,
            """
            UPDATE run SET verdict = ?, generation = ?, first_version = ?, last_version = ?,
                report = ?
            WHERE number = ?
            """
        ).run(
            .text(run.verdict.rawValue), .optional(run.generation?.number),
            .optional(versions?.lowerBound), .optional(versions?.upperBound), .bytes(run.report),
            .int(run.number.value))
    }

    /// A run by its number.
    static func run(_ number: RunNumber, in db: any SQLConnection) throws -> RunRecord? {
        try find("WHERE run.number = ?", .int(number.value), in: db)
    }

    /// The first run for which a condition holds.
    static func find(
        _ condition: String, _ value: SQLValue, in db: any SQLConnection
    ) throws -> RunRecord? {
        try Query(
            db, "SELECT \(columns) FROM run JOIN source ON source.key = run.source \(condition)"
        ).first(value) { try read($0) }
    }

    /// The last runs of a source, or of all, newest first.
    static func list(
        of source: ID<Source>?, limit: Int, in db: any SQLConnection
    ) throws -> [RunRecord] {
        var runs: [RunRecord] = []
        try Query(
            db,
            """
            SELECT \(columns) FROM run JOIN source ON source.key = run.source
            WHERE CAST(?1 AS TEXT) IS NULL OR source.id = ?1
            ORDER BY run.number DESC LIMIT ?2
            """
        ).forEach(.optional(source?.value), .int(limit)) { runs.append(try read($0)) }
        return runs
    }

    /// The keys of the versions that a run wrote.
    static func versions(of run: RunNumber, in db: any SQLConnection) throws -> ClosedRange<Int>? {
        try Query(db, "SELECT first_version, last_version FROM run WHERE number = ?")
            .first(.int(run.value)) { row in
                guard let first = row.optionalInt(0), let last = row.optionalInt(1), first <= last
                else { return nil }
                return first...last
            } ?? nil
    }

    private static func read(_ row: Row) throws -> RunRecord {
        let number = row.int(0)
        guard let cause = RunRecord.Cause(rawValue: row.text(2)),
            let verdict = RunRecord.Verdict(rawValue: row.text(5))
        else {
            throw StoreError.damagedRecord(id: "run \(number)", reason: "unknown cause or verdict")
        }
        var run = RunRecord(
            number: RunNumber(number), source: ID(row.text(1)), cause: cause,
            startedAt: Moment(secondsSince1970: Int64(row.int(3))),
            today: CalendarDate(daysSince1970: Int32(clamping: row.int(4))), verdict: verdict)
        run.generation = row.optionalInt(6).map { Generation($0) }
        run.fingerprint = row.optionalBytes(7).flatMap { Fingerprint(bytes: $0) }
        do {
            try run.read(report: row.bytes(8))
        } catch {
            throw StoreError.damagedRecord(id: "run \(number)", reason: "\(error)")
        }
        return run
    }
}

extension Fingerprint {
    /// The sixteen bytes, high half first, low byte first in each.
    var bytes: [UInt8] {
        var writer = RecordWriter(capacity: 16)
        writer.write(fixed: high)
        writer.write(fixed: low)
        return writer.bytes
    }

    /// Reads ``bytes``; `nil` when there are not sixteen.
    init?(bytes: [UInt8]) {
        var reader = RecordReader(bytes)
        guard let high = try? reader.fixed(), let low = try? reader.fixed(), reader.remaining == 0
        else { return nil }
        self.init(high: high, low: low)
    }
}
