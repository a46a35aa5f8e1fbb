import Glibc
import XMLStream

/// Where a writer's bytes go, whatever the format: a file that appears whole, a descriptor, memory;
/// plain or compressed.
final class FeedOutput {
    /// What messages and the summary call it.
    let name: String
    /// How many bytes came out, after compression.
    var byteCount: Int { counter.bytes }
    private var sink: any XMLByteSink
    private let memory: XMLMemorySink?
    private let counter = ByteCounter()

    /// - Parameters:
    ///   - file: The file's name when the destination is a folder.
    ///   - packing: Whether it is compressed; a file gets the ending `.gz` then.
    init(to destination: FeedDestination, file: String, packing: FeedPacking) throws(FeedError) {
        var isCompressed = packing.isCompressed
        var memory: XMLMemorySink?
        let own: any XMLByteSink
        do {
            switch destination {
            case .file(let path):
                name = Self.fileName(path, packing)
                isCompressed = name.hasSuffix(".gz")
                own = try XMLFileSink(path: name)
            case .folder(let path):
                name = Self.fileName(path + "/" + file, packing)
                try Self.makeFolder(path)
                own = try XMLFileSink(path: name)
            case .descriptor(let descriptor):
                name = "descriptor \(descriptor)"
                own = XMLDescriptorSink(descriptor: descriptor, name: "output")
            case .memory:
                name = "memory"
                let bytes = XMLMemorySink()
                memory = bytes
                own = bytes
            }
            sink = try Self.packed(own, counter, isCompressed: isCompressed)
        } catch {
            throw FeedError(error, name: destination.name)
        }
        self.memory = memory
    }

    /// The name that a file gets.
    static func fileName(_ path: String, _ packing: FeedPacking) -> String {
        packing.isCompressed && !path.hasSuffix(".gz") ? path + ".gz" : path
    }

    /// Makes a folder, unless it is there.
    static func makeFolder(_ path: String) throws(XMLWriteError) {
        guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        throw .io(path: path, errno: errno)
    }

    /// What was written, when it was written to memory.
    var bytes: [UInt8]? { memory?.bytes }

    func write(_ bytes: [UInt8]) throws(FeedError) {
        let failure: XMLWriteError? = bytes.withUnsafeBytes { raw in
            do throws(XMLWriteError) {
                try sink.write(raw)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw FeedError(failure, name: name) }
    }

    func write(_ text: String) throws(FeedError) { try write(Array(text.utf8)) }

    func finish() throws(FeedError) {
        do {
            try sink.finish()
        } catch {
            throw FeedError(error, name: name)
        }
    }

    /// What an XML writer writes to.
    var xmlSink: some XMLByteSink { Passage(output: self) }

    /// A sink that leads into the output.
    private struct Passage: XMLByteSink {
        let output: FeedOutput

        mutating func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
            try output.sink.write(bytes)
        }

        mutating func finish() throws(XMLWriteError) { try output.sink.finish() }
    }

    /// A sink that compresses, when it is to, and counts what comes out.
    static func packed(
        _ sink: some XMLByteSink, _ counter: ByteCounter, isCompressed: Bool
    ) throws(XMLWriteError) -> any XMLByteSink {
        let counting = CountingSink(sink, counter)
        return isCompressed ? try GzipSink(counting) : counting
    }
}

extension FeedDestination {
    /// What messages call it.
    fileprivate var name: String {
        switch self {
        case .file(let path), .folder(let path): path
        case .descriptor: "standard output"
        case .memory: "memory"
        }
    }
}

/// Counts what goes through sinks.
final class ByteCounter {
    var bytes = 0
}

/// A sink that passes everything on and counts it.
private struct CountingSink<Sink: XMLByteSink>: XMLByteSink {
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

/// An XML sink that keeps its bytes in a spool.
struct SpoolSink: XMLByteSink {
    let spool: SpoolFile

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
        do {
            try spool.append(bytes)
        } catch {
            throw .misuse(error.description)
        }
    }

    mutating func finish() throws(XMLWriteError) {}
}
