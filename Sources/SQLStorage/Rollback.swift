import CourseModel
import Storage

/// Takes back a published run by publishing the state before it once more.
///
/// Nothing is erased: what the run replaced becomes a new version after it.
struct Rollback {
    let db: any SQLConnection
    let source: SourceRow

    /// The last run of the source that can be taken back.
    static func target(of source: SourceRow, in db: any SQLConnection) throws -> RunRecord? {
        let last = try RunRows.find(
            """
            WHERE run.source = ? AND run.cause = 'feed' AND run.generation IS NOT NULL
                AND run.verdict IN ('published', 'released')
            ORDER BY run.generation DESC LIMIT 1
            """, .int(source.key), in: db)
        // What was before it is gone.
        return last?.isErased == true ? nil : last
    }

    func takeBack(_ target: RunRecord, info: RunInfo) throws -> IngestOutcome {
        var run = try RunRows.start(of: source, cause: .rollback, info: info, in: db)
        run.format = target.format
        run.isFull = false
        var seen = KeySet()
        var withdrawn = KeySet()
        let first = run.number.firstVersion
        var next = first

        // Courses that the run closed come back, those that it reopened leave again.
        try Query(db, "SELECT course, kind FROM event WHERE run = ? AND offering IS NULL")
            .forEach(.int(target.number.value)) { row in
                if row.int(1) == Change.Kind.reopened.code {
                    withdrawn.insert(row.int(0))
                } else {
                    seen.insert(row.int(0))
                }
            }
        if let versions = try RunRows.versions(of: target.number, in: db) {
            let copy = try Query(
                db,
                """
                INSERT INTO version (key, course, run, previous, surroundings, digest, diagnostics,
                    payload)
                SELECT ?1, course, ?2, (SELECT version FROM course WHERE key = v.course),
                    surroundings, digest, diagnostics, payload
                FROM version AS v WHERE key = ?3
                """)
            let isThere = try Query(db, "SELECT 1 FROM version WHERE key = ?")
            let copyOriginal = try Query(
                db, "INSERT INTO original SELECT ?, bytes FROM original WHERE version = ?")
            try Query(
                db, "SELECT course, previous FROM version WHERE key BETWEEN ? AND ? ORDER BY key"
            ).forEach(.int(versions.lowerBound), .int(versions.upperBound)) { row in
                let course = row.int(0)
                guard let previous = row.optionalInt(1), !withdrawn.contains(course) else {
                    withdrawn.insert(course)
                    return
                }
                // A course whose past was erased stays as it is.
                guard try isThere.first(.int(previous), body: { _ in true }) != nil else { return }
                seen.insert(course)
                try copy.run(.int(next), .int(run.number.value), .int(previous))
                try copyOriginal.run(.int(next), .int(previous))
                next += 1
            }
        }
        let written = next > first ? first...(next - 1) : nil
        try stageProviders(of: target.number)
        let publication = Publication(
            db: db, source: source, run: run, lossLimit: .none,
            steps: RunSteps(
                db: db, source: source, today: info.today, versions: written, seen: seen,
                withdrawn: withdrawn, withdrawnOfferings: [], countsAbsence: false, needsScan: true,
                vanishedState: .withdrawn),
            providers: .temporary, absentProviders: .withdrawn)
        let outcome = try publication.publish(
            as: try Generations.next(in: db), versions: written
        ) { source.quarantineRun }
        try Query(db, "UPDATE run SET verdict = ? WHERE number = ?")
            .run(.text(RunRecord.Verdict.rolledBack.rawValue), .int(target.number.value))
        return outcome
    }

    /// Stages the source's providers as they were before the run: those it did not touch as they
    /// are, those it changed as they were, and not those it brought.
    private func stageProviders(of run: RunNumber) throws {
        try db.clearStagedProviders()
        let stage = try StagedProviders.insertion(in: db)
        try Query(
            db,
            """
            SELECT p.id, coalesce(b.payload, p.payload), b.provider IS NULL, b.state, p.content
            FROM provider AS p LEFT JOIN provider_before AS b ON b.run = ? AND b.provider = p.key
            WHERE p.source = ? AND (b.provider IS NOT NULL OR p.state = 0)
            """
        ).forEach(.int(run.value), .int(source.key)) { row in
            let isUntouched = row.int(2) != 0
            guard isUntouched || row.optionalInt(3) == RecordState.present.code else { return }
            let id = row.text(0)
            let payload = row.bytes(1)
            var content = row.bits(4)
            if !isUntouched {
                do {
                    let coded = CodedProvider(try Provider(coded: payload))
                    content = ContentHash(of: coded.bytes, in: coded.content).value
                } catch {
                    throw StoreError.damagedRecord(id: id, reason: "\(error)")
                }
            }
            try stage.run(.text(id), .bits(content), .bytes(payload))
        }
    }
}
