/// How many letters must be added, left out, replaced or exchanged with their neighbour to turn one
/// word into another (optimal string alignment).
///
/// Compares one word with many, in the same memory. Letters are bytes: fold words before, so that an
/// accent is no letter of its own.
public struct EditDistance {
    private let word: [UInt8]
    private let limit: Int
    private var beforeLast: [Int] = []
    private var last: [Int] = []
    private var current: [Int] = []

    /// Distances from a word, up to a limit, 0 or more.
    public init(from word: ArraySlice<UInt8>, limit: Int) {
        self.word = Array(word)
        self.limit = limit
    }

    /// The distance to a word; `nil` when it is more than the limit.
    ///
    /// O(length · length); ends as soon as the limit is out of reach.
    public mutating func callAsFunction(to other: ArraySlice<UInt8>) -> Int? {
        guard abs(word.count - other.count) <= limit else { return nil }
        while last.count <= other.count {
            beforeLast.append(0)
            last.append(0)
            current.append(0)
        }
        for column in 0...other.count { last[column] = column }
        for row in word.indices {
            current[0] = row + 1
            var best = row + 1
            for (column, letter) in other.enumerated() {
                var cost = min(
                    last[column] + (word[row] == letter ? 0 : 1), last[column + 1] + 1,
                    current[column] + 1)
                if row > 0, column > 0, word[row - 1] == letter,
                    word[row] == other[other.startIndex + column - 1]
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current[column + 1] = cost
                best = min(best, cost)
            }
            guard best <= limit else { return nil }
            swap(&beforeLast, &last)
            swap(&last, &current)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}
