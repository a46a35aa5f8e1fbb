/// A prepared statement with a shape for each use: run it, take its first row, take every row.
public final class Query {
    private let statement: any SQLStatement

    /// Prepares a statement that will be used often.
    public init(_ db: any SQLConnection, _ sql: String) throws {
        statement = try db.prepare(sql)
    }

    /// Runs the statement to its end.
    public func run(_ values: SQLValue...) throws {
        try statement.execute(values)
    }

    /// Runs the statement to its end.
    public func run(_ values: [SQLValue]) throws {
        try statement.execute(values)
    }

    /// The first row, read by `body`; `nil` when there is none.
    public func first<Answer>(
        _ values: SQLValue..., body: (Row) throws -> Answer
    ) throws -> Answer? {
        try statement.begin(values, isSingle: true)
        defer { statement.end() }
        return try statement.next() ? try body(Row(statement)) : nil
    }

    /// Every row, one at a time.
    public func forEach(_ values: SQLValue..., body: (Row) throws -> Void) throws {
        try forEach(values, body: body)
    }

    /// Every row, one at a time.
    public func forEach(_ values: [SQLValue], body: (Row) throws -> Void) throws {
        try statement.begin(values, isSingle: false)
        defer { statement.end() }
        while try statement.next() { try body(Row(statement)) }
    }
}

/// A row of a ``Query``, valid until the next one.
public struct Row {
    private let statement: any SQLStatement

    fileprivate init(_ statement: any SQLStatement) { self.statement = statement }

    /// Whether a column is NULL.
    public func isNull(_ column: Int) -> Bool { statement.isNull(column) }
    /// A number, or a truth as 0 or 1; 0 for NULL.
    public func int(_ column: Int) -> Int { statement.int(column) }
    /// A number; `nil` for NULL.
    public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }
    /// 64 bits that are kept as a signed number.
    public func bits(_ column: Int) -> UInt64 {
        UInt64(bitPattern: Int64(statement.int(column)))
    }
    /// A text; empty for NULL.
    public func text(_ column: Int) -> String { statement.text(column) }
    /// A text; `nil` for NULL.
    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    /// Bytes; none for NULL.
    public func bytes(_ column: Int) -> [UInt8] { statement.bytes(column) }
    /// Bytes; `nil` for NULL.
    public func optionalBytes(_ column: Int) -> [UInt8]? { isNull(column) ? nil : bytes(column) }
}
