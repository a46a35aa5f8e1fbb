import GRDB
import GRDBSQLite

/// A prepared statement whose values go in and come out as bytes.
///
/// GRDB hands blobs over as Foundation `Data`; a feed writes hundreds of megabytes of them, so the
/// store binds its own arrays. Everything else (connections, transactions, migrations) is GRDB's.
final class Query {
    /// A value to be bound.
    enum Value {
        case int(Int)
        case text(String)
        case bytes([UInt8])
        case null

        static func optional(_ value: Int?) -> Value { value.map { .int($0) } ?? .null }
        static func optional(_ value: String?) -> Value { value.map { .text($0) } ?? .null }
        static func optional(_ value: [UInt8]?) -> Value { value.map { .bytes($0) } ?? .null }
        /// 64 bits as SQLite's signed integer.
        static func bits(_ value: UInt64) -> Value { .int(Int(Int64(bitPattern: value))) }
    }

    private let connection: OpaquePointer
    private let handle: OpaquePointer

    /// Prepares a statement that will be used often.
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

    /// Runs the statement to its end.
    func run(_ values: Value...) throws {
        try bind(values)
        defer { sqlite3_reset(handle) }
        while try step() {}
    }

    /// The first row, read by `body`; `nil` when there is none.
    func first<Answer>(_ values: Value..., body: (borrowing Row) throws -> Answer) throws -> Answer?
    {
        try bind(values)
        defer { sqlite3_reset(handle) }
        return try step() ? try body(Row(handle: handle)) : nil
    }

    /// Every row, one at a time.
    func forEach(_ values: Value..., body: (borrowing Row) throws -> Void) throws {
        try forEach(values, body: body)
    }

    /// Every row, one at a time.
    func forEach(_ values: [Value], body: (borrowing Row) throws -> Void) throws {
        try bind(values)
        defer { sqlite3_reset(handle) }
        while try step() { try body(Row(handle: handle)) }
    }

    private func step() throws -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw Self.failure(connection, code)
        }
    }

    private func bind(_ values: [Value]) throws {
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

/// A row of a ``Query``, valid until the next one.
struct Row: ~Copyable {
    fileprivate let handle: OpaquePointer

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

    func bits(_ column: Int32) -> UInt64 {
        UInt64(bitPattern: sqlite3_column_int64(handle, column))
    }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        let count = Int(sqlite3_column_bytes(handle, column))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }
}
