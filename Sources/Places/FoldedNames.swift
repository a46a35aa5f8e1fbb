import Text

/// All names, folded, one after another: what a misspelt or unfinished one is compared with.
struct FoldedNames: Sendable {
    private var letters: [UInt8] = []
    private var ends: [Int] = []
    /// Which letters and digits occur in each name, one bit each; digits and others share bits.
    private var masks: [UInt32] = []
    private var targets: [NameIndex.Target] = []

    init(capacity: Int) {
        letters.reserveCapacity(capacity * 12)
        ends.reserveCapacity(capacity)
        masks.reserveCapacity(capacity)
        targets.reserveCapacity(capacity)
    }

    mutating func append(_ key: ArraySlice<UInt8>, _ target: NameIndex.Target) {
        letters.append(contentsOf: key)
        ends.append(letters.count)
        masks.append(Self.mask(key))
        targets.append(target)
    }

    /// What the names that begin with these letters stand for.
    func targets(beginningWith typed: ArraySlice<UInt8>) -> [NameIndex.Target] {
        targets.indices.filter { name($0).starts(with: typed) }.map { targets[$0] }
    }

    /// What the names stand for that are at most `limit` letters off, or that the typed letters
    /// begin, with twice the letters that are off.
    ///
    /// An unfinished name counts as one and a half letters off: worse than one wrong letter, better
    /// than two.
    func targets(near typed: ArraySlice<UInt8>, limit: Int) -> [NameIndex.Target: Int] {
        var distance = EditDistance(from: typed, limit: limit)
        let mask = Self.mask(typed)
        var cost: [NameIndex.Target: Int] = [:]
        for index in targets.indices {
            var here = Int.max
            // Each letter that only one of the two has takes a step of its own, so most names are
            // out of reach without a closer look.
            if (mask & ~masks[index]).nonzeroBitCount <= limit {
                if (masks[index] & ~mask).nonzeroBitCount <= limit,
                    let letters = distance(to: name(index))
                {
                    here = letters * 2
                }
                if here > 3, typed.count >= 3, name(index).starts(with: typed) { here = 3 }
            }
            if here < cost[targets[index]] ?? .max { cost[targets[index]] = here }
        }
        return cost
    }

    private func name(_ index: Int) -> ArraySlice<UInt8> {
        letters[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    private static func mask(_ key: ArraySlice<UInt8>) -> UInt32 {
        key.reduce(0) { $0 | 1 << UInt32($1 & 31) }
    }
}
