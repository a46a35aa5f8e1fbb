import CZlib

/// Compresses a body piece by piece into gzip (RFC 1952).
final class GzipEncoder {
    private let stream: UnsafeMutablePointer<z_stream>
    private var buffer = [UInt8](repeating: 0, count: 16_384)

    /// - Parameter level: 1, fast, to 9, small.
    init?(level: Int32 = 4) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard leerwijzer_deflate_init_gzip(stream, level) == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Compresses a piece.
    ///
    /// - Parameter isLast: Whether the body ends here; nothing may follow.
    /// - Returns: What there is to send so far, perhaps nothing.
    func compress(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8] {
        var output: [UInt8] = []
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
        stream.pointee.avail_in = UInt32(bytes.count)
        while true {
            let (status, made) = buffer.withUnsafeMutableBufferPointer { buffer in
                stream.pointee.next_out = buffer.baseAddress
                stream.pointee.avail_out = UInt32(buffer.count)
                let status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                return (status, buffer.count - Int(stream.pointee.avail_out))
            }
            output += buffer[..<made]
            // All input is taken once it leaves room in the output; at the end it says so.
            if isLast ? status != Z_OK : stream.pointee.avail_out > 0 { return output }
        }
    }
}
