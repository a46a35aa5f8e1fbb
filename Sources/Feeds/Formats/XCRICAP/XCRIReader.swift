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
    private var ids = RecordIDs()
    private var shifted = (count: 0, first: nil as SourcePosition?)
    /// Courses whose records are made on other threads, some at a time; none while a feed may
    /// prove to be small.
    private var work: OrderedWork<[XCRIMapper.Element], [XCRIMapper.Mapped]>?
    private var batch: [XCRIMapper.Element] = []
    private var batchBytes = 0
    private let mapper: XCRIMapper
    private var mappedHere = 0

    init(_ input: FeedInput) throws(FeedError) {
        self.input = input
        xml = try input.xmlReader(records: ["course"], words: XCRIName.words)
        mapper = XCRIMapper(input)
    }

    /// Reads the document to its end.
    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        defer { work?.close() }
        do {
            while let event = try nextEvent() {
                switch event {
                case .startElement: try start(receive)
                case .endElement: try end(receive)
                case .damage(let damage): try quarantine(damage, receive)
                case .text: break
                }
            }
            try deliverAll(receive)
        } catch let error as XMLError {
            try deliverAll(receive)
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
        if !isXCRI, ["catalog", "provider", "course", "presentation"].contains(name) {
            isXCRI = true
        }
        if xml.attribute("recstatus") != nil { summary.isFull = false }
        switch name {
        case "provider":
            providers.append(XCRIProvider(depth: xml.depth, position: xml.position))
        case "course":
            try readCourse(receive)
        case "presentation":
            try quarantineLonely(receive)
        default:
            guard let known = XCRIName(word: xml.word) else { return }
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
        if provider != open.told { try tell(.provider(provider), receive) }
        if open.isWithdrawn {
            try tell(.withdrawn(.provider(provider.id)), receive)
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
                try tell(.provider(provider), receive)
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
        try tell(.provider(provider), receive)
        return provider
    }

    // MARK: Courses

    private mutating func readCourse(_ receive: (FeedItem) throws -> Void) throws {
        let provider = try currentProvider(receive)
        let fragment = try xml.readElement()
        batchBytes += fragment.byteRange.count
        batch.append(XCRIMapper.Element(fragment: fragment, provider: provider))
        if batch.count >= Self.batchCourses || batchBytes >= Self.batchBytes {
            try handIn(receive)
        }
    }

    /// Courses that are handed over together, so that handing over costs next to nothing.
    private static let batchCourses = 16
    private static let batchBytes = 65_536
    /// How many times as much may be under way.
    private static let batchesUnderWay = 8

    /// Gives the batch to the threads and delivers what they have done.
    private mutating func handIn(_ receive: (FeedItem) throws -> Void) throws {
        let elements = batch
        batch = []
        batchBytes = 0
        guard mappedHere >= 4 * Self.batchCourses else {
            // A small feed is read before threads would have started.
            mappedHere += elements.count
            for element in elements { try deliver(mapper.map(element), receive) }
            return
        }
        let work = work ?? threads()
        work.add(elements)
        while let done = work.ready() { try deliver(done, receive) }
        while work.count >= Self.batchesUnderWay, let done = work.next() {
            try deliver(done, receive)
        }
    }

    private mutating func threads() -> OrderedWork<[XCRIMapper.Element], [XCRIMapper.Mapped]> {
        let work = OrderedWork<[XCRIMapper.Element], [XCRIMapper.Mapped]> { [input] in
            let mapper = XCRIMapper(input)
            return { elements in elements.map { mapper.map($0) } }
        }
        self.work = work
        return work
    }

    /// Delivers everything that was read so far.
    private mutating func deliverAll(_ receive: (FeedItem) throws -> Void) throws {
        while let work, let done = work.next() { try deliver(done, receive) }
        let elements = batch
        batch = []
        batchBytes = 0
        for element in elements { try deliver(mapper.map(element), receive) }
    }

    /// Hands out something else than a course, behind the courses before it.
    private mutating func tell(
        _ item: FeedItem, _ receive: (FeedItem) throws -> Void
    ) throws {
        try deliverAll(receive)
        try receive(item)
    }

    private mutating func deliver(
        _ courses: [XCRIMapper.Mapped], _ receive: (FeedItem) throws -> Void
    ) throws {
        for mapped in courses { try deliver(mapped, receive) }
    }

    /// Hands out a course, once its id is known to be its own.
    private mutating func deliver(
        _ course: XCRIMapper.Mapped, _ receive: (FeedItem) throws -> Void
    ) throws {
        var course = course
        if case .withdrawn = course.outcome {
        } else {
            // Identifiers need only be unique within a provider.
            switch ids.claim(course.nativeID, content: course.contentHash) {
            case .new(course.nativeID): break
            case .new(let other): course = mapper.map(course.element, claim: .renamed(other))
            case .repeated: course = mapper.map(course.element, claim: .repeated)
            }
        }
        summary.offered += course.offered
        summary.withdrawn += course.withdrawn
        shifted.count += course.shifted.count
        if shifted.first == nil { shifted.first = course.shifted.first }
        switch course.outcome {
        case .withdrawn(let id): try receive(.withdrawn(.course(id)))
        case .quarantined(let record):
            let item = FeedItem.quarantined(record)
            summary.count(item)
            try receive(item)
        case .record(let record, let withdrawals):
            let item = FeedItem.record(record)
            summary.count(item)
            try receive(item)
            for id in withdrawals { try receive(.withdrawn(.offering(id))) }
        }
    }

    // MARK: What is set apart

    private mutating func quarantine(
        _ damage: XMLDamage, _ receive: (FeedItem) throws -> Void
    ) throws {
        try deliverAll(receive)
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
                limits: input.limits, records: ["presentation"], words: XCRIName.words)
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
        let course = mapper.map(
            XCRIMapper.Element(fragment: fragment, provider: provider, damaged: broken))
        try deliver(course) { item in try receive(origin.moved(item)) }
        return true
    }

    /// A presentation outside a course belongs to nothing that could be shown.
    private mutating func quarantineLonely(_ receive: (FeedItem) throws -> Void) throws {
        try deliverAll(receive)
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
