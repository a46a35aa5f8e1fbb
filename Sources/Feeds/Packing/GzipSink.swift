internal import CZlib
import XMLStream

/// Compresses what goes through it (RFC 1952), with the same bytes for the same input: the header
/// holds neither a time nor a name.
final class GzipSink: XMLByteSink {
    private var sink: any XMLByteSink
    private let stream: UnsafeMutablePointer<z_stream>
    private var output = [UInt8](repeating: 0, count: 1 << 16)

    /// A sink before another one.
    init(_ sink: some XMLByteSink) throws(XMLWriteError) {
        self.sink = sink
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = leerwijzer_deflate_init_gzip(stream, Z_DEFAULT_COMPRESSION)
        guard status == Z_OK else { throw .misuse("zlib cannot start (\(status))") }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(XMLWriteError) {
        var rest = bytes
        while !rest.isEmpty {
            // zlib counts in 32 bits.
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: piece.bindMemory(to: UInt8.self).baseAddress)
            stream.pointee.avail_in = UInt32(piece.count)
            while stream.pointee.avail_in > 0 { try deflate(Z_NO_FLUSH) }
        }
    }

    func finish() throws(XMLWriteError) {
        stream.pointee.next_in = nil
        stream.pointee.avail_in = 0
        while try deflate(Z_FINISH) != Z_STREAM_END {}
        try sink.finish()
    }

    /// Compresses what is at hand, and passes on what comes of it.
    @discardableResult
    private func deflate(_ flush: Int32) throws(XMLWriteError) -> Int32 {
        var status: Int32 = Z_OK
        let written = output.withUnsafeMutableBufferPointer { buffer in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(buffer.count)
            status = CZlib.deflate(stream, flush)
            return buffer.count - Int(stream.pointee.avail_out)
        }
        // Z_BUF_ERROR says that there was nothing to do.
        guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
            throw .misuse("zlib cannot compress (\(status))")
        }
        guard written > 0 else { return status }
        let failure: XMLWriteError? = output.withUnsafeBytes { raw in
            do throws(XMLWriteError) {
                try sink.write(UnsafeRawBufferPointer(rebasing: raw[..<written]))
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        return status
    }
}
