import CourseModel

/// The best few of many, in order: by score, equals by their ids.
///
/// An id is asked for only where it decides, since making one costs more than a score.
struct TopList {
    /// An offering and what orders it.
    struct Entry {
        let offering: Int
        let score: Int
        /// What the score is made of.
        let parts: MatchParts
        /// How many other offerings of its course fit, when a course is told once.
        var otherOccasions = 0
        /// What it falls short of a limit by.
        var by: Shortfall?
        private var id: ID<Offering>?

        init(_ offering: Int, _ parts: MatchParts, _ score: Int) {
            self.offering = offering
            self.parts = parts
            self.score = score
        }

        mutating func id(_ source: some OfferingSource) -> ID<Offering> {
            if let id { return id }
            let made = source.id(ofOffering: offering)
            id = made
            return made
        }
    }

    private let limit: Int
    private(set) var entries: [Entry] = []

    init(limit: Int) { self.limit = max(0, limit) }

    /// The score below which nothing is among the best.
    var least: Int {
        if entries.count < limit { return .min }
        return entries.last?.score ?? .max
    }

    /// Takes an offering up when it is among the best.
    mutating func offer(_ entry: Entry, _ source: some OfferingSource) {
        var entry = entry
        guard entry.score >= least else { return }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            let isBetter =
                entry.score != entries[middle].score
                ? entry.score > entries[middle].score
                : entry.id(source) < entries[middle].id(source)
            if isBetter { high = middle } else { low = middle + 1 }
        }
        guard low < limit else { return }
        if entries.count == limit { entries.removeLast() }
        entries.insert(entry, at: low)
    }

    /// Forgets all offerings.
    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
