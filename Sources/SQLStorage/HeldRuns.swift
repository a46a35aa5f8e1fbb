import CourseModel
import Storage

/// Runs that wait for a person.
enum HeldRuns {
    /// Keeps what is needed to publish a run later; its versions are in the tables already.
    static func keep(
        _ run: RunRecord, steps: RunSteps, in db: any SQLConnection
    ) throws {
        var offerings = RecordWriter()
        for id in steps.withdrawnOfferings.sorted() { offerings.write(id.value) }
        try Query(
            db,
            "INSERT INTO held (run, seen, withdrawn, withdrawn_offerings) VALUES (?, ?, ?, ?)"
        ).run(
            .int(run.number.value), .bytes(steps.seen.bytes), .bytes(steps.withdrawn.bytes),
            .bytes(offerings.bytes))
        try StagedProviders.keep(for: run.number, in: db)
    }

    /// A held run, ready to be published.
    static func publication(
        of run: RunRecord, source: SourceRow, in db: any SQLConnection
    ) throws -> Publication {
        let kept = try Query(
            db, "SELECT seen, withdrawn, withdrawn_offerings FROM held WHERE run = ?"
        )
        .first(.int(run.number.value)) { row in
            do {
                var reader = RecordReader(row.bytes(2))
                var offerings: Set<ID<Offering>> = []
                while reader.remaining > 0 { offerings.insert(ID(try reader.string())) }
                return (
                    seen: try KeySet(coded: row.bytes(0)),
                    withdrawn: try KeySet(coded: row.bytes(1)), offerings: offerings
                )
            } catch {
                throw StoreError.damagedRecord(id: "run \(run.number)", reason: "\(error)")
            }
        }
        guard let kept else { throw StoreError.nothingHeld(source: source.id) }
        let countsAbsence = run.isFull && run.isComplete
        return Publication(
            db: db, source: source, run: run, lossLimit: .none,
            steps: RunSteps(
                db: db, source: source, today: run.today,
                versions: try RunRows.versions(of: run.number, in: db), seen: kept.seen,
                withdrawn: kept.withdrawn, withdrawnOfferings: kept.offerings,
                countsAbsence: countsAbsence, needsScan: true),
            providers: .held(run.number), absentProviders: countsAbsence ? .closed : nil)
    }

    /// Forgets what was kept to publish a run.
    static func forget(_ run: RunNumber, in db: any SQLConnection) throws {
        for table in ["held_provider", "held"] {
            try Query(db, "DELETE FROM \(table) WHERE run = ?").run(.int(run.value))
        }
    }

    /// Drops a run with everything it brought; its report stays.
    @discardableResult
    static func drop(
        _ number: RunNumber, verdict: RunRecord.Verdict, at moment: Moment, in db: any SQLConnection
    ) throws -> RunRecord {
        guard var run = try RunRows.run(number, in: db) else {
            throw StoreError.damagedRecord(id: "run \(number)", reason: "its row is missing")
        }
        if let versions = try RunRows.versions(of: number, in: db) {
            let range: [SQLValue] = [.int(versions.lowerBound), .int(versions.upperBound)]
            try Query(db, "DELETE FROM original WHERE version BETWEEN ? AND ?")
                .run(range[0], range[1])
            try Query(db, "DELETE FROM version WHERE key BETWEEN ? AND ?").run(range[0], range[1])
        }
        try Query(db, "DELETE FROM quarantine WHERE run = ?").run(.int(number.value))
        try forget(number, in: db)
        run.verdict = verdict
        run.decidedAt = moment
        try RunRows.save(run, versions: nil, in: db)
        return run
    }
}
