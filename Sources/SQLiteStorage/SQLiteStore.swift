import CourseModel
import GRDB
import Glibc
import Storage
import Synchronization

/// The catalogue in one SQLite file, for everything that runs on one machine.
///
/// The file is in WAL mode: readers see the last committed generation and never wait, one process
/// writes at a time, and a crash at any moment leaves the generation before.
public final class SQLiteStore: CatalogueStore {
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
            database = try Self.open(file, options: options, canWrite: canWrite)
            try Self.bringUpToDate(database, path: path, canWrite: canWrite)
        } catch {
            throw storeError(error, path: path, waited: options.busyTimeout)
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

    // MARK: - Reading

    /// The last committed state.
    public var generation: Generation {
        get throws { try snapshot { $0.generation } }
    }

    /// Reads from one generation.
    public func snapshot<Answer>(
        _ body: (any CatalogueSnapshot) throws -> Answer
    ) throws -> Answer {
        do {
            return try database.read { db in try body(try SQLiteSnapshot(db, path: path)) }
        } catch {
            throw storeError(error, path: path, waited: options.busyTimeout)
        }
    }

    // MARK: - Writing

    /// Takes a feed in: all of it, or, when anything throws, nothing.
    public func ingest(
        source: Source, run: RunInfo, _ body: (any FeedTransaction) throws -> Void
    ) throws -> IngestOutcome {
        try writing { db in
            let row = try SourceRow.make(source, in: db)
            let current = try SQLiteSnapshot.generation(in: db)
            if let known = try recognise(run, of: row, at: current, in: db) { return known }
            let transaction = try SQLiteFeedTransaction(
                db, path: path, waited: options.busyTimeout, source: row, info: run,
                generation: Generation(current.number + 1))
            try body(transaction)
            return try transaction.publish()
        }
    }

    /// The outcome for a feed that was read before, byte for byte.
    private func recognise(
        _ info: RunInfo, of source: SourceRow, at generation: Generation, in db: Database
    ) throws -> IngestOutcome? {
        guard let fingerprint = info.fingerprint else { return nil }
        if let held = try source.heldRun.flatMap({ try RunRows.run($0, in: db) }),
            held.fingerprint == fingerprint, info.lossLimit != .none
        {
            return IngestOutcome(generation: generation, run: held, wasRecognised: true)
        }
        guard let number = source.goodRun, let good = try RunRows.run(number, in: db),
            good.fingerprint == fingerprint
        else { return nil }
        var source = source
        if let held = source.heldRun {
            try HeldRuns.drop(held, verdict: .superseded, at: info.startedAt, in: db)
            source.heldRun = nil
        }
        var run = try RunRows.start(of: source, cause: .feed, info: info, in: db)
        run.read(reportOf: good)
        run.changes.courses.unchanged = good.accepted.courses
        run.changes.offerings.unchanged = good.accepted.offerings
        try RunRows.save(run, versions: nil, in: db)
        source.goodRun = run.number
        try source.save(lastRun: run.number, in: db)
        return IngestOutcome(generation: generation, run: run, wasRecognised: true)
    }

    /// Notes that a source's feed could not be read.
    @discardableResult
    public func noteFailure(
        source: Source, run info: RunInfo, reasons: [Diagnostic]
    ) throws -> RunRecord {
        try writing { db in
            let row = try SourceRow.make(source, in: db)
            // Without the fingerprint: the same bytes deserve another try.
            var info = info
            info.fingerprint = nil
            var run = try RunRows.start(of: row, cause: .feed, info: info, in: db)
            run.verdict = .failed
            run.isComplete = false
            run.feedDiagnostics = reasons
            run.diagnosticCounts = DiagnosticCount.sorted(
                reasons.reduce(into: [:]) { counts, reason in
                    counts[
                        DiagnosticCount.Key(severity: reason.severity, code: reason.code),
                        default: 0] += 1
                })
            try RunRows.save(run, versions: nil, in: db)
            try row.save(lastRun: run.number, in: db)
            return run
        }
    }

    /// Lets a held feed in.
    @discardableResult
    public func release(_ source: ID<Source>, at moment: Moment) throws -> IngestOutcome {
        try writing { db in
            guard let row = try SourceRow.find(source, in: db),
                var run = try row.heldRun.flatMap({ try RunRows.run($0, in: db) })
            else { throw StoreError.nothingHeld(source: source) }
            run.decidedAt = moment
            let current = try SQLiteSnapshot.generation(in: db)
            let publication = try HeldRuns.publication(
                of: run, source: row, generation: Generation(current.number + 1), in: db)
            let versions = try RunRows.versions(of: run.number, in: db)
            let outcome = try publication.publish(versions: versions) {
                if let old = row.quarantineRun, old != run.number {
                    try Query(db, "DELETE FROM quarantine WHERE run = ?").run(.int(old.value))
                }
                return run.quarantined.isZero ? nil : run.number
            }
            try HeldRuns.forget(run.number, in: db)
            return outcome
        }
    }

    /// Turns a held feed down.
    @discardableResult
    public func discard(_ source: ID<Source>, at moment: Moment) throws -> RunRecord {
        try writing { db in
            guard var row = try SourceRow.find(source, in: db), let held = row.heldRun else {
                throw StoreError.nothingHeld(source: source)
            }
            row.heldRun = nil
            try row.save(lastRun: nil, in: db)
            return try HeldRuns.drop(held, verdict: .discarded, at: moment, in: db)
        }
    }

    /// Takes back the source's last published run.
    @discardableResult
    public func rollback(_ source: ID<Source>, run: RunInfo) throws -> IngestOutcome {
        try writing { db in
            guard let row = try SourceRow.find(source, in: db),
                let target = try Rollback.target(of: row, in: db)
            else { throw StoreError.nothingToRollBack(source: source) }
            let current = try SQLiteSnapshot.generation(in: db)
            return try Rollback(
                db: db, source: row, generation: Generation(current.number + 1)
            ).takeBack(target, info: run)
        }
    }

    /// Checks the file and what it says.
    public func verify() throws -> [String] {
        do {
            return try database.read { try Verification(db: $0).faults() }
        } catch {
            throw storeError(error, path: path, waited: options.busyTimeout)
        }
    }

    private func writing<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        guard canWrite else { throw StoreError.readOnly(path: path) }
        do {
            return try database.writeWithoutTransaction { db in
                var answer: Answer?
                // The lock is taken at once: a feed must not be read in vain.
                try db.inTransaction(.immediate) {
                    answer = try body(db)
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
