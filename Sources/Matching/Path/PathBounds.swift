/// Bounds on what any choice of candidates can come to: the fractional knapsack.
///
/// The gain of a candidate only shrinks as others are chosen, so a choice in fractions with the gains
/// of today is never worse than a real one.
enum PathBounds {
    /// The most gain for a sum of a measure.
    static func mostGain(_ items: [(gain: Int, measure: Int)], within sum: Int) -> Int {
        var left = sum
        var gained = 0
        for item in byWorth(items) {
            guard item.measure <= left else {
                guard left > 0 else { break }
                // Rounded up: a bound may promise too much, never too little.
                gained += (item.gain * left + item.measure - 1) / item.measure
                break
            }
            left -= item.measure
            gained += item.gain
        }
        return gained
    }

    /// The least sum of a measure for a gain; that of all items when they do not reach it.
    static func leastSum(_ items: [(gain: Int, measure: Int)], gaining gain: Int) -> Int {
        var needed = gain
        var sum = 0
        for item in byWorth(items) where needed > 0 {
            if item.gain <= needed {
                sum += item.measure
                needed -= item.gain
            } else {
                // Rounded down, for the same reason.
                sum += item.measure * needed / item.gain
                needed = 0
            }
        }
        return sum
    }

    private static func byWorth(
        _ items: [(gain: Int, measure: Int)]
    ) -> [(gain: Int, measure: Int)] {
        items.filter { $0.gain > 0 }.sorted { $0.gain * $1.measure > $1.gain * $0.measure }
    }
}
