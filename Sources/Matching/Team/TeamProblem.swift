/// The choice of the fewest modules that close all gaps, as numbers only.
struct TeamProblem {
    /// A module with the gaps that it closes.
    struct Module: Hashable {
        var offering: Int
        var course: Int
        var closes: GapSet
        /// For all who go; `nil` when not known, which is taken for more than any price.
        var cents: Int?
        /// Decides between equals.
        var id: String

        /// Whether it is the better of two offerings of a course: cheaper, else of the higher score.
        func isPreferred(_ score: Int, to other: Module, _ otherScore: Int) -> Bool {
            let (own, others) = (cents ?? .max, other.cents ?? .max)
            if own != others { return own < others }
            return score != otherScore ? score > otherScore : id < other.id
        }

        fileprivate var price: Int { cents ?? 100_000_000 }
    }

    private let modules: [Module]

    init(modules: [Module]) {
        // A module that another can stand in for is never needed.
        let sorted = modules.sorted {
            $0.price != $1.price ? $0.price < $1.price : $0.id < $1.id
        }
        var kept: [Module] = []
        for module in sorted
        where !kept.contains(where: { module.closes.subtracting($0.closes).isEmpty }) {
            kept.append(module)
        }
        self.modules = kept
    }

    /// The modules, cheapest first, and whether no better set exists.
    ///
    /// - Parameter limit: How many sets are looked at before the best so far is given.
    func solve(limit: Int) -> (modules: [Module], isProven: Bool) {
        var all = GapSet()
        for module in modules { all = all.union(module.closes) }
        var search = Search(modules: modules, left: limit)
        search.best = greedy(all)
        search.extend([], price: 0, open: all)
        return (search.best.sorted().map { modules[$0] }, search.left > 0)
    }

    /// The module that closes most of what is open, again and again.
    private func greedy(_ all: GapSet) -> [Int] {
        var open = all
        var chosen: [Int] = []
        while !open.isEmpty {
            // Of equals the cheapest, which stands first.
            let sizes = modules.map { $0.closes.places.count(where: open.contains) }
            guard let most = sizes.max(), let next = sizes.firstIndex(of: most) else { break }
            chosen.append(next)
            open = open.subtracting(modules[next].closes)
        }
        return chosen
    }

    /// Branches over the modules that close the gap with the fewest.
    private struct Search {
        let modules: [Module]
        var best: [Int] = []
        var left: Int

        init(modules: [Module], left: Int) {
            self.modules = modules
            self.left = left
        }

        /// Fewer modules, then cheaper, then those that stand first.
        private func isBetter(_ chosen: [Int], _ price: Int) -> Bool {
            if chosen.count != best.count { return chosen.count < best.count }
            let others = self.price(best)
            if price != others { return price < others }
            return chosen.sorted().lexicographicallyPrecedes(best.sorted())
        }

        private func price(_ chosen: [Int]) -> Int {
            chosen.reduce(0) { $0 + modules[$1].price }
        }

        mutating func extend(_ chosen: [Int], price: Int, open: GapSet) {
            guard left > 0 else { return }
            left -= 1
            guard !open.isEmpty else {
                if isBetter(chosen, price) { best = chosen }
                return
            }
            let places = open.places
            let most = modules.map { $0.closes.places.count(where: open.contains) }.max() ?? 1
            let least = chosen.count + (places.count + max(most, 1) - 1) / max(most, 1)
            guard least <= best.count, least < best.count || price <= self.price(best) else {
                return
            }
            let options = places.map { place in
                modules.indices.filter { modules[$0].closes.contains(place) }
            }
            guard let fewest = options.min(by: { $0.count < $1.count }) else { return }
            for next in fewest {
                extend(
                    chosen + [next], price: price + modules[next].price,
                    open: open.subtracting(modules[next].closes))
            }
        }
    }
}
