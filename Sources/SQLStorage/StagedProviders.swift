import CourseModel
import Storage

/// The providers of a feed that is not published yet.
///
/// A provider may come several times, ever more complete; only the last one is compared with what
/// is known. They wait in a temporary table, which engines keep out of memory when it grows.
enum StagedProviders {
    /// Where the providers of a feed wait.
    enum Stage {
        /// In the temporary table of this connection.
        case temporary
        /// With a held run.
        case held(RunNumber)

        var rows: (table: String, condition: String) {
            switch self {
            case .temporary: ("staged_provider", "true")
            case .held(let run): ("held_provider", "run = \(run.value)")
            }
        }
    }

    static func insertion(in db: any SQLConnection) throws -> Query {
        try Query(
            db,
            """
            INSERT INTO staged_provider (id, content, payload) VALUES (?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET content = ?2, payload = ?3
            """)
    }

    /// Keeps the staged providers with a held run.
    static func keep(for run: RunNumber, in db: any SQLConnection) throws {
        try Query(
            db,
            """
            INSERT INTO held_provider (run, id, content, payload)
            SELECT ?, id, content, payload FROM staged_provider
            """
        ).run(.int(run.value))
    }

    /// Compares the providers of a stage with what is known, and counts.
    ///
    /// - Parameters:
    ///   - absentAs: The state of providers that are not in the stage; `nil` leaves them alone.
    ///   - generation: Given, the changes are written as part of it.
    static func changes(
        from stage: Stage, source: SourceRow, run: RunNumber, absentAs: RecordState?,
        writing generation: Generation?, in db: any SQLConnection
    ) throws -> ChangeCounts {
        var counts = ChangeCounts()
        var additions: [String] = []
        var updates: [(key: Int, id: String)] = []
        let (table, condition) = stage.rows
        try Query(
            db,
            """
            SELECT s.id, p.key, p.state, p.content = s.content
            FROM \(table) AS s LEFT JOIN provider AS p ON p.id = s.id WHERE \(condition)
            ORDER BY s.id
            """
        ).forEach { row in
            guard let key = row.optionalInt(1) else {
                counts.added += 1
                additions.append(row.text(0))
                return
            }
            if row.int(2) != RecordState.present.code {
                counts.reopened += 1
            } else if row.int(3) != 0 {
                counts.unchanged += 1
                return
            } else {
                counts.changed += 1
            }
            updates.append((key, row.text(0)))
        }
        var absent: [Int] = []
        if absentAs != nil {
            try Query(
                db,
                """
                SELECT key FROM provider AS p
                WHERE source = ? AND state = 0
                    AND NOT EXISTS (SELECT 1 FROM \(table) WHERE \(condition) AND id = p.id)
                """
            ).forEach(.int(source.key)) { absent.append($0.int(0)) }
        }
        if let absentAs { counts.count(absentAs.change, absent.count) }
        guard let generation else { return counts }

        let remember = try Query(
            db,
            """
            INSERT INTO provider_before (run, provider, state, payload)
            SELECT ?, key, state, payload FROM provider WHERE key = ?
            """)
        let add = try Query(
            db,
            """
            INSERT INTO provider (id, source, state, content, changed, payload)
            SELECT id, ?, 0, content, ?, payload FROM \(table) WHERE \(condition) AND id = ?
            RETURNING key
            """)
        let rememberAddition = try Query(
            db, "INSERT INTO provider_before (run, provider) VALUES (?, ?)")
        for id in additions {
            let key = try add.first(.int(source.key), .int(generation.number), .text(id)) {
                $0.int(0)
            }
            try rememberAddition.run(.int(run.value), .optional(key))
        }
        let update = try Query(
            db,
            """
            UPDATE provider SET state = 0, changed = ?, content = s.content, payload = s.payload
            FROM (SELECT * FROM \(table) WHERE \(condition)) AS s
            WHERE provider.key = ? AND s.id = ?
            """)
        for (key, id) in updates {
            try remember.run(.int(run.value), .int(key))
            try update.run(.int(generation.number), .int(key), .text(id))
        }
        let close = try Query(db, "UPDATE provider SET state = ?, changed = ? WHERE key = ?")
        for key in absent {
            try remember.run(.int(run.value), .int(key))
            try close.run(.optional(absentAs?.code), .int(generation.number), .int(key))
        }
        return counts
    }
}
