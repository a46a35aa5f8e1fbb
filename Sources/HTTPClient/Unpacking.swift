internal import CZlib

/// Unpacks gzip and zlib as it comes, a piece at a time.
final class Unpacking {
    /// What is wrong with the packed bytes.
    struct Fault: Error {
        let reason: String
    }

    private var stream = z_stream()
    private var isAtEnd = false
    private let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 65_536)

    init() throws(Fault) {
        guard leerwijzer_inflate_init(&stream) == Z_OK else {
            throw Fault(reason: "there is no memory left")
        }
    }

    deinit {
        inflateEnd(&stream)
        room.deallocate()
    }

    /// Unpacks a piece.
    ///
    /// - Parameter receive: Called with at most 64 KiB at a time; what it throws ends the unpacking.
    func unpack(
        _ bytes: UnsafeBufferPointer<UInt8>, _ receive: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            if isAtEnd {
                // Another member may follow; padding with zeros is common on tapes and in tar.
                if rest.allSatisfy({ $0 == 0 }) { return }
                guard inflateReset(&stream) == Z_OK else {
                    throw Fault(reason: "there is no memory left")
                }
                isAtEnd = false
            }
            let piece = UnsafeBufferPointer(rebasing: rest)
            stream.next_in = UnsafeMutablePointer(mutating: piece.baseAddress)
            stream.avail_in = UInt32(clamping: piece.count)
            let given = Int(stream.avail_in)
            repeat {
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                let code = inflate(&stream, Z_NO_FLUSH)
                guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
                    throw Fault(
                        reason: stream.msg.map { String(cString: $0) } ?? "it cannot be unpacked")
                }
                isAtEnd = code == Z_STREAM_END
                let count = room.count - Int(stream.avail_out)
                if count > 0 {
                    try receive(UnsafeRawBufferPointer(start: room.baseAddress, count: count))
                }
            } while stream.avail_out == 0 && !isAtEnd
            let taken = given - Int(stream.avail_in)
            guard taken > 0 || isAtEnd else { throw Fault(reason: "it cannot be unpacked") }
            rest = rest.dropFirst(taken)
        }
    }

    /// Says that nothing more comes.
    func finish() throws(Fault) {
        guard isAtEnd else { throw Fault(reason: "the packed bytes stop before their end") }
    }
}
