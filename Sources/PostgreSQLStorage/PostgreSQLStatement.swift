#if PostgreSQL
internal import CLibPQ
import SQLStorage

/// A statement of a ``PostgreSQLConnection``: rows come through a cursor, some hundred at a time.
final class PostgreSQLStatement: SQLStatement {
    private static let batch = 256

    private let connection: PostgreSQLConnection
    private let sql: String
    private var result: OpaquePointer?
    private var row: Int32 = -1
    private var count: Int32 = 0
    private var cursor: String?

    init(_ connection: PostgreSQLConnection, _ sql: String) {
        self.connection = connection
        self.sql = sql
    }

    deinit { connection.clear(result) }

    func execute(_ values: [SQLValue]) throws { try connection.send(sql, values) }

    func begin(_ values: [SQLValue], isSingle: Bool) throws {
        end()
        if isSingle {
            try connection.send(sql, values)
            take(try connection.collect())
        } else {
            let name = connection.newName()
            try connection.send(
                "DECLARE \(name) NO SCROLL CURSOR FOR \(sql)", values, isPrepared: false)
            cursor = name
            try fetch(name)
        }
    }

    func next() throws -> Bool {
        row += 1
        if row < count { return true }
        guard let cursor, count == Self.batch else { return false }
        try fetch(cursor)
        row = 0
        return count > 0
    }

    func end() {
        take(nil)
        guard let cursor else { return }
        self.cursor = nil
        // Sent with what comes next; when that is the end of the transaction, it went by itself. A
        // connection that is lost says so then, too.
        try? connection.command("CLOSE \(cursor)")
    }

    private func fetch(_ cursor: String) throws {
        try connection.command("FETCH \(Self.batch) FROM \(cursor)")
        take(try connection.collect())
    }

    private func take(_ result: OpaquePointer?) {
        connection.clear(self.result)
        self.result = result
        row = -1
        count = result.map { PQntuples($0) } ?? 0
    }

    // MARK: - The row

    func isNull(_ column: Int) -> Bool { PQgetisnull(result, row, Int32(column)) != 0 }

    func int(_ column: Int) -> Int {
        // Integers of any width are big-endian, a truth is one byte.
        bytes(in: column) { bytes in
            guard let first = bytes.first else { return 0 }
            return bytes.dropFirst().reduce(Int(Int8(bitPattern: first))) { $0 << 8 | Int($1) }
        }
    }

    func text(_ column: Int) -> String {
        bytes(in: column) { TextCoding.text(of: $0) }
    }

    func bytes(_ column: Int) -> [UInt8] { bytes(in: column) { Array($0) } }

    private func bytes<Answer>(in column: Int, _ body: (UnsafeRawBufferPointer) -> Answer) -> Answer
    {
        body(
            UnsafeRawBufferPointer(
                start: PQgetvalue(result, row, Int32(column)),
                count: Int(PQgetlength(result, row, Int32(column)))))
    }
}
#endif
