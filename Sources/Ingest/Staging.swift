import CourseModel
import Feeds
import Storage

/// Makes records ready for the store on other threads, and hands them on in the order of the feed.
///
/// Placing, coding, hashing and packing a record takes longer than writing it does, and the store
/// wants one thread only.
final class Staging {
    /// What the store takes.
    enum Item: Sendable {
        case provider(Provider)
        case record(StagedRecord, offered: RecordCount, quarantined: [QuarantinedRecord])
        case quarantined(QuarantinedRecord)
        case withdrawn(Withdrawal)
    }

    private let stage: @Sendable (FeedItem) -> Item
    private var work: OrderedWork<[FeedItem], [Item]>?
    private var batch: [FeedItem] = []
    private var batchBytes = 0
    private var stagedHere = 0

    /// - Parameter packing: Whether to pack records right away; see ``StagedRecord``.
    init(_ reading: FeedReading, packing: Bool) {
        stage = { item in
            switch reading.placed(item) {
            case .provider(let provider): .provider(provider)
            case .record(let read):
                .record(
                    StagedRecord(
                        read.record, original: read.original, diagnostics: read.diagnostics,
                        packing: packing), offered: read.offered,
                    quarantined: read.quarantinedOfferings)
            case .quarantined(let record): .quarantined(record)
            case .withdrawn(let withdrawal): .withdrawn(withdrawal)
            }
        }
    }

    /// Items that are handed over together, and how many times as much may be under way.
    private static let batchItems = 16
    private static let batchBytes = 65_536
    private static let batchesUnderWay = 8

    /// Takes the next item of the feed, and delivers those that are ready.
    func take(_ item: FeedItem, _ deliver: (Item) throws -> Void) throws {
        if case .record(let read) = item { batchBytes += read.original.count }
        batch.append(item)
        guard batch.count >= Self.batchItems || batchBytes >= Self.batchBytes else { return }
        guard stagedHere >= 4 * Self.batchItems else {
            // A small feed is done before threads would have started.
            stagedHere += batch.count
            return try deliverBatch(deliver)
        }
        let work = work ?? OrderedWork { [stage] in { items in items.map(stage) } }
        self.work = work
        work.add(batch)
        batch = []
        batchBytes = 0
        while let done = work.ready() { try done.forEach(deliver) }
        while work.count >= Self.batchesUnderWay, let done = work.next() {
            try done.forEach(deliver)
        }
    }

    /// Delivers everything that was taken.
    func finish(_ deliver: (Item) throws -> Void) throws {
        while let done = work?.next() { try done.forEach(deliver) }
        try deliverBatch(deliver)
    }

    /// Ends the threads.
    func close() { work?.close() }

    private func deliverBatch(_ deliver: (Item) throws -> Void) throws {
        let items = batch
        batch = []
        batchBytes = 0
        for item in items { try deliver(stage(item)) }
    }
}
