/// A hash table being made: a number plus 1 in each slot that is taken, 0 in the others.
///
/// A hash of 32 bits goes to the slot at its share of all slots, or the next one that is free; four of
/// five slots are taken.
struct HashSlots {
    private(set) var slots: [UInt32]
    private var count: UInt32 = 0

    /// Room for `count` numbers.
    init(count: Int) { slots = [UInt32](repeating: 0, count: count + count / 4 + 2) }

    /// Adds the next number.
    mutating func insert(_ hash: UInt32) {
        var slot = Self.first(hash, of: slots.count)
        while slots[slot] != 0 { slot = Self.next(slot, of: slots.count) }
        count += 1
        slots[slot] = count
    }

    /// Where to look for a hash first.
    @inline(__always)
    static func first(_ hash: UInt32, of count: Int) -> Int {
        // The high bits choose, so they must depend on all others (MurmurHash3's last steps).
        var mixed = (hash ^ hash &>> 16) &* 0x85EB_CA6B
        mixed = (mixed ^ mixed &>> 13) &* 0xC2B2_AE35
        mixed ^= mixed &>> 16
        return Int(truncatingIfNeeded: (UInt64(mixed) &* UInt64(count)) &>> 32)
    }

    /// Where to look next.
    @inline(__always)
    static func next(_ slot: Int, of count: Int) -> Int { slot &+ 1 == count ? 0 : slot &+ 1 }
}
