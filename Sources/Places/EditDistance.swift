/// How many letters must be added, left out, replaced or exchanged with their neighbour to turn one
/// word into the other (optimal string alignment).
///
/// - Returns: `nil` when more than `limit`.
/// - Complexity: O(length · length); stops as soon as the limit is out of reach.
func editDistance(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>, limit: Int) -> Int? {
    guard abs(first.count - second.count) <= limit else { return nil }
    let a = Array(first)
    let b = Array(second)
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    var current = last
    for row in 0..<a.count {
        current[0] = row + 1
        var best = current[0]
        for column in 0..<b.count {
            var cost = min(
                last[column] + (a[row] == b[column] ? 0 : 1), last[column + 1] + 1,
                current[column] + 1)
            if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current[column + 1] = cost
            best = min(best, cost)
        }
        guard best <= limit else { return nil }
        (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[b.count] <= limit ? last[b.count] : nil
}
