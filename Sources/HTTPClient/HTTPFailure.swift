/// Why a document was not fetched.
public struct HTTPFailure: Error, Hashable, Sendable {
    /// What happened.
    public enum Kind: Hashable, Sendable {
        /// The address cannot be asked.
        case badAddress(reason: String)
        /// It leads to this machine or a private network.
        case privateAddress(IPAddress)
        /// No machine has that name.
        case nameUnknown(host: String)
        /// The machine cannot be reached.
        case unreachable(reason: String)
        /// It took too long.
        case timedOut(seconds: Int, received: Int)
        /// Bytes came too slowly.
        case tooSlow(rate: Int, seconds: Int, received: Int)
        /// Its certificate is not in order.
        case certificate(reason: String)
        /// The connection ended before the document did.
        case cutOff(received: Int, reason: String)
        /// What came is not packed as it says.
        case badPacking(reason: String)
        /// It is larger than is allowed.
        case tooLarge(limit: Int)
        /// A small packed document would become a very large one.
        case expands(times: Int)
        /// It redirects in a circle.
        case redirectLoop(WebAddress)
        /// It redirects too often.
        case tooManyRedirects(limit: Int)
        /// It redirects to where nothing is fetched.
        case badRedirect(location: String, reason: String)
        /// It answered with a status that is no document.
        case status(Int, retryAfter: Int?)
        /// It says that nothing has changed, and nothing was known.
        case notModifiedUnasked
        /// What answers does not speak HTTP.
        case notHTTP(reason: String)
        /// The document cannot be kept.
        case cannotWrite(path: String, reason: String)
    }

    /// The address that was asked for.
    public var address: String
    /// What happened.
    public var kind: Kind
    /// How often was asked.
    public var attempts: Int

    /// A failure.
    public init(_ address: String, _ kind: Kind, attempts: Int = 1) {
        self.address = address
        self.kind = kind
        self.attempts = attempts
    }

    /// Whether asking again may help.
    public var isTransient: Bool {
        switch kind {
        case .unreachable, .timedOut, .tooSlow, .cutOff, .badPacking, .nameUnknown, .notHTTP: true
        case .status(let status, _): [408, 425, 429, 500, 502, 503, 504].contains(status)
        default: false
        }
    }

    /// Whether the document is said to be there no more.
    public var isGone: Bool {
        if case .status(let status, _) = kind { return status == 404 || status == 410 }
        return false
    }
}

extension HTTPFailure: CustomStringConvertible {
    /// The address, what happened, and what to do.
    public var description: String {
        let tries = attempts > 1 ? " (tried \(attempts) times)" : ""
        return "\(address): \(what)\(tries). \(advice)"
    }

    /// What happened, without address or advice.
    public var what: String {
        switch kind {
        case .badAddress(let reason): "this address is not fetched: \(reason)"
        case .privateAddress(let address):
            "it leads to \(address), which is not on the public internet"
        case .nameUnknown(let host): "no machine is known by the name “\(host)”"
        case .unreachable(let reason): "the server cannot be reached: \(reason)"
        case .timedOut(let seconds, let received):
            "nothing complete came within \(seconds) s; \(received) bytes did"
        case .tooSlow(let rate, let seconds, let received):
            "fewer than \(rate) bytes a second came for \(seconds) s; \(received) bytes in all"
        case .certificate(let reason): "its certificate is not in order: \(reason)"
        case .cutOff(let received, let reason):
            "the answer was cut off after \(received) bytes: \(reason)"
        case .badPacking(let reason): "the answer is not packed as it says: \(reason)"
        case .tooLarge(let limit): "the document is larger than the \(limit) bytes that are allowed"
        case .expands(let times):
            "the document would become more than \(times) times as large as what was sent"
        case .redirectLoop(let address): "it redirects in a circle, back to \(address)"
        case .tooManyRedirects(let limit): "it redirects more than \(limit) times"
        case .badRedirect(let location, let reason):
            "it redirects to “\(location)”, which is not followed: \(reason)"
        case .status(let status, let retryAfter):
            "the server answered \(status)\(Self.name(of: status))"
                + (retryAfter.map { ", and asks to wait \($0) s" } ?? "")
        case .notModifiedUnasked:
            "the server says that nothing has changed (304), though nothing was known before"
        case .notHTTP(let reason): "what answers does not speak HTTP: \(reason)"
        case .cannotWrite(let path, let reason): "it cannot be kept in \(path): \(reason)"
        }
    }

    private var advice: String {
        switch kind {
        case .badAddress, .nameUnknown: "Correct the address in catalog.toml"
        case .privateAddress:
            "If that is meant, write allow-private = true at the source in catalog.toml"
        case .unreachable, .timedOut, .tooSlow, .cutOff:
            "It is tried again at the next sync; when it stays, tell the feed's owner"
        case .certificate:
            "Tell the feed's owner; for a certificate of your own, name its authority as ca-file "
                + "at the source in catalog.toml"
        case .badPacking, .notModifiedUnasked, .redirectLoop, .notHTTP, .expands:
            "Tell the feed's owner"
        case .tooLarge:
            "If the feed is that large, raise max-megabytes at the source in catalog.toml"
        case .tooManyRedirects, .badRedirect: "Ask the feed's owner for the address itself"
        case .status(let status, _):
            switch status {
            case 401, 403: "Check the source's credentials in catalog.toml, or ask for access"
            case 404, 410: "Ask the feed's owner where the feed is, and correct the address"
            case 429: "Sync this source less often (every in catalog.toml)"
            default: "It is tried again at the next sync; when it stays, tell the feed's owner"
            }
        case .cannotWrite: "Make room, or give this user write access"
        }
    }

    private static func name(of status: Int) -> String {
        let names = [
            400: "bad request", 401: "unauthorised", 403: "forbidden", 404: "not found",
            406: "not acceptable", 408: "request time-out", 410: "gone", 429: "too many requests",
            500: "internal server error", 502: "bad gateway", 503: "service unavailable",
            504: "gateway time-out",
        ]
        return names[status].map { " (\($0))" } ?? ""
    }
}
