/// Counts by day, for days that mostly lie near each other.
struct DayCounts {
    /// Days in one piece of counts.
    private static let span = 512

    private var first: Int32 = 0
    private var near: [Int] = []
    private var far: [Int32: Int] = [:]

    /// Counts one of a day, or of one of the numbers that stand for no day.
    @inline(__always)
    mutating func add(_ day: Int32) {
        let index = Int(day) - Int(first)
        if near.indices.contains(index) {
            near[index] &+= 1
        } else {
            addFar(day)
        }
    }

    private mutating func addFar(_ day: Int32) {
        // What stands for no day is far from all days.
        guard near.isEmpty, day > OfferingRow.continuousStart, day < .max - Int32(Self.span) else {
            far[day, default: 0] += 1
            return
        }
        first = max(day - Int32(Self.span / 2), 0)
        near = [Int](repeating: 0, count: Self.span)
        add(day)
    }

    /// The days that were counted, in no order, and how often.
    var counts: [(day: Int32, count: Int)] {
        far.map { ($0.key, $0.value) }
            + near.indices.filter { near[$0] > 0 }.map { (first + Int32($0), near[$0]) }
    }
}
