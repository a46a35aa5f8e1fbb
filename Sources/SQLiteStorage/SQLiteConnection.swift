import CourseModel
import GRDB
import SQLStorage
import Storage

/// A connection of GRDB within a transaction.
final class SQLiteConnection: SQLConnection {
    private let db: Database
    private let path: String
    private let waited: Int

    init(_ db: Database, path: String, waited: Int) {
        self.db = db
        self.path = path
        self.waited = waited
    }

    func prepare(_ sql: String) throws -> any SQLStatement { try SQLiteStatement(db, sql) }

    func storeError(for error: any Error) -> any Error {
        SQLiteStorage.storeError(error, path: path, waited: waited)
    }

    func reserveCourseKeys() throws -> Range<Int> {
        // There is one writer at a time.
        let last = try Query(self, "SELECT max(key) FROM course").first { $0.int(0) }
        return ((last ?? 0) + 1)..<Int.max
    }

    func clearStagedProviders() throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS staged_provider (
                    id TEXT PRIMARY KEY, content INTEGER NOT NULL, payload BLOB NOT NULL
                ) WITHOUT ROWID
                """)
        try db.execute(sql: "DELETE FROM temp.staged_provider")
    }

    /// Nothing to do: there is one writer at a time.
    func lockGenerations() throws {}

    /// Nothing to do: those who wait look at the index, which the writer makes.
    func announce(_ generation: Generation) throws {}

    /// Nothing to do: the next number is told from the table.
    func continueNumbering() throws {}

    func faults() throws -> [String] {
        var faults: [String] = []
        for line in try String.fetchAll(db, sql: "PRAGMA integrity_check") where line != "ok" {
            faults.append(line)
        }
        try Query(self, "PRAGMA foreign_key_check").forEach { row in
            faults.append("table \(row.text(0)): a row refers to a missing row of \(row.text(2))")
        }
        return faults
    }
}
