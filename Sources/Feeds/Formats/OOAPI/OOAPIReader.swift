import CourseModel

/// Reads OOAPI's objects in two passes: the first notes which offerings point to which course, the
/// second brings them together, a course at a time.
struct OOAPIReader {
    private let input: FeedInput
    private let source: SeekableInput
    private var summary = FeedSummary(format: OOAPI.name)
    /// The ids of the courses and programs in the document.
    private var courses: Set<UInt64> = []
    /// Where the offerings stand that are not within a course, by the id of their course.
    private var offerings: [UInt64: [(range: Range<Int>, start: SourcePosition)]] = [:]
    /// The courses that exist only within their offerings and were made.
    private var made: Set<UInt64> = []
    private var ids = RecordIDs()
    private var providers: [String: Provider] = [:]
    private var told: Set<String> = []

    private static let courseIDs = ["courseId", "programId", "programmeId"]
    private static let courseReferences = ["course", "program", "programme"]

    init(_ input: FeedInput) throws {
        self.input = input
        source = try SeekableInput(input)
    }

    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        try walk(isFirstPass: true, receive)
        var lonely = 0
        for (course, found) in offerings {
            summary.offered.offerings += found.count
            if !courses.contains(course) { lonely += 1 }
        }
        summary.offered.courses += lonely
        try walk(isFirstPass: false, receive)
        return summary
    }

    private mutating func walk(
        isFirstPass: Bool, _ receive: (FeedItem) throws -> Void
    ) throws {
        do {
            var stream = try JSONStream(
                source.rewound(), recordMembers: OOAPIObjects.lists, limits: JSONLimits())
            while let event = try stream.next() {
                summary.bytes = stream.bytesRead
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
            if !isFirstPass { _ = try provider(node, receive) }
        } else {
            if !isFirstPass, node["pageSize"] != nil, node["hasNextPage"]?.boolean == true {
                // More pages follow, so absence says nothing.
                summary.isFull = false
            }
            for (key, inner) in node.members where inner.isObject {
                guard
                    ["course", "program", "programme", "offering", "organization", "ext"]
                        .contains(key)
                else { continue }
                try take(inner, isFirstPass, receive)
            }
            for organization in node["organizations"]?.elements ?? [] where !isFirstPass {
                _ = try provider(organization, receive)
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

    private mutating func note(course node: JSONNode) {
        if let key = Self.key(node) { courses.insert(key) }
        summary.offered += RecordCount(
            courses: 1, offerings: Self.inner(node).count)
    }

    private mutating func note(offering node: JSONNode) {
        let key =
            Self.courseReference(node).flatMap(Self.key)
            ?? StableHash.of("offering", node["offeringId"]?.text ?? "")
        offerings[key, default: []].append((node.range, node.position))
    }

    private func noted(_ key: UInt64?) throws -> [JSONNode] {
        try (key.flatMap { offerings[$0] } ?? []).compactMap { place in
            var parser = JSONParser(
                JSONRecord(bytes: try source.bytes(place.range), start: place.start))
            return try? parser.parse()
        }
    }

    // MARK: Second pass

    private mutating func emit(
        course node: JSONNode, _ receive: (FeedItem) throws -> Void
    ) throws {
        let key = Self.key(node)
        let inner = Self.inner(node)
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
        _ node: JSONNode, within whole: JSONNode, _ given: [JSONNode], _ log: DiagnosticLog,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var log = log
        let organization = node["organization"] ?? given.first?["organization"]
        let provider = try provider(organization, receive)
        let count = RecordCount(courses: 1, offerings: given.count)
        var original = try bytes(of: whole)
        for offering in Self.outside(whole, given) { original += [10] + offering.bytes }
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
        for own in given {
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
                record: record, original: original, offered: count, diagnostics: log.take(),
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
        } else if let known = providers[id] {
            return known.id
        } else {
            // Only the id of the institution is known, or nothing.
            let native = id.isEmpty ? "unstated" : id
            provider = Provider(
                id: ID(source: input.source, native: native), nativeID: native,
                name: LocalizedText(id.isEmpty ? input.source.value : id),
                provenance: Provenance(
                    source: input.source, format: OOAPI.name, file: input.name))
        }
        if told.insert(provider.id.value).inserted {
            summary.diagnostics += log.take()
            try receive(.provider(provider))
        }
        return provider.id
    }

    /// The bytes of an object in the document, with the elements that were read as records.
    private func bytes(of node: JSONNode) throws -> [UInt8] {
        node.record.cuts.isEmpty ? node.bytes : try source.bytes(node.range)
    }

    /// The offerings that do not stand within an object.
    private static func outside(_ whole: JSONNode, _ offerings: [JSONNode]) -> [JSONNode] {
        offerings.filter { !whole.range.contains($0.range.lowerBound) }
    }

    /// Sets a course apart, and by itself each of its offerings that stands elsewhere, so that
    /// every one keeps the bytes that it has in the feed.
    private mutating func quarantine(
        _ native: String, _ whole: JSONNode, _ given: [JSONNode], _ reasons: [Diagnostic],
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let elsewhere = Self.outside(whole, given)
        let inner = given.count - elsewhere.count
        for record in whole.setApart(
            native, as: try bytes(of: whole), holding: inner, and: elsewhere, of: input.name,
            for: reasons)
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
                original: record.cuts.isEmpty ? record.bytes : try source.bytes(record.range),
                reasons: [reason], count: RecordCount(courses: 1)))
        summary.count(item)
        try receive(item)
    }
}
