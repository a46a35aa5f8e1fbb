import Answers
import CourseModel
import Feeds
import HTTPTypes
import Hummingbird
import Ingest
import Storage

/// The catalogue as a repository of the Open Archives Initiative's protocol for harvesting, version
/// 2.0 (openarchives.org/OAI/2.0/openarchivesprotocol.htm).
///
/// An item is a course with all its offerings; those that are over are told until the source drops
/// them, since a record may change only with its datestamp. Answers come straight from the store, so
/// that records and datestamps belong together.
enum OAIRepository {
    /// How many records an answer holds at most.
    static let pageSize = 100

    static let operations: [Operation] = [
        operation(.get, body: nil), operation(.post, body: arguments),
    ]

    private static let path = "/oai"
    private static let arguments = Operation.Body(
        "The arguments, as in a query.", type: .form, schema: [:], example: "")

    /// Not in the OpenAPI document: the protocol has its own way to tell of faults.
    private static func operation(
        _ method: HTTPRequest.Method, body: Operation.Body?
    ) -> Operation {
        Operation(
            method, path, id: "oai-\(method.rawValue.lowercased())", "Harvest by OAI-PMH 2.0.",
            body: body, answer: .init("An answer of the protocol.", as: [.xml]), caching: .never,
            effort: .heavy, reading: .own, isDocumented: false, handle: answer)
    }

    private static func answer(_ call: Call) throws -> Response {
        let query: String
        if call.request.method == .post {
            query = String(decoding: call.body, as: UTF8.self)
        } else {
            let target = call.request.head.path ?? ""
            query =
                target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) } ?? ""
        }
        let base = call.base + path
        do {
            let request = try OAIRequest(query)
            do {
                let catalogue = try call.catalogue
                let bytes = try catalogue.store.snapshot { snapshot in
                    try OAIHarvest(call, catalogue, snapshot, request, base: base).answer()
                }
                return .bytes(bytes, as: .xml)
            } catch let fault as OAIFault {
                return .bytes(
                    try OAIDocument.of(fault, base: base, attributes: request.attributes),
                    as: .xml)
            }
        } catch let fault as OAIFault {
            // Arguments that are wrong are not repeated (section 3.2).
            return .bytes(try OAIDocument.of(fault, base: base, attributes: []), as: .xml)
        }
    }
}

/// One answer, from one state of the store.
private struct OAIHarvest {
    let call: Call
    let catalogue: OpenCatalogue
    let snapshot: any CatalogueSnapshot
    let request: OAIRequest
    let base: String
    let sets: OAISets
    /// What partners correct in what the feeds say.
    let shown: ShownCourses
    /// The datestamps of the generations, from 1 on.
    let stamps: [Moment]
    let now = OAIDocument.now

    init(
        _ call: Call, _ catalogue: OpenCatalogue, _ snapshot: any CatalogueSnapshot,
        _ request: OAIRequest, base: String
    ) throws {
        self.call = call
        self.catalogue = catalogue
        self.snapshot = snapshot
        self.request = request
        self.base = base
        shown = try catalogue.shown(in: snapshot)
        sets = OAISets(catalogue, shown)
        stamps = try call.service.datestamps.all(in: snapshot)
    }

    func answer() throws -> [UInt8] {
        let document = try OAIDocument(
            base: base, attributes: request.attributes, element: request.verb.rawValue, at: now)
        switch request.verb {
        case .identify: try identify(document)
        case .listMetadataFormats: try formats(document)
        case .listSets: try listSets(document)
        case .getRecord: try record(document)
        case .listIdentifiers, .listRecords: try list(document)
        }
        return try document.finish()
    }

    // MARK: The repository

    private func identify(_ document: OAIDocument) throws {
        try document.element("repositoryName", catalogue.name(in: catalogue.language))
        try document.element("baseURL", base)
        try document.element("protocolVersion", "2.0")
        try document.element("adminEmail", call.service.settings.adminEmail)
        try document.element(
            "earliestDatestamp", (stamps.first ?? Moment(secondsSince1970: 0)).iso)
        // The store forgets nothing.
        try document.element("deletedRecord", "persistent")
        try document.element("granularity", "YYYY-MM-DDThh:mm:ssZ")
        try document.element("compression", "gzip")
    }

    private func formats(_ document: OAIDocument) throws {
        if let identifier = request["identifier"] { _ = try stored(identifier) }
        for form in RecordForm.all {
            try document.start("metadataFormat")
            try document.element("metadataPrefix", form.name)
            try document.element("schema", form.schema)
            try document.element("metadataNamespace", form.namespace)
            try document.end()
        }
    }

    private func listSets(_ document: OAIDocument) throws {
        // The list is never cut, so that no token is ours.
        if request["resumptionToken"] != nil {
            throw OAIFault(.badResumptionToken, "the list of sets comes in one piece")
        }
        for entry in sets.entries {
            try document.start("set")
            try document.element("setSpec", entry.spec)
            try document.element("setName", entry.name)
            try document.end()
        }
    }

    // MARK: Records

    private func form(_ prefix: String) throws(OAIFault) -> RecordForm {
        guard let form = RecordForm.all.first(where: { $0.name == prefix }) else {
            let names = RecordForm.all.map(\.name).joined(separator: ", ")
            throw OAIFault(.cannotDisseminateFormat, "there are \(names)")
        }
        return form
    }

    private func stored(_ identifier: String) throws -> StoredRecord {
        guard let parts = OwnURN.parts(identifier, of: "course"), parts.count == 1,
            let stored = try snapshot.record(ID(parts[0]))
        else { throw OAIFault(.idDoesNotExist, "no record was ever known by this identifier") }
        return stored
    }

    private func record(_ document: OAIDocument) throws {
        let form = try form(request["metadataPrefix"] ?? "")
        let stored = try stored(request["identifier"] ?? "")
        let provider = try shown.provider(stored.record.course.provider, in: snapshot)
        let told = try told(stored, by: provider)
        try write(
            told, provider?.provider, sets.specs(of: told.record, provider: provider?.provider),
            as: form, to: document)
    }

    /// What is told of a course.
    private struct Told {
        var record: CourseRecord
        var isDeleted: Bool
        var changed: Generation
    }

    /// What is told of a course: as it is shown elsewhere, corrected and filled up from other sources.
    ///
    /// One that became a part of another is told as deleted; that other one is told anew, and so is a
    /// course that stands by itself again. A record tells of its provider too, and is as young as the
    /// youngest of what it tells.
    private func told(_ stored: StoredRecord, by provider: StoredProvider?) throws -> Told {
        let id = stored.record.course.id
        var changed = max(stored.changed, provider?.changed ?? stored.changed)
        if let since = shown.ledger.since(id) {
            // Duplicates may have been looked for in a generation that is newer than this one.
            changed = max(changed, min(since, snapshot.generation))
        }
        guard stored.state == .present, !shown.isHidden(id) else {
            return Told(
                record: shown.curated(stored).record, isDeleted: true, changed: changed)
        }
        for other in shown.others(of: id) {
            if let other = try snapshot.record(other) { changed = max(changed, other.changed) }
        }
        return Told(
            record: try shown.record(id, in: snapshot)?.record ?? shown.curated(stored).record,
            isDeleted: false, changed: changed)
    }

    /// What is asked for now, whether it begins or goes on.
    private func position() throws -> OAIToken {
        if let text = request["resumptionToken"] {
            let token = try OAIToken(
                text, verb: request.verb, now: now, generation: snapshot.generation)
            guard try mark(of: token.generation) == token.mark else { throw OAIToken.wasPutBack }
            return token
        }
        let bounds = try request.bounds()
        return OAIToken(
            verb: request.verb, prefix: request["metadataPrefix"] ?? "", set: request["set"],
            from: bounds.from, until: bounds.until, generation: snapshot.generation,
            mark: try mark(of: snapshot.generation), after: "", cursor: 0, expires: now)
    }

    private func mark(of generation: Generation) throws -> UInt64 {
        try snapshot.run(making: generation)?.mark ?? 0
    }

    private struct Enough: Error {}

    private func list(_ document: OAIDocument) throws {
        var position = try position()
        let form = try form(position.prefix)
        if let set = position.set, !sets.contains(set) {
            throw OAIFault(.noRecordsMatch, "there is no set “\(set)”; ListSets tells which")
        }
        let low = position.from.map { stamps.generation(before: $0) } ?? Generation(0)
        let high =
            position.until.map {
                stamps.generation(before: Moment(secondsSince1970: $0.secondsSince1970 + 1))
            } ?? snapshot.generation
        var providers: [ID<Provider>: StoredProvider] = [:]
        try snapshot.forEachProvider(states: Set(RecordState.allCases)) {
            providers[$0.provider.id] = shown.curated($0)
        }
        let isProviderNew = providers.values.contains { $0.changed > low }
        var count = 0
        var last = ""
        do {
            try snapshot.forEachRecord(
                since: isProviderNew || shown.isMerging || !shown.ledger.changes(after: low).isEmpty
                    ? nil : low, states: Set(RecordState.allCases),
                source: sets.source(of: position.set), after: ID(position.after)
            ) { stored in
                let provider = providers[stored.record.course.provider]
                let told = try told(stored, by: provider)
                guard told.changed > low, told.changed <= high else { return }
                let specs = sets.specs(of: told.record, provider: provider?.provider)
                if let set = position.set, !OAISets.holds(set, specs) { return }
                if count == OAIRepository.pageSize { throw Enough() }
                count += 1
                last = stored.record.course.id.value
                try write(told, provider?.provider, specs, as: form, to: document)
            }
        } catch is Enough {
            let cursor = position.cursor
            position.after = last
            position.cursor += count
            position.expires = Moment(
                secondsSince1970: now.secondsSince1970 + OAIToken.lifetime)
            try document.element(
                "resumptionToken", position.text,
                [("expirationDate", position.expires.iso), ("cursor", "\(cursor)")])
            return
        }
        guard count > 0 else {
            throw OAIFault(
                .noRecordsMatch, "nothing is in this set, or changed in this time, or is left")
        }
        // A list that was cut ends with an empty token.
        if position.cursor > 0 {
            try document.element("resumptionToken", "", [("cursor", "\(position.cursor)")])
        }
    }

    private func write(
        _ told: Told, _ provider: Provider?, _ specs: [String], as form: RecordForm,
        to document: OAIDocument
    ) throws {
        let isRecord = request.verb != .listIdentifiers
        let isDeleted = told.isDeleted
        let stamp = stamps[max(0, told.changed.number - 1)]
        if isRecord { try document.start("record") }
        try document.start("header", isDeleted ? [("status", "deleted")] : [])
        try document.element(
            "identifier", OwnURN.urn("course", told.record.course.id.value))
        try document.element("datestamp", stamp.iso)
        for spec in specs { try document.element("setSpec", spec) }
        try document.end()
        guard isRecord else { return }
        if !isDeleted {
            let context = FeedContext(
                title: catalogue.name(in: catalogue.language), generated: stamp.iso,
                language: catalogue.language.tag, base: call.base)
            try document.start("metadata")
            try document.element(
                raw: form.element(of: told.record, provider: provider, context: context))
            try document.end()
        }
        try document.end()
    }
}
