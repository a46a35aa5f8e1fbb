import CourseModel
import XMLStream

/// Walks over an open-Q-cat document and hands out an Angebot with its Veranstaltungen at a time.
///
/// In memory are only the services of courses that are not complete yet: in a catalogue that lists
/// Veranstaltungen beside their Angebot, one course.
struct OpenQCatReader: ~Copyable {
    private let input: FeedInput
    private let survey: OpenQCatSurvey
    private var xml: XMLReader
    private var ledger: FeedLedger
    private var header: OpenQCatHeader
    private var pending: [String: OpenQCatGroup] = [:]
    private var begun: Set<String> = []
    private var isDeletion = false
    private var isDelta = false

    init(_ input: FeedInput, _ survey: OpenQCatSurvey) throws(FeedError) {
        self.input = input
        self.survey = survey
        xml = try input.rewound().xmlReader(records: ["SERVICE"])
        ledger = FeedLedger(format: OpenQCat.name, source: input.source)
        header = OpenQCatHeader()
    }

    /// Reads the document to its end.
    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        do {
            while let event = try xml.next() {
                switch event {
                case .startElement: try start(receive)
                case .endElement: if xml.localName == "DELETE" { isDeletion = false }
                case .damage(let damage):
                    let count = isDeletion ? RecordCount() : Self.count(in: damage.bytes)
                    try ledger.quarantine(damage, count: count, file: input.name, receive)
                case .text: break
                }
            }
        } catch let error as XMLError {
            try flush(receive)
            try ledger.stop(error, file: input.name)
        }
        try flush(receive)
        ledger.close(&xml, file: input.name)
        return ledger.summary
    }

    private mutating func start(_ receive: (FeedItem) throws -> Void) throws {
        switch xml.localName {
        case "HEADER": try take(header: try xml.readElement().root, receive)
        case "UPDATE_CATALOG": becomeDelta()
        case "NEW_CATALOG":
            if xml.attribute("FULLCATALOG").flatMap(parseBoolean) == false { becomeDelta() }
        case "DELETE": isDeletion = true
        case "SERVICE":
            // A service without a catalogue around it says nothing of the others.
            if xml.depth == 1 { becomeDelta() }
            let service = OpenQCatService(try xml.readElement())
            if isDeletion { try withdraw(service, receive) } else { try take(service, receive) }
        default: break
        }
    }

    private mutating func becomeDelta() {
        isDelta = true
        ledger.isDelta()
    }

    private mutating func take(
        header node: XMLNode, _ receive: (FeedItem) throws -> Void
    ) throws {
        var log = DiagnosticLog(file: input.name)
        header = OpenQCatHeader(node, input, &log)
        for provider in header.suppliers { try ledger.tell(provider, receive) }
        ledger.note(log.take())
    }

    /// A deletion names an Angebot or a Veranstaltung, and does not say which of the two.
    ///
    /// What is deleted with an Angebot are its Veranstaltungen too, as the schema says.
    private mutating func withdraw(
        _ service: OpenQCatService, _ receive: (FeedItem) throws -> Void
    ) throws {
        guard let native = service.productID else {
            var log = DiagnosticLog(file: input.name)
            log.add(
                .warning, .missingID, at: service.node, field: "PRODUCT_ID",
                "A deletion names no PRODUCT_ID; nothing was deleted. Name the service.")
            ledger.note(log.take())
            return
        }
        try ledger.withdraw(.named(native), RecordCount(courses: 1), receive)
    }

    // MARK: Putting together

    private mutating func take(
        _ service: OpenQCatService, _ receive: (FeedItem) throws -> Void
    ) throws {
        if let inner = service.node.first("HEADER") { try take(header: inner, receive) }
        guard let key = service.isEvent ? service.courseID : service.productID else {
            try emit(OpenQCatGroup(service), receive)
            return
        }
        // A second Angebot by the same id does not share the first one's Veranstaltungen.
        if !service.isEvent, !begun.insert(key).inserted {
            try emit(OpenQCatGroup(service), receive)
            return
        }
        var group = pending.removeValue(forKey: key) ?? OpenQCatGroup()
        group.add(service)
        let isComplete =
            group.events.count == survey.events[key] ?? 0
            && (group.offer != nil || !survey.offers.contains(key))
        if isComplete { try emit(group, receive) } else { pending[key] = group }
    }

    /// Hands out what the end of the document left incomplete.
    private mutating func flush(_ receive: (FeedItem) throws -> Void) throws {
        let rest = pending.sorted { $0.key < $1.key }
        pending = [:]
        for (_, group) in rest { try emit(group, receive) }
    }

    private mutating func emit(
        _ group: OpenQCatGroup, _ receive: (FeedItem) throws -> Void
    ) throws {
        var log = DiagnosticLog(file: input.name)
        if let offer = group.offer {
            try emit(offer, native: offer.productID, group, &log, receive)
            return
        }
        // Veranstaltungen without their Angebot. In a whole catalogue one of them can stand for it;
        // in an update that would overwrite an Angebot that was sent before.
        let lead = group.events.first { $0.title != nil }
        guard !isDelta, let lead else {
            for event in group.events { try quarantine(lonely: event, receive) }
            return
        }
        log.record = lead.courseID ?? lead.productID
        log.add(
            .warning, .unknownReference, at: lead.node, field: "COURSE_ID",
            "The Angebot \(quoted(lead.courseID ?? "")) is not in the catalogue; the Veranstaltung "
                + "was taken as its own. Send the Angebot too.")
        try emit(lead, native: lead.courseID ?? lead.productID, group, &log, receive)
    }

    private mutating func emit(
        _ offer: OpenQCatService, native: String?, _ group: OpenQCatGroup,
        _ log: inout DiagnosticLog, _ receive: (FeedItem) throws -> Void
    ) throws {
        let original = group.original
        let occasions = group.occasions
        let provider = try ledger.tell(provider(of: offer, &log), receive)
        let count = RecordCount(courses: 1, offerings: occasions.count)
        let own = native ?? offer.derivedID
        log.record = own
        if native == nil {
            log.add(
                .warning, .missingID, at: offer.node, field: "PRODUCT_ID",
                "The service has no PRODUCT_ID; its id was made of what it says, and changes with "
                    + "it. Give it a PRODUCT_ID.")
        }
        guard
            let unique = ledger.claim(
                own, original: original, at: offer.node, field: "PRODUCT_ID", &log)
        else {
            try ledger.quarantine(.course, own, offer.node, original, count, log.take(), receive)
            return
        }
        let mapping = OpenQCatMapping(
            source: input.source, provider: provider.id, header: header, currency: input.currency)
        guard let course = mapping.course(unique, offer, events: group.events, &log) else {
            log.add(
                .error, .courseWithoutTitle, at: offer.node, field: "TITLE",
                "The Angebot has no title and none of its Veranstaltungen has one; it was set "
                    + "apart. Give it a TITLE.")
            try ledger.quarantine(.course, own, offer.node, original, count, log.take(), receive)
            return
        }
        var draft = RecordDraft(course, original: original, node: offer.node)
        for occasion in occasions {
            draft.add(
                occasion.productID ?? occasion.derivedID, at: occasion.node,
                bytes: { occasion.original }, &log
            ) { native, log in
                mapping.offering(native, occasion, inheriting: offer, course, &log)
            }
        }
        try ledger.accept(draft, &log, receive)
    }

    private func provider(of service: OpenQCatService, _ log: inout DiagnosticLog) -> Provider {
        guard let reference = service.node.line("SUPPLIER_ID_REF") else {
            if let first = header.suppliers.first { return first }
            log.add(
                .warning, .providerUnknown, at: service.node, field: "SUPPLIER_ID_REF",
                "The service names no supplier and the catalogue has none; the feed was taken as "
                    + "its provider. Describe the supplier in the header.")
            return made("open-q-cat", name: input.source.value)
        }
        if let known = header.suppliers.first(where: { supplier in
            supplier.nativeID == reference || supplier.codes.contains { $0.code == reference }
        }) {
            return known
        }
        log.add(
            .note, .unknownReference, at: service.node.first("SUPPLIER_ID_REF"),
            field: "SUPPLIER_ID_REF",
            "The header describes no supplier \(quoted(reference)); only its number is known. "
                + "Describe it in the header.")
        return made(reference, name: reference)
    }

    private func made(_ native: String, name: String) -> Provider {
        Provider(
            id: ID(source: input.source, native: native), nativeID: native,
            name: LocalizedText(name),
            provenance: Provenance(source: input.source, format: OpenQCat.name, file: input.name))
    }

    // MARK: What is set apart

    private mutating func quarantine(
        lonely event: OpenQCatService, _ receive: (FeedItem) throws -> Void
    ) throws {
        let course = event.courseID.map { "the Angebot \(quoted($0))" } ?? "an Angebot"
        let advice =
            isDelta
            ? "Send the Angebot in the same update, or a whole catalogue."
            : "Give it a TITLE, or send the Angebot too."
        let reason = Diagnostic(
            .error, .unknownReference, file: input.name,
            position: SourcePosition(event.node.position), record: event.productID,
            field: "COURSE_ID",
            message: "The Veranstaltung belongs to \(course), which is not in this document; it "
                + "was set apart. \(advice)")
        try ledger.quarantine(
            .offering, event.productID, event.node, event.original, RecordCount(offerings: 1),
            [reason], receive)
    }

    /// How many services begin in broken mark-up, told apart as well as their bytes allow.
    private static func count(in bytes: [UInt8]) -> RecordCount {
        let text = String(decoding: bytes, as: UTF8.self)
        var count = RecordCount()
        for part in text.split(separator: "<SERVICE>", omittingEmptySubsequences: false)
            .flatMap({ $0.split(separator: "<SERVICE ", omittingEmptySubsequences: false) })
            .dropFirst()
        {
            let isEvent = part.contains("type=\"false\"") || part.contains("type='false'")
            if isEvent {
                count.offerings += 1
            } else {
                count.courses += 1
                if part.contains("<SERVICE_DATE>") { count.offerings += 1 }
            }
        }
        return count
    }
}

/// An Angebot with its Veranstaltungen, as far as they have been read.
struct OpenQCatGroup {
    private(set) var offer: OpenQCatService?
    private(set) var events: [OpenQCatService] = []

    init() {}

    init(_ service: OpenQCatService) { add(service) }

    mutating func add(_ service: OpenQCatService) {
        if service.isEvent { events.append(service) } else { offer = service }
    }

    /// The services that say when and where: all Veranstaltungen, and an Angebot with a date; one
    /// without Veranstaltungen also when it names a place or can be begun at any time.
    var occasions: [OpenQCatService] {
        guard let offer else { return events }
        let isOccasion = offer.hasDate || (events.isEmpty && offer.isTakenWithoutDate)
        return isOccasion ? [offer] + events : events
    }

    /// The bytes of all, each as it stands in the feed, on lines of their own.
    var original: [UInt8] {
        var bytes: [UInt8] = offer?.original ?? []
        for event in events {
            if !bytes.isEmpty { bytes.append(10) }
            bytes += event.original
        }
        return bytes
    }
}
