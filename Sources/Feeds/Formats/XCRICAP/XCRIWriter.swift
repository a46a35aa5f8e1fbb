import CourseModel
import XMLStream

/// Writes XCRI-CAP 1.2, valid against the profile's schema.
///
/// The schema wants every element at its place and knows no `xsi:type` but its own, so what it has
/// no element for stands where it allows text: codes as `scheme:code`, coordinates as a `geo:`
/// address, themes of other formats as a marked div. ``droppedFields`` lists what is left.
public final class XCRIWriter: RoundTripWriter {
    let xml: XMLWriter
    private let output: FeedOutput
    private var providers: [ID<Provider>: Provider] = [:]
    private var order: [ID<Provider>] = []
    private var written: Set<ID<Provider>> = []
    private var current: Provider?
    private var count = RecordCount()

    /// The name of the feed's file in a folder.
    public static var fileName: String { "catalog.xml" }

    /// Opens a catalogue and writes what it says of itself.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        output = try FeedOutput(
            to: destination, file: Self.fileName, packing: context.packing)
        xml = XMLWriter(to: output.xmlSink, indent: false)
        try begin(context)
    }

    /// Keeps a provider until its first record comes, or the end.
    public func write(_ provider: Provider) throws {
        if providers[provider.id] == nil { order.append(provider.id) }
        providers[provider.id] = provider
    }

    /// Writes a course into its provider's element, which is opened when another one was open.
    public func write(_ record: CourseRecord) throws {
        let id = record.course.provider
        if current?.id != id {
            try endProvider()
            let native = String(id.native)
            try begin(
                providers[id]
                    ?? Provider(
                        id: id, nativeID: native, name: LocalizedText(native),
                        provenance: record.course.provenance))
        }
        try writeCourse(record)
        count += RecordCount(courses: 1, offerings: record.offerings.count)
    }

    /// Ends the catalogue; providers without records are written too.
    public func finish() throws -> WrittenFeed {
        try endProvider()
        for id in order where !written.contains(id) {
            if let provider = providers[id] {
                try begin(provider)
                try endProvider()
            }
        }
        try line(0)
        try end()
        do {
            try xml.finish()
        } catch {
            throw FeedError(error, name: output.name)
        }
        return WrittenFeed(
            files: [output.name], count: count, byteCount: output.byteCount, bytes: output.bytes)
    }

    private func begin(_ context: FeedContext) throws {
        try start("catalog")
        for (prefix, uri) in XCRICAP.namespaces {
            try attribute(prefix.isEmpty ? "xmlns" : "xmlns:" + prefix, uri)
        }
        try attribute("generated", context.generated)
        try line(1)
        try element("dc:contributor", context.generator)
        try line(1)
        try element("dc:title", context.title, language: context.language)
    }

    private func begin(_ provider: Provider) throws {
        current = provider
        written.insert(provider.id)
        try line(1)
        try start("provider")
        var contacts = provider.contacts
        if let first = contacts.first, first.name == nil, first.role == nil {
            contacts.removeFirst()
        }
        try contributors(contacts, 2)
        try lastEdited(provider.provenance, 2)
        try richTexts("dc:description", provider.description, 2)
        try identifiers(provider.nativeID, provider.codes, 2)
        try image(provider.image, 2)
        try texts("dc:title", provider.name, 2)
        for accreditation in provider.accreditations {
            try lineElement("dc:type", "accreditation:" + accreditation, 2)
        }
        if let url = provider.url { try lineElement("mlo:url", url, 2) }
    }

    private func endProvider() throws {
        guard let provider = current else { return }
        current = nil
        var contact = Contact()
        if let first = provider.contacts.first, first.name == nil, first.role == nil {
            contact = first
        }
        try location(
            provider.location?.address ?? Address(), provider.location?.coordinates, contact, 2)
        try line(1)
        try end()
    }
}
