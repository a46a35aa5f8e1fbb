import Feeds
import Glibc
import Hummingbird
import NIOCore

/// A feed that was written to the end, in a file without a name that vanishes with its last reader.
///
/// It is written first and sent then, so that a client that takes its time holds no state of the
/// store, and what goes wrong in writing is told as a problem. Memory holds one piece of it.
final class FeedFile: Sendable {
    /// How much is read and sent at once, in bytes.
    private static let piece = 65_536

    private let descriptor: Int32
    /// How many bytes it has.
    let size: Int

    /// Writes a feed.
    ///
    /// - Throws: ``FeedError`` when there is no room, and what `write` throws.
    init(_ write: (Int32) throws -> Void) throws {
        let descriptor = try namelessFile()
        do {
            try write(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        size = Int(lseek(descriptor, 0, SEEK_END))
    }

    deinit { close(descriptor) }

    private struct CannotRead: Error { let errno: Int32 }

    private func bytes(at offset: Int) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        let count = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.piece) {
            let count = pread(descriptor, $0.baseAddress, min($0.count, Self.piece), offset)
            guard count > 0 else { throw CannotRead(errno: errno) }
            return count
        }
        _ = count
        return buffer
    }

    /// The feed as the body of an answer.
    var body: ResponseBody {
        ResponseBody(contentLength: size) { [self] writer in
            var offset = 0
            while offset < size {
                let buffer = try bytes(at: offset)
                offset += buffer.readableBytes
                try await writer.write(buffer)
            }
            try await writer.finish(nil)
        }
    }
}
