/// The best results so far, at most as many as are asked for.
struct TopHits {
    /// A result with all that it is ordered by.
    struct Candidate {
        var score: Float
        var metres: Double
        /// Days since 1970; today for what can start at any moment, the last day for unknown.
        var start: Int32
        var price: Int32
        var offering: UInt32
        var course: UInt32
        var venue: Int32
        var offeringsOfCourse: UInt32
    }

    private let sort: Query.Sort
    private let most: Int
    /// A heap with the worst on top once it is full.
    private var heap: [Candidate] = []
    /// The score of the worst result once there is no more room, when scores order results.
    private var lowestScore = -Float.infinity

    init(_ sort: Query.Sort, most: Int) {
        self.sort = sort
        self.most = most
        heap.reserveCapacity(min(most, 1024))
    }

    /// Whether there is room for anything at all.
    var isEmptyByWish: Bool { most == 0 }

    /// Whether no result with this score can be among the best, whatever else it has.
    @inline(__always)
    func rules(out score: Float) -> Bool {
        score < lowestScore
    }

    func isBetter(_ one: Candidate, _ other: Candidate) -> Bool {
        switch sort {
        case .relevance:
            if one.score != other.score { return one.score > other.score }
            if one.metres != other.metres { return one.metres < other.metres }
            if one.start != other.start { return one.start < other.start }
        case .distance:
            if one.metres != other.metres { return one.metres < other.metres }
            if one.start != other.start { return one.start < other.start }
        case .start:
            if one.start != other.start { return one.start < other.start }
            if one.metres != other.metres { return one.metres < other.metres }
        case .price:
            if one.price != other.price { return one.price < other.price }
            if one.start != other.start { return one.start < other.start }
            if one.metres != other.metres { return one.metres < other.metres }
        }
        return one.offering < other.offering
    }

    mutating func insert(_ candidate: Candidate) {
        if heap.count < most {
            heap.append(candidate)
            var child = heap.count - 1
            while child > 0, isBetter(heap[(child - 1) / 2], heap[child]) {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
            noteLowest()
        } else if most > 0, isBetter(candidate, heap[0]) {
            heap[0] = candidate
            var parent = 0
            while true {
                var worst = parent
                let left = 2 * parent + 1
                if left < heap.count, isBetter(heap[worst], heap[left]) { worst = left }
                if left + 1 < heap.count, isBetter(heap[worst], heap[left + 1]) {
                    worst = left + 1
                }
                if worst == parent { break }
                heap.swapAt(worst, parent)
                parent = worst
            }
            noteLowest()
        }
    }

    private mutating func noteLowest() {
        if heap.count == most, sort == .relevance { lowestScore = heap[0].score }
    }

    /// The results, best first.
    func sorted() -> [Candidate] { heap.sorted(by: isBetter) }
}
