import XMLStream

/// Where a writer's bytes go, whatever the format: a file that appears whole, a descriptor, memory.
final class FeedOutput {
    /// What messages and the summary call it.
    let name: String
    /// How many bytes were written.
    private(set) var byteCount = 0
    private var sink: any XMLByteSink
    private let memory: XMLMemorySink?

    /// - Parameter file: The file's name when the destination is a folder.
    init(to destination: FeedDestination, file: String) throws(FeedError) {
        var memory: XMLMemorySink?
        do {
            switch destination {
            case .file(let path):
                name = path
                sink = try XMLFileSink(path: path)
            case .folder(let path):
                name = path + "/" + file
                sink = try XMLFileSink(path: name)
            case .descriptor(let descriptor):
                name = "descriptor \(descriptor)"
                sink = XMLDescriptorSink(descriptor: descriptor, name: "output")
            case .memory:
                name = "memory"
                let own = XMLMemorySink()
                memory = own
                sink = own
            }
        } catch {
            throw FeedError(error, name: "\(destination)")
        }
        self.memory = memory
    }

    /// What was written, when it was written to memory.
    var bytes: [UInt8]? { memory?.bytes }

    func write(_ bytes: [UInt8]) throws(FeedError) {
        byteCount += bytes.count
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
