import CourseModel
import Storage

/// Checks that what the tables say holds together.
struct Verification {
    let db: any SQLConnection

    /// What is wrong, in words.
    func faults() throws -> [String] {
        var faults = try db.faults()
        for (sql, fault) in Self.rules {
            try Query(db, sql).forEach { faults.append("\($0.text(0)): \(fault)") }
        }
        try checkRecords(&faults)
        return faults
    }

    private static let rules = [
        (
            """
            SELECT c.id FROM course AS c WHERE c.version IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM version WHERE key = c.version AND course = c.key)
            """, "its current version is missing"
        ),
        (
            """
            SELECT c.id FROM version AS v JOIN course AS c ON c.key = v.course
            WHERE NOT EXISTS (SELECT 1 FROM original WHERE version = v.key)
            """, "a version has no original"
        ),
        (
            """
            SELECT s.id FROM source AS s WHERE s.courses <>
                (SELECT count(*) FROM course WHERE source = s.key AND state = 0)
            """, "the number of courses does not add up"
        ),
        (
            """
            SELECT s.id FROM source AS s WHERE s.held_run IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM held WHERE run = s.held_run)
            """, "the held run cannot be released"
        ),
    ]

    private func checkRecords(_ faults: inout [String]) throws {
        var offerings: [Int: Int] = [:]
        try Query(
            db,
            """
            SELECT c.id, c.source, c.state, c.content, v.key = c.version, v.digest, v.payload,
                o.bytes
            FROM version AS v JOIN course AS c ON c.key = v.course
                JOIN original AS o ON o.version = v.key
            ORDER BY v.key
            """
        ).forEach { row in
            let id = row.text(0)
            do {
                let record = try SQLSnapshot.record(row.bytes(6), of: id)
                _ = try SQLSnapshot.original(
                    row.bytes(7), payload: row.bytes(6), of: id)
                let digestBytes = row.bytes(5)
                let coded = CodedRecord(record)
                if RecordDigest(of: record, coded: coded).bytes != digestBytes {
                    faults.append("\(id): its digest is not that of its record")
                }
                guard row.int(4) != 0 else { return }
                if ContentHash(of: digestBytes).value != row.bits(3) {
                    faults.append("\(id): its hash is not that of its record")
                }
                if row.int(2) == RecordState.present.code {
                    offerings[row.int(1), default: 0] += record.offerings.count
                }
            } catch {
                faults.append("\(error)")
            }
        }
        try Query(db, "SELECT key, id, offerings FROM source").forEach { row in
            if offerings[row.int(0), default: 0] != row.int(2) {
                faults.append("\(row.text(1)): the number of offerings does not add up")
            }
        }
    }
}
