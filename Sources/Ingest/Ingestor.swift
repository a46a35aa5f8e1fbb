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

    /// An ingestor that takes `today` for today and `now` for the time of its runs.
    public init(
        store: any CatalogueStore, gazetteer: Gazetteer, configuration: CatalogConfiguration,
        today: CalendarDate, now: Moment
    ) {
        self.store = store
        self.gazetteer = gazetteer
        self.configuration = configuration
        self.today = today
        self.now = now
    }

    /// Notes that a source's feed could not be read, so that its silence is seen.
    func noteFailure(of source: Source, location: String, _ error: FeedError) throws {
        try store.noteFailure(
            source: source, run: RunInfo(startedAt: now, today: today),
            reasons: [
                Diagnostic(.error, .feedUnreadable, file: location, message: error.description)
            ])
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
        guard CatalogConfiguration.isSourceName(source.id.value) else {
            throw IngestError.badSourceName(source.id.value)
        }
        let reading = FeedReading(
            source: source,
            inputs: try FeedFiles.inputs(
                at: location, source: source.id, currency: configuration.currency, today: today),
            gazetteer: gazetteer)
        let run = RunInfo(
            startedAt: now, today: today, lossLimit: LossLimit(share: configuration.maximumLoss))
        return try store.ingest(source: source, run: run) { transaction in
            var seen = RecordCount()
            var reported = 0
            let summary = try reading.read { item in
                switch item {
                case .provider(let provider):
                    try transaction.provider(provider)
                case .record(let read):
                    try transaction.record(
                        read.record, original: read.original, diagnostics: read.diagnostics)
                    for offering in read.quarantinedOfferings {
                        try transaction.quarantine(offering)
                    }
                    seen += read.offered
                case .quarantined(let record):
                    try transaction.quarantine(record)
                    seen += record.count
                case .withdrawn(.course(let course)):
                    try transaction.withdraw(course)
                case .withdrawn(.offering(let offering)):
                    try transaction.withdraw(offering)
                case .withdrawn(.provider(let provider)):
                    try transaction.withdraw(provider)
                }
                if seen.courses - reported >= 50 {
                    reported = seen.courses
                    onProgress(seen)
                }
            }
            try transaction.finish(
                FeedClosing(
                    offered: summary.offered, isFull: summary.isFull,
                    isComplete: summary.isComplete, format: summary.format, bytes: summary.bytes,
                    diagnostics: summary.diagnostics))
        }
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
