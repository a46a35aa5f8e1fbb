import CourseModel
import Feeds
import Glibc
import HTTPClient
import Ingest
import Storage
import Synchronization

/// Fetches a source's feed into its mirror: one document, or a directory and what it names.
struct SourceFetch: Sendable {
    /// Documents that one source may consist of.
    private static let maximumDocuments = 100_000
    /// Documents in a row that may be missing before a server is left alone.
    private static let patience = 5
    /// Seconds for one round over a directory's documents; the next one goes on.
    private static let roundSeconds = 4 * 3_600
    /// Seconds after which an interrupted round is begun anew.
    private static let staleRound: Int64 = 86_400

    let source: Source
    let settings: FetchSettings
    let workspace: Workspace
    let today: CalendarDate
    let now: Moment
    /// Changed by tests, which have no time to wait.
    var limits: HTTPLimits

    init(
        _ source: Source, of workspace: Workspace, today: CalendarDate, now: Moment,
        limits: HTTPLimits = HTTPLimits()
    ) {
        self.source = source
        self.workspace = workspace
        self.today = today
        self.now = now
        settings = workspace.configuration.fetching(of: source.id)
        self.limits = limits
        self.limits.bytes = settings.maximumBytes
        self.limits.seconds = min(limits.seconds, Double(settings.timeout))
        self.limits.allowsPrivateAddresses = settings.allowsPrivateAddresses
    }

    /// Looks for the feed.
    ///
    /// - Throws: ``SyncFailure``; the mirror then still holds the last good documents.
    func fetch(into mirror: Mirror) throws -> FetchedFeed {
        let session = FetchSession(
            client: HTTPClient(
                limits: limits,
                authorities: settings.authorities.map {
                    $0.hasPrefix("/") ? $0 : workspace.folder + "/" + $0
                }),
            credentials: try settings.credentials?.resolved(in: workspace.folder),
            origin: try address(source.location))
        if settings.harvest != nil {
            var harvest = OAIHarvest(self, session)
            return try harvest.run(mirror)
        }
        return try fetchDocuments(session, mirror)
    }

    private func address(_ text: String) throws(SyncFailure) -> WebAddress {
        do { return try WebAddress(text) } catch { throw .http(error) }
    }

    /// A document of the mirror as the reader sees it, under its address.
    func input(_ path: String, address: String) -> FeedInput {
        FeedInput(
            .file(path: path), name: address, source: source.id,
            currency: workspace.configuration.currency, today: today)
    }

    private func fetchDocuments(
        _ session: FetchSession, _ mirror: Mirror
    ) throws -> FetchedFeed {
        var feed = FetchedFeed()
        let root = session.origin
        try fetch(root, session, mirror, &feed, isRoot: true)
        guard let document = mirror.state.documents[root.text] else {
            throw SyncFailure.empty(address: root.text)
        }
        var input = input(mirror.path(document.file), address: root.text)
        guard input.listsOthers else {
            mirror.state.documents = [root.text: document]
            feed.inputs = [input]
            return feed
        }
        let round = Round(self, session, feed, mirror)
        try round.run(input)
        feed = round.feed
        let paths = mirror.state.documents.mapValues { [folder = mirror.folder] in
            folder + "/documents/" + $0.file
        }
        input.resolver = Self.resolver(paths, round.missing)
        feed.inputs = [input]
        return feed
    }

    /// Fetches one document unless the mirror holds the latest.
    func fetch(
        _ address: WebAddress, _ session: FetchSession, _ mirror: Mirror,
        _ feed: inout FetchedFeed, isRoot: Bool
    ) throws(SyncFailure) {
        let known = mirror.state.documents[address.text].flatMap {
            access(mirror.path($0.file), R_OK) == 0 ? $0 : nil
        }
        let file = mirror.newFile()
        let path = mirror.path(file)
        let answer: HTTPAnswer
        do {
            answer = try session.client.fetch(
                session.request(address, validators: known?.validators ?? .init()), into: path)
        } catch {
            unlink(path)
            throw .http(error)
        }
        feed.transferred += answer.transferred
        if let moved = answer.permanentAddress {
            feed.warnings.append(
                "\(address): it has moved for good to \(moved); correct the address")
        }
        if answer.isNotModified, var known {
            known.checkedAt = now.secondsSince1970
            mirror.state.documents[address.text] = known
            feed.kept += 1
            return
        }
        do {
            if isRoot {
                try DocumentCheck.check(
                    input(path, address: address.text), path: path, address: address.text)
            }
        } catch {
            unlink(path)
            throw error
        }
        mirror.state.documents[address.text] = MirrorState.Document(
            file: file, validators: answer.validators, checkedAt: now.secondsSince1970)
        feed.fetched += 1
    }

    /// Opens the fetched documents, and nothing else.
    private static func resolver(
        _ paths: [String: String], _ missing: [String: String]
    ) -> FeedInput.Resolver {
        { reference, from throws(FeedError) in
            func unresolved(_ reason: String) -> FeedError {
                .unresolved(reference: reference, from: from.name, reason: reason)
            }
            let address: WebAddress
            do { address = try WebAddress(from.name).resolving(reference) } catch {
                throw unresolved("\(error)")
            }
            guard let path = paths[address.text] else {
                throw unresolved(missing[address.text] ?? "it was not fetched")
            }
            return FeedInput(
                .file(path: path), name: address.text, source: from.source,
                currency: from.currency, today: from.today, resolver: from.resolver)
        }
    }

    /// One round over the documents that a directory names.
    ///
    /// The feed's own reader says which they are: it is run once with a resolver that fetches, and
    /// what it reads is thrown away. So every format that refers to other documents is harvested,
    /// and exactly what is needed is fetched.
    ///
    /// `@unchecked Sendable`: the reader resolves one reference at a time, and the state is locked.
    private final class Round: @unchecked Sendable {
        private let fetch: SourceFetch
        private let session: FetchSession
        private let lock = Mutex(())
        private var asked: Set<String> = []
        private var inARow = 0
        private var stop: (any Error)?
        private var began: Int64 = 0
        private let deadline: Int
        private let mirror: Mirror
        private(set) var feed: FetchedFeed
        /// Why documents are not there, by address.
        private(set) var missing: [String: String] = [:]

        init(
            _ fetch: SourceFetch, _ session: FetchSession, _ feed: FetchedFeed, _ mirror: Mirror
        ) {
            self.fetch = fetch
            self.mirror = mirror
            self.session = session
            self.feed = feed
            deadline = time(nil) + SourceFetch.roundSeconds
        }

        func run(_ directory: FeedInput) throws {
            let now = fetch.now.secondsSince1970
            let unfinished = mirror.state.roundBegan ?? 0
            began = now - unfinished < SourceFetch.staleRound ? unfinished : now
            mirror.state.roundBegan = began
            var directory = directory
            directory.resolver = { [self] reference, from throws(FeedError) in
                try resolve(reference, from)
            }
            do {
                _ = try readFeed(directory, format: fetch.source.format) { _ in
                    if let stop { throw stop }
                }
                if let stop { throw stop }
            } catch {
                // What is fetched stays, for the next round to go on from.
                try mirror.save()
                throw stop ?? error
            }
            mirror.state.roundBegan = nil
            mirror.state.documents = mirror.state.documents.filter {
                asked.contains($0.key) || $0.key == session.origin.text
            }
        }

        private func resolve(_ reference: String, _ from: FeedInput) throws(FeedError) -> FeedInput
        {
            func unresolved(_ reason: String) -> FeedError {
                .unresolved(reference: reference, from: from.name, reason: reason)
            }
            let address: WebAddress
            do { address = try WebAddress(from.name).resolving(reference) } catch {
                throw unresolved("\(error)")
            }
            let file: String? = lock.withLock { _ in path(of: address) }
            guard let file else {
                throw unresolved(missing[address.text] ?? "the round was stopped")
            }
            return FeedInput(
                .file(path: file), name: address.text, source: from.source,
                currency: from.currency, today: from.today, resolver: from.resolver)
        }

        /// The file of a document, fetched when that was not done in this round yet.
        private func path(of address: WebAddress) -> String? {
            guard stop == nil else { return nil }
            let isNew = asked.insert(address.text).inserted
            if isNew,
                mirror.state.documents[address.text].map({ $0.checkedAt < began })
                    ?? true
            {
                guard asked.count <= SourceFetch.maximumDocuments else {
                    stop = SyncFailure.tooManyDocuments(
                        address: session.origin.text, limit: SourceFetch.maximumDocuments)
                    return nil
                }
                guard time(nil) < deadline else {
                    stop = SyncFailure.tooLong(
                        address: session.origin.text, fetched: feed.fetched,
                        seconds: SourceFetch.roundSeconds)
                    return nil
                }
                look(for: address)
            }
            return mirror.state.documents[address.text].map {
                mirror.path($0.file)
            }
        }

        private func look(for address: WebAddress) {
            do throws(SyncFailure) {
                try fetch.fetch(address, session, mirror, &feed, isRoot: false)
                inARow = 0
                if feed.fetched % 200 == 0 { saveOrStop() }
            } catch {
                guard case .http(let failure) = error else {
                    stop = error
                    return
                }
                missing[address.text] = failure.description
                if failure.isGone {
                    // It is said to be there no more; what it was does not count any longer.
                    mirror.state.documents[address.text] = nil
                    return
                }
                let isKept = mirror.state.documents[address.text] != nil
                feed.warnings.append(
                    failure.description + (isKept ? ". Its last good version is used" : ""))
                inARow += 1
                if inARow >= SourceFetch.patience {
                    stop = SyncFailure.manyMissing(
                        address: session.origin.text, fetched: feed.fetched, last: failure)
                }
            }
        }

        private func saveOrStop() {
            do { try mirror.save() } catch { stop = error }
        }
    }
}
