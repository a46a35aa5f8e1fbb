/// 128 bits that stand for an id, so that a feed of a million programmes can be checked for
/// repeated ones without holding their names.
///
/// Two runs of FNV-1a with different starts; two different ids of one feed meet with a chance of
/// about 10⁻²⁶.
struct EDUDEXFingerprint: Hashable {
    private let first: UInt64
    private let second: UInt64

    init(_ text: some StringProtocol) {
        var first: UInt64 = 0xcbf2_9ce4_8422_2325
        var second: UInt64 = 0x6c62_272e_07bb_0142
        for byte in text.utf8 {
            first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
            second = (second ^ UInt64(byte)) &* 0x100_0000_01b3
            second ^= first >> 29
        }
        self.first = first
        self.second = second
    }
}
