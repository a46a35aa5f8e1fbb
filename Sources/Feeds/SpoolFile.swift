import Glibc

/// Bytes that are kept aside until their turn comes, on disk once they are many.
///
/// The file has no name and vanishes with the spool.
final class SpoolFile {
    private var descriptor: Int32 = -1
    private var buffer: [UInt8] = []
    /// How many bytes are kept.
    private(set) var count = 0

    private static let bufferSize = 1 << 18

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Keeps the bytes behind what is kept already.
    func append(_ bytes: some Collection<UInt8>) throws(FeedError) {
        buffer.append(contentsOf: bytes)
        count += bytes.count
        if buffer.count > Self.bufferSize { try flush() }
    }

    /// Hands out all that is kept, in pieces, in order.
    func forEach(_ body: ([UInt8]) throws -> Void) throws {
        if descriptor < 0 {
            if !buffer.isEmpty { try body(buffer) }
            return
        }
        try flush()
        var offset = 0
        while offset < count {
            let piece = try bytes(offset..<min(count, offset + Self.bufferSize))
            offset += piece.count
            try body(piece)
        }
    }

    /// The bytes of a range of what is kept.
    func bytes(_ range: Range<Int>) throws(FeedError) -> [UInt8] {
        let flushed = count - buffer.count
        if range.lowerBound >= flushed {
            return Array(buffer[range.lowerBound - flushed..<range.upperBound - flushed])
        }
        if range.upperBound > flushed { try flush() }
        var result = [UInt8](repeating: 0, count: range.count)
        var filled = 0
        while filled < range.count {
            let got = result.withUnsafeMutableBytes {
                pread(
                    descriptor, $0.baseAddress! + filled, range.count - filled,
                    off_t(range.lowerBound + filled))
            }
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { throw failure("it cannot be read back") }
            filled += got
        }
        return result
    }

    private func flush() throws(FeedError) {
        if descriptor < 0 {
            descriptor = try namelessFile()
        }
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure(String(cString: strerror(errno))) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure(_ reason: String) -> FeedError {
        .cannotWrite(name: "temporary file in “\(temporaryFolder())”", reason: reason)
    }
}

private func temporaryFolder() -> String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
}

/// An empty file that has no name and vanishes with its descriptor.
///
/// - Throws: ``FeedError/cannotWrite(name:reason:)``.
public func namelessFile() throws(FeedError) -> Int32 {
    let folder = temporaryFolder()
    var template = Array("\(folder)/leerwijzer-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
        throw .cannotWrite(
            name: "temporary file in “\(folder)”", reason: String(cString: strerror(errno)))
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
}
