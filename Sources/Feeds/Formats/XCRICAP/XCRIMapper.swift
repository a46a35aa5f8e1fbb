import CourseModel
import XMLStream

/// Makes records of course elements.
///
/// What comes of an element depends on it and its provider alone, so that several threads can each
/// have a mapper of their own.
final class XCRIMapper {
    private let input: FeedInput
    private let memory = XCRIMemory()

    /// A mapper of a feed's elements.
    init(_ input: FeedInput) { self.input = input }

    /// A course element and what it takes from its surroundings.
    ///
    /// It is handed from thread to thread and goes with what came of it, so it is one reference.
    final class Element: Sendable {
        let fragment: XMLFragment
        let provider: Provider
        /// Presentations of it that were set apart already.
        let damaged: [QuarantinedRecord]

        init(fragment: XMLFragment, provider: Provider, damaged: [QuarantinedRecord] = []) {
            self.fragment = fragment
            self.provider = provider
            self.damaged = damaged
        }
    }

    /// The id under which a course is kept.
    enum Claim {
        /// The feed's own.
        case stated
        /// Another one, since an earlier course has the feed's own.
        case renamed(String)
        /// None, since the same course was read before.
        case repeated
    }

    /// What came of an element.
    struct Mapped: Sendable {
        /// A record is large; behind a reference it is handed on without copying its parts.
        enum Outcome: Sendable {
            indirect case record(ReadRecord, withdrawals: [ID<Offering>])
            case quarantined(QuarantinedRecord)
            case withdrawn(ID<Course>)
        }

        let element: Element
        /// The id that the feed gives, or that was made of what it says.
        let nativeID: String
        /// The hash of the element's bytes.
        var contentHash: UInt64 = 0
        var outcome: Outcome
        var offered = RecordCount()
        var withdrawn = RecordCount()
        /// Presentations whose `@dtf` lies a day early, and where the first one stands.
        var shifted = (count: 0, first: nil as SourcePosition?)
    }

    /// Makes a record of a course element.
    func map(_ element: Element, claim: Claim = .stated) -> Mapped {
        let node = element.fragment.root
        let provider = element.provider
        var log = DiagnosticLog(file: input.name)
        let framework = XCRIProvider.framework(provider, node, memory)
        var course = XCRICourse(node, framework: framework, memory, &log)
        course.findPresentations(in: element.fragment)
        var count = RecordCount(courses: 1, offerings: course.presentations.count)
        for record in element.damaged { count += record.count }

        let nativeID = course.identifier ?? course.derivedIdentifier(provider)
        if course.isWithdrawn {
            return Mapped(
                element: element, nativeID: nativeID,
                outcome: .withdrawn(ID(source: input.source, native: nativeID)), withdrawn: count)
        }
        log.record = nativeID
        if course.identifier == nil {
            log.add(
                .warning, .missingID, at: node, field: "identifier",
                "The course has no identifier and no address; its id was made of provider and "
                    + "title, and changes with them. Give it a dc:identifier.")
        }
        let original = element.fragment.original
        var mapped = Mapped(
            element: element, nativeID: nativeID, contentHash: StableHash.of(original),
            outcome: .withdrawn(ID(source: input.source, native: nativeID)))
        let unique: String
        switch claim {
        case .stated: unique = nativeID
        case .renamed(let other):
            unique = other
            log.add(
                .warning, .duplicateID, at: node, field: "identifier",
                "Another course of the feed has the id \(quoted(nativeID)); this one became "
                    + "\(quoted(other)). Give each its own id.")
        case .repeated:
            log.add(
                .warning, .duplicateRecord, at: node, field: "course",
                "The course \(quoted(nativeID)) stands twice in the feed, byte for byte; the "
                    + "second one was set apart. Remove it.")
            mapped.offered = count
            mapped.outcome = .quarantined(quarantined(nativeID, node, original, count, log.take()))
            return mapped
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
            mapped.offered = count
            mapped.outcome = .quarantined(quarantined(nativeID, node, original, count, log.take()))
            return mapped
        }
        readOfferings(of: made, course, original, &log, &mapped)
        return mapped
    }

    private func readOfferings(
        of course: consuming Course, _ words: XCRICourse, _ original: [UInt8],
        _ log: inout DiagnosticLog, _ mapped: inout Mapped
    ) {
        let fragment = mapped.element.fragment
        var made = course
        var offerings: [Offering] = []
        offerings.reserveCapacity(words.presentations.count)
        var apart = mapped.element.damaged
        var withdrawals: [ID<Offering>] = []
        var ids = OfferingIDs()
        let surroundings = XCRIOffering.Surroundings(
            of: made, provider: mapped.element.provider, currency: input.currency,
            file: input.name)
        var offered = RecordCount(courses: 1)
        for record in apart { offered += record.count }
        for (index, node) in words.presentations.enumerated() {
            var read = XCRIOffering(node, memory, &log)
            let stated = read.identifier
            let native = stated ?? read.derivedIdentifier
            if read.isWithdrawn {
                withdrawals.append(ID(course: made.id, native: native))
                mapped.withdrawn += RecordCount(offerings: 1)
                continue
            }
            offered.offerings += 1
            if stated == nil {
                log.add(
                    .note, .missingID, at: node, field: "identifier",
                    "The presentation has no identifier; its id was made of start, venue and study "
                        + "mode, and changes with them. Give it a dc:identifier.")
            }
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
                        nativeID: unique, at: words.place(of: index), in: surroundings, memory,
                        &log))
                made.studyLoad.fill(from: read.studyLoad)
                if read.hasShiftedDate {
                    mapped.shifted.count += 1
                    if mapped.shifted.first == nil {
                        mapped.shifted.first = words.place(of: index)
                    }
                }
            case .repeated:
                let place = words.place(of: index)
                let reason = Diagnostic(
                    .warning, .duplicateRecord, file: input.name,
                    position: place, record: native, field: "presentation",
                    message: "The presentation \(quoted(native)) stands twice in its course, word "
                        + "for word; the second one was set apart. Remove it.")
                apart.append(
                    QuarantinedRecord(
                        kind: .offering, nativeID: native, file: input.name, position: place,
                        original: fragment.bytes(of: node, named: "presentation"),
                        reasons: [reason], count: RecordCount(offerings: 1)))
            }
        }
        mapped.offered = offered
        guard let record = CourseRecord(course: made, offerings: offerings) else {
            // Ids were made unique above, so this cannot be; if it were, nothing may be lost.
            log.add(
                .error, .duplicateID, at: fragment.root, field: "identifier",
                "The offerings of the course cannot be told apart; it was set apart.")
            mapped.outcome = .quarantined(
                quarantined(mapped.nativeID, fragment.root, original, offered, log.take()))
            return
        }
        mapped.outcome = .record(
            ReadRecord(
                record: record, original: original, offered: offered, diagnostics: log.take(),
                quarantinedOfferings: apart), withdrawals: withdrawals)
    }

    private func quarantined(
        _ nativeID: String, _ node: XMLNode, _ original: [UInt8], _ count: RecordCount,
        _ reasons: [Diagnostic]
    ) -> QuarantinedRecord {
        QuarantinedRecord(
            kind: .course, nativeID: nativeID, file: input.name,
            position: SourcePosition(node.position), original: original,
            reasons: reasons.sorted { $0.severity > $1.severity }, count: count)
    }
}
