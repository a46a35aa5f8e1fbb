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

    /// Takes a feed in that was delivered: all of it, or nothing.
    func ingest(
        _ feed: FeedDelivery, onProgress: (RecordCount) -> Void
    ) throws -> IngestOutcome {
        switch feed.content {
        case .location:
            try ingest(feed.source, from: feed.location, onProgress: onProgress)
        case .documents(let documents):
            try ingest(
                feed.source, documents, location: feed.location, onProgress: onProgress)
        case .missing(let error, _): throw error
        }
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
        try ingest(
            source,
            try FeedFiles.inputs(
                at: location, source: source.id, currency: configuration.currency, today: today),
            location: location, onProgress: onProgress)
    }

    private func ingest(
        _ source: Source, _ documents: [FeedInput], location: String,
        onProgress: (RecordCount) -> Void
    ) throws -> IngestOutcome {
        guard CatalogConfiguration.isSourceName(source.id.value) else {
            throw IngestError.badSourceName(source.id.value)
        }
        let reading = FeedReading(source: source, inputs: documents, gazetteer: gazetteer)
        let marks = reading.inputs.map(Self.mark)
        let run = RunInfo(
            startedAt: now, today: today,
            fingerprint: try FeedFingerprint.of(
                reading.inputs, format: source.format,
                settings: "\(source.id) \(configuration.currency?.code ?? "")"),
            lossLimit: LossLimit(share: configuration.maximumLoss))
        return try store.ingest(source: source, run: run) { transaction in
            var seen = RecordCount()
            var reported = 0
            func take(_ item: Staging.Item) throws {
                switch item {
                case .provider(let provider):
                    try transaction.provider(provider)
                case .record(let record, let offered, let quarantined):
                    _ = try transaction.record(record)
                    for offering in quarantined { try transaction.quarantine(offering) }
                    seen += offered
                case .quarantined(let record):
                    try transaction.quarantine(record)
                    seen += record.count
                case .withdrawn(.course(let course)):
                    try transaction.withdraw(course)
                case .withdrawn(.offering(let offering)):
                    try transaction.withdraw(offering)
                case .withdrawn(.provider(let provider)):
                    try transaction.withdraw(provider)
                case .withdrawn(.named(let native)):
                    try transaction.withdraw(named: native)
                }
                if seen.courses - reported >= 50 {
                    reported = seen.courses
                    onProgress(seen)
                }
            }
            let staging = Staging(reading, packing: transaction.isFirstOfSource)
            defer { staging.close() }
            let summary = try reading.readUnplaced { try staging.take($0, take) }
            try staging.finish(take)
            // Else the fingerprint would stand for other bytes than were read.
            guard marks == reading.inputs.map(Self.mark) else {
                throw FeedError.unreadable(
                    name: location, reason: "it was changed while it was read; try again")
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

    private static func mark(_ input: FeedInput) -> String? {
        guard case .file(let path) = input.content else { return nil }
        return FeedFingerprint.fileMark(path)
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
