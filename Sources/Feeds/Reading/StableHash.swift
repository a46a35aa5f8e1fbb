/// A fast hash with the same result in every run, for ids and for finding repeated bytes.
///
/// FNV-1a over 8 bytes at a time with a final mix. Not for use against an adversary: a collision
/// only makes a record's id get a suffix that it did not need.
struct StableHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var index = 0
        while index + 8 <= bytes.count {
            state ^= bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            state &*= 0x9E37_79B9_7F4A_7C15
            state ^= state >> 29
            index += 8
        }
        while index < bytes.count {
            state = (state ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3
            index += 1
        }
        state = (state ^ UInt64(bytes.count)) &* 0x0000_0100_0000_01B3
    }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    var value: UInt64 {
        var mixed = state
        mixed ^= mixed >> 32
        mixed &*= 0xD6E8_FEB8_6659_FD93
        mixed ^= mixed >> 32
        return mixed
    }

    static func of(_ bytes: [UInt8]) -> UInt64 {
        var hash = StableHash()
        bytes.withUnsafeBytes { hash.add($0) }
        return hash.value
    }

    static func of(_ texts: String...) -> UInt64 {
        var hash = StableHash()
        for text in texts { hash.add(text) }
        return hash.value
    }
}

extension StableHash {
    /// An id made of what a record says, for records that the feed gives none: the prefix, a hyphen
    /// and sixteen hexadecimal digits.
    static func id(_ prefix: String, of parts: [String?]) -> String {
        let hex = String(of(parts.map { $0 ?? "" }.joined(separator: "\n")), radix: 16)
        return prefix + "-" + String(repeating: "0", count: 16 - hex.count) + hex
    }
}
