import GRDB
import GRDBSQLite
import SQLStorage

/// A prepared statement whose values go in and come out as bytes.
///
/// GRDB hands blobs over as Foundation `Data`; a feed writes hundreds of megabytes of them, so the
/// store binds its own arrays. Everything else (connections, transactions, migrations) is GRDB's.
final class SQLiteStatement: SQLStatement {
    private let connection: OpaquePointer
    private let handle: OpaquePointer

    init(_ db: Database, _ sql: String) throws {
        guard let connection = db.sqliteConnection else {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
        }
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw Self.failure(connection, code) }
        self.connection = connection
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    func execute(_ values: [SQLValue]) throws {
        try bind(values)
        defer { sqlite3_reset(handle) }
        while try next() {}
    }

    func begin(_ values: [SQLValue], isSingle: Bool) throws { try bind(values) }

    func next() throws -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw Self.failure(connection, code)
        }
    }

    func end() { sqlite3_reset(handle) }

    // MARK: - The row

    func isNull(_ column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    func int(_ column: Int) -> Int { Int(sqlite3_column_int64(handle, Int32(column))) }

    func text(_ column: Int) -> String {
        guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, Int32(column)) else { return [] }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    // MARK: - Values

    private func bind(_ values: [SQLValue]) throws {
        // The destructor that tells SQLite to copy; a macro that Swift does not import.
        let copy = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (offset, value) in values.enumerated() {
            let index = Int32(offset + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(handle, index)
                case .int(let value): sqlite3_bind_int64(handle, index, Int64(value))
                case .text(var text):
                    text.withUTF8 { utf8 in
                        utf8.withMemoryRebound(to: CChar.self) { characters in
                            sqlite3_bind_text64(
                                handle, index, characters.baseAddress ?? Self.nothing,
                                UInt64(characters.count), copy, UInt8(SQLITE_UTF8))
                        }
                    }
                case .bytes(let bytes):
                    bytes.isEmpty
                        ? sqlite3_bind_zeroblob(handle, index, 0)
                        : sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), copy)
                }
            guard code == SQLITE_OK else { throw Self.failure(connection, code) }
        }
    }

    // An empty text has no address of its own, and a null address would bind NULL.
    nonisolated(unsafe) private static let nothing = UnsafePointer(
        UnsafeMutablePointer<CChar>.allocate(capacity: 1))

    private static func failure(_ connection: OpaquePointer, _ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: String(cString: sqlite3_errmsg(connection)))
    }
}
