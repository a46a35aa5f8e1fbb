import CourseModel
import XMLStream

/// The books that a reader keeps on its way through a feed: what was offered and what became of it,
/// which ids are taken and which providers have been told.
struct FeedLedger {
    /// What came of the feed so far.
    private(set) var summary: FeedSummary
    private let source: ID<Source>
    /// The ids of courses, each with the hash of its bytes: enough to find those that come twice.
    private var ids = RecordIDs()
    private var told: [ID<Provider>: Provider] = [:]

    init(format: String, source: ID<Source>) {
        summary = FeedSummary(format: format)
        self.source = source
    }

    // MARK: The feed as a whole

    /// Says that absence means nothing in this feed.
    mutating func isDelta() { summary.isFull = false }

    /// Adds a fault of the feed as a whole.
    mutating func note(_ diagnostics: [Diagnostic]) { summary.diagnostics += diagnostics }

    /// Takes over what a document's reader counted and got over, when it is read to its end.
    mutating func close(_ xml: inout XMLReader, file: String) {
        summary.bytes += xml.bytesRead
        summary.diagnostics += xml.takeDiagnostics().map { Diagnostic($0, file: file) }
    }

    /// Ends a feed that cannot be read any further; what came before has been handed out.
    ///
    /// - Throws: The error, when nothing came before it.
    mutating func stop(_ error: XMLError, file: String) throws(FeedError) {
        let hasNothing =
            summary.offered.isZero && summary.withdrawn.isZero && summary.quarantined.isZero
        if hasNothing { throw FeedError(error) }
        summary.isComplete = false
        summary.diagnostics.append(
            Diagnostic(
                .error, .truncatedFeed, file: file,
                position: error.position.map { SourcePosition($0) },
                message: "The feed cannot be read to its end: \(error.message)"))
    }

    /// Tells that a part of the feed could not be read, so that absence says nothing.
    mutating func miss(_ diagnostic: Diagnostic) {
        summary.isComplete = false
        summary.diagnostics.append(diagnostic)
    }

    // MARK: Providers

    /// Tells the receiver of a provider, unless nothing in it is new.
    ///
    /// Formats that repeat the provider in each course say more of it in one than in another; what
    /// was told stays and what is new is added.
    ///
    /// - Returns: The provider as it is known now.
    @discardableResult
    mutating func tell(
        _ provider: Provider, _ receive: (FeedItem) throws -> Void
    ) throws -> Provider {
        var known = told[provider.id] ?? provider
        known.fill(from: provider)
        if told[provider.id] != known {
            told[provider.id] = known
            try receive(.provider(known))
        }
        return known
    }

    // MARK: Courses

    /// The id under which a course is kept: its own, with a suffix when another course has it, or
    /// `nil` when the same course was read before, byte for byte.
    ///
    /// The suffix counts in feed order, so it stays the same as long as the feed keeps its order.
    mutating func claim(
        _ native: String, original: [UInt8], at node: XMLNode, field: String,
        _ log: inout DiagnosticLog
    ) -> String? {
        switch ids.claim(native, content: StableHash.of(original)) {
        case .repeated:
            log.add(
                .warning, .duplicateRecord, at: node, field: node.localName,
                "The course \(quoted(native)) stands twice in the feed, byte for byte; the second "
                    + "one was set apart. Remove it.")
            return nil
        case .new(let unique):
            if unique != native {
                log.add(
                    .warning, .duplicateID, at: node, field: field,
                    "Another course of the feed has the id \(quoted(native)); this one became "
                        + "\(quoted(unique)). Give each its own id.")
            }
            return unique
        }
    }

    /// Hands out a course with its offerings.
    mutating func accept(
        _ draft: RecordDraft, _ log: inout DiagnosticLog, _ receive: (FeedItem) throws -> Void
    ) throws {
        guard let record = CourseRecord(course: draft.course, offerings: draft.offerings) else {
            // Drafts hold ids of their own, so this cannot be; if it were, nothing may be lost.
            log.add(
                .error, .duplicateID, at: draft.node, field: draft.node.localName,
                "The offerings of the course cannot be told apart; it was set apart.")
            try quarantine(
                .course, draft.course.nativeID, draft.node, draft.original, draft.offered,
                log.take(), receive)
            return
        }
        summary.offered += draft.offered
        let item = FeedItem.record(
            ReadRecord(
                record: record, original: draft.original, offered: draft.offered,
                diagnostics: log.take(), quarantinedOfferings: draft.apart))
        summary.count(item)
        try receive(item)
    }

    /// Hands out that something is withdrawn.
    mutating func withdraw(
        _ withdrawal: Withdrawal, _ count: RecordCount, _ receive: (FeedItem) throws -> Void
    ) throws {
        summary.withdrawn += count
        try receive(.withdrawn(withdrawal))
    }

    // MARK: What is set apart

    /// Sets a record apart.
    mutating func quarantine(
        _ kind: QuarantinedRecord.Kind, _ nativeID: String?, _ node: XMLNode,
        _ original: [UInt8], _ count: RecordCount, _ reasons: [Diagnostic],
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let reasons = reasons.sorted { $0.severity > $1.severity }
        try quarantine(
            QuarantinedRecord(
                kind: kind, nativeID: nativeID, file: reasons.first?.file ?? "",
                position: SourcePosition(node.position), original: original, reasons: reasons,
                count: count), receive)
    }

    /// Sets apart what cannot be read as XML.
    ///
    /// - Parameter count: How many records begin in its bytes.
    mutating func quarantine(
        _ damage: XMLDamage, count: RecordCount, file: String,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let name = damage.recordName.isEmpty ? "part of the feed" : damage.recordName
        try quarantine(
            QuarantinedRecord(
                kind: count.courses > 0 || count.offerings == 0 ? .course : .offering,
                nativeID: nil, file: file, position: SourcePosition(damage.position),
                original: damage.bytes,
                reasons: [
                    Diagnostic(
                        .error, .malformedRecord, file: file,
                        position: SourcePosition(damage.faultPosition), field: damage.recordName,
                        message: "The mark-up of this \(name) is broken: \(damage.message). It was "
                            + "set apart, with \(count); correct it and send the feed again.")
                ], count: count), receive)
    }

    private mutating func quarantine(
        _ record: QuarantinedRecord, _ receive: (FeedItem) throws -> Void
    ) throws {
        summary.offered += record.count
        let item = FeedItem.quarantined(record)
        summary.count(item)
        try receive(item)
    }
}

extension Provider {
    /// Takes over what is not said yet.
    fileprivate mutating func fill(from other: Provider) {
        if description.isEmpty { description = other.description }
        url = url ?? other.url
        image = image ?? other.image
        location = location ?? other.location
        for contact in other.contacts where !contacts.contains(contact) { contacts.append(contact) }
        for code in other.codes where !codes.contains(code) { codes.append(code) }
        for text in other.accreditations where !accreditations.contains(text) {
            accreditations.append(text)
        }
    }
}
