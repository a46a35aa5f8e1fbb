internal import CZlib
import Glibc
import XMLStream

/// How much a compressed feed may ask of its reader.
///
/// Real feeds become 5 to 50 times as large when they are unpacked; gzip can reach a thousand.
public struct GzipLimits: Sendable, Hashable {
    /// Bytes that come out for each byte that goes in, once ``freeBytes`` came out.
    public var ratio = 200
    /// Bytes that may come out at any ratio.
    public var freeBytes = 16_000_000
    /// Bytes of a document that is named by another one, which is unpacked in memory.
    public var documentBytes = 64_000_000

    /// The limits for feeds of unknown partners.
    public static let standard = GzipLimits()

    /// The standard limits.
    public init() {}
}

extension FeedInput {
    /// Whether a document is compressed (RFC 1952), by its first bytes.
    private static func isCompressed(_ start: [UInt8]) -> Bool {
        start.starts(with: [0x1F, 0x8B, 8])
    }

    /// The document itself, or what is in it when it is compressed.
    ///
    /// What comes out is kept in a nameless file, whose descriptor is the caller's to close:
    /// ``UnpackedInput``. All of it is unpacked before any is read, so damage at the end is known
    /// before a record is handed out.
    ///
    /// - Throws: ``FeedError/cannotUnpack(name:reason:)`` when it is damaged, or unpacks to more than
    ///   the limits allow.
    func unpacked() throws -> UnpackedInput {
        // The first bytes of a pipe could not be put back.
        let input = try rewindable(self)
        var unpacked = UnpackedInput(input: input)
        do {
            guard Self.isCompressed(try input.firstBytes(3)) else { return unpacked }
            let copy = try namelessFile()
            do {
                try input.unpack(atMost: limits.totalBytes) { try $0.writeAll(to: copy) }
                lseek(copy, 0, SEEK_SET)
            } catch {
                close(copy)
                throw error
            }
            unpacked.close()
            unpacked.input.content = .descriptor(copy)
        } catch {
            unpacked.close()
            throw error
        }
        // References are taken from where the compressed document lies.
        let own = self
        unpacked.input.resolver = { [resolver] reference, _ throws(FeedError) in
            try resolver(reference, own)
        }
        return unpacked
    }

    /// The document itself, or what is in it when it is compressed, in memory: for documents that
    /// another one names.
    func unpackedInMemory() throws(FeedError) -> FeedInput {
        guard Self.isCompressed(try firstBytes(3)) else { return self }
        var bytes: [UInt8] = []
        do {
            try unpack(atMost: compression.documentBytes) { bytes += $0 }
        } catch let error as FeedError {
            throw error
        } catch {
            throw FeedError.cannotUnpack(name: name, reason: "\(error)")
        }
        var input = self
        input.content = .bytes(bytes)
        let own = self
        input.resolver = { [resolver] reference, _ throws(FeedError) in
            try resolver(reference, own)
        }
        return input
    }

    /// The document itself, or the beginning of what is in it when it is compressed.
    func unpackedOpening(_ count: Int) throws(FeedError) -> FeedInput {
        guard Self.isCompressed(try firstBytes(3)) else { return self }
        struct Enough: Error {}
        var bytes: [UInt8] = []
        do {
            try unpack(atMost: Int.max) { piece in
                bytes += piece
                if bytes.count >= count { throw Enough() }
            }
        } catch is Enough {
            bytes.removeLast(bytes.count - count)
        } catch let error as FeedError {
            // What is wrong behind the beginning is told when the whole is read.
            if bytes.isEmpty { throw error }
        } catch {
            throw FeedError.cannotUnpack(name: name, reason: "\(error)")
        }
        var input = rewound()
        input.content = .bytes(bytes)
        return input
    }

    /// Unpacks the document from its start, piece by piece.
    private func unpack(atMost limit: Int, _ receive: (ArraySlice<UInt8>) throws -> Void) throws {
        let source = try SeekableInput(rewound())
        var inflation = try Inflation(name: name)
        var offset = 0
        while true {
            let packed = try source.bytes(offset..<offset + Inflation.pieceSize)
            if packed.isEmpty { break }
            offset += packed.count
            try inflation.unpack(packed) { piece, total in
                guard total <= limit else {
                    throw FeedError.cannotUnpack(
                        name: name, reason: "it unpacks to more than \(limit) bytes")
                }
                guard total <= compression.freeBytes || total / compression.ratio <= offset else {
                    throw FeedError.cannotUnpack(
                        name: name,
                        reason: "it unpacks to more than \(compression.ratio) times its size, "
                            + "which no feed does; if you trust its sender, unpack it yourself")
                }
                try receive(piece)
            }
        }
        try inflation.finish()
    }
}

/// A document that can be read, unpacked when it was compressed.
struct UnpackedInput {
    fileprivate(set) var input: FeedInput

    /// Closes what was opened for it.
    func close() {
        // `rewindable` makes a descriptor of its own for every descriptor.
        if case .descriptor(let own) = input.content { Glibc.close(own) }
    }
}

/// The state of unpacking one document of one or more members (RFC 1952, 2.2).
private struct Inflation: ~Copyable {
    static let pieceSize = 1 << 16

    private let stream: UnsafeMutablePointer<z_stream>
    private var output = [UInt8](repeating: 0, count: 1 << 18)
    private let name: String
    /// Whether a member has begun and not ended.
    private var isWithin = false
    /// Whether what follows is no member; zeros behind the last one are allowed.
    private var isOver = false
    /// How many bytes came out.
    private var unpackedBytes = 0

    init(name: String) throws(FeedError) {
        self.name = name
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = leerwijzer_inflate_init(stream)
        guard status == Z_OK else {
            throw .cannotUnpack(name: name, reason: "zlib cannot start (\(status))")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    mutating func unpack(
        _ packed: [UInt8], _ receive: (_ piece: ArraySlice<UInt8>, _ total: Int) throws -> Void
    ) throws {
        var used = 0
        while used < packed.count, !isOver {
            if !isWithin {
                guard packed[used] == 0x1F else {
                    isOver = true
                    break
                }
                inflateReset(stream)
                isWithin = true
            }
            let (status, read, written) = inflate(packed[used...])
            used += read
            unpackedBytes += written
            if written > 0 { try receive(output[..<written], unpackedBytes) }
            switch status {
            case Z_STREAM_END: isWithin = false
            case Z_OK: break
            case Z_BUF_ERROR where read == 0 && written == 0: return
            case Z_BUF_ERROR: break
            default:
                let reason = stream.pointee.msg.map { String(cString: $0) } ?? "\(status)"
                throw FeedError.cannotUnpack(
                    name: name,
                    reason: "its compressed data is damaged (\(reason)); ask its sender for it "
                        + "again")
            }
        }
        // What is left within the decompressor comes out without further input.
        while isWithin {
            let (status, _, written) = inflate([])
            guard written > 0, status == Z_OK || status == Z_STREAM_END else { return }
            unpackedBytes += written
            try receive(output[..<written], unpackedBytes)
            if status == Z_STREAM_END { isWithin = false }
        }
    }

    /// The bytes ended.
    func finish() throws(FeedError) {
        guard isWithin else { return }
        throw .cannotUnpack(
            name: name,
            reason: "its compressed data stops before its end; ask its sender for it again")
    }

    private mutating func inflate(
        _ packed: ArraySlice<UInt8>
    ) -> (status: Int32, read: Int, written: Int) {
        let stream = stream
        return output.withUnsafeMutableBufferPointer { out in
            packed.withUnsafeBufferPointer { bytes in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
                stream.pointee.avail_in = UInt32(bytes.count)
                stream.pointee.next_out = out.baseAddress
                stream.pointee.avail_out = UInt32(out.count)
                let status = CZlib.inflate(stream, Z_NO_FLUSH)
                let read = bytes.count - Int(stream.pointee.avail_in)
                let written = out.count - Int(stream.pointee.avail_out)
                stream.pointee.next_in = nil
                stream.pointee.avail_in = 0
                return (status, read, written)
            }
        }
    }
}

extension Collection<UInt8> {
    /// Writes all to a descriptor.
    fileprivate func writeAll(to descriptor: Int32) throws(FeedError) {
        var rest = Array(self)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                throw .cannotWrite(
                    name: "temporary file", reason: String(cString: strerror(errno)))
            }
            rest = rest.dropFirst(count)
        }
    }
}

extension String {
    /// A file's name without the ending of compression.
    var withoutGzipEnding: String {
        lowercased().hasSuffix(".gz") ? String(dropLast(3)) : self
    }
}
