import CourseModel
import Feeds
import HTTPClient
import Ingest
import Storage

/// Looks for news of sources, each at its own address and in its own time, and takes it in.
public struct SourceSync {
    /// Servers that are asked at once, so that a slow one does not keep the others waiting.
    private static let servers = 4
    /// Seconds after the first look in vain until the next; twice as many after each one more.
    private static let firstRetry = 900

    private let catalogue: Catalogue
    private let now: Moment
    private let limits: HTTPLimits

    /// A sync of a catalogue's sources.
    ///
    /// - Parameter limits: How patient to be; sizes and private addresses come from `catalog.toml`.
    public init(_ catalogue: Catalogue, now: Moment, limits: HTTPLimits = HTTPLimits()) {
        self.catalogue = catalogue
        self.now = now
        self.limits = limits
    }

    /// Fetches sources and takes in what came.
    ///
    /// A source that fails keeps its last good state, leaves a failed run behind that says why, and
    /// does not keep the others out.
    ///
    /// - Parameter onlyDue: Leaves out sources whose time has not come.
    /// - Returns: One outcome a source, in their order.
    /// - Throws: `IngestError`, `StoreError` and ``SyncFailure`` when the catalogue itself cannot be
    ///   written.
    public func run(_ sources: [Source], onlyDue: Bool = false) throws -> [SyncOutcome] {
        var outcomes: [SyncOutcome] = []
        var looks: [Look] = []
        let work = OrderedWork<Job, Look>(threadCount: Self.servers - 1) { { Self.look($0) } }
        defer { work.close() }
        for source in sources {
            if onlyDue, let next = try nextLook(source), next > now {
                outcomes.append(SyncOutcome(source, .notDue(until: next)))
                continue
            }
            work.add(
                Job(
                    fetch: SourceFetch(
                        source, of: catalogue.workspace, today: catalogue.today, now: now,
                        limits: limits)))
        }
        while let look = work.next() {
            if look.isBusy {
                outcomes.append(SyncOutcome(look.source, .busy))
            } else {
                looks.append(look)
            }
        }
        let results = try catalogue.ingest(looks.map(delivery))
        for (look, result) in zip(looks, results) {
            var outcome = SyncOutcome(look.source, .delivered(result.outcome))
            if case .success(let feed?) = look.feed {
                outcome.documents = (feed.fetched, feed.kept)
                outcome.transferred = feed.transferred
                outcome.warnings = feed.warnings
            }
            try remember(look, isGood: (try? result.outcome.get()) != nil)
            outcomes.append(outcome)
        }
        let order = sources.map(\.id)
        return outcomes.sorted {
            (order.firstIndex(of: $0.source.id) ?? 0) < (order.firstIndex(of: $1.source.id) ?? 0)
        }
    }

    /// When a source is to be looked at again; `nil` when it never was.
    public func nextLook(_ source: Source) throws -> Moment? {
        let folder = Mirror.folder(of: source.id, in: catalogue.workspace)
        guard let state = MirrorState.read(folder + "/state.json"),
            state.address == source.location, let tried = state.triedAt
        else { return nil }
        let every = catalogue.workspace.configuration.fetching(of: source.id).every
        let pause =
            state.failures == 0
            ? every : min(every, Self.firstRetry << min(state.failures - 1, 10))
        return Moment(secondsSince1970: tried + Int64(pause))
    }

    // MARK: One source

    private struct Job: Sendable {
        let fetch: SourceFetch
    }

    /// What one look came to.
    private struct Look: Sendable {
        let source: Source
        /// Held until the feed has been taken in, so that nobody removes its documents meanwhile.
        let mirror: Mirror?
        /// `nil` for a feed that lies on this machine.
        let feed: Result<FetchedFeed?, any Error>
        var isBusy: Bool { mirror == nil && (try? feed.get()) != nil }
    }

    private static func look(_ job: Job) -> Look {
        let fetch = job.fetch
        let source = fetch.source
        do {
            guard
                let mirror = try Mirror.open(
                    source.id, of: fetch.workspace, address: source.location)
            else {
                return Look(source: source, mirror: nil, feed: .success(FetchedFeed()))
            }
            guard source.isFetched else {
                return Look(source: source, mirror: mirror, feed: .success(nil))
            }
            do {
                let feed = try fetch.fetch(into: mirror)
                try mirror.save()
                return Look(source: source, mirror: mirror, feed: .success(feed))
            } catch {
                return Look(source: source, mirror: mirror, feed: .failure(error))
            }
        } catch {
            return Look(source: source, mirror: nil, feed: .failure(error))
        }
    }

    private func delivery(_ look: Look) -> FeedDelivery {
        let location = catalogue.workspace.location(of: look.source)
        switch look.feed {
        case .success(nil): return FeedDelivery(look.source, location: location)
        case .success(let feed?):
            return FeedDelivery(
                look.source, location: location, content: .documents(feed.inputs))
        case .failure(let error):
            return FeedDelivery(
                look.source, location: location,
                content: .missing(
                    error,
                    Diagnostic(.error, .feedNotFetched, file: location, message: "\(error)")))
        }
    }

    private func remember(_ look: Look, isGood: Bool) throws {
        guard let mirror = look.mirror else { return }
        mirror.state.triedAt = now.secondsSince1970
        mirror.state.failures = isGood ? 0 : mirror.state.failures + 1
        try mirror.save()
        mirror.removeStrays()
    }
}

extension Source {
    /// Whether the feed is at an address, not on this machine.
    package var isFetched: Bool { location.contains("://") && !location.hasPrefix("file://") }
}

extension DiagnosticCode {
    /// A source's feed could not be had from its address; what was known of it stays.
    public static let feedNotFetched: DiagnosticCode = "feed-not-fetched"
}
