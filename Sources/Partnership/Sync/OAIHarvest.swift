import Feeds
import Glibc
import HTTPClient

/// Harvests an OAI-PMH 2.0 repository into the mirror: what changed since the last time, page by
/// page, and what was deleted.
///
/// The mirror holds every record of the repository, so that its documents together are a full feed,
/// however little of it was sent this time.
struct OAIHarvest {
    /// Seconds between two harvests of everything, of a repository that may forget its deletions.
    private static let fullEvery: Int64 = 7 * 86_400
    /// Seconds after which an interrupted harvest is begun anew; tokens do not last longer.
    private static let staleHarvest: Int64 = 86_400
    private static let maximumPages = 100_000
    /// Pages between two times that the state is saved.
    private static let pagesBetweenSaves = 20

    private let fetch: SourceFetch
    private let session: FetchSession
    private var feed = FetchedFeed()

    init(_ fetch: SourceFetch, _ session: FetchSession) {
        self.fetch = fetch
        self.session = session
    }

    /// Brings the mirror up to date.
    ///
    /// - Throws: ``SyncFailure``; what came until then stays in the mirror, and the next harvest
    ///   goes on from there.
    mutating func run(_ mirror: Mirror) throws -> FetchedFeed {
        let identity = try ask("verb=Identify", mirror) { _ in }
        try refuse(identity.fault)
        let prefix = try prefix(mirror)
        let set = fetch.settings.harvest?.set
        if mirror.state.harvest?.prefix != prefix || mirror.state.harvest?.set != set {
            mirror.state.harvest = MirrorState.Harvest(prefix: prefix, set: set)
        }
        var harvest = mirror.state.harvest ?? MirrorState.Harvest(prefix: prefix, set: set)
        let now = fetch.now.secondsSince1970
        if let unfinished = harvest.unfinished, now - unfinished.began >= Self.staleHarvest {
            harvest.unfinished = nil
        }
        do {
            try harvestPages(identity, &harvest, mirror)
        } catch SyncFailure.repository(_, "badResumptionToken", _)
            where harvest.unfinished?.token != nil
        {
            // The repository has forgotten the token that was kept.
            harvest.unfinished = nil
            try harvestPages(identity, &harvest, mirror)
        }
        feed.inputs = harvest.records.sorted { $0.key < $1.key }.map { identifier, file in
            fetch.input(
                mirror.path(file),
                address: address(
                    "verb=GetRecord&metadataPrefix=\(Self.encoded(prefix))"
                        + "&identifier=\(Self.encoded(identifier))"))
        }
        feed.kept = max(0, harvest.records.count - feed.fetched)
        return feed
    }

    private mutating func harvestPages(
        _ identity: OAIPage, _ harvest: inout MirrorState.Harvest, _ mirror: Mirror
    ) throws {
        let now = fetch.now.secondsSince1970
        let forgets = identity.deletedRecord != "persistent"
        var state =
            harvest.unfinished
            ?? MirrorState.Harvest.Unfinished(
                token: nil, next: Self.moment(identity),
                isFull: harvest.from == nil || identity.deletedRecord == "no"
                    || forgets && now - (harvest.fullAt ?? 0) >= Self.fullEvery,
                seen: [], began: now)
        var seen = Set(state.seen)
        var tokens: Set<String> = []
        var pages = 0
        func keep(_ harvest: inout MirrorState.Harvest) throws {
            state.seen = state.isFull ? seen.sorted() : []
            harvest.unfinished = state
            mirror.state.harvest = harvest
            try mirror.save()
        }
        while true {
            let page: OAIPage
            var taken = feed
            do {
                defer { feed.fetched = taken.fetched }
                page = try ask(Self.query(state, harvest), mirror) { record in
                    seen.insert(record.identifier)
                    try Self.take(record, &harvest, mirror, &taken)
                }
            } catch {
                try keep(&harvest)
                throw error
            }
            if page.fault?.code == "noRecordsMatch" { break }
            if page.fault != nil { try keep(&harvest) }
            try refuse(page.fault)
            guard let token = page.resumptionToken else { break }
            pages += 1
            guard tokens.insert(token).inserted, pages < Self.maximumPages else {
                throw SyncFailure.notOAI(
                    address: session.origin.text,
                    reason: "its list goes on in a circle, at the token “\(token.prefix(80))”")
            }
            state.token = token
            if pages % Self.pagesBetweenSaves == 0 { try keep(&harvest) }
        }
        if state.isFull {
            harvest.records = harvest.records.filter { seen.contains($0.key) }
            harvest.fullAt = state.began
        }
        harvest.from = state.next
        harvest.unfinished = nil
        mirror.state.harvest = harvest
    }

    private static func take(
        _ record: OAIPage.Record, _ harvest: inout MirrorState.Harvest, _ mirror: Mirror,
        _ feed: inout FetchedFeed
    ) throws {
        guard let document = record.document else {
            harvest.records[record.identifier] = nil
            return
        }
        let file = mirror.newFile()
        try AtomicFile.write(document, to: mirror.path(file))
        harvest.records[record.identifier] = file
        feed.fetched += 1
    }

    // MARK: Asking

    private static func query(
        _ state: MirrorState.Harvest.Unfinished, _ harvest: MirrorState.Harvest
    ) -> String {
        if let token = state.token { return "verb=ListRecords&resumptionToken=\(encoded(token))" }
        var query = "verb=ListRecords&metadataPrefix=\(encoded(harvest.prefix))"
        if let set = harvest.set { query += "&set=\(encoded(set))" }
        if !state.isFull, let from = harvest.from { query += "&from=\(encoded(from))" }
        return query
    }

    /// The moment of an answer, as fine as the repository takes it: the next harvest asks from
    /// there, so that what changes during this one comes again.
    private static func moment(_ identity: OAIPage) -> String {
        let date = identity.responseDate ?? ""
        return identity.granularity == "YYYY-MM-DD" ? String(date.prefix(10)) : date
    }

    /// The prefix that is named, else that of the last harvest, else the first one offered whose
    /// records are in a format that is read: a look at one tells, whatever its namespace is called.
    private mutating func prefix(_ mirror: Mirror) throws -> String {
        if let prefix = fetch.settings.harvest?.prefix { return prefix }
        if let known = mirror.state.harvest?.prefix { return known }
        let page = try ask("verb=ListMetadataFormats", mirror) { _ in }
        try refuse(page.fault)
        for prefix in page.prefixes {
            var isRead = false
            let fetch = fetch
            _ = try ask("verb=ListRecords&metadataPrefix=\(Self.encoded(prefix))", mirror) {
                if !isRead, let document = $0.document { isRead = Self.isKnown(document, fetch) }
            }
            if isRead { return prefix }
        }
        throw SyncFailure.repository(
            address: session.origin.text, code: "cannotDisseminateFormat",
            message: "it offers \(page.prefixes.joined(separator: ", ")), "
                + "of which none is known; name one as prefix if its records are in a known format")
    }

    private static func isKnown(_ document: [UInt8], _ fetch: SourceFetch) -> Bool {
        let input = FeedInput(
            .bytes(document), name: fetch.source.location, source: fetch.source.id,
            today: fetch.today)
        guard let opening = try? FeedOpening(of: input) else { return false }
        return Feeds.knownFormats.contains { $0.recognises(opening) }
    }

    private mutating func ask(
        _ query: String, _ mirror: Mirror, _ receive: (OAIPage.Record) throws -> Void
    ) throws -> OAIPage {
        let address = address(query)
        let path = mirror.path("page-" + mirror.newFile())
        defer { unlink(path) }
        do {
            let answer = try session.client.fetch(
                session.request(try WebAddress(address)), into: path)
            feed.transferred += answer.transferred
        } catch {
            throw SyncFailure.http(error)
        }
        return try OAIPage(path: path, address: address, receive)
    }

    private func refuse(_ fault: OAIPage.Fault?) throws(SyncFailure) {
        guard let fault else { return }
        throw .repository(
            address: session.origin.text, code: fault.code, message: fault.message)
    }

    private func address(_ query: String) -> String {
        session.origin.text + (session.origin.text.contains("?") ? "&" : "?") + query
    }

    /// Text as part of a query (RFC 3986, section 2.1).
    private static func encoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let character = Character(UnicodeScalar(byte))
            if character.isASCII,
                character.isLetter || character.isNumber || "-._~".contains(character)
            {
                encoded.append(character)
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
