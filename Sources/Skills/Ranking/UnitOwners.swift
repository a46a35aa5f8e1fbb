#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Which concepts the texts of an index speak for.
enum UnitOwners: Sendable {
    /// Text n is that of concept n.
    case concepts
    /// Each text is that of one concept; a concept counts as its best one.
    case labels([Int32])
    /// Each text is that of a group; a concept counts as the best of its groups.
    case groups([[Int32]])
    /// Each text is that of something that concepts are related to.
    case related(RelatedLinks)

    /// What concepts have of the scores of texts.
    func concepts(of units: [Float], count: Int) -> [Float] {
        switch self {
        case .concepts: return units
        case .labels(let owners):
            var scores = [Float](repeating: 0, count: count)
            for (unit, score) in units.enumerated() where score > scores[Int(owners[unit])] {
                scores[Int(owners[unit])] = score
            }
            return scores
        case .groups(let groups):
            return groups.map { $0.reduce(Float(0)) { max($0, units[Int($1)]) } }
        case .related(let links): return links.spread(units, count: count)
        }
    }
}

/// Spreads what a text says of related concepts over the concepts that they are related to.
struct RelatedLinks: Sendable {
    private let links: [[(concept: Int32, strength: Float)]]

    /// How many related concepts are heard.
    private static let most = 20

    init(_ related: [RelatedConcept], conceptCount: Int) {
        // What nearly everything is related to says little.
        var sums = [Float](repeating: 0, count: conceptCount)
        for one in related { for link in one.links { sums[link.concept] += link.strength } }
        links = related.map { one in
            one.links.map {
                (Int32($0.concept), $0.strength / (sums[$0.concept] + 3).squareRoot())
            }
        }
    }

    func spread(_ units: [Float], count: Int) -> [Float] {
        var scores = [Float](repeating: 0, count: count)
        let touched = units.indices.filter { units[$0] > 0 }
        let best = touched.sorted { units[$0] != units[$1] ? units[$0] > units[$1] : $0 < $1 }
        for unit in best.prefix(Self.most) {
            let value = units[unit] * units[unit]
            for link in links[unit] { scores[Int(link.concept)] += value * link.strength }
        }
        return scores
    }
}
