import CourseModel
import XMLStream

/// Reads a LOQ document in two passes, a course at a time.
struct LOQReader: ~Copyable {
    private let input: FeedInput
    private let source: SeekableInput
    private var index = LOQIndex()
    private var summary = FeedSummary(format: LOQ.name)
    private var venues: [UInt64: Venue?] = [:]
    private var providers: Set<String> = []
    private var ids = RecordIDs()
    /// Which opportunities a specification took.
    private var taken: Set<Int> = []

    /// Things at which reading goes on after a fault.
    ///
    /// A specification is none of them: it may hold a reference of its own name, which would look
    /// like a lost end tag.
    private static let records: Set<String> = [
        "learningOpportunity", "learningOutcome", "organisation", "location", "qualification",
    ]
    private static let things = records.union(["learningAchievementSpecification", "agent"])

    init(_ input: FeedInput) throws {
        self.input = input
        source = try SeekableInput(input)
    }

    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        try note(receive)
        for entry in index.specifications { try readCourse(entry, receive) }
        for number in index.opportunities.indices where !taken.contains(number) {
            try readLonely(index.opportunities[number], receive)
        }
        return summary
    }

    // MARK: First pass

    /// Notes where everything stands, and counts what is offered.
    private mutating func note(_ receive: (FeedItem) throws -> Void) throws {
        var xml = try source.rewound().xmlReader(records: Self.records)
        do {
            while let event = try xml.next() {
                switch event {
                case .startElement where xml.depth == 3 && Self.things.contains(xml.localName):
                    try index.add(try xml.readElement())
                case .damage(let damage): try quarantine(damage, receive)
                default: break
                }
            }
        } catch let error as XMLError {
            guard !index.specifications.isEmpty || !index.opportunities.isEmpty else {
                throw FeedError(error)
            }
            summary.isComplete = false
            summary.diagnostics.append(
                Diagnostic(
                    .error, .truncatedFeed, file: input.name,
                    position: error.position.map { SourcePosition($0) },
                    message: "The feed cannot be read to its end: \(error.message)"))
        }
        summary.bytes = xml.bytesRead
        summary.diagnostics =
            xml.takeDiagnostics().map { Diagnostic($0, file: input.name) } + summary.diagnostics
        let known = Set(index.specifications.map(\.id))
        let lonely = index.opportunities.reduce(0) {
            $0 + (known.contains($1.specification) ? 0 : 1)
        }
        summary.offered += RecordCount(
            courses: index.specifications.count + lonely, offerings: index.opportunities.count)
    }

    private mutating func quarantine(
        _ damage: XMLDamage, _ receive: (FeedItem) throws -> Void
    ) throws {
        let count = RecordCount(
            courses: startTags("qualification", in: damage.bytes),
            offerings: startTags("learningOpportunity", in: damage.bytes))
        let reason = Diagnostic(
            .error, .malformedRecord, file: input.name,
            position: SourcePosition(damage.faultPosition), field: damage.recordName,
            message: "The mark-up of this \(damage.recordName) is broken: \(damage.message). "
                + "It was set apart; correct it and send the feed again.")
        guard !count.isZero else {
            summary.diagnostics.append(reason)
            return
        }
        summary.offered += count
        let item = FeedItem.quarantined(
            QuarantinedRecord(
                kind: count.courses > 0 ? .course : .offering, nativeID: nil, file: input.name,
                position: SourcePosition(damage.position), original: damage.bytes,
                reasons: [reason], count: count))
        summary.count(item)
        try receive(item)
    }

    // MARK: Second pass

    private func fragment(_ entry: LOQIndex.Entry) throws -> XMLFragment? {
        let range = entry.offset..<entry.offset + entry.count
        let bytes = entry.isSpooled ? try index.spool.bytes(range) : try source.bytes(range)
        // The piece was sound within its document. Where it is not by itself (entities of an
        // internal subset), it is set apart like one that is broken.
        do {
            var reader = try XMLReader(
                bytes: bytes, name: input.name, limits: input.limits, records: [])
            while let event = try reader.next() {
                if event == .startElement { return try reader.readElement() }
            }
        } catch {
            return nil
        }
        return nil
    }

    private func unreadable(_ entry: LOQIndex.Entry) -> Diagnostic {
        Diagnostic(
            .error, .malformedRecord, file: input.name, position: entry.position,
            message: "This cannot be read apart from its document; it was set apart. "
                + "Write out the entities that it refers to.")
    }

    private func original(_ entry: LOQIndex.Entry) throws -> [UInt8] {
        try source.bytes(entry.original)
    }

    private func log() -> DiagnosticLog { DiagnosticLog(file: input.name) }

    /// The thing of an id, unless it is not in the document.
    private func other(_ id: String) throws -> XMLFragment? {
        guard let entry = index.others[LOQIndex.hash(id)], let fragment = try fragment(entry),
            fragment.root.attribute("id") == id
        else { return nil }
        return fragment
    }

    private mutating func readCourse(
        _ entry: LOQIndex.Entry, _ receive: (FeedItem) throws -> Void
    ) throws {
        let original = try original(entry)
        guard let fragment = try fragment(entry) else {
            // Its opportunities remain, and are courses of their own; they were counted as part of
            // this one, so each of those courses is offered in addition.
            let lonely = (index.bySpecification[entry.id] ?? []).count
            summary.offered += RecordCount(courses: lonely)
            try quarantine(
                "", entry, original, RecordCount(courses: 1), [unreadable(entry)], receive)
            return
        }
        let id = fragment.root.attribute("id") ?? ""
        let content = LOQCourse(fragment.root)
        var numbers = index.bySpecification[entry.id] ?? []
        numbers.removeAll { taken.contains($0) }
        var opportunities: [(LOQIndex.Entry, XMLFragment)] = []
        for number in numbers {
            let own = index.opportunities[number]
            taken.insert(number)
            guard let fragment = try self.fragment(own) else {
                let item = FeedItem.quarantined(
                    QuarantinedRecord(
                        kind: .offering, nativeID: nil, file: input.name, position: own.position,
                        original: try self.original(own), reasons: [unreadable(own)],
                        count: RecordCount(offerings: 1)))
                summary.count(item)
                try receive(item)
                continue
            }
            opportunities.append((own, fragment))
        }
        let publisher = fragment.root.first("publisher")?.attribute("idref")
        let provider = try self.provider(
            opportunities.first.flatMap { LOQOffering($0.1.root).provider } ?? publisher, receive)
        var log = log()
        var native = LOQCourse.nativeID(id)
        if native.isEmpty { native = derived(fragment.root, provider) }
        log.record = native
        if id.isEmpty {
            log.add(
                .warning, .missingID, at: fragment.root, field: "id",
                "The specification has no id; one was made of its title. Give it an id.")
        }
        guard let unique = uniqueID(native, StableHash.of(original), fragment.root, &log) else {
            return try setApart(native, entry, original, opportunities, log.take(), receive)
        }
        guard
            var course = content.course(
                nativeID: unique, provider: provider, file: input.name, source: input.source,
                position: entry.position, &log)
        else {
            log.add(
                .error, .courseWithoutTitle, at: fragment.root, field: "title",
                "The specification has no title; it was set apart. Give it a title.")
            return try setApart(native, entry, original, opportunities, log.take(), receive)
        }
        try addSkills(content.outcomes, to: &course)
        let diagnostics = shifted(log.take(), by: entry.position)
        try emit(&course, original, opportunities, RecordCount(courses: 1), diagnostics, receive)
    }

    /// An opportunity without a specification in the document is a course with one offering.
    private mutating func readLonely(
        _ entry: LOQIndex.Entry, _ receive: (FeedItem) throws -> Void
    ) throws {
        guard let fragment = try fragment(entry) else {
            try quarantine(
                "", entry, try original(entry), RecordCount(courses: 1, offerings: 1),
                [unreadable(entry)], receive)
            return
        }
        let node = fragment.root
        let content = LOQOffering(node)
        var log = log()
        let provider = try self.provider(content.provider, receive)
        let id = node.attribute("id") ?? ""
        let referred = content.specification.map { LOQCourse.nativeID($0) }
        let native = referred ?? (id.isEmpty ? derived(node, provider) : LOQOffering.nativeID(id))
        log.record = native
        log.add(
            .warning, .danglingReference, at: node, field: "learningAchievementSpecification",
            "The learning achievement specification "
                + quoted(content.specification ?? "") + " does not stand in the feed; a course was "
                + "made of the opportunity itself. Add the specification.")
        let original = try original(entry)
        let count = RecordCount(courses: 1, offerings: 1)
        guard let unique = uniqueID(native, StableHash.of(original), node, &log),
            var course = Course(
                id: ID(source: input.source, native: unique), nativeID: unique,
                provider: provider, kind: content.kind ?? .course,
                title: LOQTexts.plain(node, "title"),
                provenance: Provenance(
                    source: input.source, format: LOQ.name, file: input.name,
                    position: entry.position, lastEdited: node.first("modified")?.trimmedText))
        else {
            if LOQTexts.plain(node, "title").isEmpty {
                log.add(
                    .error, .courseWithoutTitle, at: node, field: "title",
                    "The opportunity has neither title nor specification; it was set apart. "
                        + "Give it a title.")
            }
            try quarantine(native, entry, original, count, log.take(), receive)
            return
        }
        course.description = LOQTexts.rich(node, "description", &log)
        course.url = LOQTexts.homepage(node, &log)
        let diagnostics = shifted(log.take(), by: entry.position)
        // The bytes are the offering's, which stand for the course too.
        try emit(
            &course, [], [(entry, fragment)], RecordCount(courses: 1), diagnostics, receive)
    }

    private mutating func emit(
        _ course: inout Course, _ original: [UInt8],
        _ opportunities: [(LOQIndex.Entry, XMLFragment)], _ counted: RecordCount,
        _ diagnostics: [Diagnostic], _ receive: (FeedItem) throws -> Void
    ) throws {
        var diagnostics = diagnostics
        var offered = counted
        var bytes = original
        var offerings: [Offering] = []
        var apart: [QuarantinedRecord] = []
        var taken = RecordIDs()
        for (entry, fragment) in opportunities {
            let own = try self.original(entry)
            if !bytes.isEmpty { bytes.append(10) }
            bytes += own
            offered.offerings += 1
            let content = LOQOffering(fragment.root)
            var log = log()
            log.record = course.nativeID
            let id = fragment.root.attribute("id") ?? ""
            let native = id.isEmpty ? "offering" : LOQOffering.nativeID(id)
            guard case .new(let unique) = taken.claim(native, content: StableHash.of(own)) else {
                let reason = Diagnostic(
                    .warning, .duplicateRecord, file: input.name, position: entry.position,
                    record: native, field: "learningOpportunity",
                    message: "The opportunity \(quoted(native)) stands twice in the feed, byte for "
                        + "byte; the second one was set apart. Remove it.")
                apart.append(
                    QuarantinedRecord(
                        kind: .offering, nativeID: native, file: input.name,
                        position: entry.position, original: own, reasons: [reason],
                        count: RecordCount(offerings: 1)))
                continue
            }
            if unique != native {
                log.add(
                    .warning, .duplicateID, at: fragment.root, field: "id",
                    "The course has another opportunity with the id \(quoted(native)); this one "
                        + "became \(quoted(unique)). Give each its own id.")
            }
            let places = try self.places(content, &log)
            offerings.append(
                content.offering(
                    nativeID: unique, of: course, places: places, file: input.name,
                    position: entry.position, &log))
            for scheme in content.funding where !course.funding.contains(scheme) {
                course.funding.append(scheme)
            }
            diagnostics += shifted(log.take(), by: entry.position)
        }
        if course.kind == .course, course.statedKind == nil,
            let kind = opportunities.lazy.compactMap({ LOQOffering($0.1.root).kind }).first
        {
            course.kind = kind
        }
        guard let record = CourseRecord(course: course, offerings: offerings) else {
            // Ids were made unique above, so this cannot be; if it were, nothing may be lost.
            let reason = Diagnostic(
                .error, .duplicateID, file: input.name, position: course.provenance.position,
                record: course.nativeID,
                message: "The offerings of the course cannot be told apart; it was set apart.")
            let item = FeedItem.quarantined(
                QuarantinedRecord(
                    kind: .course, nativeID: course.nativeID, file: input.name,
                    position: course.provenance.position, original: bytes, reasons: [reason],
                    count: offered))
            summary.count(item)
            try receive(item)
            return
        }
        let item = FeedItem.record(
            ReadRecord(
                record: record, original: bytes, offered: offered, diagnostics: diagnostics,
                quarantinedOfferings: apart))
        summary.count(item)
        try receive(item)
    }

    private mutating func quarantine(
        _ native: String, _ entry: LOQIndex.Entry, _ original: [UInt8], _ count: RecordCount,
        _ reasons: [Diagnostic], _ receive: (FeedItem) throws -> Void
    ) throws {
        let sorted = shifted(reasons, by: entry.position).sorted { $0.severity > $1.severity }
        let item = FeedItem.quarantined(
            QuarantinedRecord(
                kind: .course, nativeID: native, file: input.name, position: entry.position,
                original: original, reasons: sorted, count: count))
        summary.count(item)
        try receive(item)
    }

    /// Sets a specification apart, and by itself each of its opportunities, which stand elsewhere.
    private mutating func setApart(
        _ native: String, _ entry: LOQIndex.Entry, _ original: [UInt8],
        _ opportunities: [(LOQIndex.Entry, XMLFragment)], _ reasons: [Diagnostic],
        _ receive: (FeedItem) throws -> Void
    ) throws {
        try quarantine(native, entry, original, RecordCount(courses: 1), reasons, receive)
        for (own, fragment) in opportunities {
            let id = fragment.root.attribute("id") ?? ""
            let reason = Diagnostic(
                .error, .unknownReference, file: input.name, position: own.position,
                record: native, field: "learningOpportunity",
                message: "The specification \(quoted(native)) of this opportunity was set apart, "
                    + "and the opportunity with it. Mend the specification; the opportunity comes "
                    + "back with it.")
            let item = FeedItem.quarantined(
                QuarantinedRecord(
                    kind: .offering, nativeID: id.isEmpty ? nil : LOQOffering.nativeID(id),
                    file: input.name, position: own.position,
                    original: try self.original(own), reasons: [reason],
                    count: RecordCount(offerings: 1)))
            summary.count(item)
            try receive(item)
        }
    }
}

// MARK: What a course points to

extension LOQReader {
    private mutating func provider(
        _ reference: String?, _ receive: (FeedItem) throws -> Void
    ) throws -> ID<Provider> {
        let id = reference ?? ""
        var log = log()
        var provider: Provider
        if let fragment = try other(id) {
            let location = fragment.root.first("location")?.attribute("idref")
            let venue = try location.flatMap { try self.venue($0, &log) }
            provider = LOQProvider.provider(fragment.root, location: venue, in: input, &log)
            if let entry = index.others[LOQIndex.hash(id)] {
                provider.provenance.position = entry.position
            }
        } else {
            // A course that nobody is said to give: its feed's owner is all that is known.
            let native = id.isEmpty ? "unstated" : LOQProvider.nativeID(id)
            provider = Provider(
                id: ID(source: input.source, native: native), nativeID: native,
                name: LocalizedText(id.isEmpty ? input.source.value : native),
                provenance: Provenance(
                    source: input.source, format: LOQ.name, file: input.name))
        }
        if providers.insert(provider.id.value).inserted {
            summary.diagnostics += log.take()
            try receive(.provider(provider))
        }
        return provider.id
    }

    private mutating func venue(_ id: String, _ log: inout DiagnosticLog) throws -> Venue? {
        let key = LOQIndex.hash(id)
        if let known = venues[key] { return known }
        var venue: Venue?
        if OwnURN.parts(id, of: "location") == nil, let fragment = try other(id) {
            venue = LOQPlace.venue(fragment.root, &log)
        }
        if venues.count >= 4_096 { venues.removeAll() }
        venues[key] = .some(venue)
        return venue
    }

    private mutating func places(
        _ content: LOQOffering, _ log: inout DiagnosticLog
    ) throws -> [TeachingPlace] {
        var places: [TeachingPlace] = []
        for id in content.locations {
            if let venue = try self.venue(id, &log) {
                let place = TeachingPlace.venue(venue)
                guard venue != Venue() else { continue }
                if !places.contains(place) { places.append(place) }
            } else if OwnURN.parts(id, of: "location") == nil {
                log.add(
                    .warning, .danglingReference, at: content.node, field: "location",
                    "The location \(quoted(id)) does not stand in the feed; the offering has no "
                        + "venue there. Add it to locationReferences.")
            }
        }
        return places
    }

    private func addSkills(_ outcomes: [String], to course: inout Course) throws {
        for id in outcomes where id != LOQSkills.none {
            guard let fragment = try other(id) else { continue }
            for skill in LOQSkills.skills(fragment.root) where !course.skills.contains(skill) {
                course.skills.append(skill)
            }
        }
    }

    private func derived(_ node: XMLNode, _ provider: ID<Provider>) -> String {
        let hash = StableHash.of(provider.value, LOQTexts.plain(node, "title").text() ?? "")
        let hex = String(hash, radix: 16)
        return "title-" + String(repeating: "0", count: 16 - hex.count) + hex
    }

    /// The id under which a course is kept; `nil` when the same bytes were read before.
    private mutating func uniqueID(
        _ native: String, _ content: UInt64, _ node: XMLNode, _ log: inout DiagnosticLog
    ) -> String? {
        guard case .new(let unique) = ids.claim(native, content: content) else {
            log.add(
                .warning, .duplicateRecord, at: node, field: node.localName,
                "The course \(quoted(native)) stands twice in the feed, byte for byte; the "
                    + "second one was set apart. Remove it.")
            return nil
        }
        if unique != native {
            log.add(
                .warning, .duplicateID, at: node, field: "id",
                "Another course has the id \(quoted(native)); this one became "
                    + "\(quoted(unique)). Give each its own id.")
        }
        return unique
    }
}

/// Diagnostics of a piece that was read by itself, with positions in the whole document.
func shifted(_ diagnostics: [Diagnostic], by base: SourcePosition) -> [Diagnostic] {
    diagnostics.map { diagnostic in
        var own = diagnostic
        own.position = own.position.map { position in
            SourcePosition(
                line: base.line + position.line - 1,
                column: position.line == 1
                    ? base.column + position.column - 1 : position.column,
                byteOffset: base.byteOffset + position.byteOffset)
        }
        return own
    }
}
