import CourseModel
import GRDB
import Glibc
import SQLStorage
import Storage
import Synchronization

/// The catalogue in one SQLite file, for everything that runs on one machine.
///
/// The file is in WAL mode: readers see the last committed generation and never wait, one process
/// writes at a time, and a crash at any moment leaves the generation before.
public final class SQLiteStore: SQLStore {
    /// How the file is opened.
    public struct Options: Sendable {
        /// Whether the file may be written, and made when it is not there.
        public var isWritable: Bool
        /// How long to wait for another process that writes, in seconds.
        public var busyTimeout: Int
        /// Called once, from within the waiting, when another process is found writing.
        public var onWait: (@Sendable () -> Void)?
        /// How much memory a connection may use to hold pages, in KiB.
        public var cacheKiB: Int

        /// How the file is opened.
        public init(
            isWritable: Bool = true, busyTimeout: Int = 60, cacheKiB: Int = 8_192,
            onWait: (@Sendable () -> Void)? = nil
        ) {
            self.isWritable = isWritable
            self.busyTimeout = busyTimeout
            self.cacheKiB = cacheKiB
            self.onWait = onWait
        }
    }

    /// Where the file is.
    public let path: String
    private let options: Options
    private let database: any DatabaseWriter
    private let canWrite: Bool

    /// Opens a catalogue, or makes one.
    ///
    /// A file that cannot be written is opened for reading; what would change it then throws
    /// ``StoreError/readOnly(path:)``.
    ///
    /// - Throws: ``StoreError/missing(path:)`` when there is no file and none may be made,
    ///   ``StoreError/notAStore(path:)`` and ``StoreError/newer(path:found:supported:)`` for files
    ///   that are left untouched, and the errors of the disk.
    public init(path: String, options: Options = Options()) throws {
        self.path = path
        self.options = options
        let file = StoreFile(path: path)
        let isThere = try file.holdsStore()
        guard isThere || options.isWritable else { throw StoreError.missing(path: path) }
        canWrite = options.isWritable && file.isWritable
        guard canWrite || isThere else { throw StoreError.readOnly(path: path) }
        do {
            if !isThere { try Self.make(file, options: options) }
            let canWrite = canWrite
            database = try Self.patiently(options) {
                try Self.open(file, options: options, canWrite: canWrite)
            }
            try Self.bringUpToDate(database, path: path, canWrite: canWrite)
        } catch {
            throw storeError(error, path: path, waited: options.busyTimeout)
        }
    }

    /// Tries again while another process turns the WAL of a new file on, which SQLite refuses at once
    /// without asking the handler that waits.
    private static func patiently<Answer>(
        _ options: Options, _ body: () throws -> Answer
    ) throws -> Answer {
        let patience = Patience(options)
        var attempt = 0
        while true {
            do {
                return try body()
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && patience.wait(attempt: attempt)
            {
                attempt += 1
            }
        }
    }

    private static func configuration(_ options: Options, canWrite: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "leerwijzer.store"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.busyMode = .callback(Patience(options).wait)
        configuration.readonly = !canWrite
        return configuration
    }

    /// Marks a new file as a catalogue, in one step and without a WAL, so that from its first byte
    /// on it can be told from other files by its header.
    private static func make(_ file: StoreFile, options: Options) throws {
        let queue = try DatabaseQueue(
            path: file.path, configuration: configuration(options, canWrite: true))
        try queue.writeWithoutTransaction { db in
            // Records and originals take a few KiB each: bigger pages keep most of them out of
            // overflow chains.
            try db.execute(sql: "PRAGMA page_size = 16384")
            try db.inTransaction(.immediate) {
                try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                return .commit
            }
        }
        try queue.close()
    }

    private static func open(
        _ file: StoreFile, options: Options, canWrite: Bool
    ) throws -> any DatabaseWriter {
        var configuration = configuration(options, canWrite: canWrite)
        let cache = options.cacheKiB
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA cache_size = -\(cache);
                    PRAGMA temp_store = FILE;
                    PRAGMA cell_size_check = ON;
                    PRAGMA journal_size_limit = 67108864;
                    """)
            // A feed that was acknowledged survives a power cut, too; a feed is one sync.
            if canWrite { try db.execute(sql: "PRAGMA synchronous = FULL") }
        }
        if canWrite { return try DatabasePool(path: file.path, configuration: configuration) }
        // WAL needs to write beside the file, even to read. When nothing can be written and no WAL
        // is waiting to be read, the file is all there is and cannot change.
        let isAlone = !file.hasJournal && !file.isFolderWritable
        let name = isAlone ? "file:\(file.escapedPath)?immutable=1" : file.path
        return try DatabaseQueue(path: name, configuration: configuration)
    }

    private static func bringUpToDate(
        _ database: any DatabaseWriter, path: String, canWrite: Bool
    ) throws {
        func version() throws -> Int {
            try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        }
        let found = try version()
        guard found <= Schema.version else {
            throw StoreError.newer(path: path, found: found, supported: Schema.version)
        }
        guard found < Schema.version else { return }
        guard canWrite else { throw StoreError.missing(path: path) }
        do {
            try Schema.migrator.migrate(database)
        } catch {
            // Another process may have brought the file up to date in between.
            guard try version() == Schema.version else { throw error }
        }
    }

    /// Ends all work on the file and moves what is in the WAL into it.
    ///
    /// - Throws: ``StoreError/busy(path:seconds:)`` when something still reads or writes.
    public func close() throws {
        do {
            // The last connection that closes would do this, were it not one that only reads.
            if canWrite {
                try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            }
            try database.close()
        } catch {
            throw storeError(error, path: path, waited: options.busyTimeout)
        }
    }

    /// Copies the last committed state of a catalogue into a new file, while others read and write.
    ///
    /// - Throws: ``StoreError``, also when there is a file at `copy` already that is not empty. One
    ///   that is empty keeps its permissions.
    public static func copy(_ path: String, to copy: String) throws {
        do {
            let options = Options(isWritable: false)
            let queue = try DatabaseQueue(
                path: path, configuration: configuration(options, canWrite: false))
            try queue.inDatabase { db in
                try db.execute(sql: "VACUUM INTO ?", arguments: [copy])
            }
            try queue.close()
        } catch {
            throw storeError(error, path: path, waited: Options().busyTimeout)
        }
    }

    // MARK: - Transactions

    /// Reads within one transaction of a reading connection.
    public func reading<Answer>(_ body: (any SQLConnection) throws -> Answer) throws -> Answer {
        do {
            return try database.read { try body(connection($0)) }
        } catch {
            throw storeError(error, path: path, waited: options.busyTimeout)
        }
    }

    /// Writes within one transaction; there is no other at the same time.
    public func writing<Answer>(
        on source: ID<Source>?, isRepeatable: Bool,
        _ body: (any SQLConnection) throws -> Answer
    ) throws -> Answer {
        guard canWrite else { throw StoreError.readOnly(path: path) }
        do {
            return try database.writeWithoutTransaction { db in
                var answer: Answer?
                // The lock is taken at once: a feed must not be read in vain.
                try db.inTransaction(.immediate) {
                    answer = try body(connection(db))
                    return .commit
                }
                guard let answer else {
                    throw DatabaseError(message: "the transaction ended without an answer")
                }
                return answer
            }
        } catch {
            throw storeError(error, path: path, waited: options.busyTimeout)
        }
    }

    /// Writes the file anew and empties the WAL; needs as much room again as the file takes.
    public func wipe() throws -> Bool {
        do {
            try database.writeWithoutTransaction { db in
                try db.execute(sql: "VACUUM")
                _ = try db.checkpoint(.truncate)
            }
            return true
        } catch {
            switch storeError(error, path: path, waited: options.busyTimeout) {
            case StoreError.busy, StoreError.full: return false
            case let other: throw other
            }
        }
    }

    private func connection(_ db: Database) -> SQLiteConnection {
        SQLiteConnection(db, path: path, waited: options.busyTimeout)
    }
}

/// Waits for another process to finish writing: in small steps at first, and not for ever.
private final class Patience: Sendable {
    private let options: SQLiteStore.Options
    private let start = Mutex<ContinuousClock.Instant?>(nil)

    init(_ options: SQLiteStore.Options) { self.options = options }

    /// Whether to try again, after a while.
    @Sendable func wait(attempt: Int) -> Bool {
        let now = ContinuousClock.now
        let began = start.withLock { start in
            if attempt == 0 { start = now }
            return start ?? now
        }
        if attempt == 1 { options.onWait?() }
        guard now - began < .seconds(options.busyTimeout) else { return false }
        usleep(UInt32(min(1_000 << min(attempt, 6), 50_000)))
        return true
    }
}
