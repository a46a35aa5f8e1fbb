import CourseModel
import XMLStream

/// Walks over an LHEO document and hands out a formation at a time.
struct LHEOReader: ~Copyable {
    private let input: FeedInput
    private var xml: XMLReader
    private var ledger: FeedLedger

    init(_ input: FeedInput) throws(FeedError) {
        self.input = input
        xml = try input.xmlReader(records: ["formation"])
        ledger = FeedLedger(format: LHEO.name, source: input.source)
    }

    /// Reads the document to its end.
    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        do {
            while let event = try xml.next() {
                switch event {
                case .startElement where xml.localName == "formation":
                    try readFormation(receive)
                case .startElement where xml.localName == "session":
                    try quarantineLonely(receive)
                case .damage(let damage):
                    try ledger.quarantine(
                        damage, count: Self.count(in: damage.bytes), file: input.name, receive)
                default: break
                }
            }
        } catch let error as XMLError {
            try ledger.stop(error, file: input.name)
        }
        ledger.close(&xml, file: input.name)
        return ledger.summary
    }

    private mutating func readFormation(_ receive: (FeedItem) throws -> Void) throws {
        let fragment = try xml.readElement()
        let node = fragment.root
        let original = fragment.original
        var log = DiagnosticLog(file: input.name)
        let formation = LHEOFormation(node)
        let provider = try ledger.tell(
            LHEOProvider.provider(of: node, input, &log), receive)
        let count = RecordCount(courses: 1, offerings: formation.occasions.count)
        let native = formation.number ?? formation.derivedNumber(provider)
        log.record = native
        if formation.number == nil {
            log.add(
                .warning, .missingID, at: node, field: "numero",
                "The formation has no @numero; its id was made of organisation and title, and "
                    + "changes with them. Give it a @numero.")
        }
        guard
            let unique = ledger.claim(
                native, original: original, at: node, field: "numero", &log)
        else {
            try ledger.quarantine(.course, native, node, original, count, log.take(), receive)
            return
        }
        guard
            let course = formation.course(
                unique, provider: provider.id, source: input.source, &log)
        else {
            log.add(
                .error, .courseWithoutTitle, at: node, field: "intitule-formation",
                "The formation has no title; it was set apart. Give it an intitule-formation.")
            try ledger.quarantine(.course, native, node, original, count, log.take(), receive)
            return
        }
        var draft = RecordDraft(course, original: original, node: node)
        for occasion in formation.occasions {
            let element = occasion.node
            draft.add(
                formation.number(of: occasion), at: element,
                bytes: { fragment.bytes(of: element, named: element.localName) }, &log
            ) { native, log in
                occasion.offering(native, of: course, &log)
            }
        }
        try ledger.accept(draft, &log, receive)
    }

    /// A session outside a formation belongs to nothing that could be shown.
    private mutating func quarantineLonely(_ receive: (FeedItem) throws -> Void) throws {
        let fragment = try xml.readElement()
        let reason = Diagnostic(
            .error, .misplacedRecord, file: input.name,
            position: SourcePosition(fragment.root.position), field: "session",
            message: "A session stands outside a formation; it was set apart. "
                + "Put it into an action of its formation.")
        try ledger.quarantine(
            .offering, fragment.root.statedAttribute("numero"), fragment.root, fragment.original,
            RecordCount(offerings: 1), [reason], receive)
    }

    /// How many formations and sessions begin in broken mark-up; an action without a session is an
    /// occasion of its own.
    private static func count(in bytes: [UInt8]) -> RecordCount {
        var count = RecordCount()
        var isBareAction = false
        forEachTag(in: bytes) { name, isEnd in
            if name.elementsEqual("action".utf8) {
                if isBareAction { count.offerings += 1 }
                isBareAction = !isEnd
            } else if !isEnd, name.elementsEqual("session".utf8) {
                count.offerings += 1
                isBareAction = false
            } else if !isEnd, name.elementsEqual("formation".utf8) {
                count.courses += 1
            }
        }
        if isBareAction { count.offerings += 1 }
        return count
    }
}
