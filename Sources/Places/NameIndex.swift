/// What a folded name stands for, found by its hash: open addressing, chains for shared names.
struct NameIndex: Sendable {
    /// A thing with a name.
    enum Target: Hashable, Sendable {
        case town(Int)
        case region(Int)
    }

    private struct Entry: Sendable {
        let hash: UInt64
        let target: Target
        var next: Int32
    }

    private var entries: [Entry] = []
    private var slots: [Int32]
    private var mask: Int
    /// The letters of the longest name.
    private var longest = 0

    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        mask = size - 1
        entries.reserveCapacity(capacity)
    }

    mutating func insert(_ key: ArraySlice<UInt8>, _ target: Target) {
        if entries.count * 2 >= slots.count { grow() }
        longest = max(longest, key.count)
        let hash = hash(key)
        let slot = slot(of: hash)
        var other = slots[slot]
        while other >= 0 {
            if entries[Int(other)].target == target { return }
            other = entries[Int(other)].next
        }
        entries.append(Entry(hash: hash, target: target, next: slots[slot]))
        slots[slot] = Int32(entries.count - 1)
    }

    /// How many of a text's first words may together be a name, by the length of the longest one.
    func words(of text: FoldedName) -> Int {
        text.ends.prefix { $0 <= longest }.count
    }

    /// Everything of that name, in the order of insertion.
    func targets(_ key: ArraySlice<UInt8>) -> [Target] {
        guard !key.isEmpty else { return [] }
        var found: [Target] = []
        var entry = slots[slot(of: hash(key))]
        while entry >= 0 {
            found.append(entries[Int(entry)].target)
            entry = entries[Int(entry)].next
        }
        return found.reversed()
    }

    /// One thing of that name, without an array around it.
    func first(_ key: ArraySlice<UInt8>) -> Target? {
        let entry = slots[slot(of: hash(key))]
        return entry < 0 ? nil : entries[Int(entry)].target
    }

    /// The towns of that name.
    func towns(_ key: ArraySlice<UInt8>) -> [Int] {
        targets(key).compactMap { if case .town(let index) = $0 { index } else { nil } }
    }

    /// The regions of that name.
    func regions(_ key: ArraySlice<UInt8>) -> [Int] {
        targets(key).compactMap { if case .region(let index) = $0 { index } else { nil } }
    }

    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0, entries[Int(slots[slot])].hash != hash { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = entries
        slots = [Int32](repeating: -1, count: slots.count * 2)
        mask = slots.count - 1
        for index in old.indices {
            let slot = slot(of: old[index].hash)
            entries[index].next = slots[slot]
            slots[slot] = Int32(index)
        }
    }
}
