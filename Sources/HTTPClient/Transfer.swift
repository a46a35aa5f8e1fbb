internal import CCurl
import Glibc

/// One request on its way: what libcurl calls back with.
///
/// A callback cannot throw; it notes the failure and makes libcurl stop.
final class Transfer {
    /// Headers of all answers to one request together; some servers never stop sending them.
    private static let headerBytes = 262_144
    /// How much of an answer that is no document is read before the connection is given up.
    private static let errorBytes = 65_536
    /// A document below this size is never too large for what was sent.
    private static let freeExpansion = 8 << 20

    private let limits: HTTPLimits
    private let path: String
    private var descriptor: Int32 = -1
    private var unpacking: Unpacking?
    private var hasBegun = false
    private var headerCount = 0

    private(set) var headers: [String: String] = [:]
    private(set) var status = 0
    private(set) var bytes = 0
    private(set) var transferred = 0
    /// Why libcurl was stopped.
    private(set) var failure: HTTPFailure.Kind?
    /// The address that was refused.
    private(set) var refused: IPAddress?

    init(limits: HTTPLimits, path: String) {
        self.limits = limits
        self.path = path
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    // MARK: Callbacks

    func header(_ line: UnsafeRawBufferPointer) -> Bool {
        headerCount += line.count
        guard headerCount <= Self.headerBytes else {
            failure = .notHTTP(reason: "its headers are longer than \(Self.headerBytes) bytes")
            return false
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // A final answer follows after 100 (Continue) and 103 (Early Hints).
            headers = [:]
            let words = text.split(separator: " ")
            status = words.count > 1 ? Int(words[1].prefix(3)) ?? 0 : 0
            return true
        }
        guard let colon = text.firstIndex(of: ":") else { return true }
        let name = text[..<colon].lowercased()
        let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        headers[name] = String(value.reversed().drop { $0.isWhitespace }.reversed())
        if name == "content-length", status == 200, unpackedLength > limits.bytes {
            failure = .tooLarge(limit: limits.bytes)
            return false
        }
        return true
    }

    private var unpackedLength: Int { headers["content-length"].flatMap { Int($0) } ?? 0 }

    func body(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
        transferred += piece.count
        guard 200...299 ~= status else { return transferred <= Self.errorBytes }
        do {
            if !hasBegun { try begin(piece) }
            if let unpacking {
                try unpacking.unpack(piece, write)
            } else {
                try write(UnsafeRawBufferPointer(piece))
            }
            return true
        } catch let fault as Unpacking.Fault {
            failure = .badPacking(reason: fault.reason)
        } catch let stop as Stop {
            failure = stop.kind
        } catch {
            failure = .cannotWrite(path: path, reason: "\(error)")
        }
        return false
    }

    /// Whether a connection to this address may be opened; noted when not.
    ///
    /// This is the address that is connected to, not one that was looked up for a check: a name that
    /// means another machine the second time (DNS rebinding) gains nothing.
    func mayConnect(to address: UnsafePointer<sockaddr>) -> Bool {
        guard !limits.allowsPrivateAddresses else { return true }
        guard let found = IPAddress(address) else { return false }
        if found.isPublic { return true }
        refused = found
        return false
    }

    // MARK: The document

    private struct Stop: Error {
        let kind: HTTPFailure.Kind
    }

    private func begin(_ piece: UnsafeBufferPointer<UInt8>) throws {
        hasBegun = true
        try open()
        let encoding = headers["content-encoding"]?.lowercased() ?? "identity"
        switch encoding {
        case "gzip", "x-gzip", "deflate": unpacking = try Unpacking()
        case "identity", "":
            // A file that was packed beforehand, as feed.xml.gz.
            if piece.count > 2, piece[0] == 0x1F, piece[1] == 0x8B, piece[2] == 8 {
                unpacking = try Unpacking()
            }
        default:
            throw Unpacking.Fault(
                reason: "it is packed as “\(encoding)”, and only gzip was asked for")
        }
    }

    private func open() throws {
        descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw cannotWrite() }
    }

    private func cannotWrite() -> Stop {
        Stop(kind: .cannotWrite(path: path, reason: String(cString: strerror(errno))))
    }

    private func write(_ piece: UnsafeRawBufferPointer) throws {
        bytes += piece.count
        guard bytes <= limits.bytes else { throw Stop(kind: .tooLarge(limit: limits.bytes)) }
        if bytes > Self.freeExpansion, bytes / limits.expansion > transferred {
            throw Stop(kind: .expands(times: limits.expansion))
        }
        var rest = piece
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw cannotWrite() }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Makes the document whole on disk; an empty one is a file without bytes.
    func finish() -> HTTPFailure.Kind? {
        do {
            if !hasBegun { try open() }
            try unpacking?.finish()
            // A device such as /dev/null has nothing to make lasting.
            guard fsync(descriptor) == 0 || errno == EINVAL else { throw cannotWrite() }
            return nil
        } catch let fault as Unpacking.Fault {
            return .badPacking(reason: fault.reason)
        } catch let stop as Stop {
            return stop.kind
        } catch {
            return .cannotWrite(path: path, reason: "\(error)")
        }
    }
}
