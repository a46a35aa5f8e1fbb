/// 128 bits that stand for a run of bytes.
///
/// Two different feeds share one by accident once in 10³⁸ times. It is quick, not cryptographic:
/// someone who makes two feeds of theirs collide only hides their own change from themselves.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    /// The first 64 bits.
    public let high: UInt64
    /// The last 64 bits.
    public let low: UInt64

    /// A fingerprint by its two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The fingerprint of bytes.
    public init(of bytes: [UInt8]) {
        var hasher = FingerprintHasher()
        hasher.update(bytes)
        self = hasher.finish()
    }

    /// Reads ``description``; `nil` when it is not 32 hexadecimal digits.
    public init?(_ description: String) {
        guard description.utf8.count == 32,
            description.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
            let high = UInt64(description.prefix(16), radix: 16),
            let low = UInt64(description.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// 32 hexadecimal digits.
    public var description: String {
        func digits(_ value: UInt64) -> String {
            let text = String(value, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        return digits(high) + digits(low)
    }
}

/// Takes bytes in pieces of any size and gives the ``Fingerprint`` of all of them together.
///
/// Eight bytes a step: each is mixed in by a full 64 × 64-bit multiplication (the step of wyhash),
/// twice with different keys. Well above 1 GB/s.
public struct FingerprintHasher: Sendable {
    private var first: UInt64
    private var second: UInt64
    private var pending: UInt64 = 0
    private var pendingCount = 0
    private var length: UInt64 = 0

    /// A hasher that has seen nothing.
    public init() {
        first = 0x9E37_79B9_7F4A_7C15
        second = 0xC2B2_AE3D_27D4_EB4F
    }

    /// Takes more bytes.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Takes more bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var index = 0
        while pendingCount != 0, index < bytes.count {
            take(bytes[index])
            index += 1
        }
        while index + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            mix(UInt64(littleEndian: word))
            index += 8
        }
        while index < bytes.count {
            take(bytes[index])
            index += 1
        }
    }

    /// The fingerprint of everything taken so far.
    public func finish() -> Fingerprint {
        var last = self
        last.mix(last.pending)
        last.mix(length ^ UInt64(pendingCount) << 56)
        last.mix(0x1656_67B1_9E37_79F9)
        return Fingerprint(high: last.first, low: last.second)
    }

    private mutating func take(_ byte: UInt8) {
        pending |= UInt64(byte) << UInt64(8 * pendingCount)
        pendingCount += 1
        guard pendingCount == 8 else { return }
        mix(pending)
        pending = 0
        pendingCount = 0
    }

    private mutating func mix(_ word: UInt64) {
        first = Self.multiply(word ^ 0xA076_1D64_78BD_642F, first ^ 0xE703_7ED1_A0B4_28DB)
        second = Self.multiply(word ^ 0x8EBC_6AF0_9C88_C6E3, second ^ 0x5899_65CC_7537_4CC3) &+ word
    }

    private static func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}

/// 64 bits that stand for what a record says; compared only with those of the same record.
public struct ContentHash: Hashable, Sendable {
    /// The bits.
    public let value: UInt64

    /// A hash by its bits.
    public init(_ value: UInt64) { self.value = value }

    /// The hash of a stretch of bytes.
    public init(of bytes: [UInt8], in range: Range<Int>) {
        var hasher = FingerprintHasher()
        bytes.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[range])) }
        value = hasher.finish().high
    }

    /// The hash of bytes.
    public init(of bytes: [UInt8]) { self.init(of: bytes, in: 0..<bytes.count) }
}
