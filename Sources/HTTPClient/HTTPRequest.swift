/// What is asked of a server.
public struct HTTPRequest: Hashable, Sendable {
    /// How a server is told who asks.
    public enum Credentials: Hashable, Sendable {
        /// A name and a password (RFC 7617).
        case basic(user: String, password: String)
        /// A token (RFC 6750).
        case bearer(String)
        /// A header of the server's making.
        case header(name: String, value: String)
    }

    /// What an earlier answer said of the document's version.
    public struct Validators: Hashable, Sendable, Codable {
        /// `ETag`, as it was sent.
        public var entityTag: String?
        /// `Last-Modified`, as it was sent.
        public var lastModified: String?

        /// What an earlier answer said; nothing when it said nothing.
        public init(entityTag: String? = nil, lastModified: String? = nil) {
            self.entityTag = entityTag
            self.lastModified = lastModified
        }

        /// Whether there is nothing to compare.
        public var isEmpty: Bool { entityTag == nil && lastModified == nil }
    }

    /// Where.
    public var address: WebAddress
    /// Sent only to the address's own origin.
    public var credentials: Credentials?
    /// The version that the asker has: the server need not send it again.
    public var validators: Validators
    /// More headers.
    public var headers: [String: String]
    /// A body to post; without one the request is a GET.
    public var body: [UInt8]?

    /// A request.
    public init(
        _ address: WebAddress, credentials: Credentials? = nil,
        validators: Validators = Validators(), headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) {
        self.address = address
        self.credentials = credentials
        self.validators = validators
        self.headers = headers
        self.body = body
    }
}
