import CourseModel
import Storage

/// A store whose engine speaks SQL: it opens transactions, the rest is the same for all.
public protocol SQLStore: CatalogueStore {
    /// Reads within one transaction that sees one generation.
    func reading<Answer>(_ body: (any SQLConnection) throws -> Answer) throws -> Answer

    /// Writes within one transaction, in which no other one writes to the same source.
    ///
    /// - Parameters:
    ///   - source: Whose records are written; `nil` for all at once.
    ///   - isRepeatable: Whether it comes to the same when it is done again although it had been
    ///     committed, so that it may be when that is not known.
    func writing<Answer>(
        on source: ID<Source>?, isRepeatable: Bool,
        _ body: (any SQLConnection) throws -> Answer
    ) throws -> Answer

    /// Writes the files anew, so that nothing is left in them of what was erased.
    ///
    /// - Returns: Whether that was done; if not, something reads on, there is no room, or it is the
    ///   operator's to do.
    func wipe() throws -> Bool
}

extension SQLStore {
    /// The last committed state.
    public var generation: Generation {
        get throws { try reading { try Generations.current(in: $0) } }
    }

    /// Reads from one generation.
    public func snapshot<Answer>(
        _ body: (any CatalogueSnapshot) throws -> Answer
    ) throws -> Answer {
        try reading { try body(try SQLSnapshot($0)) }
    }

    /// Checks the tables and what they say.
    public func verify() throws -> [String] {
        try reading { try Verification(db: $0).faults() }
    }

    /// Takes a feed in: all of it, or, when anything throws, nothing.
    public func ingest(
        source: Source, run: RunInfo, _ body: (any FeedTransaction) throws -> Void
    ) throws -> IngestOutcome {
        try writing(on: source.id, isRepeatable: true) { db in
            let row = try SourceRow.make(source, in: db)
            let current = try Generations.current(in: db)
            if let known = try recognise(run, of: row, at: current, in: db) { return known }
            let transaction = try SQLFeedTransaction(db, source: row, info: run, after: current)
            try body(transaction)
            return try transaction.publish()
        }
    }

    /// The outcome for a feed that was read before, byte for byte.
    private func recognise(
        _ info: RunInfo, of source: SourceRow, at generation: Generation, in db: any SQLConnection
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
        try writing(on: source.id, isRepeatable: true) { db in
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
        try writing(on: source, isRepeatable: false) { db in
            guard let row = try SourceRow.find(source, in: db),
                var run = try row.heldRun.flatMap({ try RunRows.run($0, in: db) })
            else { throw StoreError.nothingHeld(source: source) }
            run.decidedAt = moment
            let publication = try HeldRuns.publication(of: run, source: row, in: db)
            let versions = try RunRows.versions(of: run.number, in: db)
            let outcome = try publication.publish(
                as: try Generations.next(in: db), versions: versions
            ) {
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
        try writing(on: source, isRepeatable: false) { db in
            guard var row = try SourceRow.find(source, in: db), let held = row.heldRun else {
                throw StoreError.nothingHeld(source: source)
            }
            row.heldRun = nil
            try row.save(lastRun: nil, in: db)
            return try HeldRuns.drop(held, verdict: .discarded, at: moment, in: db)
        }
    }

    /// Erases what is past, for good.
    public func erase(_ what: ErasureScope) throws -> Erasure {
        // By itself it can be done again; what was wiped then is wiped.
        var erasure = try writing(on: nil, isRepeatable: true) { db in
            var past = PastErasure(db, what)
            return try past.run()
        }
        erasure.isWiped = try wipe()
        return erasure
    }

    /// Left to the operator, unless the engine can.
    public func wipe() throws -> Bool { false }

    /// Takes back the source's last published run.
    @discardableResult
    public func rollback(_ source: ID<Source>, run: RunInfo) throws -> IngestOutcome {
        try writing(on: source, isRepeatable: false) { db in
            guard let row = try SourceRow.find(source, in: db),
                let target = try Rollback.target(of: row, in: db)
            else { throw StoreError.nothingToRollBack(source: source) }
            return try Rollback(db: db, source: row).takeBack(target, info: run)
        }
    }
}
