#if PostgreSQL
import CourseModel
import Glibc
import SQLStorage
import Storage
import Synchronization

/// The catalogue in a PostgreSQL database, for everything that runs on many machines.
///
/// Feeds of different sources may be taken in at the same time, from any machine: a source is locked
/// by an advisory lock, and generations are committed in the order of their numbers. A transaction
/// whose server goes away is done again on the server that can then be written to, as long as it is
/// known not to have been committed; the address may name several servers for that.
public final class PostgreSQLStore: SQLStore, FollowedStore {
    /// How the store is used; times are in seconds.
    public struct Options: Sendable {
        /// Whether the tables may be made when they are not there.
        public var isWritable: Bool
        /// How long to wait for another process that writes to the same source.
        public var busyTimeout: Int
        /// How long a single statement may take.
        public var statementTimeout: Int
        /// How long a writer looks for a server that can be written to when it lost its own.
        public var reconnectTimeout: Int
        /// How long a reader, and whoever opens the store, looks for a server when none is there.
        public var patience: Int
        /// Called from within the waiting, when another process is found writing.
        public var onWait: (@Sendable () -> Void)?
        /// Called from within the waiting, when a server is looked for.
        public var onAway: (@Sendable () -> Void)?

        /// How the store is used.
        public init(
            isWritable: Bool = true, busyTimeout: Int = 60, statementTimeout: Int = 120,
            reconnectTimeout: Int = 60, patience: Int = 0,
            onWait: (@Sendable () -> Void)? = nil, onAway: (@Sendable () -> Void)? = nil
        ) {
            self.isWritable = isWritable
            self.busyTimeout = busyTimeout
            self.statementTimeout = statementTimeout
            self.reconnectTimeout = reconnectTimeout
            self.patience = patience
            self.onWait = onWait
            self.onAway = onAway
        }
    }

    /// What the store is called in messages.
    public let path: String
    /// What tells the catalogue from others, wherever it is copied to by the server's own means.
    public var identity: String { keys.identity }

    private let address: String
    private let options: Options
    private let keys: LockKeys
    private let idle = Mutex<[PostgreSQLConnection]>([])
    private let listening = Mutex<PostgreSQLConnection?>(nil)
    /// Until when readers are told at once that the server is away: one of them looks for it now and
    /// then, and the rest do not wait with it.
    private let awayUntil = Mutex<ContinuousClock.Instant?>(nil)

    /// How many connections are kept for the next transaction.
    private static let mostIdle = 4

    /// Opens a catalogue, or makes one in the schema that comes first on the search path.
    ///
    /// - Parameters:
    ///   - address: A connection URI of PostgreSQL, without a password.
    ///   - path: What the store is called in messages.
    /// - Throws: ``StoreError``.
    public init(address: String, path: String, options: Options = Options()) throws {
        self.address = address
        self.path = path
        self.options = options
        do {
            let connection = try Self.patiently(options) {
                try PostgreSQLConnection(
                    address: address, path: path, limits: Self.limits(options),
                    keys: LockKeys(identity: ""))
            }
            var found = try Schema.find(connection)
            if found == nil {
                guard options.isWritable else { throw StoreError.missing(path: path) }
                try Schema.make(on: connection)
                found = try Schema.find(connection)
            }
            guard let found else { throw StoreError.missing(path: path) }
            guard found.version <= Schema.version else {
                throw StoreError.newer(
                    path: path, found: found.version, supported: Schema.version)
            }
            keys = found.0
        } catch let error as PostgreSQLError {
            // The name of a table is taken: the schema holds something else.
            if error.code == "42P07" { throw StoreError.notAStore(path: path) }
            throw error.storeError(path: path, waited: options.busyTimeout)
        }
    }

    /// Closes the connections that are not in use.
    public func close() {
        idle.withLock { $0 = [] }
        listening.withLock { $0 = nil }
    }

    // MARK: - Transactions

    /// Reads within one transaction.
    public func reading<Answer>(_ body: (any SQLConnection) throws -> Answer) throws -> Answer {
        do {
            while true {
                let (connection, isFresh) = try Self.patiently(options) { try self.connection() }
                var hasBegun = false
                do {
                    let answer = try connection.reading(onBegun: { hasBegun = true }, body)
                    release(connection)
                    return answer
                } catch let error as PostgreSQLError
                    where error.isTransient && !hasBegun && !isFresh
                {
                    // It was lost while nobody used it.
                    continue
                } catch {
                    release(connection)
                    throw error
                }
            }
        } catch let error as PostgreSQLError {
            throw error.storeError(path: path, waited: options.busyTimeout)
        }
    }

    /// Writes within one transaction, in which no other one writes to the same source.
    public func writing<Answer>(
        on source: ID<Source>?, isRepeatable: Bool,
        _ body: (any SQLConnection) throws -> Answer
    ) throws -> Answer {
        let began = ContinuousClock.now
        var hasFailed = false
        while true {
            var isCommitting = false
            do {
                // A connection that nobody used for a while may be lost; a writer takes its own.
                let (connection, _) = try connection(fresh: hasFailed)
                do {
                    try connection.begin()
                    try connection.lock(source?.value) { options.onWait?() }
                    let answer = try body(connection)
                    try connection.settle()
                    isCommitting = true
                    try connection.commit()
                    release(connection)
                    return answer
                } catch {
                    connection.rollBack()
                    release(connection)
                    throw error
                }
            } catch let error as PostgreSQLError {
                guard error.isTransient, isRepeatable || !isCommitting else {
                    if isCommitting, error.isTransient {
                        throw StoreError.unknownOutcome(path: path, reason: error.message)
                    }
                    throw error.storeError(path: path, waited: options.busyTimeout)
                }
                guard ContinuousClock.now - began < .seconds(options.reconnectTimeout) else {
                    throw isCommitting
                        ? StoreError.unknownOutcome(path: path, reason: error.message)
                        : StoreError.unavailable(path: path, reason: error.message)
                }
                if !hasFailed { options.onAway?() }
                hasFailed = true
                usleep(200_000)
            }
        }
    }

    // MARK: - Generations of others

    /// Waits for a generation other than one that is known, made by whichever machine.
    ///
    /// Told by the server (LISTEN, NOTIFY); looked up at the end in any case, since what is told
    /// while a server is lost is told to nobody.
    public func awaitGeneration(
        otherThan known: Generation, milliseconds: Int
    ) throws -> Generation {
        do {
            let connection = try listening.withLock { $0.take() } ?? listener()
            var current = try Self.generation(on: connection)
            if current == known {
                try connection.awaitNotification(milliseconds: milliseconds)
                current = try Self.generation(on: connection)
            }
            listening.withLock { $0 = connection }
            return current
        } catch let error as PostgreSQLError {
            throw error.storeError(path: path, waited: options.busyTimeout)
        }
    }

    private func listener() throws -> PostgreSQLConnection {
        let connection = try connect()
        try connection.listen()
        return connection
    }

    private static func generation(on connection: PostgreSQLConnection) throws -> Generation {
        let number = try Query(connection, "SELECT max(generation) FROM run").first { $0.int(0) }
        return Generation(number ?? 0)
    }

    // MARK: - Connections

    private static func limits(_ options: Options) -> PostgreSQLConnection.Limits {
        PostgreSQLConnection.Limits(
            statement: max(options.statementTimeout, options.busyTimeout + 1),
            lock: options.busyTimeout)
    }

    /// Connects, again and again while no server is there, as long as the options say.
    private static func patiently<Answer>(
        _ options: Options, _ connect: () throws -> Answer
    ) throws -> Answer {
        let began = ContinuousClock.now
        var hasFailed = false
        while true {
            do {
                return try connect()
            } catch let error as PostgreSQLError
                where error.isTransient && ContinuousClock.now - began < .seconds(options.patience)
            {
                if !hasFailed { options.onAway?() }
                hasFailed = true
                usleep(200_000)
            }
        }
    }

    private func connect() throws -> PostgreSQLConnection {
        try PostgreSQLConnection(
            address: address, path: path, limits: Self.limits(options), keys: keys)
    }

    private func connection(
        fresh: Bool = false
    ) throws -> (connection: PostgreSQLConnection, isFresh: Bool) {
        if fresh {
            idle.withLock { $0 = [] }
        } else if let connection = idle.withLock({ $0.popLast() }) {
            return (connection, false)
        }
        if !fresh {
            try awayUntil.withLock { until throws(PostgreSQLError) in
                guard let away = until else { return }
                guard ContinuousClock.now >= away else { throw .lost("the server is away") }
                // Looking takes as long as connecting may.
                until = ContinuousClock.now.advanced(by: .seconds(30))
            }
        }
        do {
            let connection = try connect()
            awayUntil.withLock { $0 = nil }
            return (connection, true)
        } catch {
            awayUntil.withLock { $0 = ContinuousClock.now.advanced(by: .seconds(1)) }
            throw error
        }
    }

    private func release(_ connection: PostgreSQLConnection) {
        guard !connection.isBroken else { return }
        idle.withLock { if $0.count < Self.mostIdle { $0.append(connection) } }
    }
}
#endif
