import CourseModel
import Storage

extension SQLStore {
    /// Notes that courses of a source are shown otherwise than before by partners' corrections.
    @discardableResult
    public func curate(
        _ source: ID<Source>, _ changes: [CuratedChange], touching courses: Set<ID<Course>>,
        run info: RunInfo
    ) throws -> RunRecord? {
        guard !changes.isEmpty else { return nil }
        return try writing(on: source, isRepeatable: info.fingerprint != nil) { db in
            guard let row = try SourceRow.find(source, in: db) else {
                throw StoreError.foreignRecord(
                    id: changes[0].course?.value ?? changes[0].provider?.value ?? "",
                    source: source)
            }
            let last = try RunRows.find(
                """
                WHERE run.source = ? AND run.cause = 'curation' ORDER BY run.number DESC LIMIT 1
                """, .int(row.key), in: db)
            if let fingerprint = info.fingerprint, last?.fingerprint == fingerprint { return nil }
            let generation = try Generations.next(in: db)
            var run = try RunRows.start(of: row, cause: .curation, info: info, in: db)
            let touch = try Query(
                db,
                """
                UPDATE course SET changed = ?1 WHERE id = ?2 AND source = ?3 AND state = 0
                RETURNING key
                """)
            let note = try Query(
                db, "INSERT INTO event (run, course, offering, kind) VALUES (?, ?, NULL, ?)")
            for course in courses.union(changes.compactMap(\.course)).sorted() {
                let key = try touch.first(
                    .int(generation.number), .text(course.value), .int(row.key)
                ) { $0.int(0) }
                guard let key else { continue }
                run.changes.courses.count(.curated)
                try note.run(.int(run.number.value), .int(key), .int(Change.Kind.curated.code))
            }
            run.curated = changes
            run.isFull = false
            run.verdict = .published
            run.endedAt = info.startedAt
            run.generation = generation
            try RunRows.save(run, versions: nil, in: db)
            try db.announce(generation)
            return run
        }
    }
}
