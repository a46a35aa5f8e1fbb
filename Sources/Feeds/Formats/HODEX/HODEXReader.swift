import CourseModel
import XMLStream

/// Reads programmes, and directories of programmes or of other directories.
struct HODEXReader {
    /// Directories within directories: the central one, an institution's; a cycle ends here.
    private static let deepest = 4

    private let input: FeedInput
    private var ledger: FeedLedger
    private var directories: Set<String> = []

    /// What a directory says of a document that it names.
    private struct Listing {
        var organisation: String?
        var programme: String?
    }

    init(_ input: FeedInput) {
        self.input = input
        ledger = FeedLedger(format: HODEX.name, source: input.source)
    }

    /// Reads the feed.
    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        directories.insert(input.identity)
        if let error = try read(input, Listing(), depth: 1, receive) { throw error }
        return ledger.summary
    }

    /// Reads a document.
    ///
    /// - Returns: Why nothing at all could be read of it.
    /// - Throws: What `receive` throws.
    private mutating func read(
        _ document: FeedInput, _ listing: Listing, depth: Int,
        _ receive: (FeedItem) throws -> Void
    ) throws -> FeedError? {
        let before = ledger.summary.offered
        var xml: XMLReader
        do {
            xml = try document.xmlReader(records: ["program", "hodexResource", "hodexEntity"])
        } catch {
            return error
        }
        do {
            while let event = try xml.next() {
                switch (event, xml.localName) {
                case (.startElement, "program"):
                    try take(try xml.readElement(), listing, document, receive)
                case (.startElement, "hodexResource"):
                    try open(resource: try xml.readElement(), document, depth, receive)
                case (.startElement, "hodexEntity"):
                    try open(entity: try xml.readElement(), document, depth, receive)
                case (.damage(let damage), _):
                    try take(damage, document, receive)
                default: break
                }
            }
        } catch let error as XMLError {
            if ledger.summary.offered == before { return FeedError(error) }
            try ledger.stop(error, file: document.name)
        }
        ledger.close(&xml, file: document.name)
        return nil
    }

    // MARK: Directories

    /// Reads the programme that a directory names.
    ///
    /// One that cannot be opened is set apart: the directory offers it.
    private mutating func open(
        resource: XMLFragment, _ document: FeedInput, _ depth: Int,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let node = resource.root
        let listing = Listing(
            organisation: node.line("orgUnitId"), programme: node.line("programId"))
        let before = ledger.summary.offered
        var failure: FeedError?
        do {
            let programme = try resolve("hodexResourceURL", of: node, in: document, depth)
            failure = try read(programme, listing, depth: depth + 1, receive)
            if failure == nil, ledger.summary.offered == before {
                failure = .wrongFormat(
                    name: programme.name, expected: "a programme",
                    found: "no <program> stands in it")
            }
        } catch let error as UnresolvedDocument {
            failure = error.reason
        }
        guard let failure else { return }
        let reason = Diagnostic(
            .error, .documentUnresolved, file: document.name,
            position: SourcePosition(node.position), record: listing.programme,
            field: "hodexResourceURL", message: failure.description)
        try ledger.quarantine(
            .course, listing.programme, node, resource.original, RecordCount(courses: 1),
            [reason], receive)
    }

    /// Reads another institution's directory; what it offers is not known when it cannot be opened.
    private mutating func open(
        entity: XMLFragment, _ document: FeedInput, _ depth: Int,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let node = entity.root
        var failure: FeedError?
        do {
            let directory = try resolve("hodexDirectoryURL", of: node, in: document, depth)
            if directories.insert(directory.identity).inserted {
                failure = try read(
                    directory, Listing(organisation: node.line("orgUnitId")), depth: depth + 1,
                    receive)
            }
        } catch let error as UnresolvedDocument {
            failure = error.reason
        }
        guard let failure else { return }
        ledger.miss(
            Diagnostic(
                .error, .documentUnresolved, file: document.name,
                position: SourcePosition(node.position), record: node.line("orgUnitId"),
                field: "hodexDirectoryURL", message: failure.description))
    }

    /// A document could not be opened; apart from what the receiver may throw.
    private struct UnresolvedDocument: Error {
        var reason: FeedError
    }

    /// The document that an entry of a directory names.
    private func resolve(
        _ field: String, of entry: XMLNode, in document: FeedInput, _ depth: Int
    ) throws(UnresolvedDocument) -> FeedInput {
        let address = entry.line(field)
        do throws(FeedError) {
            guard let address, depth < Self.deepest else {
                throw .unresolved(
                    reference: address ?? "", from: document.name,
                    reason: address == nil
                        ? "the directory gives no \(field)" : "directories lie too deep")
            }
            return try document.resolve(address)
        } catch {
            throw UnresolvedDocument(reason: error)
        }
    }

    // MARK: Programmes

    private mutating func take(
        _ fragment: XMLFragment, _ listing: Listing, _ document: FeedInput,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var log = DiagnosticLog(file: document.name)
        let node = fragment.root
        let original = fragment.original
        let programme = HODEXProgramme(
            node, organisation: listing.organisation, listed: listing.programme)
        log.record = programme.nativeID
        let provider = try ledger.tell(
            programme.provider(input.source, file: document.name), receive)
        if !programme.hasID {
            log.add(
                .warning, .missingID, at: node, field: "programId",
                "The programme has no programId; its id was made of institution, name and form, "
                    + "and changes with them. Give it a programId.")
        }
        guard
            let unique = ledger.claim(
                programme.nativeID, original: original, at: node, field: "programId", &log),
            let course = programme.course(
                unique, provider: provider.id, source: input.source, &log)
        else {
            if !log.entries.contains(where: { $0.code == .duplicateRecord }) {
                log.add(
                    .error, .courseWithoutTitle, at: node, field: "programName",
                    "The programme has no name; it was set apart. Give it a programName.")
            }
            try ledger.quarantine(
                .course, programme.nativeID, node, original, RecordCount(courses: 1), log.take(),
                receive)
            return
        }
        try ledger.accept(RecordDraft(course, original: original, node: node), &log, receive)
    }

    private mutating func take(
        _ damage: XMLDamage, _ document: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws {
        let count = RecordCount(
            courses: startTags("program", in: damage.bytes)
                + startTags("hodexResource", in: damage.bytes))
        try ledger.quarantine(damage, count: count, file: document.name, receive)
        guard startTags("hodexEntity", in: damage.bytes) > 0 else { return }
        ledger.miss(
            Diagnostic(
                .error, .malformedRecord, file: document.name,
                position: SourcePosition(damage.faultPosition), field: "hodexEntity",
                message: "The mark-up of a directory's entry is broken: \(damage.message). What it "
                    + "names was not read."))
    }
}
