import CourseModel
import XMLStream

/// Reads a feed of any shape: directories and what they name, single documents, wrappers.
///
/// Documents are read where the directory names them, one record at a time; a reference is opened
/// by the input's resolver, never fetched. What cannot be opened is set apart with its address.
struct EDUDEXReader {
    /// The elements at which reading goes on after a fault, and of which one alone is lost.
    private static let records: Set<String> = [
        "program", "instituteData", "clientDiscounts", "programResource",
        "subDirectory", "clientDiscountResource",
    ]

    /// Directories within directories; a cycle ends here at the latest.
    private static let deepest = 8

    private let input: FeedInput
    private var summary = FeedSummary(format: EDUDEX.name)
    /// The programmes that came by, as fingerprints of their ids.
    private var programmes: Set<EDUDEXFingerprint> = []
    /// The providers that the receiver knows of.
    private var providers: Set<String> = []
    /// The documents that were opened, by what they are (``FeedInput/identity``).
    private var documents: Set<String> = []
    /// How many programmes said that they are not to be published.
    private var withdrawn = 0
    private var hasProgrammes = false
    private var hasDirectory = false

    init(_ input: FeedInput) { self.input = input }

    /// Reads the feed.
    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        documents.insert(input.identity)
        try read(input, listing: Listing(), depth: 1, receive)
        // An institute's data alone says nothing of what is not offered.
        summary.isFull = hasProgrammes || hasDirectory
        return summary
    }

    /// What a directory says of a document that it names.
    private struct Listing {
        /// The provider.
        var organisation: String?
        var programID: String?
        var client: String?
        /// The document types to expect; empty means any.
        var expected: Set<String> = []
    }

    // MARK: Documents

    private mutating func read(
        _ document: FeedInput, listing: Listing, depth: Int, _ receive: (FeedItem) throws -> Void
    ) throws {
        var reader = try document.xmlReader(records: Self.records)
        var listing = listing
        var root: String?
        do {
            while let event = try reader.next() {
                if case .damage(let damage) = event {
                    try take(damage, listing, document, receive)
                    continue
                }
                guard event == .startElement else { continue }
                let name = reader.localName
                if root == nil {
                    root = name
                    checkRoot(reader, listing, document)
                }
                switch name {
                case "program":
                    let fragment = try reader.readElement()
                    let mended = mended(in: fragment, &reader, document)
                    try take(fragment, mended, listing, document, nil, receive)
                case "instituteData":
                    try takeInstitute(try reader.readElement(), listing, document, receive)
                case "clientDiscounts":
                    takeDiscounts(try reader.readElement(), document)
                case "edudexDirectory": hasDirectory = true
                case "orgUnitId":
                    listing.organisation =
                        try reader.readElement().root.trimmedText ?? listing.organisation
                case "programResource", "subDirectory", "instituteDataResource",
                    "clientDiscountResource":
                    let entry = try reader.readElement()
                    try follow(entry, name, listing, document, depth, receive)
                default: break
                }
            }
        } catch let error as XMLError {
            try end(error, of: document, depth: depth)
        }
        keepDiagnostics(of: &reader, document)
        summary.bytes += reader.bytesRead
    }

    /// Reading of a document ended before its end.
    private mutating func end(_ error: XMLError, of document: FeedInput, depth: Int) throws {
        // Nothing was read: the caller should know why rather than get an empty feed.
        if depth == 1, !hasProgrammes, !hasDirectory, providers.isEmpty {
            throw FeedError(error)
        }
        summary.isComplete = false
        summary.diagnostics.append(
            Diagnostic(
                .error, .truncatedFeed, file: document.name,
                position: error.position.map { SourcePosition($0) },
                message: "The document \(error.message). What stands before it was read."))
    }

    private mutating func checkRoot(
        _ reader: borrowing XMLReader, _ listing: Listing, _ document: FeedInput
    ) {
        let name = reader.localName
        if !listing.expected.isEmpty, !listing.expected.contains(name) {
            summary.diagnostics.append(
                Diagnostic(
                    .warning, .documentUnexpected, file: document.name,
                    position: SourcePosition(reader.position), field: name,
                    message: "The directory names this document as "
                        + "\(listing.expected.sorted().map { "<\($0)>" }.joined(separator: " or "))"
                        + ", but its root is <\(name)>."))
        }
        let right: String? =
            switch name {
            case "program": EDUDEX.Namespace.program
            case "edudexDirectory": EDUDEX.Namespace.directory
            case "instituteData": EDUDEX.Namespace.institute
            default: nil
            }
        guard let right, reader.namespace != right else { return }
        summary.diagnostics.append(
            Diagnostic(
                .warning, .namespaceWrong, file: document.name,
                position: SourcePosition(reader.position), field: name,
                message: reader.namespace.lowercased() == right.lowercased()
                    ? "The namespace is “\(reader.namespace)”; capitals count in it. Write "
                        + "“\(right)”."
                    : "The namespace is “\(reader.namespace)”, not EDU-DEX's. Write “\(right)”."))
    }

    /// Keeps what the parser mended outside of records.
    private mutating func keepDiagnostics(of reader: inout XMLReader, _ document: FeedInput) {
        for diagnostic in reader.takeDiagnostics() {
            summary.diagnostics.append(Diagnostic(diagnostic, file: document.name))
        }
    }

    // MARK: Records

    /// What the parser mended in a record; what it mended before it goes to the feed's own faults.
    private mutating func mended(
        in fragment: XMLFragment, _ reader: inout XMLReader, _ document: FeedInput
    ) -> [Diagnostic] {
        var mended: [Diagnostic] = []
        for diagnostic in reader.takeDiagnostics() {
            let entry = Diagnostic(diagnostic, file: document.name)
            if fragment.byteRange.contains(diagnostic.position.byteOffset) {
                mended.append(entry)
            } else {
                summary.diagnostics.append(entry)
            }
        }
        return mended
    }

    /// Takes a programme.
    ///
    /// - Parameter salvage: The damage that it was saved from, when its own bytes are not sound.
    private mutating func take(
        _ fragment: XMLFragment, _ mended: [Diagnostic], _ listing: Listing,
        _ document: FeedInput, _ salvage: (damage: XMLDamage, saved: EDUDEXSalvage)?,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var programme = EDUDEXProgramme(
            fragment.root,
            context: .init(
                source: input.source, file: document.name, today: input.today,
                currency: input.currency, organisation: listing.organisation,
                programID: listing.programID, client: listing.client))
        hasProgrammes = true
        guard try !isWithdrawn(&programme, document, receive) else { return }
        var offered = programme.offered
        let broken = salvage?.saved.broken ?? []
        // A programme whose only runs are broken is not one without runs.
        let hasRuns = broken.isEmpty || !programme.runs.isEmpty
        offered.offerings = (hasRuns ? offered.offerings : 0) + broken.count
        summary.offered += offered
        let course = programme.course()
        let native = course?.id.native ?? ""
        EDUDEXStructure.program.check(fragment.root, &programme.issues)
        checkListing(listing, &programme)
        let original = salvage?.damage.bytes ?? fragment.original
        func place(_ item: FeedItem) -> FeedItem {
            guard let salvage else { return item }
            return SourceOrigin(of: SourcePosition(salvage.damage.position), behind: 0).moved(item)
        }
        func quarantine(_ reasons: [Diagnostic]) throws {
            let record = QuarantinedRecord(
                kind: .course, nativeID: course.map { String($0.id.native) }, file: document.name,
                position: SourcePosition(fragment.root.position), original: original,
                reasons: reasons.sorted { $0.severity > $1.severity }, count: offered)
            try emit(place(.quarantined(record)), receive)
        }
        guard let course else { return try quarantine(programme.issues.take() + mended) }
        guard programmes.insert(EDUDEXFingerprint(native)).inserted else {
            programme.issues.add(
                .error, .duplicateRecord, at: programme.classification ?? fragment.root,
                field: "programId",
                "The programme “\(native)” stands in this feed a second time; the first is used. "
                    + "Give it an id of its own, or leave it out.")
            return try quarantine(programme.issues.take())
        }
        let organisation = String(course.provider.native)
        if providers.insert(organisation).inserted {
            try receive(
                .provider(
                    Provider(
                        id: course.provider, nativeID: organisation,
                        name: LocalizedText(organisation), provenance: course.provenance)))
        }
        let (accepted, repeated) = hasRuns ? programme.offerings(of: course) : ([], [])
        guard let record = CourseRecord(course: course, offerings: accepted) else {
            return try quarantine(programme.issues.take() + mended)
        }
        let read = ReadRecord(
            record: record, original: original, offered: offered,
            diagnostics: mended + programme.issues.take(),
            quarantinedOfferings: repeated.map { quarantined($0, in: fragment, document) }
                + broken.map { quarantined($0, document) })
        try emit(place(.record(read)), receive)
    }

    /// A programme that says not to be published is withdrawn, not offered.
    private mutating func isWithdrawn(
        _ programme: inout EDUDEXProgramme, _ document: FeedInput,
        _ receive: (FeedItem) throws -> Void
    ) throws -> Bool {
        guard let node = programme.node.first("inPublication"),
            programme.boolean(node) == false,
            let organisation = programme.organisation, let program = programme.programID
        else { return false }
        let native = EDUDEXProgramme.native(
            organisation: organisation, program: program, client: programme.client)
        withdrawn += 1
        summary.withdrawn += programme.offered
        summary.diagnostics.append(
            Diagnostic(
                .note, .notInPublication, file: document.name,
                position: SourcePosition(node.position), record: native, field: "inPublication",
                message: "The programme says that it is not in publication; it is not shown."))
        try receive(.withdrawn(.course(ID(source: input.source, native: native))))
        return true
    }

    private func checkListing(_ listing: Listing, _ programme: inout EDUDEXProgramme) {
        let own = EDUDEXText.value(programme.classification?.first("programId"))
        if let listed = listing.programID, let own, listed != own {
            programme.issues.add(
                .warning, .documentIDDiffers, at: programme.classification ?? programme.node,
                field: "programId",
                "The directory lists this document as “\(listed)”, but it calls itself “\(own)”; "
                    + "its own id is used.")
        }
        if let client = listing.client, programme.node.first("clientId") == nil {
            programme.issues.add(
                .warning, .clientMissing, at: programme.node, field: "clientId",
                "The directory lists this programme for the client “\(client)”, but the programme "
                    + "does not say so. Add clientId to it.")
        }
    }

    private mutating func takeInstitute(
        _ fragment: XMLFragment, _ listing: Listing, _ document: FeedInput,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var institute = EDUDEXInstitute(
            fragment.root, source: input.source, file: document.name,
            organisation: listing.organisation)
        let provider = institute.provider()
        summary.diagnostics += institute.issues.take()
        guard let provider else { return }
        providers.insert(provider.nativeID)
        try receive(.provider(provider))
    }

    /// Discounts are told, not applied: they hold for one client's people, and the catalogue's
    /// prices are everybody's.
    private mutating func takeDiscounts(_ fragment: XMLFragment, _ document: FeedInput) {
        let client = EDUDEXText.value(fragment.root.first("clientId")) ?? "?"
        for discount in fragment.root.all("discount") {
            let what = EDUDEXText.value(discount.first("costType")) ?? "?"
            let much =
                EDUDEXText.value(discount.first("percentage")).map { "\($0) %" }
                ?? EDUDEXText.value(discount.first("amount")) ?? "?"
            let programmes = discount.all("programId").compactMap { EDUDEXText.value($0) }
            let scope =
                programmes.isEmpty ? "all programmes" : programmes.joined(separator: ", ")
            summary.diagnostics.append(
                Diagnostic(
                    .note, .clientDiscount, file: document.name,
                    position: SourcePosition(discount.position), record: client,
                    field: "discount",
                    message: "The client “\(client)” has a discount of \(much) on “\(what)” of "
                        + "\(scope); the public price is shown."))
        }
    }

    // MARK: References

    private mutating func follow(
        _ entry: XMLFragment, _ name: String, _ listing: Listing, _ document: FeedInput,
        _ depth: Int, _ receive: (FeedItem) throws -> Void
    ) throws {
        let node = entry.root
        var next = Listing()
        var address = node
        switch name {
        case "programResource":
            next.organisation = listing.organisation
            next.programID = EDUDEXText.value(node.first("programId"))
            next.client = EDUDEXText.value(node.first("clientId"))
            next.expected = ["program"]
            address = node.first("resourceUrl") ?? node
        case "subDirectory":
            next.organisation = EDUDEXText.value(node.first("orgUnitId"))
            next.expected = ["edudexDirectory"]
            address = node.first("directoryUrl") ?? node
        case "clientDiscountResource":
            next.organisation = listing.organisation
            next.expected = ["clientDiscounts"]
            address = node.first("resourceUrl") ?? node
        default:
            next.organisation = listing.organisation
            next.expected = ["instituteData"]
        }
        let reference = address.hasElementChildren ? nil : EDUDEXText.value(address)
        do throws(FeedError) {
            guard let reference else {
                throw .unresolved(
                    reference: "", from: document.name, reason: "no address is given")
            }
            guard depth < Self.deepest else {
                throw .unresolved(
                    reference: reference, from: document.name,
                    reason: "directories are nested more than \(Self.deepest) deep")
            }
            let found = try document.resolve(reference)
            guard documents.insert(found.identity).inserted else {
                summary.diagnostics.append(
                    Diagnostic(
                        .warning, .documentRepeated, file: document.name,
                        position: SourcePosition(address.position), record: next.programID,
                        field: address.localName,
                        message: "“\(reference)” is named a second time; it was read once."))
                return
            }
            do {
                let before = summary.offered.courses + withdrawn
                try read(found, listing: next, depth: depth + 1, receive)
                if next.expected == ["program"], summary.offered.courses + withdrawn == before {
                    throw FeedError.unresolved(
                        reference: reference, from: document.name,
                        reason: "no programme stands in it")
                }
            } catch let error as FeedError {
                throw error
            } catch let error as XMLError {
                throw FeedError(error)
            } catch {
                received = error
            }
        } catch {
            try setApart(entry, next, address, reference, error, document, receive)
        }
        if let error = received {
            received = nil
            throw error
        }
    }

    /// What the receiver threw, while a document of a directory was read.
    private var received: (any Error)?

    /// Sets apart what a directory names and cannot be read.
    private mutating func setApart(
        _ entry: XMLFragment, _ listing: Listing, _ address: XMLNode, _ reference: String?,
        _ error: FeedError, _ document: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws {
        summary.isComplete = false
        let isRemote = reference?.lowercased().hasPrefix("http") == true
        // A feed that was fetched has an address for a name, and its documents were fetched too.
        let remedy =
            document.name.hasPrefix("http")
            ? " What is known of it stays; tell the feed's owner when this lasts."
            : isRemote
                ? " Fetch the documents that the directory names into its folder, under the same "
                    + "names, and read it again."
                : " Put the document there, or correct the address."
        let isProgramme = listing.expected == ["program"]
        let native = listing.programID.map {
            EDUDEXProgramme.native(
                organisation: listing.organisation ?? input.source.value, program: $0,
                client: listing.client)
        }
        let reason = Diagnostic(
            .error, .documentUnresolved, file: document.name,
            position: SourcePosition(address.position), record: native ?? listing.organisation,
            field: address.localName, message: error.description + remedy)
        guard isProgramme else {
            summary.diagnostics.append(reason)
            return
        }
        let count = RecordCount(courses: 1)
        summary.offered += count
        try emit(
            .quarantined(
                QuarantinedRecord(
                    kind: .course, nativeID: native, file: document.name,
                    position: SourcePosition(entry.root.position), original: entry.original,
                    reasons: [reason], count: count)),
            receive)
    }

    // MARK: What is set apart

    private mutating func emit(
        _ item: FeedItem, _ receive: (FeedItem) throws -> Void
    ) throws {
        summary.count(item)
        try receive(item)
    }

    private func quarantined(
        _ run: EDUDEXProgramme.RepeatedRun, in fragment: XMLFragment, _ document: FeedInput
    ) -> QuarantinedRecord {
        QuarantinedRecord(
            kind: .offering, nativeID: run.nativeID, file: document.name,
            position: SourcePosition(run.node.position),
            original: fragment.bytes(of: run.node, named: "programRun"), reasons: [run.reason],
            count: RecordCount(offerings: 1))
    }

    private func quarantined(
        _ run: EDUDEXSalvage.BrokenRun, _ document: FeedInput
    ) -> QuarantinedRecord {
        let id = EDUDEXDamage.text(of: "id", in: run.bytes)
        return QuarantinedRecord(
            kind: .offering, nativeID: id, file: document.name, position: run.position,
            original: run.bytes,
            reasons: [
                Diagnostic(
                    .error, .malformedRecord, file: document.name, position: run.position,
                    record: id, field: "programRun",
                    message: "This run cannot be read: \(run.message). The programme and its other "
                        + "runs were. Correct the mark-up.")
            ], count: RecordCount(offerings: 1))
    }

    private func reason(_ damage: XMLDamage, _ document: FeedInput) -> Diagnostic {
        Diagnostic(
            .error, .malformedRecord, file: document.name,
            position: SourcePosition(damage.faultPosition),
            field: damage.recordName.isEmpty ? nil : damage.recordName, message: damage.message)
    }

    /// Saves what can be saved of a record that is no well-formed XML, and sets the rest apart.
    private mutating func take(
        _ damage: XMLDamage, _ listing: Listing, _ document: FeedInput,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        if let saved = EDUDEXSalvage(damage, name: document.name) {
            let mended = saved.mended.map { Diagnostic($0, file: document.name) }
            return try take(
                saved.programme, mended, listing, document, (damage, saved), receive)
        }
        let isProgramme = damage.recordName == "program"
        guard isProgramme || damage.recordName == "programResource" else {
            summary.diagnostics.append(reason(damage, document))
            if damage.recordName == "subDirectory" { summary.isComplete = false }
            return
        }
        hasProgrammes = hasProgrammes || isProgramme
        let runs = isProgramme ? startTags("programRun", in: damage.bytes) : 0
        let count = RecordCount(courses: 1, offerings: runs)
        summary.offered += count
        try emit(
            .quarantined(
                QuarantinedRecord(
                    kind: .course, nativeID: EDUDEXDamage.native(in: damage.bytes),
                    file: document.name, position: SourcePosition(damage.position),
                    original: damage.bytes, reasons: [reason(damage, document)], count: count)),
            receive)
    }
}
