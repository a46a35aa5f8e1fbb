import CourseModel
import Storage

/// A source's row: what is current of it.
struct SourceRow {
    let key: Int
    let id: ID<Source>
    var present: RecordCount
    var goodRun: RunNumber?
    var heldRun: RunNumber?
    var quarantineRun: RunNumber?
    /// Whether it has any course, published or not.
    var hasCourses: Bool

    /// The first and the last id, exclusive, of the source's records: `;` follows `:`.
    var ids: (from: String, to: String) { (id.value + ":", id.value + ";") }

    /// The row of a source; `nil` when it was never read.
    static func find(_ id: ID<Source>, in db: any SQLConnection) throws -> SourceRow? {
        let found = try Query(
            db,
            """
            SELECT key, courses, offerings, good_run, held_run, quarantine_run,
                EXISTS (SELECT 1 FROM course WHERE id >= ?2 AND id < ?3)
            FROM source WHERE id = ?1
            """
        ).first(.text(id.value), .text(id.value + ":"), .text(id.value + ";")) { row in
            SourceRow(
                key: row.int(0), id: id,
                present: RecordCount(courses: row.int(1), offerings: row.int(2)),
                goodRun: row.optionalInt(3).map { RunNumber($0) },
                heldRun: row.optionalInt(4).map { RunNumber($0) },
                quarantineRun: row.optionalInt(5).map { RunNumber($0) },
                hasCourses: row.int(6) != 0)
        }
        return found
    }

    /// The row of a source, made or brought up to date with what is now said of it.
    static func make(_ source: Source, in db: any SQLConnection) throws -> SourceRow {
        try Query(
            db,
            """
            INSERT INTO source (id, partner, location, format) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (id) DO UPDATE SET partner = ?2, location = ?3, format = ?4
            WHERE source.partner IS DISTINCT FROM ?2 OR source.location IS DISTINCT FROM ?3
                OR source.format IS DISTINCT FROM ?4
            """
        ).run(
            .text(source.id.value), .optional(source.partner?.value), .text(source.location),
            .optional(source.format))
        guard let row = try find(source.id, in: db) else {
            throw StoreError.damagedRecord(
                id: source.id.value, reason: "it was just written and is not there")
        }
        return row
    }

    /// Writes what is current.
    func save(lastRun: RunNumber?, in db: any SQLConnection) throws {
        try Query(
            db,
            """
            UPDATE source SET courses = ?, offerings = ?, good_run = ?, held_run = ?,
                quarantine_run = ?, last_run = coalesce(?, last_run)
            WHERE key = ?
            """
        ).run(
            .int(present.courses), .int(present.offerings), .optional(goodRun?.value),
            .optional(heldRun?.value), .optional(quarantineRun?.value), .optional(lastRun?.value),
            .int(key))
    }
}
