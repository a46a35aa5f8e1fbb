import CourseModel
import XMLStream

/// One document with all programmes and institutes.
final class EDUDEXWrapper {
    private var xml: XMLWriter
    private let counter = EDUDEXCountingSink.Counter()
    private let memory: XMLMemorySink?
    /// The name of the document.
    let files: [String]

    init(to destination: FeedDestination) throws(XMLWriteError) {
        let memory = XMLMemorySink()
        switch destination {
        case .file(let path), .folder(let path):
            xml = XMLWriter(to: EDUDEXCountingSink(try XMLFileSink(path: path), counter))
            files = [path]
            self.memory = nil
        case .descriptor(let descriptor):
            xml = XMLWriter(
                to: EDUDEXCountingSink(
                    XMLDescriptorSink(descriptor: descriptor, name: "standard output"), counter))
            files = []
            self.memory = nil
        case .memory:
            xml = XMLWriter(to: EDUDEXCountingSink(memory, counter))
            files = []
            self.memory = memory
        }
        // The catalogue list that EDU-DEX gives its customers has a root of this name; its
        // namespace is not published.
        try xml.startElement("programsList")
    }

    /// How many bytes were written.
    var byteCount: Int { counter.bytes }

    /// The document, when it was written to memory.
    var bytes: [UInt8]? { memory?.bytes }

    func write(_ institute: EDUDEXInstituteElement) throws(XMLWriteError) {
        try institute.write(to: &xml)
    }

    func write(_ programme: EDUDEXProgrammeElement) throws(XMLWriteError) {
        var programme = programme
        try programme.write(to: &xml)
    }

    func finish() throws(XMLWriteError) {
        try xml.endElement()
        try xml.finish()
    }
}

/// Counts the bytes that go to a sink.
struct EDUDEXCountingSink: XMLByteSink {
    /// The count, shared by the sinks of one feed.
    final class Counter {
        var bytes = 0
    }

    private var sink: any XMLByteSink
    private let counter: Counter

    init(_ sink: some XMLByteSink, _ counter: Counter) {
        self.sink = sink
        self.counter = counter
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
        counter.bytes += bytes.count
        try sink.write(bytes)
    }

    mutating func finish() throws(XMLWriteError) { try sink.finish() }
}
