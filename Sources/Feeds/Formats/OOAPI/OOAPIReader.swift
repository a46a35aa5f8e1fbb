import CourseModel

/// Reads OOAPI's objects in two passes: the first notes which offerings point to which course, the
/// second brings them together, a course at a time.
struct OOAPIReader {
    private let documents: OOAPIDocuments
    /// The number of the document that is being read.
    private var current = 0
    private var summary = FeedSummary(format: OOAPI.name)
    /// What the elements of the document are, and the pages so far.
    private var kinds: Set<String> = []
    private var pages = OOAPIPages()
    /// The ids of the courses and programs in the documents.
    private var courses: Set<UInt64> = []
    /// Where the offerings stand that are not within a course, by the id of their course.
    private var offerings: [UInt64: [Place]] = [:]
    /// The courses that exist only within their offerings and were made.
    private var made: Set<UInt64> = []
    private var ids = RecordIDs()
    private var providers: [String: Provider] = [:]
    private var told: Set<String> = []
    /// The providers whose faults were told.
    private var reported: Set<String> = []

    /// Where an object stands.
    private struct Place {
        var document: Int
        var range: Range<Int>
        var start: SourcePosition
    }

    /// An offering of a course, and the document that it stands in.
    private struct Given {
        var node: JSONNode
        var document: Int
    }

    private static let courseIDs = ["courseId", "programId", "programmeId"]
    private static let courseReferences = ["course", "program", "programme"]

    /// A reader of the documents of one feed.
    init(_ inputs: [FeedInput]) { documents = OOAPIDocuments(inputs) }

    private var input: FeedInput { documents.inputs[current] }

    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        for number in documents.inputs.indices {
            try walk(number, isFirstPass: true, receive)
        }
        let hasNothing =
            summary.offered.isZero && offerings.isEmpty && providers.isEmpty && pages.isEmpty
        guard !hasNothing else {
            throw FeedError.wrongFormat(
                name: documents.inputs[0].name, expected: OOAPI.title,
                found: "no course, program, offering or organization stands in its JSON")
        }
        var lonely = 0
        for (course, found) in offerings {
            summary.offered.offerings += found.count
            if !courses.contains(course) { lonely += 1 }
        }
        summary.offered.courses += lonely
        for number in documents.inputs.indices {
            try walk(number, isFirstPass: false, receive)
        }
        if let missing = pages.missing { report(missing: missing) }
        return summary
    }

    /// A feed of which pages are missing says nothing by leaving out a course.
    private mutating func report(missing: (kind: String, number: Int?)) {
        summary.isFull = false
        let page = missing.number.map { "Page \($0)" } ?? "A page whose number is not stated"
        let kind = missing.kind.isEmpty ? "collection" : missing.kind
        summary.diagnostics.append(
            Diagnostic(
                .note, .pageMissing, file: input.name, field: "pageNumber",
                message: "\(page) of the \(kind) is not in the feed, so what is absent was not "
                    + "taken as withdrawn. Put all pages into one folder and give that."))
    }

    private mutating func walk(
        _ number: Int, isFirstPass: Bool, _ receive: (FeedItem) throws -> Void
    ) throws {
        current = number
        kinds = []
        let bytesBefore = summary.bytes
        do {
            let source = try documents.document(number)
            var stream = try JSONStream(
                source.rewound(), recordMembers: OOAPIObjects.lists, limits: JSONLimits())
            while let event = try stream.next() {
                if isFirstPass { summary.bytes = bytesBefore + stream.bytesRead }
                switch event {
                case .record(let record, _), .frame(let record):
                    var parser = JSONParser(record)
                    do {
                        let node = try parser.parse()
                        if isFirstPass { report(parser, record) }
                        try take(node, isFirstPass, receive)
                    } catch let fault as JSONFault {
                        try quarantine(record, fault, isFirstPass, receive)
                    }
                case .damage(let record, let fault):
                    try quarantine(record, fault, isFirstPass, receive)
                }
            }
        } catch let error as FeedError {
            guard case .malformed(_, let line, let column, let reason) = error,
                !courses.isEmpty || !offerings.isEmpty
            else { throw error }
            guard isFirstPass else { return }
            summary.isComplete = false
            summary.diagnostics.append(
                Diagnostic(
                    .error, .truncatedFeed, file: input.name,
                    position: SourcePosition(line: line ?? 1, column: column ?? 1, byteOffset: 0),
                    message: "The feed cannot be read to its end: \(reason)."))
        }
    }

    private mutating func report(_ parser: JSONParser, _ record: JSONRecord) {
        for (message, offset) in parser.recovered {
            summary.diagnostics.append(
                Diagnostic(
                    .warning, .recoveredJSON, file: input.name,
                    position: record.position(at: offset),
                    message: "The JSON is not in order: \(message). Correct it."))
        }
    }

    /// Takes an object by what it is; of a frame the objects that it holds.
    private mutating func take(
        _ node: JSONNode, _ isFirstPass: Bool, _ receive: (FeedItem) throws -> Void
    ) throws {
        if node["offeringId"] != nil || node["offeringType"] != nil {
            if isFirstPass { note(offering: node) } else { try emitLonely(node, receive) }
        } else if Self.courseIDs.contains(where: { node[$0] != nil }) {
            if isFirstPass { note(course: node) } else { try emit(course: node, receive) }
        } else if node["organizationId"] != nil {
            if isFirstPass { note(organization: node) } else { _ = try provider(node, receive) }
        } else {
            if isFirstPass { pages.take(node, of: kinds) }
            for (key, inner) in node.members where inner.isObject {
                guard
                    ["course", "program", "programme", "offering", "organization", "ext"]
                        .contains(key)
                else { continue }
                try take(inner, isFirstPass, receive)
            }
            for organization in node["organizations"]?.elements ?? [] {
                if isFirstPass {
                    note(organization: organization)
                } else {
                    _ = try provider(organization, receive)
                }
            }
        }
    }

    /// The ids under which an object is known.
    private static func key(_ node: JSONNode) -> UInt64? {
        let id = node.text ?? courseIDs.lazy.compactMap { node[$0]?.text }.first
        return id.map { StableHash.of($0.lowercased()) }
    }

    private static func courseReference(_ offering: JSONNode) -> JSONNode? {
        courseReferences.lazy.compactMap { offering[$0] }.first
    }

    /// The offerings within a course: its own, and those of ours that are none to OOAPI.
    private static func inner(_ course: JSONNode) -> [JSONNode] {
        let undated = OOAPITexts.consumer(course, OOAPIWriter.consumerKey)?["offerings"]
        return [course["offerings"], undated].flatMap { $0?.elements.filter(\.isObject) ?? [] }
    }

    // MARK: First pass

    /// A course may stand before the organization that it names.
    private mutating func note(organization node: JSONNode) {
        kinds.insert("organization")
        guard let id = node["organizationId"]?.text else { return }
        var log = DiagnosticLog(file: input.name)
        providers[id] = OOAPICourse.provider(node, input: input, &log)
    }

    private mutating func note(course node: JSONNode) {
        kinds.insert(node["courseId"] == nil ? "program" : "course")
        if let key = Self.key(node) { courses.insert(key) }
        summary.offered += RecordCount(
            courses: 1, offerings: Self.inner(node).count)
    }

    private mutating func note(offering node: JSONNode) {
        kinds.insert("offering")
        let key =
            Self.courseReference(node).flatMap(Self.key)
            ?? StableHash.of("offering", node["offeringId"]?.text ?? "")
        offerings[key, default: []].append(
            Place(document: current, range: node.range, start: node.position))
    }

    private func noted(_ key: UInt64?) throws -> [Given] {
        try (key.flatMap { offerings[$0] } ?? []).compactMap { place in
            let bytes = try documents.document(place.document).bytes(place.range)
            var parser = JSONParser(JSONRecord(bytes: bytes, start: place.start))
            return (try? parser.parse()).map { Given(node: $0, document: place.document) }
        }
    }

    // MARK: Second pass

    private mutating func emit(
        course node: JSONNode, _ receive: (FeedItem) throws -> Void
    ) throws {
        let key = Self.key(node)
        let inner = Self.inner(node).map { Given(node: $0, document: current) }
        // Of two courses with the same id the first has the offerings.
        let isFirst = key.map { made.insert($0).inserted } ?? false
        let outer = isFirst ? try noted(key) : []
        try emit(
            node, within: node, inner + outer, DiagnosticLog(file: input.name), receive)
    }

    /// An offering whose course does not stand in the document: the course that it holds, or itself.
    private mutating func emitLonely(
        _ node: JSONNode, _ receive: (FeedItem) throws -> Void
    ) throws {
        let reference = Self.courseReference(node)
        let key =
            reference.flatMap(Self.key)
            ?? StableHash.of("offering", node["offeringId"]?.text ?? "")
        guard !courses.contains(key), made.insert(key).inserted else { return }
        var log = DiagnosticLog(file: input.name)
        if reference?.isObject != true {
            log.add(
                .warning, .danglingReference, place: node.position, field: "course",
                "The course \(quoted(reference?.text ?? "")) does not stand in the feed; one was "
                    + "made of its offering. Add it, or ask for it expanded.")
        }
        let course = reference.flatMap { $0.isObject ? $0 : nil } ?? node
        try emit(course, within: node, try noted(key), log, receive)
    }

    /// - Parameter whole: The object in the document that says what the course is: itself, or the
    ///   offering that holds or is all that is known of it.
    private mutating func emit(
        _ node: JSONNode, within whole: JSONNode, _ given: [Given], _ log: DiagnosticLog,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var log = log
        let organization = node["organization"] ?? given.first?.node["organization"]
        let provider = try provider(organization, receive)
        let count = RecordCount(courses: 1, offerings: given.count)
        var original = try bytes(of: whole)
        for offering in outside(whole, given) { original += [10] + offering.node.bytes }
        let isOffering = node["offeringId"] != nil
        let reference = isOffering ? Self.courseReference(node)?.text : nil
        let native =
            reference ?? OOAPICourse.nativeID(node, Self.courseIDs + ["offeringId"])
            ?? "name-"
            + String(
                StableHash.of(provider.value, OOAPITexts.plain(node["name"]).text() ?? ""),
                radix: 16)
        log.record = native
        var unique = native
        switch ids.claim(native, content: StableHash.of(original)) {
        case .repeated:
            log.add(
                .warning, .duplicateRecord, place: node.position, field: "courseId",
                "The course \(quoted(native)) stands twice in the feed, byte for byte; the second "
                    + "one was set apart. Remove it.")
            return try quarantine(native, whole, given, log.take(), receive)
        case .new(let claimed): unique = claimed
        }
        if unique != native {
            log.add(
                .warning, .duplicateID, place: node.position, field: "primaryCode",
                "Another course has the id \(quoted(native)); this one became \(quoted(unique)). "
                    + "Give each its own code.")
        }
        guard
            let course = OOAPICourse.course(
                node, nativeID: unique, provider: provider, input: input, &log)
        else {
            log.add(
                .error, .courseWithoutTitle, place: node.position, field: "name",
                "The course has no name; it was set apart. Give it a name.")
            return try quarantine(native, whole, given, log.take(), receive)
        }
        var made: [Offering] = []
        var apart: [QuarantinedRecord] = []
        var taken = RecordIDs()
        var found: [Diagnostic] = []
        for each in given {
            let own = each.node
            let input = documents.inputs[each.document]
            var log = DiagnosticLog(file: input.name)
            log.record = native
            defer { found += log.take() }
            let code = OOAPICourse.nativeID(own, ["offeringId"]) ?? "offering"
            switch taken.claim(code, content: StableHash.of(own.bytes)) {
            case .repeated:
                let reason = Diagnostic(
                    .warning, .duplicateRecord, file: input.name, position: own.position,
                    record: code, field: "offeringId",
                    message: "The offering \(quoted(code)) stands twice; the second one was set "
                        + "apart. Remove it.")
                apart.append(
                    QuarantinedRecord(
                        kind: .offering, nativeID: code, file: input.name, position: own.position,
                        original: own.bytes, reasons: [reason], count: RecordCount(offerings: 1)))
            case .new(let id):
                if id != code {
                    log.add(
                        .warning, .duplicateID, place: own.position, field: "primaryCode",
                        "The course has another offering with the id \(quoted(code)); this one "
                            + "became \(quoted(id)). Give each its own code.")
                }
                made.append(
                    OOAPIOffering.offering(
                        own, nativeID: id, of: course,
                        addresses: node["addresses"]?.elements ?? [], input: input, &log))
            }
        }
        guard let record = CourseRecord(course: course, offerings: made) else {
            // Ids were made unique above, so this cannot be; if it were, nothing may be lost.
            log.add(
                .error, .duplicateID, place: node.position,
                "The offerings of the course cannot be told apart; it was set apart.")
            return try quarantine(native, whole, given, log.take(), receive)
        }
        let item = FeedItem.record(
            ReadRecord(
                record: record, original: original, offered: count,
                diagnostics: log.take() + found,
                quarantinedOfferings: apart))
        summary.count(item)
        try receive(item)
    }

    private mutating func provider(
        _ node: JSONNode?, _ receive: (FeedItem) throws -> Void
    ) throws -> ID<Provider> {
        var log = DiagnosticLog(file: input.name)
        let id = node.flatMap { $0.text ?? $0["organizationId"]?.text } ?? ""
        let provider: Provider
        if let node, node.isObject {
            provider = OOAPICourse.provider(node, input: input, &log)
            providers[id] = provider
            if reported.insert(provider.id.value).inserted { summary.diagnostics += log.take() }
        } else if let known = providers[id] {
            provider = known
        } else {
            // Only the id of the institution is known, or nothing.
            let native = id.isEmpty ? "unstated" : id
            provider = Provider(
                id: ID(source: input.source, native: native), nativeID: native,
                name: LocalizedText(id.isEmpty ? input.source.value : id),
                provenance: Provenance(
                    source: input.source, format: OOAPI.name, file: input.name))
        }
        if told.insert(provider.id.value).inserted { try receive(.provider(provider)) }
        return provider.id
    }

    /// The bytes of an object in the document, with the elements that were read as records.
    private func bytes(of node: JSONNode) throws -> [UInt8] {
        node.record.cuts.isEmpty
            ? node.bytes : try documents.document(current).bytes(node.range)
    }

    /// The offerings that do not stand within an object.
    private func outside(_ whole: JSONNode, _ offerings: [Given]) -> [Given] {
        offerings.filter {
            $0.document != current || !whole.range.contains($0.node.range.lowerBound)
        }
    }

    /// Sets a course apart, and by itself each of its offerings that stands elsewhere, so that
    /// every one keeps the bytes that it has in the feed.
    private mutating func quarantine(
        _ native: String, _ whole: JSONNode, _ given: [Given], _ reasons: [Diagnostic],
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let elsewhere = outside(whole, given)
        let inner = given.count - elsewhere.count
        for record in whole.setApart(
            native, as: try bytes(of: whole), holding: inner,
            and: elsewhere.map { ($0.node, documents.inputs[$0.document].name) },
            of: input.name, for: reasons)
        {
            let item = FeedItem.quarantined(record)
            summary.count(item)
            try receive(item)
        }
    }

    private mutating func quarantine(
        _ record: JSONRecord, _ fault: JSONFault, _ isFirstPass: Bool,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        guard !isFirstPass else {
            summary.offered += RecordCount(courses: 1)
            return
        }
        let reason = Diagnostic(
            .error, .malformedRecord, file: input.name, position: fault.position,
            message: "This is no JSON: \(fault.message). It was set apart; correct it and send the "
                + "feed again.")
        let item = FeedItem.quarantined(
            QuarantinedRecord(
                kind: .course, nativeID: nil, file: input.name, position: record.start,
                original: record.cuts.isEmpty
                    ? record.bytes : try documents.document(current).bytes(record.range),
                reasons: [reason], count: RecordCount(courses: 1)))
        summary.count(item)
        try receive(item)
    }
}
