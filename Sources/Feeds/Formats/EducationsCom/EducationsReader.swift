import CourseModel
import XMLStream

/// Walks over a document of educations.com and hands out a course at a time.
struct EducationsReader: ~Copyable {
    private let input: FeedInput
    private let survey: EducationsSurvey
    private var xml: XMLReader
    private var ledger: FeedLedger
    /// How many providers have begun.
    private var begun = 0

    init(_ input: FeedInput, _ survey: EducationsSurvey) throws(FeedError) {
        self.input = input
        self.survey = survey
        xml = try input.rewound().xmlReader(records: EducationsCom.courses.union(["event"]))
        ledger = FeedLedger(format: EducationsCom.name, source: input.source)
        ledger.note(survey.diagnostics)
    }

    /// Reads the document to its end.
    mutating func read(_ receive: (FeedItem) throws -> Void) throws -> FeedSummary {
        do {
            while let event = try xml.next() {
                switch event {
                case .startElement: try start(receive)
                case .damage(let damage):
                    let names = EducationsCom.courses.map { startTags($0, in: damage.bytes) }
                    let count = RecordCount(
                        courses: names.reduce(0, +),
                        offerings: startTags("event", in: damage.bytes))
                    try ledger.quarantine(damage, count: count, file: input.name, receive)
                default: break
                }
            }
        } catch let error as XMLError {
            try ledger.stop(error, file: input.name)
        }
        ledger.close(&xml, file: input.name)
        return ledger.summary
    }

    private mutating func start(_ receive: (FeedItem) throws -> Void) throws {
        let name = xml.localName
        if EducationsCom.providers.contains(name), xml.depth == 2 {
            begun += 1
            guard let provider = current else { return }
            if provider.id == nil {
                ledger.note([
                    Diagnostic(
                        .warning, .missingID, file: input.name,
                        position: SourcePosition(xml.position), field: name,
                        message: "A provider has no id; its courses were taken as those of a "
                            + "provider without a name. Give it a uniqueIdentifier.")
                ])
            }
            try ledger.tell(provider.provider(input), receive)
        } else if EducationsCom.courses.contains(name) {
            try readCourse(receive)
        } else if name == "event" {
            try quarantineLonely(receive)
        }
    }

    /// What is known of the provider whose courses follow.
    private var current: EducationsProvider? {
        survey.providers.indices.contains(begun - 1) ? survey.providers[begun - 1] : nil
    }

    private mutating func readCourse(_ receive: (FeedItem) throws -> Void) throws {
        let fragment = try xml.readElement()
        let node = fragment.root
        let original = fragment.original
        var log = DiagnosticLog(file: input.name)
        let stated =
            current
            ?? EducationsProvider(
                id: nil, mainLocation: nil, position: SourcePosition(node.position))
        let provider = try ledger.tell(stated.provider(input), receive)
        let mapping = EducationsMapping(
            source: input.source, provider: provider, locations: stated.locations,
            currency: input.currency)
        let events = node.descendants("event")
        let count = RecordCount(courses: 1, offerings: events.count)
        let identifier = node.statedAttribute("uniqueIdentifier")
        let native = identifier ?? mapping.derivedID(node)
        log.record = native
        if identifier == nil {
            log.add(
                .warning, .missingID, at: node, field: "uniqueIdentifier",
                "The course has no uniqueIdentifier; its id was made of its name, and changes with "
                    + "it. Give it one.")
        }
        // Identifiers are unique within a provider only.
        let owner = provider.nativeID + "/"
        guard
            let unique = ledger.claim(
                owner + native, original: original, at: node, field: "uniqueIdentifier", &log),
            let course = mapping.course(
                String(unique.dropFirst(owner.count)), id: unique, node, &log)
        else {
            if !log.entries.contains(where: { $0.code == .duplicateRecord }) {
                log.add(
                    .error, .courseWithoutTitle, at: node, field: "name",
                    "The course has no name; it was set apart. Give it a name.")
            }
            try ledger.quarantine(.course, native, node, original, count, log.take(), receive)
            return
        }
        var draft = RecordDraft(course, original: original, node: node)
        for event in events {
            draft.add(
                event.statedAttribute("uniqueIdentifier") ?? mapping.derivedID(event: event),
                at: event, bytes: { fragment.bytes(of: event, named: "event") }, &log
            ) { native, log in
                mapping.offering(native, event, of: course, node, &log)
            }
        }
        try ledger.accept(draft, &log, receive)
    }

    /// An event outside a course belongs to nothing that could be shown.
    private mutating func quarantineLonely(_ receive: (FeedItem) throws -> Void) throws {
        let fragment = try xml.readElement()
        let reason = Diagnostic(
            .error, .misplacedRecord, file: input.name,
            position: SourcePosition(fragment.root.position), field: "event",
            message: "An event stands outside a course; it was set apart. Put it into its course.")
        try ledger.quarantine(
            .offering, fragment.root.statedAttribute("uniqueIdentifier"), fragment.root,
            fragment.original, RecordCount(offerings: 1), [reason], receive)
    }
}
