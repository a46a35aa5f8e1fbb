import CourseModel
import Storage

/// What became of one source in a sync.
public struct SyncOutcome: Sendable {
    /// What was done.
    public enum Step: Sendable {
        /// It is not time yet.
        case notDue(until: Moment)
        /// Another process is fetching it.
        case busy
        /// Its feed was handed to the catalogue, which took it in, held it or could not read it.
        case delivered(Result<IngestOutcome, any Error>)
    }

    /// The source.
    public var source: Source
    /// What was done.
    public var step: Step
    /// Documents that came anew, and those that were as they were; `nil` when nothing was fetched.
    public var documents: (fetched: Int, kept: Int)?
    /// Bytes that came over the line.
    public var transferred = 0
    /// What the operator should know though the feed could be used.
    public var warnings: [String] = []

    init(_ source: Source, _ step: Step) {
        self.source = source
        self.step = step
    }

    /// Whether the feed could not be had or read.
    public var failure: (any Error)? {
        if case .delivered(.failure(let error)) = step { return error }
        return nil
    }
}
