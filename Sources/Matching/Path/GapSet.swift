/// A set of gaps by their places in a list of at most 256.
public struct GapSet: Hashable, Sendable {
    /// How many gaps can be told apart.
    public static let capacity = 256

    private var words: SIMD4<UInt64> = .zero

    /// No gaps.
    public init() {}

    /// Gaps by their places, 0..<256.
    public init(_ places: some Sequence<Int>) { for place in places { insert(place) } }

    /// Adds a gap.
    public mutating func insert(_ place: Int) { words[place / 64] |= 1 << UInt64(place % 64) }

    /// Whether a gap is in it.
    public func contains(_ place: Int) -> Bool { words[place / 64] >> UInt64(place % 64) & 1 == 1 }

    /// Whether there is none.
    public var isEmpty: Bool { words == .zero }

    /// The gaps of both.
    public func union(_ other: GapSet) -> GapSet {
        var result = self
        result.words |= other.words
        return result
    }

    /// The gaps that the other does not have.
    public func subtracting(_ other: GapSet) -> GapSet {
        var result = self
        result.words &= ~other.words
        return result
    }

    /// The places, ascending.
    public var places: [Int] {
        var places: [Int] = []
        for word in 0..<4 {
            var bits = words[word]
            while bits != 0 {
                places.append(64 * word + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
        return places
    }

    /// The weights of its gaps added up.
    public func weight(_ weights: [Int]) -> Int {
        var sum = 0
        for word in 0..<4 {
            var bits = words[word]
            while bits != 0 {
                sum += weights[64 * word + bits.trailingZeroBitCount]
                bits &= bits - 1
            }
        }
        return sum
    }
}
