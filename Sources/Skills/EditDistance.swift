/// How many letters must be changed, left out, put in or swapped with their neighbour to make one
/// word of another (optimal string alignment).
///
/// - Returns: The number, or `nil` when it is above `limit`.
func editDistance(_ first: [UInt8], _ second: [UInt8], limit: Int) -> Int? {
    guard abs(first.count - second.count) <= limit else { return nil }
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    var row = last
    for i in 0..<first.count {
        row[0] = i + 1
        var least = row[0]
        for j in 0..<second.count {
            let change = last[j] + (first[i] == second[j] ? 0 : 1)
            var value = min(change, last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                value = min(value, beforeLast[j - 1] + 1)
            }
            row[j + 1] = value
            least = min(least, value)
        }
        if least > limit { return nil }
        (beforeLast, last, row) = (last, row, beforeLast)
    }
    return last[second.count] <= limit ? last[second.count] : nil
}
