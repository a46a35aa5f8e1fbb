#if PostgreSQL
internal import CLibPQ
import CourseModel
import Glibc
import SQLStorage
import Storage

/// One connection of libpq, with a transaction at a time.
///
/// Commands are sent one behind the other without waiting (libpq's pipeline mode); what comes of them
/// is read when something is asked. So a feed that is written waits for the server once for each
/// record, not for each row.
///
/// `@unchecked Sendable`: the store hands a connection to one transaction at a time.
final class PostgreSQLConnection: SQLConnection, @unchecked Sendable {
    /// How a session behaves, in seconds.
    struct Limits {
        /// How long a statement may take.
        var statement: Int
        /// How long to wait for another writer.
        var lock: Int
    }

    private let handle: OpaquePointer
    private let path: String
    private let limits: Limits
    /// Who holds which lock and who is told what, apart from other catalogues of the same database.
    private let keys: LockKeys
    private var names: [String: String] = [:]
    private var counter = 0
    private var unread = 0

    /// Whether something went wrong, so that the next transaction needs another connection.
    private(set) var isBroken = false

    /// Connects to the server of an address that can be written to.
    ///
    /// - Parameter path: What the store is called in messages.
    /// - Throws: ``PostgreSQLError``.
    init(address: String, path: String, limits: Limits, keys: LockKeys) throws {
        self.path = path
        self.limits = limits
        self.keys = keys
        // What stands behind wins, so the address may say otherwise. Silence is noticed within
        // half a minute, by the kernel's probes.
        let settings = [
            ("fallback_application_name", "leerwijzer"), ("connect_timeout", "5"),
            ("target_session_attrs", "read-write"), ("keepalives_idle", "10"),
            ("keepalives_interval", "5"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "20000"), ("client_encoding", "UTF8"), ("dbname", address),
        ]
        var words = settings.map { strdup($0.0) } + [nil]
        var values = settings.map { strdup($0.1) } + [nil]
        defer { for word in words + values { free(word) } }
        let connected = words.withUnsafeMutableBufferPointer { words in
            values.withUnsafeMutableBufferPointer { values in
                words.withMemoryRebound(to: UnsafePointer<CChar>?.self) { words in
                    values.withMemoryRebound(to: UnsafePointer<CChar>?.self) { values in
                        PQconnectdbParams(words.baseAddress, values.baseAddress, 1)
                    }
                }
            }
        }
        guard let connected else { throw PostgreSQLError.lost("out of memory") }
        handle = connected
        // Notices are no news; libpq would print them.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK, PQsetnonblocking(handle, 1) == 0,
            PQenterPipelineMode(handle) == 1
        else { throw lost() }
        guard PQserverVersion(handle) >= 130_000 else {
            throw PostgreSQLError(
                code: "0A000", message: "PostgreSQL 13 or newer is needed on the server")
        }
        // What is acknowledged is kept, whatever the server's usual setting.
        try command(
            """
            SELECT set_config('statement_timeout', '\(limits.statement * 1000)', false),
                set_config('lock_timeout', '\(limits.lock * 1000)', false),
                set_config('idle_in_transaction_session_timeout', '3600000', false),
                set_config('synchronous_commit',
                    CASE WHEN current_setting('synchronous_commit') = 'off' THEN 'on'
                        ELSE current_setting('synchronous_commit') END, false)
            """)
        try settle()
    }

    deinit { PQfinish(handle) }

    // MARK: - Transactions

    /// Does something within a transaction that sees one state and writes nothing.
    ///
    /// - Parameter onBegun: Called when the server has answered: from then on `body` runs.
    func reading<Answer>(
        onBegun: () -> Void, _ body: (PostgreSQLConnection) throws -> Answer
    ) throws -> Answer {
        try command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try settle()
        onBegun()
        do {
            let answer = try body(self)
            try command("COMMIT")
            try settle()
            return answer
        } catch {
            rollBack()
            throw error
        }
    }

    /// Begins a transaction that writes.
    func begin() throws {
        // What is committed by others in between is seen: only what belongs to the source that is
        // locked, and the number of the generation, has to stay.
        try command("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    }

    /// Sends all that is to be written, so that nothing is left but to commit.
    func settle() throws {
        clear(try collect())
    }

    /// Commits.
    ///
    /// - Throws: ``PostgreSQLError``; when the connection was lost, it may have been committed.
    func commit() throws {
        try command("COMMIT")
        let result = try collect()
        defer { clear(result) }
        guard let result, String(cString: PQcmdStatus(result)) == "COMMIT" else {
            throw PostgreSQLError(code: "25000", message: "the transaction was not committed")
        }
    }

    /// Leaves the transaction.
    func rollBack() {
        guard !isBroken else { return }
        do {
            try command("ROLLBACK")
            try settle()
        } catch {
            isBroken = true
        }
    }

    // MARK: - What the tables need of an engine

    func prepare(_ sql: String) throws -> any SQLStatement {
        PostgreSQLStatement(self, Placeholders.numbered(sql))
    }

    func storeError(for error: any Error) -> any Error {
        guard let error = error as? PostgreSQLError, !error.isTransient else { return error }
        return error.storeError(path: path, waited: limits.lock)
    }

    func reserveCourseKeys() throws -> Range<Int> {
        let first = try Query(self, "SELECT nextval('course_key')").first { $0.int(0) } ?? 0
        return first..<(first + Schema.courseKeyStep)
    }

    func clearStagedProviders() throws {
        try command(
            """
            CREATE TEMP TABLE IF NOT EXISTS staged_provider (
                id TEXT COLLATE "C" PRIMARY KEY, content BIGINT NOT NULL, payload BYTEA NOT NULL
            ) ON COMMIT DELETE ROWS
            """)
        try command("DELETE FROM staged_provider")
    }

    func lockGenerations() throws {
        try Query(self, "SELECT pg_advisory_xact_lock(?)").run(.int(keys.generations))
    }

    /// Lets no other transaction write to a source, or to any, until this one ends.
    func lock(_ source: String?, onWait: () -> Void) throws {
        let whole = keys.whole
        let tries: [(sql: String, key: Int)] =
            source.map { [("xact_lock_shared", whole), ("xact_lock", keys.source($0))] }
            ?? [("xact_lock", whole)]
        for (lock, key) in tries {
            let got = try Query(self, "SELECT pg_try_advisory_\(lock)(?)").first(.int(key)) {
                $0.int(0) != 0
            }
            guard got != true else { continue }
            onWait()
            try Query(self, "SELECT pg_advisory_\(lock)(?)").run(.int(key))
            try settle()
        }
    }

    func announce(_ generation: Generation) throws {
        try Query(self, "SELECT pg_notify(?, CAST(CAST(? AS BIGINT) AS TEXT))").run(
            .text(keys.channel), .int(generation.number))
    }

    func continueNumbering() throws {
        for (sequence, table, key) in [
            ("source_key_seq", "source", "key"), ("run_number_seq", "run", "number"),
            ("event_key_seq", "event", "key"), ("provider_key_seq", "provider", "key"),
            ("course_key", "course", "key"),
        ] {
            try command(
                "SELECT setval('\(sequence)', max(\(key))) FROM \(table) HAVING max(\(key)) > 0")
        }
    }

    /// Nothing that can be asked: the server checks pages when it reads them (with checksums) and
    /// references when they are written.
    func faults() throws -> [String] { [] }

    // MARK: - Notifications

    /// Listens to new generations.
    func listen() throws {
        try command("LISTEN \(keys.channel)")
        try settle()
    }

    /// Waits for a notification, and takes all that have come.
    func awaitNotification(milliseconds: Int) throws {
        guard !takeNotifications() else { return }
        var wait = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, Int32(clamping: milliseconds)) > 0 else { return }
        guard PQconsumeInput(handle) == 1, PQstatus(handle) == CONNECTION_OK else { throw lost() }
        _ = takeNotifications()
    }

    private func takeNotifications() -> Bool {
        var has = false
        while let notification = PQnotifies(handle) {
            PQfreemem(notification)
            has = true
        }
        return has
    }

    // MARK: - Commands

    /// Sends a command of fixed text.
    func command(_ sql: String) throws { try send(sql, [], isPrepared: false) }

    /// Sends a statement, prepared once for a connection, or a text that is used once.
    func send(_ sql: String, _ values: [SQLValue], isPrepared: Bool = true) throws {
        // The server's answers must find room while more is sent.
        if unread >= 64 { try settle() }
        try Parameters(values).withPointers { count, pointers, lengths, formats in
            guard isPrepared else {
                return PQsendQueryParams(
                    handle, sql, count, nil, pointers, lengths, formats, 1)
            }
            if names[sql] == nil {
                counter += 1
                let name = "s\(counter)"
                guard PQsendPrepare(handle, name, sql, 0, nil) == 1 else { return 0 }
                unread += 1
                names[sql] = name
            }
            return PQsendQueryPrepared(
                handle, names[sql], count, pointers, lengths, formats, 1)
        } orThrow: {
            lost()
        }
        unread += 1
    }

    /// A name that no cursor of this connection has had.
    func newName() -> String {
        counter += 1
        return "c\(counter)"
    }

    /// Waits for everything that was sent.
    ///
    /// - Returns: What the last command gave, to be freed by ``clear(_:)``.
    /// - Throws: The first fault.
    func collect() throws -> OpaquePointer? {
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        var last: OpaquePointer?
        var failure: PostgreSQLError?
        while true {
            guard let result = PQgetResult(handle) else {
                // The end of one command's results; the mark that was asked for comes last.
                guard PQstatus(handle) == CONNECTION_OK else {
                    clear(last)
                    throw failure ?? lost()
                }
                continue
            }
            let status = PQresultStatus(result)
            if status == PGRES_PIPELINE_SYNC {
                PQclear(result)
                break
            }
            clear(last)
            last = result
            if status == PGRES_FATAL_ERROR, failure == nil { failure = Self.failure(result) }
        }
        unread = 0
        if let failure {
            isBroken = true
            clear(last)
            throw failure
        }
        return last
    }

    /// Frees what ``collect()`` gave.
    func clear(_ result: OpaquePointer?) {
        if let result { PQclear(result) }
    }

    private static func failure(_ result: OpaquePointer) -> PostgreSQLError {
        func field(_ code: Character) -> String {
            let code = Int32(code.asciiValue ?? 0)
            return PQresultErrorField(result, code).map { String(cString: $0) } ?? ""
        }
        let message = field("M")
        return PostgreSQLError(
            code: field("C"),
            message: message.isEmpty ? "the connection to the server was lost" : message)
    }

    private func lost() -> PostgreSQLError {
        isBroken = true
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
        return .lost(
            lines.isEmpty ? "the connection to the server was lost" : lines.joined(separator: "; "))
    }
}
#endif
