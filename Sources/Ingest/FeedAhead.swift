import CourseModel
import Feeds
import Storage

/// A feed that is read on a thread of its own, ahead of its turn at the store.
///
/// What was read lies ready up to a bound; then its reader waits until some of it is taken.
///
/// `@unchecked Sendable`: everything is touched only within the monitor, but what is the reader's
/// own.
final class FeedAhead: @unchecked Sendable {
    /// Ends the reading of a feed that nobody waits for.
    struct Abandoned: Error {}

    private let monitor = Monitor()
    private let bound: Int
    private var preparation: Result<PreparedFeed, any Error>?
    private var batches: [[Staging.Item]] = []
    private var bytes = 0
    private var ending: Result<FeedSummary, any Error>?
    private var isSkipped = false
    private var isTaken = false
    private var isAbandoned = false
    // Of the reader alone: items on their way into a batch.
    private var batch: [Staging.Item] = []
    private var batchBytes = 0

    /// - Parameter bound: The bytes of records that may lie ready, more or less.
    init(bound: Int = 4 << 20) { self.bound = bound }

    // MARK: For its reader

    /// Reads the feed, and waits whenever enough of it lies ready.
    ///
    /// - Parameters:
    ///   - prepare: Finds its documents.
    ///   - isKnown: Whether the store knows documents with this fingerprint, so that reading them
    ///     would be for nothing.
    func read(
        packing: Bool, isKnown: (Fingerprint) -> Bool, _ prepare: () throws -> PreparedFeed
    ) {
        guard !monitor.locked({ isAbandoned }) else { return }
        let prepared = Result(catching: prepare)
        let skips: Bool
        switch prepared {
        case .success(let feed): skips = feed.fingerprint.map(isKnown) ?? false
        case .failure: skips = true
        }
        monitor.locked {
            preparation = prepared
            isSkipped = skips
            monitor.tell()
        }
        guard !skips, case .success(let feed) = prepared else { return }
        let result = Result {
            let summary = try feed.read(packing: packing) { try put($0) }
            try handOver()
            return summary
        }
        monitor.locked {
            ending = result
            monitor.tell()
        }
    }

    private static let batchItems = 16
    private static let batchBytes = 65_536

    private func put(_ item: Staging.Item) throws {
        batch.append(item)
        batchBytes += item.size
        if batch.count >= Self.batchItems || batchBytes >= Self.batchBytes { try handOver() }
    }

    private func handOver() throws {
        let items = batch
        let size = batchBytes
        batch = []
        batchBytes = 0
        try monitor.locked {
            while bytes >= bound, !isAbandoned { monitor.wait() }
            guard !isAbandoned else { throw Abandoned() }
            guard !items.isEmpty else { return }
            batches.append(items)
            bytes += size
            monitor.tell()
        }
    }

    // MARK: For the store's thread

    /// The feed's documents, as soon as they are known.
    ///
    /// - Throws: Why there are none.
    func prepared() throws -> PreparedFeed {
        try monitor.locked {
            while true {
                if let preparation { return try preparation.get() }
                monitor.wait()
            }
        }
    }

    /// Whether what is read here may be taken: once, and not when it was skipped.
    func claim() -> Bool {
        monitor.locked {
            guard preparation != nil, !isSkipped, !isTaken, !isAbandoned else { return false }
            isTaken = true
            return true
        }
    }

    /// Takes what was read, in order, as it comes.
    ///
    /// - Throws: Why the feed could not be read, and what `take` throws.
    func forEach(_ take: (Staging.Item) throws -> Void) throws -> FeedSummary {
        while true {
            let (ready, ending): ([[Staging.Item]], Result<FeedSummary, any Error>?) =
                monitor.locked {
                    while batches.isEmpty, self.ending == nil { monitor.wait() }
                    let ready = batches
                    batches = []
                    bytes = 0
                    monitor.tell()
                    return (ready, ready.isEmpty ? self.ending : nil)
                }
            if let ending { return try ending.get() }
            for items in ready { try items.forEach(take) }
        }
    }

    /// Lets go of what was read and not taken, and ends the reading.
    func abandon() {
        monitor.locked {
            isAbandoned = true
            batches = []
            monitor.tell()
        }
    }

    /// How many bytes lie ready.
    var bytesReady: Int { monitor.locked { bytes } }
}

extension Staging.Item {
    /// How many bytes it takes, more or less.
    fileprivate var size: Int {
        switch self {
        case .record(let record, _, let quarantined):
            record.payload.count + record.original.count + (record.packed?.payload.count ?? 0)
                + (record.packed?.original.count ?? 0)
                + quarantined.reduce(0) { $0 + $1.original.count }
        case .quarantined(let record): record.original.count
        case .provider, .withdrawn: 256
        }
    }
}
