import HTTPTypes
import Hummingbird
import NIOCore

/// Sends bodies with gzip to clients that take it (RFC 9110, 8.4.1.3 and 12.5.3).
enum Compression {
    /// Below this, the headers of gzip eat what it saves.
    static let smallest = 860

    /// Compresses a response when the client takes that and it helps.
    static func apply(to response: inout Response, for request: Request) {
        guard let type = response.headers[.contentType], MediaType.isCompressible(type),
            response.headers[.contentEncoding] == nil
        else { return }
        response.headers.addVary("Accept-Encoding")
        guard response.status == .ok || response.status.kind == .clientError,
            response.body.contentLength ?? Int.max >= smallest, request.acceptsGzip
        else { return }
        let body = response.body
        response.headers[.contentEncoding] = "gzip"
        response.body = ResponseBody { writer in
            guard let encoder = GzipEncoder() else { throw GzipUnavailable() }
            try await body.write(GzipBodyWriter(parent: writer, encoder: encoder))
        }
        response.headers[.contentLength] = nil
    }

    /// zlib had no memory.
    struct GzipUnavailable: Error {}
}

extension Request {
    /// Whether the client takes gzip.
    fileprivate var acceptsGzip: Bool {
        let accepted = headers[values: .acceptEncoding]
        guard !accepted.isEmpty else { return false }
        return AcceptHeader(accepted.joined(separator: ","))
            .weight(ofFirst: ["gzip", "x-gzip", "*"]) > 0
    }
}

/// Compresses what is written, and writes that on.
private struct GzipBodyWriter: ResponseBodyWriter {
    var parent: any ResponseBodyWriter
    let encoder: GzipEncoder

    mutating func write(_ buffer: ByteBuffer) async throws {
        let bytes = buffer.withUnsafeReadableBytes { encoder.compress($0, isLast: false) }
        if !bytes.isEmpty { try await parent.write(ByteBuffer(bytes: bytes)) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        let bytes = encoder.compress(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
        try await parent.write(ByteBuffer(bytes: bytes))
        try await parent.finish(trailingHeaders)
    }
}

extension HTTPFields {
    /// Adds a name to the header `Vary`, once.
    mutating func addVary(_ name: String) {
        guard let given = self[.vary] else {
            self[.vary] = name
            return
        }
        let names = given.split(separator: ",").map { $0.trimming() }
        guard !names.contains(where: { $0 == name }) else { return }
        self[.vary] = (names.map(String.init) + [name]).joined(separator: ", ")
    }
}
