/// Numbers byte strings in the order in which they are first seen.
struct ByteInterner {
    private var slots: [UInt32] = [UInt32](repeating: 0, count: 1 << 12)
    private var hashes: [UInt32] = []
    private var starts: [Int] = [0]
    private var bytes: [UInt8] = []

    /// How many there are.
    var count: Int { hashes.count }

    /// The bytes that it holds in memory.
    var memory: Int { slots.count * 4 + hashes.count * 12 + bytes.count }

    /// The number of `prefix` followed by `key`, new or known.
    mutating func number(_ prefix: UInt8, _ key: UnsafeBufferPointer<UInt8>) -> Int {
        var hash = keyHash(key) ^ UInt32(prefix) &* 0x9E37_79B1
        hash ^= hash >> 15
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let candidate = Int(slots[slot]) - 1
            if hashes[candidate] == hash, isEqual(candidate, prefix, key) { return candidate }
            slot = (slot + 1) & (slots.count - 1)
        }
        bytes.append(prefix)
        bytes.append(contentsOf: key)
        starts.append(bytes.count)
        hashes.append(hash)
        slots[slot] = UInt32(hashes.count)
        if hashes.count * 2 > slots.count { grow() }
        return hashes.count - 1
    }

    /// The number of `prefix` followed by `key`, when it is known.
    func find(_ prefix: UInt8, _ key: UnsafeBufferPointer<UInt8>) -> Int? {
        var hash = keyHash(key) ^ UInt32(prefix) &* 0x9E37_79B1
        hash ^= hash >> 15
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let candidate = Int(slots[slot]) - 1
            if hashes[candidate] == hash, isEqual(candidate, prefix, key) { return candidate }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    @inline(__always)
    private func isEqual(
        _ number: Int, _ prefix: UInt8, _ key: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let start = starts[number]
        guard starts[number + 1] - start == key.count + 1, bytes[start] == prefix else {
            return false
        }
        return bytes.withUnsafeBufferPointer {
            SearchIndex.isEqual(
                UnsafeBufferPointer(rebasing: $0[(start + 1)..<(start + 1 + key.count)]), key)
        }
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }

    /// Prefix and key of a number.
    func string(_ number: Int) -> [UInt8] { Array(bytes[starts[number]..<starts[number + 1]]) }

    /// Hands out prefix and key of a number without a copy.
    func withBytes<Result>(
        _ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[starts[number]..<starts[number + 1]]))
        }
    }

    /// The numbers in the order of their bytes.
    func sorted() -> [Int] {
        bytes.withUnsafeBufferPointer { all in
            (0..<count).sorted { one, other in
                all[starts[one]..<starts[one + 1]].lexicographicallyPrecedes(
                    all[starts[other]..<starts[other + 1]])
            }
        }
    }
}

/// Numbers strings by first sight while building, and gives them in sorted order at the end.
struct StringNumbering {
    private var numbers: [String: Int] = [:]
    private(set) var strings: [String] = []

    var count: Int { strings.count }

    mutating func number(_ string: String) -> Int {
        if let known = numbers[string] { return known }
        numbers[string] = strings.count
        strings.append(string)
        return strings.count - 1
    }

    /// The strings sorted by their bytes, and the new number of each old one.
    func sorted() -> (strings: [[UInt8]], newNumbers: [Int]) {
        let order = strings.indices.sorted {
            strings[$0].utf8.lexicographicallyPrecedes(strings[$1].utf8)
        }
        var newNumbers = [Int](repeating: 0, count: strings.count)
        for (new, old) in order.enumerated() { newNumbers[old] = new }
        return (order.map { Array(strings[$0].utf8) }, newNumbers)
    }
}
