import CourseModel

/// The system of record: what was known, when, and from whom.
///
/// One feed is one transaction and makes at most one generation. Readers see whole generations and
/// never wait for a writer; one writer at a time.
public protocol CatalogueStore: Sendable {
    /// The last committed state.
    var generation: Generation { get throws }

    /// Reads from one generation.
    func snapshot<Answer>(_ body: (any CatalogueSnapshot) throws -> Answer) throws -> Answer

    /// Takes a feed in: all of it, or, when anything throws, nothing.
    ///
    /// - What the feed says again is not written again. When nothing differs, no generation is made.
    /// - What a full, complete feed no longer holds is closed, or has expired when its start, or
    ///   else its end, is not after `run.today`.
    /// - When more is lost than `run.lossLimit` allows, or the feed is empty while the source had
    ///   something, the feed is kept aside (``RunRecord/Verdict/held``) and the catalogue stays as it
    ///   was. A newer run of the source that is published makes a held one pointless.
    /// - When `run.fingerprint` is that of the source's last good or held run, `body` is not called.
    ///
    /// - Throws: ``StoreError``, and what `body` throws.
    func ingest(
        source: Source, run: RunInfo, _ body: (any FeedTransaction) throws -> Void
    ) throws -> IngestOutcome

    /// Notes that a source's feed could not be read, so that its silence shows.
    ///
    /// Nothing else changes. A transaction that fails leaves no trace by itself: whether that is
    /// worth a note (a feed that is no XML) or not (the user pressed ^C) is the caller's to know.
    ///
    /// - Parameter reasons: What went wrong, as it is shown to the feed's owner.
    @discardableResult
    func noteFailure(
        source: Source, run: RunInfo, reasons: [Diagnostic]
    ) throws -> RunRecord

    /// Lets a held feed in.
    ///
    /// - Throws: ``StoreError/nothingHeld(source:)``.
    @discardableResult
    func release(_ source: ID<Source>, at moment: Moment) throws -> IngestOutcome

    /// Turns a held feed down.
    ///
    /// - Returns: The run that was held.
    /// - Throws: ``StoreError/nothingHeld(source:)``.
    @discardableResult
    func discard(_ source: ID<Source>, at moment: Moment) throws -> RunRecord

    /// Takes back the source's last published run, as a new generation in which everything that run
    /// touched stands as before; what it added is withdrawn.
    ///
    /// Can be repeated to go further back.
    ///
    /// - Throws: ``StoreError/nothingToRollBack(source:)``.
    @discardableResult
    func rollback(_ source: ID<Source>, run: RunInfo) throws -> IngestOutcome

    /// Notes that courses of a source are shown otherwise than before by partners' corrections, though
    /// its feed says the same: a generation in which they count as changed.
    ///
    /// What the feed said stays as it is, and so does what a rollback takes back. When
    /// `run.fingerprint` is that of the source's last such run, nothing is done.
    ///
    /// - Parameters:
    ///   - changes: The corrections that took hold or ended; courses that are no longer offered are
    ///     logged, but do not change by it.
    ///   - courses: The courses that are shown otherwise by what changed of their provider.
    /// - Returns: `nil` when nothing was done.
    @discardableResult
    func curate(
        _ source: ID<Source>, _ changes: [CuratedChange], touching courses: Set<ID<Course>>,
        run: RunInfo
    ) throws -> RunRecord?

    /// Erases what is past, for good, and the bytes of it.
    ///
    /// What is in the catalogue now stays, and so do the accounts of runs: when, how many. A source
    /// whose feed waits for a person is left alone, since its release may need what is past.
    ///
    /// - Throws: ``StoreError``; nothing was erased then.
    func erase(_ what: ErasureScope) throws -> Erasure

    /// Checks the files and what they say: pages, indexes, references, accounts, and that every
    /// record can be read.
    ///
    /// - Returns: What is wrong, in words; empty when all is well.
    func verify() throws -> [String]
}

extension CatalogueStore {
    /// Notes corrections of courses and offerings.
    @discardableResult
    public func curate(
        _ source: ID<Source>, _ changes: [CuratedChange], run: RunInfo
    ) throws -> RunRecord? {
        try curate(source, changes, touching: [], run: run)
    }
}
