/// How far a client goes.
public struct HTTPLimits: Hashable, Sendable {
    /// Seconds to find and reach the machine.
    public var connectSeconds: Double
    /// Seconds for one attempt in all.
    public var seconds: Double
    /// Seconds for all attempts together; no new one begins after them.
    public var totalSeconds: Double
    /// Seconds during which fewer than ``slowestRate`` bytes a second may come.
    public var slowSeconds: Int
    /// Bytes a second.
    public var slowestRate: Int
    /// Bytes of an unpacked document.
    public var bytes: Int
    /// How many times larger a document may be than its packed form, when it is over 8 MiB.
    ///
    /// Real feeds pack 5 to 60 times; gzip's own limit is 1,032.
    public var expansion: Int
    /// Redirects one after another.
    public var redirects: Int
    /// Attempts, 1 or more.
    public var attempts: Int
    /// The longest wait before another attempt, in seconds.
    public var longestPause: Double
    /// The first wait, in seconds; each next one is twice as long, and a random part of it is taken.
    public var firstPause: Double
    /// Whether machines of private networks may be asked.
    public var allowsPrivateAddresses: Bool

    /// Limits for feeds of up to a gigabyte.
    public init() {
        connectSeconds = 15
        seconds = 900
        totalSeconds = 1_800
        slowSeconds = 30
        slowestRate = 200
        bytes = 1 << 30
        expansion = 250
        redirects = 5
        attempts = 4
        longestPause = 120
        firstPause = 1
        allowsPrivateAddresses = false
    }
}
