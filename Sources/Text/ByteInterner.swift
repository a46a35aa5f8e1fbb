#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Numbers byte strings in the order in which they are first seen; each has a byte before it that says
/// what sort of string it is.
package struct ByteInterner: Sendable {
    /// A place in the hash table, found with one look at memory for all but long strings.
    private struct Slot {
        /// The first bytes, the sort and the length: all there is to a string of at most six bytes.
        var head: UInt64 = 0
        var hash: UInt32 = 0
        /// The number plus 1; 0 when free.
        var number: UInt32 = 0
    }

    private static let headBytes = 6
    private var slots: [Slot]
    private var starts: [UInt32] = [0]
    private var bytes: [UInt8] = []

    /// None yet.
    package init() { self.init(slots: 1 << 10) }

    private init(slots count: Int) { slots = [Slot](repeating: Slot(), count: count) }

    /// None, and none to come: to put in the place of others that are taken out for a while.
    static let none = ByteInterner(slots: 0)

    /// How many there are.
    package var count: Int { starts.count - 1 }

    /// The bytes that it holds in memory.
    package var memory: Int { slots.count * 16 + starts.count * 4 + bytes.count }

    /// The number of `prefix` followed by `key`, new or known.
    package mutating func number(_ prefix: UInt8, _ key: UnsafeBufferPointer<UInt8>) -> Int {
        let head = Self.head(prefix, key)
        let hash = Self.hash(prefix, key)
        let slot = place(head, hash, key)
        if slots[slot].number != 0 { return Int(slots[slot].number) - 1 }
        bytes.append(prefix)
        bytes.append(contentsOf: key)
        precondition(bytes.count <= Int(UInt32.max), "the names of a catalogue fit in 4 GB")
        starts.append(UInt32(bytes.count))
        slots[slot] = Slot(head: head, hash: hash, number: UInt32(count))
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// The number of `prefix` followed by `key`, when it is known.
    package func find(_ prefix: UInt8, _ key: UnsafeBufferPointer<UInt8>) -> Int? {
        let slot = place(Self.head(prefix, key), Self.hash(prefix, key), key)
        return slots[slot].number == 0 ? nil : Int(slots[slot].number) - 1
    }

    /// Where a string stands, or where it goes when it is new.
    @inline(__always)
    private func place(_ head: UInt64, _ hash: UInt32, _ key: UnsafeBufferPointer<UInt8>) -> Int {
        slots.withUnsafeBufferPointer { slots in
            let mask = slots.count &- 1
            var slot = Int(hash) & mask
            while slots[slot].number != 0 {
                if slots[slot].head == head, slots[slot].hash == hash,
                    key.count <= Self.headBytes
                        || isEqual(Int(slots[slot].number) &- 1, key)
                {
                    break
                }
                slot = (slot &+ 1) & mask
            }
            return slot
        }
    }

    private func isEqual(_ number: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(starts[number]) + 1
        guard Int(starts[number + 1]) - start == key.count else { return false }
        return bytes.withUnsafeBufferPointer { all in
            guard let first = key.baseAddress, let known = all.baseAddress else { return true }
            return memcmp(known + start, first, key.count) == 0
        }
    }

    @inline(__always)
    private static func head(_ prefix: UInt8, _ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var head = UInt64(prefix) << 48 | UInt64(UInt8(clamping: key.count)) << 56
        var shift: UInt64 = 0
        for index in 0..<min(key.count, headBytes) {
            head |= UInt64(key[index]) &<< shift
            shift &+= 8
        }
        return head
    }

    @inline(__always)
    private static func hash(_ prefix: UInt8, _ key: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = keyHash(key) ^ UInt32(prefix) &* 0x9E37_79B1
        return hash ^ hash >> 15
    }

    private mutating func grow() {
        var larger = [Slot](repeating: Slot(), count: slots.count * 2)
        for slot in slots where slot.number != 0 {
            var place = Int(slot.hash) & (larger.count - 1)
            while larger[place].number != 0 { place = (place + 1) & (larger.count - 1) }
            larger[place] = slot
        }
        slots = larger
    }

    /// Prefix and key of a number.
    package func string(_ number: Int) -> [UInt8] {
        Array(bytes[Int(starts[number])..<Int(starts[number + 1])])
    }

    /// The prefix of a number.
    package func prefix(_ number: Int) -> UInt8 { bytes[Int(starts[number])] }

    /// Hands out prefix and key of a number without a copy.
    package func withBytes<Result>(
        _ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer {
            body(
                UnsafeBufferPointer(
                    rebasing: $0[Int(starts[number])..<Int(starts[number + 1])]))
        }
    }

    /// The numbers in the order of their bytes.
    package func sorted() -> [Int] {
        bytes.withUnsafeBufferPointer { all in
            (0..<count).sorted { one, other in
                let first = all[Int(starts[one])..<Int(starts[one + 1])]
                let second = all[Int(starts[other])..<Int(starts[other + 1])]
                let order = memcmp(
                    all.baseAddress! + first.startIndex, all.baseAddress! + second.startIndex,
                    min(first.count, second.count))
                return order != 0 ? order < 0 : first.count < second.count
            }
        }
    }
}
