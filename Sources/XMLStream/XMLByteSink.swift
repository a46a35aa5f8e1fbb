import Glibc

/// Why a document could not be written.
public enum XMLWriteError: Error, Sendable, Hashable {
    /// The system refused; `errno` is its error number.
    case io(path: String, errno: Int32)
    /// The calls do not make a well-formed document.
    case misuse(String)
}

extension XMLWriteError: CustomStringConvertible {
    /// What, where, and what to do.
    public var description: String {
        switch self {
        case .io(let path, let number):
            "\(path): cannot be written: \(String(cString: strerror(number))); "
                + "check the path, its rights and the room on the disk"
        case .misuse(let what): "not a well-formed document: \(what)"
        }
    }
}

/// Where the bytes of a document go.
public protocol XMLByteSink {
    /// Takes the next bytes, all of them.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError)

    /// The document is complete: makes it last.
    mutating func finish() throws(XMLWriteError)
}

/// Writes to an open descriptor, which stays its opener's to close.
public struct XMLDescriptorSink: XMLByteSink {
    private let descriptor: Int32
    private let name: String

    /// A sink on an open descriptor; `name` is what errors call it.
    public init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Writes on until all is written.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .io(path: name, errno: errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Nothing is left to do.
    public mutating func finish() throws(XMLWriteError) {}
}

/// Writes a file that appears under its name only when it is complete.
///
/// The bytes go to a new file beside it, which is flushed to the disk and renamed at the end; when
/// the end never comes, it is removed and what stood under the name stays.
public struct XMLFileSink: XMLByteSink {
    private final class Temporary {
        let path: String
        let target: String
        private var descriptor: Int32

        init(target: String) throws(XMLWriteError) {
            self.target = target
            let slash = target.lastIndex(of: "/").map { target.index(after: $0) }
            let folder = slash.map { String(target[..<$0]) } ?? ""
            let name = slash.map { String(target[$0...]) } ?? target
            path = "\(folder).\(name).\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
            descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw .io(path: target, errno: errno) }
        }

        deinit {
            if descriptor >= 0 {
                close(descriptor)
                unlink(path)
            }
        }

        func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
            var sink = XMLDescriptorSink(descriptor: descriptor, name: target)
            try sink.write(bytes)
        }

        func finish() throws(XMLWriteError) {
            guard fsync(descriptor) == 0 else { throw .io(path: target, errno: errno) }
            let closing = descriptor
            guard rename(path, target) == 0 else { throw .io(path: target, errno: errno) }
            descriptor = -1
            guard close(closing) == 0 else { throw .io(path: target, errno: errno) }
            // The name lasts too only when the folder is flushed.
            let slash = target.lastIndex(of: "/")
            let folder = slash.map { String(target[...$0]) } ?? "."
            let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if directory >= 0 {
                fsync(directory)
                close(directory)
            }
        }
    }

    private let temporary: Temporary

    /// A sink for the file at a path.
    public init(path: String) throws(XMLWriteError) {
        temporary = try Temporary(target: path)
    }

    /// Writes to the file beside.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
        try temporary.write(bytes)
    }

    /// Flushes and renames.
    public mutating func finish() throws(XMLWriteError) { try temporary.finish() }
}

/// Keeps the document in memory.
public final class XMLMemorySink: XMLByteSink {
    /// The bytes so far.
    public private(set) var bytes: [UInt8] = []

    /// An empty sink.
    public init() {}

    /// Keeps the bytes.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
        self.bytes.append(contentsOf: bytes)
    }

    /// Nothing is left to do.
    public func finish() throws(XMLWriteError) {}

    /// The bytes as text.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}
