internal import CCurl

/// An `http` or `https` address, read by the library that will connect to it.
///
/// Two readers that differ over one address are how a check is got round; so there is one.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// The whole address, normalised.
    public let text: String
    /// `http` or `https`.
    public let scheme: String
    /// The name or number of the machine, lower case.
    public let host: String
    /// The port, 80 or 443 when none is written.
    public let port: Int

    /// An address.
    ///
    /// - Throws: ``HTTPFailure`` with the kind `badAddress`: another scheme, no machine, or a user
    ///   name or password in it; `noLibrary` when there is no libcurl to read it.
    public init(_ text: String) throws(HTTPFailure) {
        try self.init(text, base: nil)
    }

    /// The address that `reference` means in a document at this one (RFC 3986, section 5).
    public func resolving(_ reference: String) throws(HTTPFailure) -> WebAddress {
        try WebAddress(reference, base: text)
    }

    private init(_ text: String, base: String?) throws(HTTPFailure) {
        func bad(_ reason: String) -> HTTPFailure { HTTPFailure(text, .badAddress(reason: reason)) }
        let curl: leerwijzer_curl
        do { curl = try LibCurl.loaded.get().functions } catch {
            throw HTTPFailure(text, .noLibrary(reason: error.reason))
        }
        guard let handle = curl.url() else { throw bad("there is no memory left") }
        defer { curl.url_cleanup(handle) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER | CURLU_URLENCODE)
        if let base, curl.url_set(handle, CURLUPART_URL, base, flags) != CURLUE_OK {
            throw bad("the address that it refers from, “\(base)”, is none")
        }
        let code = curl.url_set(handle, CURLUPART_URL, text, flags)
        guard code == CURLUE_OK else {
            throw bad(
                code == CURLUE_USER_NOT_ALLOWED
                    ? "it holds a user name; state it under credentials instead"
                    : curl.url_strerror(code).map { String(cString: $0).lowercased() }
                        ?? "code \(code.rawValue)")
        }
        // A fragment is never sent.
        _ = curl.url_set(handle, CURLUPART_FRAGMENT, nil, 0)
        func part(_ part: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl.url_get(handle, part, &value, UInt32(flags)) == CURLUE_OK, let value else {
                return nil
            }
            defer { curl.free(value) }
            return String(cString: value)
        }
        guard let scheme = part(CURLUPART_SCHEME)?.lowercased(),
            scheme == "http" || scheme == "https"
        else { throw bad("only http and https addresses are fetched") }
        guard let host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty,
            let port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap({ Int($0) }),
            curl.url_set(handle, CURLUPART_HOST, host, 0) == CURLUE_OK,
            let whole = part(CURLUPART_URL)
        else { throw bad("it names no machine") }
        self.scheme = scheme
        self.host = host
        self.port = port
        self.text = whole
    }

    /// Whether credentials for one address may be sent to the other: same scheme, machine and port.
    public func hasOrigin(of other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }

    /// The address.
    public var description: String { text }
}
