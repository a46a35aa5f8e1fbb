import CourseModel
import XMLStream

/// Writes XCRI-CAP 1.2, valid against the profile's schema.
///
/// The schema wants every element at its place and knows no `xsi:type` but its own, so what it has
/// no element for stands where it allows text: codes as `scheme:code`, coordinates as a `geo:`
/// address, themes of other formats as a marked div. ``droppedFields`` lists what is left.
public final class XCRIWriter: FeedWriter {
    var xml: XMLWriter
    private let name: String
    private let memory: XMLMemorySink?
    private let counter: ByteCounter
    private var providers: [ID<Provider>: Provider] = [:]
    private var order: [ID<Provider>] = []
    private var written: Set<ID<Provider>> = []
    private var current: Provider?
    private var count = RecordCount()

    /// Opens a catalogue and writes what it says of itself.
    public init(to destination: FeedDestination, context: FeedContext) throws {
        let counter = ByteCounter()
        self.counter = counter
        var memory: XMLMemorySink?
        do {
            switch destination {
            case .file(let path):
                name = path
                xml = XMLWriter(
                    to: CountingSink(try XMLFileSink(path: path), counter), indent: false)
            case .folder(let path):
                name = path + "/catalog.xml"
                xml = XMLWriter(
                    to: CountingSink(try XMLFileSink(path: name), counter), indent: false)
            case .descriptor(let descriptor):
                name = "descriptor \(descriptor)"
                xml = XMLWriter(
                    to: CountingSink(
                        XMLDescriptorSink(descriptor: descriptor, name: "output"), counter),
                    indent: false)
            case .memory:
                name = "memory"
                let sink = XMLMemorySink()
                memory = sink
                xml = XMLWriter(to: CountingSink(sink, counter), indent: false)
            }
        } catch {
            throw FeedError(error, name: "\(destination)")
        }
        self.memory = memory
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
            throw FeedError(error, name: name)
        }
        return WrittenFeed(
            files: [name], count: count, byteCount: counter.bytes, bytes: memory?.bytes)
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

/// Counts what goes through a sink.
final class ByteCounter {
    var bytes = 0
}

/// A sink that passes everything on and counts it.
struct CountingSink<Sink: XMLByteSink>: XMLByteSink {
    private var sink: Sink
    private let counter: ByteCounter

    init(_ sink: Sink, _ counter: ByteCounter) {
        self.sink = sink
        self.counter = counter
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
        counter.bytes += bytes.count
        try sink.write(bytes)
    }

    mutating func finish() throws(XMLWriteError) { try sink.finish() }
}
