import CourseModel

/// What a run came to.
public struct IngestOutcome: Hashable, Sendable {
    /// The catalogue's generation now; the one before when nothing was published.
    public var generation: Generation
    /// What the run left behind; the lists of what it changed are read with
    /// ``CatalogueSnapshot/forEachChange(of:_:)``.
    public var run: RunRecord
    /// Whether the feed was recognised by its fingerprint, so that it was not read at all; its
    /// counts are then those of the run that read it.
    public var wasRecognised: Bool

    /// What became of the feed.
    public var verdict: RunRecord.Verdict { run.verdict }
    /// What changed, or would change when it is held.
    public var changes: FeedChanges { run.changes }

    /// What a run came to.
    public init(generation: Generation, run: RunRecord, wasRecognised: Bool = false) {
        self.generation = generation
        self.run = run
        self.wasRecognised = wasRecognised
    }
}
