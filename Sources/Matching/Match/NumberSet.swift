/// A set of numbers below a bound, a bit each, told in order.
struct NumberSet {
    private var words: [UInt64]

    /// An empty set.
    init(below bound: Int) { words = [UInt64](repeating: 0, count: (bound + 63) / 64) }

    /// Takes a number up; traps when it is not below the bound.
    mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

    /// Tells every number, ascending.
    ///
    /// - Complexity: O(bound / 64 + numbers).
    func forEach(_ body: (Int) -> Void) {
        for place in words.indices {
            var word = words[place]
            while word != 0 {
                body(place << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }
}
