import NIOCore
import Synchronization

/// Bounds how many requests one client sends: a bucket of tokens for each, filled at a steady rate
/// and emptied by a token a request.
///
/// A client is an IPv4 address or the first 64 bits of an IPv6 address, since one subscriber has all
/// addresses below those. Addresses are kept in memory only, as long as their bucket is not full
/// again.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    private let rate: Double
    private let burst: Double
    private let buckets = Mutex<[[UInt8]: Bucket]>([:])

    /// How many clients are remembered; when there are more, those whose buckets are full go first.
    static let capacity = 100_000

    /// - Parameters:
    ///   - rate: Tokens a second.
    ///   - burst: Tokens of a full bucket.
    init(rate: Double, burst: Int) {
        self.rate = rate
        self.burst = Double(burst)
    }

    /// Takes a token of a client.
    ///
    /// - Returns: `nil`, or the seconds until there is one when there was none.
    func take(_ client: [UInt8], now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { buckets in
            if buckets.count >= Self.capacity, buckets[client] == nil { clear(&buckets, now) }
            var bucket = buckets[client] ?? Bucket(tokens: burst, filled: now)
            bucket.tokens = tokens(bucket, now)
            bucket.filled = now
            defer { buckets[client] = bucket }
            guard bucket.tokens >= 1 else {
                return max(1, Int(((1 - bucket.tokens) / rate).rounded(.up)))
            }
            bucket.tokens -= 1
            return nil
        }
    }

    private func tokens(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        min(burst, bucket.tokens + (now - bucket.filled) / .seconds(1) * rate)
    }

    /// Forgets clients whose bucket is full, since they are as good as new; when that is no one, all.
    private func clear(_ buckets: inout [[UInt8]: Bucket], _ now: ContinuousClock.Instant) {
        buckets = buckets.filter { tokens($0.value, now) < burst }
        if buckets.count >= Self.capacity { buckets = [:] }
    }

    /// The client behind a request.
    ///
    /// - Parameters:
    ///   - address: Of the other end of the connection.
    ///   - forwarded: The values of `X-Forwarded-For`, to which each proxy adds whom it heard.
    ///   - proxies: How many proxies are ours; what stands before theirs can be made up.
    static func client(
        address: SocketAddress?, forwarded: String?, proxies: Int
    ) -> [UInt8] {
        if proxies > 0, let forwarded {
            let hops = forwarded.split(separator: ",").map { $0.trimming() }
            if hops.count >= proxies,
                let hop = try? SocketAddress(
                    ipAddress: String(hops[hops.count - proxies]), port: 0)
            {
                return key(hop)
            }
        }
        return address.map(key) ?? []
    }

    private static func key(_ address: SocketAddress) -> [UInt8] {
        switch address {
        case .v4(let address):
            return withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
            // ::ffff:0:0/96 are IPv4 addresses.
            let isMapped =
                bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
            return isMapped ? Array(bytes[12...]) : Array(bytes[..<8])
        case .unixDomainSocket: return []
        }
    }
}
