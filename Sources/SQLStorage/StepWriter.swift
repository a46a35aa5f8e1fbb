import CourseModel
import Storage

/// Writes the steps of a run.
final class StepWriter {
    private let run: RunNumber
    private let lastRun: RunNumber?
    private let generation: Generation
    private let present: Query
    private let reopen: Query
    private let touch: Query
    private let close: Query
    private let leave: Query
    private let come: Query
    private let event: Query
    private let replaceVersion: Query
    private let replaceOriginal: Query
    private let deleteVersion: Query
    private let deleteOriginal: Query

    init(
        _ db: any SQLConnection, run: RunNumber, lastRun: RunNumber?, _ generation: Generation
    ) throws {
        self.run = run
        self.lastRun = lastRun
        self.generation = generation
        present = try Query(
            db,
            """
            UPDATE course SET state = 0, version = ?1, content = ?2, surroundings = ?3,
                added = CASE WHEN version IS NULL THEN ?4 ELSE added END, changed = ?4,
                last_run = NULL
            WHERE key = ?5
            """)
        reopen = try Query(
            db, "UPDATE course SET state = 0, changed = ?, last_run = NULL WHERE key = ?")
        touch = try Query(db, "UPDATE course SET surroundings = ? WHERE key = ?")
        close = try Query(
            db, "UPDATE course SET state = ?, changed = ?, last_run = ? WHERE key = ?")
        leave = try Query(
            db,
            """
            INSERT INTO gone (course, offering, state, generation, version)
            VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (course, offering) DO UPDATE
            SET state = ?3, generation = ?4, version = ?5
            """)
        come = try Query(db, "DELETE FROM gone WHERE course = ? AND offering = ?")
        event = try Query(
            db, "INSERT INTO event (run, course, offering, kind) VALUES (?, ?, ?, ?)")
        replaceVersion = try Query(
            db,
            """
            UPDATE version SET surroundings = n.surroundings, diagnostics = n.diagnostics,
                payload = n.payload
            FROM (SELECT * FROM version WHERE key = ?1) AS n WHERE version.key = ?2
            """)
        replaceOriginal = try Query(
            db,
            """
            UPDATE original SET bytes = (SELECT bytes FROM original WHERE version = ?1)
            WHERE version = ?2
            """)
        deleteVersion = try Query(db, "DELETE FROM version WHERE key = ?")
        deleteOriginal = try Query(db, "DELETE FROM original WHERE version = ?")
    }

    func apply(_ step: RecordStep) throws {
        if step.state != .present {
            try close.run(
                .int(step.state.code), .int(generation.number), .optional(lastRun?.value),
                .int(step.course))
        } else if let version = step.newVersion, !step.isSame {
            try present.run(
                .int(version), .bits(step.content), .bits(step.surroundings),
                .int(generation.number), .int(step.course))
        } else if step.change == .reopened {
            try reopen.run(.int(generation.number), .int(step.course))
        }
        if step.isSame { try touch.run(.bits(step.surroundings), .int(step.course)) }
        if let old = step.oldVersion {
            for (key, state) in step.leaving {
                try leave.run(
                    .int(step.course), .text(key), .int(state.code), .int(generation.number),
                    .int(old))
            }
        }
        for key in step.returning { try come.run(.int(step.course), .text(key)) }
        if let change = step.change { try note(change, of: step, offering: nil) }
        for (key, kind) in step.offerings { try note(kind, of: step, offering: key) }
    }

    /// Lets a version that says the same take the place of the one before, so that its original and
    /// its place in the feed are those of the last feed.
    func replace(_ step: RecordStep) throws {
        guard let new = step.newVersion, let old = step.oldVersion else { return }
        try replaceVersion.run(.int(new), .int(old))
        try replaceOriginal.run(.int(new), .int(old))
        try deleteOriginal.run(.int(new))
        try deleteVersion.run(.int(new))
    }

    /// Notes what cannot be told from the versions.
    private func note(_ kind: Change.Kind, of step: RecordStep, offering: String?) throws {
        guard kind != .added, kind != .changed else { return }
        try event.run(
            .int(run.value), .int(step.course), .optional(offering), .int(kind.code))
    }
}
