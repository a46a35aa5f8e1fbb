import Glibc

/// Where the bytes of a document come from.
///
/// A source is a value that moves along: a file, a descriptor, bytes in memory, or something that
/// makes its bytes as it goes.
public protocol XMLByteSource {
    /// Puts the next bytes at the start of the buffer.
    ///
    /// - Returns: How many; 0 only at the end.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(XMLError) -> Int
}

/// The bytes of an open descriptor, which stays its opener's to close.
public struct XMLDescriptorSource: XMLByteSource {
    private let descriptor: Int32
    private let name: String

    /// A source on an open descriptor; `name` is what errors call it.
    public init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    /// Reads, again when a signal came between.
    public mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(XMLError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EISDIR: throw .isDirectory(path: name)
            case let number: throw .io(path: name, errno: number)
            }
        }
    }
}

/// Bytes in memory.
public struct XMLMemorySource: XMLByteSource {
    private let bytes: [UInt8]
    private var offset = 0

    /// A source that yields these bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Copies the next bytes.
    public mutating func read(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(XMLError) -> Int {
        let count = min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes { all in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[offset..<offset + count]))
        }
        offset += count
        return count
    }
}

/// A file that closes itself.
struct XMLFileSource: XMLByteSource {
    private final class Handle {
        let descriptor: Int32
        init(_ descriptor: Int32) { self.descriptor = descriptor }
        deinit { close(descriptor) }
    }
    private let handle: Handle
    private var source: XMLDescriptorSource

    init(path: String) throws(XMLError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .io(path: path, errno: errno) }
        handle = Handle(descriptor)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .io(path: path, errno: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .isDirectory(path: path) }
        posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
        source = XMLDescriptorSource(descriptor: descriptor, name: path)
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(XMLError) -> Int {
        try source.read(into: buffer)
    }
}
