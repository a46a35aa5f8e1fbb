import CourseModel
import Feeds
import Places
import Storage

/// Takes feeds into the store, one transaction each.
public struct Ingestor: Sendable {
    private let store: any CatalogueStore
    private let gazetteer: Gazetteer
    private let configuration: CatalogConfiguration
    private let today: CalendarDate
    private let now: Moment
    private let began: ContinuousClock.Instant

    /// An ingestor that takes `today` for today and `now` for the time of its runs.
    ///
    /// - Parameter began: When it was `now`.
    public init(
        store: any CatalogueStore, gazetteer: Gazetteer, configuration: CatalogConfiguration,
        today: CalendarDate, now: Moment, began: ContinuousClock.Instant = .now
    ) {
        self.store = store
        self.gazetteer = gazetteer
        self.configuration = configuration
        self.today = today
        self.now = now
        self.began = began
    }

    /// Notes that a source's feed could not be read, so that its silence is seen.
    func noteFailure(of source: Source, location: String, _ error: FeedError) throws {
        try noteFailure(
            of: source,
            Diagnostic(.error, .feedUnreadable, file: location, message: error.description))
    }

    /// Notes why there is no feed.
    func noteFailure(of source: Source, _ reason: Diagnostic) throws {
        try store.noteFailure(
            source: source, run: RunInfo(startedAt: now, today: today), reasons: [reason])
    }

    /// Begins to read several feeds side by side; `nil` when that would not pay.
    func readAhead(_ feeds: [FeedDelivery], readers: Int) throws -> FeedsAhead? {
        guard readers > 1, feeds.count > 1 else { return nil }
        var surroundings = FeedsAhead.Surroundings(
            gazetteer: gazetteer, currency: configuration.currency, today: today, known: [:],
            filled: [])
        try store.snapshot { snapshot in
            for status in try snapshot.sources() {
                let runs = [status.lastGoodRun, status.heldRun]
                surroundings.known[status.source.id] = Set(runs.compactMap { $0?.fingerprint })
                if status.present != RecordCount() { surroundings.filled.insert(status.source.id) }
            }
        }
        return FeedsAhead(feeds, readers: readers, in: surroundings)
    }

    /// Reads a source's feed into the store: all of it, or nothing.
    ///
    /// - Parameters:
    ///   - location: Where the feed is, when it is not where the source says.
    ///   - onProgress: Called now and then with the number of courses and offerings read.
    /// - Throws: ``FeedError`` when the feed cannot be read, ``IngestError``, ``StoreError``.
    public func ingest(
        _ source: Source, from location: String, onProgress: (RecordCount) -> Void = { _ in }
    ) throws -> IngestOutcome {
        try ingest(FeedDelivery(source, location: location), onProgress: onProgress)
    }

    /// Takes a feed in that was delivered: all of it, or nothing.
    ///
    /// - Parameter ahead: The same feed, when it is being read on another thread.
    func ingest(
        _ feed: FeedDelivery, ahead: FeedAhead? = nil, onProgress: (RecordCount) -> Void
    ) throws -> IngestOutcome {
        defer { ahead?.abandon() }
        let prepared =
            try ahead?.prepared()
            ?? PreparedFeed(
                feed, gazetteer: gazetteer, currency: configuration.currency, today: today)
        let run = RunInfo(
            startedAt: now, today: today, fingerprint: prepared.fingerprint,
            lossLimit: LossLimit(share: configuration.maximumLoss))
        return try store.ingest(source: feed.source, run: run) { transaction in
            var seen = RecordCount()
            var reported = 0
            func take(_ item: Staging.Item) throws {
                seen += try Self.give(item, to: transaction)
                if seen.courses - reported >= 50 {
                    reported = seen.courses
                    onProgress(seen)
                }
            }
            // A transaction that the store begins anew reads the feed itself.
            let summary: FeedSummary
            if let ahead, ahead.claim() {
                summary = try ahead.forEach(take)
            } else {
                summary = try prepared.read(packing: transaction.isFirstOfSource, take)
            }
            try transaction.finish(
                FeedClosing(
                    offered: summary.offered, isFull: summary.isFull,
                    isComplete: summary.isComplete, format: summary.format, bytes: summary.bytes,
                    endedAt: Moment(
                        secondsSince1970: now.secondsSince1970
                            + (ContinuousClock.now - began).components.seconds),
                    diagnostics: summary.diagnostics))
        }
    }

    /// Hands an item to the store; returns what was read with it.
    private static func give(
        _ item: Staging.Item, to transaction: any FeedTransaction
    ) throws -> RecordCount {
        switch item {
        case .provider(let provider):
            try transaction.provider(provider)
        case .record(let record, let offered, let quarantined):
            _ = try transaction.record(record)
            for offering in quarantined { try transaction.quarantine(offering) }
            return offered
        case .quarantined(let record):
            try transaction.quarantine(record)
            return record.count
        case .withdrawn(.course(let course)):
            try transaction.withdraw(course)
        case .withdrawn(.offering(let offering)):
            try transaction.withdraw(offering)
        case .withdrawn(.provider(let provider)):
            try transaction.withdraw(provider)
        case .withdrawn(.named(let native)):
            try transaction.withdraw(named: native)
        }
        return RecordCount()
    }
}

extension DiagnosticCode {
    /// A source's feed could not be read at all; what was known of it stays.
    public static let feedUnreadable: DiagnosticCode = "feed-unreadable"
}

extension CatalogConfiguration {
    /// The currency of amounts that name none: the euro in the countries that pay with it.
    public var currency: Currency? {
        let eurozone: Set = [
            "AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU",
            "LV",
            "MT", "NL", "PT", "SI", "SK",
        ]
        return eurozone.contains(country) ? .euro : country == "GB" ? .pound : nil
    }
}
