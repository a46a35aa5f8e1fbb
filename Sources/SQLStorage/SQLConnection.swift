import CourseModel
import Storage

/// A connection to a database within one of its transactions: what the tables of a catalogue need of
/// an engine.
///
/// Statements are written in what SQLite (3.39 or newer) and PostgreSQL have in common, with `?` or
/// `?1` for values. What differs has a requirement here.
public protocol SQLConnection: AnyObject {
    /// Makes a statement ready that will be used often.
    func prepare(_ sql: String) throws -> any SQLStatement

    /// What the engine reports, in the store's words; SQL and its values stay out of them.
    func storeError(for error: any Error) -> any Error

    /// Keys for new courses, that no other transaction gets: as small as can be, since sets of
    /// courses take a bit for each key (``KeySet``).
    func reserveCourseKeys() throws -> Range<Int>

    /// An empty table `staged_provider (id, content, payload)` that only this connection sees.
    func clearStagedProviders() throws

    /// Lets no other transaction make a generation until this one ends.
    func lockGenerations() throws

    /// Tells those who wait for it that there is a new generation, once this transaction is
    /// committed.
    func announce(_ generation: Generation) throws

    /// Numbers new rows from where those end that were written with keys of their own.
    func continueNumbering() throws

    /// What the engine itself finds wrong: damaged pages, rows that refer to none.
    func faults() throws -> [String]
}

/// A statement of a ``SQLConnection``.
public protocol SQLStatement: AnyObject {
    /// Runs it for what it does. An engine may do so later, but before anything else is read.
    func execute(_ values: [SQLValue]) throws

    /// Begins to read rows.
    ///
    /// - Parameter isSingle: Whether only the first row is wanted.
    func begin(_ values: [SQLValue], isSingle: Bool) throws

    /// Goes to the next row; `false` behind the last one. Other statements of the connection may run
    /// in between.
    func next() throws -> Bool

    /// Ends reading.
    func end()

    /// Whether a column of the row is NULL.
    func isNull(_ column: Int) -> Bool
    /// A number, or a truth as 0 or 1; 0 for NULL.
    func int(_ column: Int) -> Int
    /// A text; empty for NULL.
    func text(_ column: Int) -> String
    /// Bytes; none for NULL.
    func bytes(_ column: Int) -> [UInt8]
}

/// A value to be bound.
public enum SQLValue: Hashable, Sendable {
    case int(Int)
    case text(String)
    case bytes([UInt8])
    case null

    static func optional(_ value: Int?) -> SQLValue { value.map { .int($0) } ?? .null }
    static func optional(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    static func optional(_ value: [UInt8]?) -> SQLValue { value.map { .bytes($0) } ?? .null }
    /// 64 bits as a signed integer.
    static func bits(_ value: UInt64) -> SQLValue { .int(Int(Int64(bitPattern: value))) }
}
