#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file for the time of building, unlinked as soon as it is open, so nothing is left behind whatever
/// happens; memory for one buffer.
final class ScratchFile {
    private static let bufferSize = 1 << 16
    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []
    /// How many bytes it holds.
    private(set) var size = 0

    init(in folder: String) throws(IndexError) {
        var template = Array((folder + "/scratch-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard descriptor >= 0 else {
            throw .system(path: path, operation: "create", errno: errno)
        }
        unlink(path)
    }

    deinit { close(descriptor) }

    func append(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
        buffer.append(contentsOf: bytes)
        size += bytes.count
        if buffer.count >= Self.bufferSize { try flush() }
    }

    func append<Row>(_ rows: [Row]) throws(IndexError) {
        try rows.withRawBytes { bytes throws(IndexError) in try append(bytes) }
    }

    private func flush() throws(IndexError) {
        try buffer.withRawBytes { bytes throws(IndexError) in
            try writeAll(bytes, to: descriptor, path)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Appends the next bytes from `offset` on to `bytes`, at most `most`; call when all are written.
    func read(at offset: Int, most: Int, into bytes: inout [UInt8]) throws(IndexError) {
        if !buffer.isEmpty { try flush() }
        let wanted = min(most, size - offset)
        guard wanted > 0 else { return }
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: wanted))
        var done = 0
        while done < wanted {
            let count = bytes.withUnsafeMutableBytes {
                pread(
                    descriptor, $0.baseAddress! + start + done, wanted - done,
                    off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(path: path, operation: "read", errno: errno) }
            done += count
        }
    }
}
