/// What an operator decides about the service.
public struct ServiceSettings: Sendable {
    /// Bounds on what clients may ask; what goes beyond is refused or cut off.
    public struct Limits: Sendable {
        /// The longest address, in bytes.
        public var addressBytes = 8_192
        /// All headers of a request together, in bytes.
        public var headerBytes = 32_768
        /// The largest body of a request, in bytes.
        public var bodyBytes = 262_144
        /// How long a connection may stay silent, and a request's head or body may take, in seconds.
        public var requestSeconds = 20
        /// How long an answer may be worked at, in seconds.
        public var answerSeconds = 30
        /// How long a client may take no bytes of its answer, in seconds.
        public var sendSeconds = 30
        /// How many connections are open at once; more wait to be accepted.
        public var connections = 12_000
        /// How many answers that take work are worked at or wait for it; more are refused.
        public var heavyRequests = 64
        /// How many bytes of answers to searches are kept in memory to be given again; 0 for none.
        public var rememberedBytes = 33_554_432
        /// How many answers are made or wait for a store that is a server; more are refused.
        public var lookups = 1_024
        /// How many requests a second one client may send in the long run; 0 for any number.
        public var requestsPerSecond = 50
        /// How many requests a client may send at once.
        public var burst = 200

        /// The usual limits.
        public init() {}
    }

    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 for any that is free.
    public var port = 8080
    /// Where clients find the service, without a slash at its end; `nil` for host and port.
    public var baseURL: String?
    /// Whom harvesters write to.
    public var adminEmail = "nobody@leerwijzer.invalid"
    /// Which origins may read answers in a browser; `*` for all.
    public var corsOrigins: [String] = []
    /// How many proxies stand before the service and write `X-Forwarded-For`.
    public var proxies = 0
    /// How long to serve on, unready, after being told to stop, in seconds.
    public var drainSeconds = 0
    /// How long requests that run may take to end after that, in seconds.
    public var stopSeconds = 30
    /// How long the service takes requests without knowing that it answers from the newest
    /// generation of a store that other machines write to, in seconds.
    public var behindSeconds = 300
    /// How often to look for a new generation, in milliseconds.
    public var followMilliseconds = 500
    /// The language of answers when a client asks for none: `nl`, `en`, or `nil` for the
    /// catalogue's first.
    public var language: String?
    /// From which level on is logged.
    public var logLevel = "info"
    /// Bounds on what clients may ask.
    public var limits = Limits()

    /// The usual settings.
    public init() {}
}
