import CourseModel
import XMLStream

/// Writes LOQ 3.1, valid against the model's schema.
///
/// The schema wants lists of things that point to each other, the opportunities first. Each list
/// goes to a spool as courses come; they are put behind each other at the end, so memory holds one
/// course and the hashes of ids. What the schema demands and the model does not know is written as
/// “unknown” of its own lists (field 9999, language UND, country OP_DATPRO), which readers skip.
public final class LOQWriter: RoundTripWriter {
    let opportunities = LOQSection("learningOpportunityReferences")
    let specifications = LOQSection("learningAchievementSpecificationReferences")
    let outcomes = LOQSection("learningOutcomeReferences")
    let agents = LOQSection("agentReferences")
    let locations = LOQSection("locationReferences")
    private let output: FeedOutput
    private let context: FeedContext
    private var providers: [ID<Provider>: Provider] = [:]
    private var order: [ID<Provider>] = []
    private var written: [ID<Provider>: String] = [:]
    /// The hashes of the ids that were written, whatever they are of: references name an id only.
    private var ids: Set<UInt64> = []
    /// The name that stands for the content of the venue that has a URI.
    var own: [String: String] = [:]
    private var count = RecordCount()

    /// The name of the feed's file in a folder.
    public static var fileName: String { "loq.xml" }

    /// Opens a feed.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(
            to: destination, file: Self.fileName, packing: context.packing)
        self.context = context
    }

    /// Tells the writer of a provider.
    public func write(_ provider: Provider) throws {
        if providers[provider.id] == nil { order.append(provider.id) }
        providers[provider.id] = provider
    }

    /// Writes a course with its offerings.
    public func write(_ record: CourseRecord) throws {
        let provider = try providerURI(record.course)
        let reduced = LOQReduction.course(
            record.course, hasOfferings: !record.offerings.isEmpty)
        let course = try writeSpecification(reduced, provider)
        for offering in record.offerings {
            try writeOpportunity(
                offering, of: record.course, reduced: reduced, specification: course, provider)
        }
        count += RecordCount(courses: 1, offerings: record.offerings.count)
    }

    /// Ends the feed and makes it visible.
    public func finish() throws -> WrittenFeed {
        for id in order where written[id] == nil {
            if let provider = providers[id] { written[id] = try writeProvider(provider) }
        }
        var start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Courses"
        for (prefix, uri) in LOQ.namespaces {
            start += " xmlns\(prefix.isEmpty ? "" : ":" + prefix)=\"\(uri)\""
        }
        try output.write(start + " xsdVersion=\"3.1.0\">\n")
        for section in [opportunities, specifications, outcomes, agents, locations] {
            try section.copy(to: output)
        }
        try output.write("</Courses>\n")
        try output.finish()
        return WrittenFeed(
            files: [output.name], count: count, byteCount: output.byteCount, bytes: output.bytes)
    }

    private func providerURI(_ course: Course) throws -> String {
        if let known = written[course.provider] { return known }
        let native = String(course.provider.native)
        let uri = try writeProvider(
            providers[course.provider]
                ?? Provider(
                    id: course.provider, nativeID: native, name: LocalizedText(native),
                    provenance: course.provenance))
        written[course.provider] = uri
        return uri
    }

    /// Whether an id was not written before; from now on it is.
    func claim(_ id: String) -> Bool { ids.insert(StableHash.of(id)).inserted }

    /// The id under which a thing is written: its own when that is a URI that nothing has yet (a
    /// provider and its venue may share one), else a name that holds it.
    func uri(_ kind: String, _ native: String, within: String? = nil) -> String {
        if OwnURN.isURI(native), claim(native) { return native }
        let base = within.map { OwnURN.urn(kind, $0, native) } ?? OwnURN.urn(kind, native)
        if claim(base) { return base }
        // Two sources may use the same id; a reader tells them apart by the suffix.
        var number = 2
        while true {
            let other =
                within.map { OwnURN.urn(kind, $0, "\(native)~\(number)") }
                ?? OwnURN.urn(kind, "\(native)~\(number)")
            if claim(other) { return other }
            number += 1
        }
    }
}

/// One list of a LOQ document, kept in a spool until its turn.
final class LOQSection {
    private let spool = SpoolFile()
    private let xml: XMLWriter
    private let name: String
    private var isEmpty = true

    /// The declaration that the XML writer begins with; it has no place within a document.
    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8.count

    init(_ name: String) {
        self.name = name
        xml = XMLWriter(to: SpoolSink(spool: spool))
    }

    func start(_ name: String) throws {
        if isEmpty {
            isEmpty = false
            try xml.startElement(self.name)
        }
        try xml.startElement(name)
    }

    func end() throws { try xml.endElement() }
    func attribute(_ name: String, _ value: String) throws { try xml.attribute(name, value) }

    func element(_ name: String, _ text: String) throws {
        try start(name)
        try xml.text(text)
        try end()
    }

    /// A text in a language.
    func text(_ name: String, _ text: String, _ language: LanguageTag?) throws {
        try start(name)
        try attribute("language", language?.code ?? LOQ.unknownLanguage)
        try xml.text(text)
        try end()
    }

    func texts(_ name: String, _ text: LocalizedText) throws {
        for wording in text.wordings { try self.text(name, wording.text, wording.language) }
    }

    func texts(_ name: String, _ text: LocalizedRichText) throws {
        for wording in text.wordings {
            try self.text(name, htmlOrPlain(wording.text), wording.language)
        }
    }

    /// A note, with a subject that says what it is about.
    func note(
        _ name: String, _ text: String, _ language: LanguageTag?, subject: String? = nil,
        label: String? = nil
    ) throws {
        try start(name)
        if let subject { try concept("dc:subject", subject, LocalizedText(label ?? "")) }
        try self.text("noteLiteral", text, language)
        try end()
    }

    /// A coded value.
    func concept(_ name: String, _ uri: String, _ label: LocalizedText = .init()) throws {
        try start(name)
        try attribute("uri", uri)
        try texts("skos:prefLabel", label)
        try end()
    }

    func reference(_ name: String, _ id: String) throws {
        try start(name)
        try attribute("idref", id)
        try end()
    }

    /// A page; without an address the element that the schema wants stays empty.
    func page(
        _ name: String, _ url: String?, title: String? = nil, language: LanguageTag? = nil
    ) throws {
        try start(name)
        if let title { try text("title", title, language) }
        if let url { try element("contentUrl", url) }
        try end()
    }

    /// Ends the list and hands it over, without anything when it is empty.
    func copy(to output: FeedOutput) throws {
        guard !isEmpty else { return }
        do {
            try xml.endElement()
            try xml.finish()
        } catch {
            throw FeedError(error, name: output.name)
        }
        var isFirst = true
        try spool.forEach { piece in
            try output.write(isFirst ? Array(piece.dropFirst(Self.declaration)) : piece)
            isFirst = false
        }
    }
}
