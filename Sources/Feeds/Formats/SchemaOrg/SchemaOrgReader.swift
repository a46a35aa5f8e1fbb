import CourseModel

/// Reads JSON-LD in two passes: the first notes where nodes that others point to stand and counts
/// what is offered, the second brings them together, a course at a time.
struct SchemaOrgReader {
    private let input: FeedInput
    private let source: SeekableInput
    private var blocks: [Block] = []
    private var summary = FeedSummary(format: SchemaOrg.name)
    /// Where the nodes that have an id stand.
    private var nodes: [UInt64: Place] = [:]
    /// How many courses point to an instance, by the hash of its id.
    private var claimed: [UInt64: Int] = [:]
    private var ids = RecordIDs()
    private var told: [String: Provider] = [:]
    /// Whether the document is an HTML page.
    private var isPage = false
    /// Whether the document has a list for courses, be it an empty one.
    private var holdsList = false
    /// The language of texts that name none, by block: it stands in the context, at any place.
    private var languages: [Int: LanguageTag] = [:]

    /// A stretch of JSON within the document.
    private struct Block {
        var input: FeedInput
        var start: SourcePosition
    }

    /// Where a node stands.
    private struct Place {
        var block: Int
        var range: Range<Int>
        var start: SourcePosition
    }

    /// Members of the outer object whose arrays may be long.
    private static let lists: Set<String> = ["@graph", "itemListElement"]
    /// Members in which courses are looked for.
    private static let containers = [
        "@graph", "itemListElement", "item", "mainEntity", "hasPart", "course", "workFeatured",
        "hasCourse", "makesOffer", "itemOffered", "subjectOf",
    ]

    init(_ input: FeedInput) throws {
        self.input = input
        source = try SeekableInput(input)
        let start = try source.bytes(0..<4_096)
        let first = start.first { $0 > 32 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        guard let first else { throw FeedError.empty(name: input.name) }
        guard first == UInt8(ascii: "<") else {
            blocks = [
                Block(input: input, start: SourcePosition(line: 1, column: 1, byteOffset: 0))
            ]
            return
        }
        let page = try source.bytes(0..<JSONLimits().recordBytes)
        blocks = SchemaOrgPage.blocks(page).map { range, start in
            var own = input
            own.content = .bytes(Array(page[range]))
            return Block(input: own, start: start)
        }
        summary.bytes = page.count
        // A page shows some of what is offered; what it leaves out is not withdrawn.
        summary.isFull = false
        isPage = true
    }

    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        try note()
        // What names no course and lists nothing may be anything, the error page of a server too;
        // it must not be taken for an empty catalogue.
        guard !summary.offered.isZero || holdsList else {
            throw FeedError.unknownFormat(
                name: input.name,
                found: (isPage ? "its root element is <html> and " : "")
                    + "it names no Course or CourseInstance of schema.org")
        }
        for number in blocks.indices {
            try walk(number, isFirstPass: false) { reader, record, language in
                try reader.emit(record, number, language, receive)
            } damage: { reader, record, fault in
                try reader.quarantine(record, fault, number, receive)
            }
        }
        return summary
    }

    // MARK: Walking

    /// Hands out the records of a block, parsed.
    private mutating func walk(
        _ number: Int, isFirstPass: Bool,
        _ body: (inout Self, JSONNode, LanguageTag?) throws -> Void,
        damage: (inout Self, JSONRecord, JSONFault) throws -> Void
    ) throws {
        let block = blocks[number]
        let content = isPage ? block.input : source.rewound()
        do {
            var stream = try JSONStream(
                content, recordMembers: Self.lists, limits: JSONLimits())
            while let event = try stream.next() {
                if !isPage { summary.bytes = stream.bytesRead }
                switch event {
                case .record(let record, _), .frame(let record):
                    var parser = JSONParser(record)
                    let node: JSONNode
                    do {
                        node = try parser.parse()
                    } catch {
                        try damage(&self, record, error)
                        continue
                    }
                    if isFirstPass {
                        languages[number] = Self.contextLanguage(node) ?? languages[number]
                        for (message, offset) in parser.recovered {
                            summary.diagnostics.append(
                                Diagnostic(
                                    .warning, .recoveredJSON, file: input.name,
                                    position: place(record.position(at: offset), number),
                                    message: "The JSON is not in order: \(message). Correct it."))
                        }
                    }
                    try body(&self, node, languages[number])
                case .damage(let record, let fault): try damage(&self, record, fault)
                }
            }
        } catch let error as FeedError {
            guard case .malformed(_, let line, let column, let reason) = error,
                !summary.offered.isZero || blocks.count > 1
            else { throw error }
            guard isFirstPass else { return }
            summary.isComplete = false
            let position = SourcePosition(line: line ?? 1, column: column ?? 1, byteOffset: 0)
            summary.diagnostics.append(
                Diagnostic(
                    .error, .truncatedFeed, file: input.name, position: place(position, number),
                    message: "The feed cannot be read to its end: \(reason)."))
        }
    }

    /// A place within a block as one of the document.
    private func place(_ position: SourcePosition, _ number: Int) -> SourcePosition {
        let base = blocks[number].start
        return SourcePosition(
            line: base.line + position.line - 1,
            column: position.line == 1 ? base.column + position.column - 1 : position.column,
            byteOffset: base.byteOffset + position.byteOffset)
    }

    private func placed(_ diagnostics: [Diagnostic], _ number: Int) -> [Diagnostic] {
        diagnostics.map { diagnostic in
            var own = diagnostic
            own.position = own.position.map { place($0, number) }
            return own
        }
    }

    /// The language of texts without one, by the context.
    private static func contextLanguage(_ node: JSONNode) -> LanguageTag? {
        for context in node["@context"]?.elements ?? [] {
            if let tag = context["@language"]?.text { return LanguageTag(tag) }
        }
        return nil
    }

    /// The courses and the instances outside courses that stand in a node.
    private static func find(
        _ node: JSONNode, depth: Int = 0, _ body: (JSONNode) throws -> Void
    ) rethrows {
        if node.isCourse || node.isInstance {
            if !node.isReference { try body(node) }
            return
        }
        guard depth < 8 else { return }
        if case .array(let elements) = node.value {
            for element in elements { try find(element, depth: depth + 1, body) }
            return
        }
        for container in containers {
            if let inner = node[container] { try find(inner, depth: depth + 1, body) }
        }
    }

    private static func instances(_ course: JSONNode) -> [JSONNode] {
        course["hasCourseInstance"]?.elements ?? []
    }

    // MARK: First pass

    private mutating func note() throws {
        for number in blocks.indices {
            try walk(number, isFirstPass: true) { reader, node, _ in
                reader.note(node, number)
            } damage: { reader, record, _ in
                // How many courses are in it cannot be known; it is counted as one.
                reader.summary.offered += RecordCount(courses: 1)
            }
        }
        // An instance that a course points to belongs to it, once for each course that does; the
        // others are courses of their own.
        let lonely = standing.map { claimed[$0.key] == nil ? $0.value : $0.value - 1 }
            .reduce(nameless, +)
        let pointed = claimed.filter { nodes[$0.key] != nil }.map(\.value).reduce(0, +)
        let bare = bare.filter { nodes[$0.key] == nil }.map(\.value).reduce(0, +)
        summary.offered += RecordCount(courses: lonely, offerings: lonely + pointed + bare)
    }

    /// How many instances stand outside courses, by the hash of their id.
    private var standing: [UInt64: Int] = [:]
    /// How many of them have none.
    private var nameless = 0
    /// How often courses hold no more than type and id of an instance, by the hash of its id.
    ///
    /// It points to one that stands elsewhere; where none does, that is all there is to say of it.
    private var bare: [UInt64: Int] = [:]

    private mutating func note(_ node: JSONNode, _ number: Int) {
        noteIDs(node, number, depth: 0)
        if !isPage, node["@graph"] != nil { holdsList = true }
        var courses = 0
        var inner = 0
        var found: [JSONNode] = []
        Self.find(node) { found.append($0) }
        for own in found {
            if own.isCourse {
                courses += 1
                for instance in Self.instances(own) {
                    if let id = instance.nodeID ?? (instance.isObject ? nil : instance.text),
                        instance.isReference || !instance.isObject
                    {
                        claimed[StableHash.of(id), default: 0] += 1
                        if instance.isInstance { bare[StableHash.of(id), default: 0] += 1 }
                    } else if instance.isObject {
                        inner += 1
                    }
                }
            } else if let id = own.nodeID {
                standing[StableHash.of(id), default: 0] += 1
            } else {
                nameless += 1
            }
        }
        summary.offered += RecordCount(courses: courses, offerings: inner)
    }

    /// Notes every node with an id that says more than the id.
    private mutating func noteIDs(_ node: JSONNode, _ number: Int, depth: Int) {
        guard depth < 16 else { return }
        if case .array(let elements) = node.value {
            for element in elements { noteIDs(element, number, depth: depth + 1) }
            return
        }
        guard node.isObject else { return }
        if let id = node.nodeID, !node.isReference, !node.isCourse {
            let key = StableHash.of(id)
            if nodes[key] == nil {
                nodes[key] = Place(
                    block: number,
                    range: node.range, start: node.position)
            }
        }
        for (_, inner) in node.members where inner.isContainer {
            noteIDs(inner, number, depth: depth + 1)
        }
    }

    /// The node that a reference means; the reference itself when it stands nowhere.
    private func resolved(_ node: JSONNode) throws -> JSONNode {
        let id = node.isReference ? node.nodeID : (node.isObject ? nil : node.text)
        guard let id, let place = nodes[StableHash.of(id)] else { return node }
        let bytes: [UInt8]
        if case .bytes(let all) = blocks[place.block].input.content {
            bytes = Array(all[place.range.clamped(to: all.indices)])
        } else {
            bytes = try source.bytes(place.range)
        }
        var parser = JSONParser(JSONRecord(bytes: bytes, start: place.start))
        guard let found = try? parser.parse(), found.nodeID == id else { return node }
        return found
    }

    // MARK: Second pass

    private mutating func emit(
        _ node: JSONNode, _ number: Int, _ language: LanguageTag?,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var found: [JSONNode] = []
        Self.find(node) { found.append($0) }
        for own in found {
            if own.isCourse {
                try emitCourse(own, Self.instances(own), number, language, receive)
            } else if !isPointedTo(own, number) {
                try emitCourse(own, [own], number, language, receive)
            }
        }
    }

    /// Whether a course has this instance; of several with the same id the first is meant.
    private func isPointedTo(_ instance: JSONNode, _ number: Int) -> Bool {
        guard let id = instance.nodeID, claimed[StableHash.of(id)] != nil,
            let place = nodes[StableHash.of(id)]
        else { return false }
        return place.block == number && place.range == instance.range
    }

    private mutating func emitCourse(
        _ node: JSONNode, _ given: [JSONNode], _ number: Int, _ language: LanguageTag?,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var instances: [JSONNode] = []
        var missing: [JSONNode] = []
        for instance in given {
            let found = try resolved(instance)
            if found.isObject, !found.isReference || found.isInstance {
                instances.append(found)
            } else {
                missing.append(instance)
            }
        }
        let provider = try provider(of: node, instances.first, number, language, receive)
        var log = DiagnosticLog(file: input.name)
        let content = SchemaOrgCourse(node, language)
        var native = content.nativeID
        if native == nil {
            native = content.derivedID(provider)
            log.add(
                .warning, .missingID, place: node.position, field: "@id",
                "The course has no @id, identifier, courseCode or url; its id was made of provider "
                    + "and name, and changes with them. Give it an @id.")
        }
        log.record = native
        for instance in missing {
            log.add(
                .warning, .danglingReference, place: instance.position, field: "hasCourseInstance",
                "The course instance \(quoted(instance.nodeID ?? instance.text ?? "")) does not "
                    + "stand in the feed; it was left out. Add it.")
        }
        let original = try originals(node, instances, number)
        guard
            case .new(let unique) = ids.claim(
                native ?? "", content: StableHash.of(original))
        else {
            log.add(
                .warning, .duplicateRecord, place: node.position, field: "@id",
                "The course \(quoted(native ?? "")) stands twice in the feed, byte for byte; the "
                    + "second one was set apart. Remove it.")
            return try quarantine(native ?? "", node, instances, log.take(), number, receive)
        }
        if unique != native {
            log.add(
                .warning, .duplicateID, place: node.position, field: "@id",
                "Another course has the id \(quoted(native ?? "")); this one became "
                    + "\(quoted(unique)). Give each its own @id.")
        }
        guard
            let course = content.course(
                nativeID: unique, provider: provider, input: input,
                position: place(node.position, number), &log)
        else {
            log.add(
                .error, .courseWithoutTitle, place: node.position, field: "name",
                "The course has no name; it was set apart. Give it a name.")
            return try quarantine(native ?? "", node, instances, log.take(), number, receive)
        }
        try emit(course, node, instances, original, log, number, language, receive)
    }

    private mutating func emit(
        _ course: Course, _ node: JSONNode, _ instances: [JSONNode], _ original: [UInt8],
        _ log: DiagnosticLog, _ number: Int, _ language: LanguageTag?,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var log = log
        var offerings: [Offering] = []
        var apart: [QuarantinedRecord] = []
        var taken = RecordIDs()
        for instance in instances {
            let bytes = instance.bytes
            var content = SchemaOrgInstance(instance, language)
            try content.resolve { try self.resolved($0) }
            let native = content.nativeID ?? content.derivedID
            switch taken.claim(native, content: StableHash.of(bytes)) {
            case .repeated:
                let reason = Diagnostic(
                    .warning, .duplicateRecord, file: input.name,
                    position: place(instance.position, number), record: native,
                    field: "hasCourseInstance",
                    message:
                        "The instance \(quoted(native)) stands twice in its course; the second "
                        + "one was set apart. Remove it.")
                apart.append(
                    QuarantinedRecord(
                        kind: .offering, nativeID: native, file: input.name,
                        position: place(instance.position, number), original: bytes,
                        reasons: [reason], count: RecordCount(offerings: 1)))
            case .new(let unique):
                if content.nativeID == nil {
                    log.add(
                        .note, .missingID, place: instance.position, field: "@id",
                        "The instance has no @id; its id was made of start and place, and changes "
                            + "with them. Give it an @id.")
                } else if unique != native {
                    log.add(
                        .warning, .duplicateID, place: instance.position, field: "@id",
                        "The course has another instance with the id \(quoted(native)); this one "
                            + "became \(quoted(unique)). Give each its own @id.")
                }
                offerings.append(
                    content.offering(
                        nativeID: unique, of: course, input: input,
                        position: place(instance.position, number), &log))
            }
        }
        let offered = RecordCount(courses: 1, offerings: instances.count)
        guard let record = CourseRecord(course: course, offerings: offerings) else {
            // Ids were made unique above, so this cannot be; if it were, nothing may be lost.
            log.add(
                .error, .duplicateID, place: node.position,
                "The offerings of the course cannot be told apart; it was set apart.")
            return try quarantine(
                course.nativeID, node, instances, log.take(), number, receive)
        }
        let item = FeedItem.record(
            ReadRecord(
                record: record, original: original, offered: offered,
                diagnostics: placed(log.take(), number), quarantinedOfferings: apart))
        summary.count(item)
        try receive(item)
    }

    /// A range of a block's bytes, of which a record may have left elements out.
    private func bytes(
        of record: JSONRecord, _ range: Range<Int>, _ number: Int
    ) throws -> [UInt8] {
        if record.cuts.isEmpty {
            let start = record.start.byteOffset
            return Array(record.bytes[range.lowerBound - start..<range.upperBound - start])
        }
        if case .bytes(let all) = blocks[number].input.content {
            return Array(all[range.clamped(to: all.indices)])
        }
        return try source.bytes(range)
    }

    /// The bytes of a course and of the instances that stand elsewhere.
    private func originals(
        _ node: JSONNode, _ instances: [JSONNode], _ number: Int
    ) throws -> [UInt8] {
        var bytes = try bytes(of: node.record, node.range, number)
        for instance in instances where instance.record !== node.record {
            bytes.append(10)
            bytes += instance.bytes
        }
        return bytes
    }

    private mutating func provider(
        of course: JSONNode, _ instance: JSONNode?, _ number: Int, _ language: LanguageTag?,
        _ receive: (FeedItem) throws -> Void
    ) throws -> ID<Provider> {
        let stated =
            course.first("provider", "sourceOrganization", "publisher", "creator")
            ?? instance?.first("organizer", "provider", "performer")
        var log = DiagnosticLog(file: input.name)
        var provider: Provider
        if let first = stated?.elements.first {
            let node = try resolved(first)
            let block = node.nodeID.flatMap { nodes[StableHash.of($0)]?.block }
            provider = SchemaOrgProvider.provider(
                node, block.flatMap { languages[$0] } ?? language, input: input, &log)
            provider.provenance.position = place(node.position, number)
        } else {
            // A course that nobody is said to give: its feed's owner is all that is known.
            provider = Provider(
                id: ID(source: input.source, native: "unstated"), nativeID: "unstated",
                name: LocalizedText(input.source.value),
                provenance: Provenance(
                    source: input.source, format: SchemaOrg.name, file: input.name))
        }
        if told[provider.nativeID] == nil {
            told[provider.nativeID] = provider
            summary.diagnostics += placed(log.take(), number)
            try receive(.provider(provider))
        }
        return provider.id
    }

    /// Sets a course apart, and by itself each of its instances that stands elsewhere.
    private mutating func quarantine(
        _ native: String, _ node: JSONNode, _ instances: [JSONNode], _ reasons: [Diagnostic],
        _ number: Int, _ receive: (FeedItem) throws -> Void
    ) throws {
        let elsewhere = instances.filter { $0.record !== node.record }
        let inner = instances.count - elsewhere.count
        for record in node.setApart(
            native, as: try bytes(of: node.record, node.range, number), holding: inner,
            and: elsewhere.map { ($0, input.name) }, of: input.name, for: reasons)
        {
            var own = record
            own.position = record.position.map { place($0, number) }
            own.reasons = placed(record.reasons, number)
            let item = FeedItem.quarantined(own)
            summary.count(item)
            try receive(item)
        }
    }

    private mutating func quarantine(
        _ record: JSONRecord, _ fault: JSONFault, _ number: Int,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let reason = Diagnostic(
            .error, .malformedRecord, file: input.name, position: place(fault.position, number),
            message: "This is no JSON: \(fault.message). It was set apart; correct it and send the "
                + "feed again.")
        let item = FeedItem.quarantined(
            QuarantinedRecord(
                kind: .course, nativeID: nil, file: input.name,
                position: place(record.start, number),
                original: try bytes(of: record, record.range, number), reasons: [reason],
                count: RecordCount(courses: 1)))
        summary.count(item)
        try receive(item)
    }
}
