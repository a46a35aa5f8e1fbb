import CourseModel
import XMLStream

/// Walks over an XCRI-CAP document and hands out a course at a time.
struct XCRIReader: ~Copyable {
    private let input: FeedInput
    private var xml: XMLReader
    private var summary = FeedSummary(format: XCRICAP.name)
    /// The providers that are open, outermost first.
    private var providers: [XCRIProvider] = []
    /// What a course outside a provider belongs to: the catalogue itself.
    private var catalog = XCRICommon()
    private var hasCatalogProvider = false
    /// The first root, and whether anything of the profile came.
    private var root: String?
    private var isXCRI = false
    /// The hash of each course's bytes by that of its id: enough to find ids that come twice.
    private var seen: [UInt64: UInt64] = [:]
    private var shifted = (count: 0, first: nil as SourcePosition?)

    init(_ input: FeedInput) throws(FeedError) {
        self.input = input
        xml = try input.xmlReader(records: ["course"])
    }

    /// Reads the document to its end.
    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        do {
            while let event = try nextEvent() {
                switch event {
                case .startElement: try start(receive)
                case .endElement: try end(receive)
                case .damage(let damage): try quarantine(damage, receive)
                case .text: break
                }
            }
        } catch let error as XMLError {
            // What came before the fault has been handed out; a feed without anything is an error.
            guard summary.offered != RecordCount() else { throw FeedError(error) }
            summary.isComplete = false
            summary.diagnostics.append(
                Diagnostic(
                    .error, .truncatedFeed, file: input.name,
                    position: error.position.map { SourcePosition($0) },
                    message: "The feed cannot be read to its end: \(error.message)"))
            try endAll(receive)
        }
        guard isXCRI else {
            throw FeedError.wrongFormat(
                name: input.name, expected: XCRICAP.title,
                found: "its root element is <\(root ?? "")>, without a provider or course in it")
        }
        finish()
        return summary
    }

    private mutating func nextEvent() throws -> XMLReader.Event? { try xml.next() }

    private mutating func finish() {
        summary.bytes = xml.bytesRead
        summary.diagnostics =
            xml.takeDiagnostics().map { Diagnostic($0, file: input.name) } + summary.diagnostics
        if shifted.count > 0 {
            summary.diagnostics.append(
                Diagnostic(
                    .warning, .dtfShiftedDay, file: input.name, position: shifted.first,
                    field: "dtf",
                    message: "\(shifted.count) presentations have a @dtf one day before its text, "
                        + "all in summer time; the text was taken. Write @dtf in local time."))
        }
    }

    // MARK: Elements

    private mutating func start(_ receive: (FeedItem) throws -> Void) throws {
        let name = xml.localName
        if root == nil { root = name }
        if ["catalog", "provider", "course", "presentation"].contains(name) { isXCRI = true }
        if xml.attribute("recstatus") != nil { summary.isFull = false }
        switch name {
        case "provider":
            providers.append(XCRIProvider(depth: xml.depth, position: xml.position))
        case "course":
            try readCourse(receive)
        case "presentation":
            try quarantineLonely(receive)
        default:
            guard let known = XCRIName.named(name) else { return }
            if let provider = providers.last {
                guard xml.depth == provider.depth + 1 else { return }
                let fragment = try xml.readElement()
                var log = DiagnosticLog(file: input.name)
                providers[providers.count - 1].take(fragment.root, known, &log)
                summary.diagnostics += log.take()
            } else if xml.depth == 2 {
                let fragment = try xml.readElement()
                var log = DiagnosticLog(file: input.name)
                _ = catalog.take(fragment.root, known, &log)
            }
        }
    }

    private mutating func end(_ receive: (FeedItem) throws -> Void) throws {
        guard let open = providers.last, xml.localName == "provider", xml.depth == open.depth
        else { return }
        try endProvider(receive)
    }

    private mutating func endAll(_ receive: (FeedItem) throws -> Void) throws {
        while !providers.isEmpty { try endProvider(receive) }
    }

    /// Tells of the provider once more when its address or other things came behind its courses.
    private mutating func endProvider(_ receive: (FeedItem) throws -> Void) throws {
        var open = providers.removeLast()
        let provider = open.provider(input)
        if provider != open.told { try receive(.provider(provider)) }
        if open.isWithdrawn {
            try receive(.withdrawn(.provider(provider.id)))
        }
    }

    /// The provider of the course that follows, told to the receiver before its first course.
    private mutating func currentProvider(
        _ receive: (FeedItem) throws -> Void
    ) throws -> Provider {
        guard let index = providers.indices.last else {
            let provider = XCRIProvider.ofCatalog(catalog, input)
            if !hasCatalogProvider {
                hasCatalogProvider = true
                try receive(.provider(provider))
                summary.diagnostics.append(
                    Diagnostic(
                        .warning, .courseWithoutProvider, file: input.name,
                        position: SourcePosition(xml.position), field: "course",
                        message: "Courses stand outside a provider; the catalogue was taken as "
                            + "their provider. Put them into a provider with identifier and title.")
                )
            }
            return provider
        }
        if let told = providers[index].told { return told }
        let provider = providers[index].provider(input)
        providers[index].told = provider
        try receive(.provider(provider))
        return provider
    }

    // MARK: Courses

    private mutating func readCourse(_ receive: (FeedItem) throws -> Void) throws {
        let provider = try currentProvider(receive)
        try take(xml.readElement(), of: provider, damaged: [], receive)
    }

    /// Makes a course of its element.
    ///
    /// - Parameter damaged: Presentations of it that were set apart already.
    private mutating func take(
        _ fragment: XMLFragment, of provider: Provider, damaged: [QuarantinedRecord],
        _ receive: (FeedItem) throws -> Void
    ) throws {
        let node = fragment.root
        var log = DiagnosticLog(file: input.name)
        let framework = XCRIProvider.framework(provider, node, input)
        var course = XCRICourse(
            node, framework: framework, &log)
        course.findPresentations(in: fragment)
        var count = RecordCount(courses: 1, offerings: course.presentations.count)
        for record in damaged { count += record.count }

        if course.isWithdrawn {
            let native = course.identifier ?? course.derivedIdentifier(provider)
            summary.withdrawn += count
            try receive(.withdrawn(.course(ID(source: input.source, native: native))))
            return
        }
        let original = fragment.original
        let nativeID = course.identifier ?? course.derivedIdentifier(provider)
        log.record = nativeID
        if course.identifier == nil {
            log.add(
                .warning, .missingID, at: node, field: "identifier",
                "The course has no identifier and no address; its id was made of provider and "
                    + "title, and changes with them. Give it a dc:identifier.")
        }
        let contentHash = StableHash.of(original)
        guard let unique = uniqueID(nativeID, provider, contentHash, node, &log) else {
            summary.offered += count
            try quarantine(course: nativeID, node, original, count, log.take(), receive)
            return
        }
        let surroundings = XCRICourse.Surroundings(
            source: input.source, provider: provider,
            framework: framework, file: input.name)
        guard
            let made = course.course(
                nativeID: unique, id: ID(source: input.source, native: unique), in: surroundings,
                &log)
        else {
            log.add(
                .error, .courseWithoutTitle, at: node, field: "title",
                "The course has no title and none of its presentations has one; it was set apart. "
                    + "Give it a dc:title.")
            summary.offered += count
            try quarantine(course: nativeID, node, original, count, log.take(), receive)
            return
        }
        try readOfferings(
            of: made, course, fragment, original, provider, damaged, &log, receive)
    }

    private mutating func readOfferings(
        of made: Course, _ course: XCRICourse, _ fragment: XMLFragment, _ original: [UInt8],
        _ provider: Provider, _ damaged: [QuarantinedRecord], _ log: inout DiagnosticLog,
        _ receive: (FeedItem) throws -> Void
    ) throws {
        var made = made
        var offerings: [Offering] = []
        var apart = damaged
        var withdrawals: [ID<Offering>] = []
        var ids = OfferingIDs()
        let surroundings = XCRIOffering.Surroundings(
            course: made, provider: provider, currency: input.currency, file: input.name)
        var offered = RecordCount(courses: 1)
        for record in damaged { offered += record.count }
        for (index, node) in course.presentations.enumerated() {
            var read = XCRIOffering(node, &log)
            if read.isWithdrawn {
                let native = read.identifier ?? read.derivedIdentifier
                withdrawals.append(ID(course: made.id, native: native))
                summary.withdrawn += RecordCount(offerings: 1)
                continue
            }
            offered.offerings += 1
            if read.identifier == nil {
                log.add(
                    .note, .missingID, at: node, field: "identifier",
                    "The presentation has no identifier; its id was made of start, venue and study "
                        + "mode, and changes with them. Give it a dc:identifier.")
            }
            let native = read.identifier ?? read.derivedIdentifier
            switch ids.claim(native, node) {
            case .new(let unique):
                if unique != native {
                    log.add(
                        .warning, .duplicateID, at: node, field: "identifier",
                        "The course has another presentation with the id \(quoted(native)); this "
                            + "one became \(quoted(unique)). Give each its own id.")
                }
                offerings.append(
                    read.offering(
                        nativeID: unique, at: course.place(of: index), in: surroundings, &log))
                made.studyLoad.fill(from: read.studyLoad)
                if read.hasShiftedDate {
                    shifted.count += 1
                    if shifted.first == nil { shifted.first = SourcePosition(node.position) }
                }
            case .repeated:
                let reason = Diagnostic(
                    .warning, .duplicateRecord, file: input.name,
                    position: SourcePosition(node.position), record: native, field: "presentation",
                    message: "The presentation \(quoted(native)) stands twice in its course, word "
                        + "for word; the second one was set apart. Remove it.")
                apart.append(
                    QuarantinedRecord(
                        kind: .offering, nativeID: native, file: input.name,
                        position: SourcePosition(node.position),
                        original: fragment.bytes(of: node, named: "presentation"),
                        reasons: [reason], count: RecordCount(offerings: 1)))
            }
        }
        summary.offered += offered
        guard let record = CourseRecord(course: made, offerings: offerings) else {
            // Ids were made unique above, so this cannot be; if it were, nothing may be lost.
            log.add(
                .error, .duplicateID, at: fragment.root, field: "identifier",
                "The offerings of the course cannot be told apart; it was set apart.")
            try quarantine(
                course: made.nativeID, fragment.root, original, offered, log.take(), receive)
            return
        }
        let item = FeedItem.record(
            ReadRecord(
                record: record, original: original, offered: offered, diagnostics: log.take(),
                quarantinedOfferings: apart))
        summary.count(item)
        try receive(item)
        for id in withdrawals { try receive(.withdrawn(.offering(id))) }
    }

    /// The id under which a course is kept: its own, with a suffix when another course has it, or
    /// `nil` when the same course was read before.
    ///
    /// Identifiers need only be unique within a provider. The suffix counts in feed order, so it
    /// stays the same as long as the feed keeps its order.
    private mutating func uniqueID(
        _ native: String, _ provider: Provider, _ content: UInt64, _ node: XMLNode,
        _ log: inout DiagnosticLog
    ) -> String? {
        var candidate = native
        var number = 1
        while true {
            let key = StableHash.of(candidate)
            guard let known = seen[key] else {
                seen[key] = content
                break
            }
            if known == content {
                log.add(
                    .warning, .duplicateRecord, at: node, field: "course",
                    "The course \(quoted(native)) stands twice in the feed, byte for byte; the "
                        + "second one was set apart. Remove it.")
                return nil
            }
            number += 1
            candidate = "\(native)~\(number)"
        }
        if number > 1 {
            log.add(
                .warning, .duplicateID, at: node, field: "identifier",
                "Another course of the feed has the id \(quoted(native)); this one became "
                    + "\(quoted(candidate)). Give each its own id.")
        }
        return candidate
    }

    // MARK: What is set apart

    private mutating func quarantine(
        course nativeID: String, _ node: XMLNode, _ original: [UInt8], _ count: RecordCount,
        _ reasons: [Diagnostic], _ receive: (FeedItem) throws -> Void
    ) throws {
        let item = FeedItem.quarantined(
            QuarantinedRecord(
                kind: .course, nativeID: nativeID, file: input.name,
                position: SourcePosition(node.position), original: original,
                reasons: reasons.sorted { $0.severity > $1.severity }, count: count))
        summary.count(item)
        try receive(item)
    }

    private mutating func quarantine(
        _ damage: XMLDamage, _ receive: (FeedItem) throws -> Void
    ) throws {
        if try salvage(damage, receive) { return }
        let item = FeedItem.quarantined(quarantined(damage))
        if case .quarantined(let record) = item { summary.offered += record.count }
        summary.count(item)
        try receive(item)
    }

    /// The record of a broken stretch of the feed.
    private func quarantined(_ damage: XMLDamage) -> QuarantinedRecord {
        let count = RecordCount(
            courses: startTags("course", in: damage.bytes),
            offerings: startTags("presentation", in: damage.bytes))
        let kind: QuarantinedRecord.Kind = count.courses > 0 ? .course : .offering
        let reason = Diagnostic(
            .error, .malformedRecord, file: input.name,
            position: SourcePosition(damage.faultPosition), field: damage.recordName,
            message: "The mark-up of this \(damage.recordName) is broken: \(damage.message). "
                + "It was set apart, with \(count); correct it and send the feed again.")
        return QuarantinedRecord(
            kind: kind, nativeID: nil, file: input.name,
            position: SourcePosition(damage.position), original: damage.bytes, reasons: [reason],
            count: count)
    }

    /// Reads a broken course once more by itself, where a broken presentation can be set apart.
    ///
    /// - Returns: Whether the course could be saved; if not, nothing was counted or told.
    private mutating func salvage(
        _ damage: XMLDamage, _ receive: (FeedItem) throws -> Void
    ) throws -> Bool {
        let presentations = startTags("presentation", in: damage.bytes)
        guard damage.recordName == "course", presentations > 0, !damage.bytes.contains(0),
            startTags("course", in: damage.bytes) == 1
        else { return false }
        let opening = Array("<r>".utf8)
        var fragment: XMLFragment?
        var damages: [XMLDamage] = []
        var repairs: [XMLDiagnostic] = []
        do {
            var part = try XMLReader(
                bytes: opening + damage.bytes + Array("</r>".utf8), name: input.name,
                limits: input.limits, records: ["presentation"])
            while let event = try part.next() {
                switch event {
                case .startElement where part.localName == "course":
                    fragment = try part.readElement()
                case .damage(let found): damages.append(found)
                default: break
                }
            }
            repairs = part.takeDiagnostics()
        } catch {
            return false
        }
        // A fault in the course's own fields is the whole course's.
        guard let fragment, !damages.isEmpty,
            damages.allSatisfy({ $0.recordName == "presentation" })
        else { return false }
        // The part stands outside the element that declares its prefixes.
        repairs.removeAll { $0.code == .undeclaredPrefix }
        var broken: [QuarantinedRecord] = []
        for found in damages { broken.append(quarantined(found)) }
        let kept = XCRICourse.presentations(in: fragment).count
        guard broken.reduce(kept, { $0 + $1.count.offerings }) == presentations,
            broken.allSatisfy({ $0.count.courses == 0 })
        else { return false }
        let origin = SourceOrigin(of: SourcePosition(damage.position), behind: opening.count)
        let provider = try currentProvider(receive)
        let file = input.name
        summary.diagnostics += repairs.map { origin.moved(Diagnostic($0, file: file)) }
        try take(fragment, of: provider, damaged: broken) { item in
            try receive(origin.moved(item))
        }
        return true
    }

    /// A presentation outside a course belongs to nothing that could be shown.
    private mutating func quarantineLonely(_ receive: (FeedItem) throws -> Void) throws {
        let fragment = try xml.readElement()
        let reason = Diagnostic(
            .error, .misplacedRecord, file: input.name,
            position: SourcePosition(fragment.root.position), field: "presentation",
            message: "A presentation stands outside a course; it was set apart. "
                + "Put it into its course.")
        let count = RecordCount(offerings: 1)
        summary.offered += count
        let item = FeedItem.quarantined(
            QuarantinedRecord(
                kind: .offering, nativeID: nil, file: input.name,
                position: SourcePosition(fragment.root.position), original: fragment.original,
                reasons: [reason], count: count))
        summary.count(item)
        try receive(item)
    }
}

extension StudyLoad {
    /// Takes over what is not said yet.
    mutating func fill(from other: StudyLoad) {
        hours = hours ?? other.hours
        contactHours = contactHours ?? other.contactHours
        hoursPerWeek = hoursPerWeek ?? other.hoursPerWeek
    }
}
