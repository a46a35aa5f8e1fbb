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
    case labels(FlatArray<Int32>)
    /// Each text is that of a group; a concept counts as the best of its groups.
    case groups(FlatLists<Int32>)
    /// Each text is that of something that concepts are related to.
    case related(RelatedLinks)

    /// What concepts have of the scores of texts.
    func concepts(of units: [Float], count: Int) -> [Float] {
        switch self {
        case .concepts: return units
        case .labels(let owners):
            var scores = [Float](repeating: 0, count: count)
            owners.withElements { owners in
                for (owner, score) in zip(owners, units) where score > scores[Int(owner)] {
                    scores[Int(owner)] = score
                }
            }
            return scores
        case .groups(let groups):
            return (0..<groups.count).map { concept in
                groups.withList(concept) { $0.reduce(Float(0)) { max($0, units[Int($1)]) } }
            }
        case .related(let links): return links.spread(units, count: count)
        }
    }
}

/// Spreads what a text says of related concepts over the concepts that they are related to.
struct RelatedLinks: Sendable {
    /// A concept that a related one leads to.
    private struct Link: BitwiseCopyable {
        var concept: Int32
        var strength: Float
    }

    private let links: FlatLists<Link>

    /// How many related concepts are heard.
    private static let most = 20

    init(_ related: [RelatedConcept], conceptCount: Int) {
        // What nearly everything is related to says little.
        var sums = [Float](repeating: 0, count: conceptCount)
        for one in related { for link in one.links { sums[link.concept] += link.strength } }
        links = FlatLists(
            related.map { one in
                one.links.map {
                    Link(
                        concept: Int32($0.concept),
                        strength: $0.strength / (sums[$0.concept] + 3).squareRoot())
                }
            })
    }

    func spread(_ units: [Float], count: Int) -> [Float] {
        var scores = [Float](repeating: 0, count: count)
        let touched = units.indices.filter { units[$0] > 0 }
        let best = touched.sorted { units[$0] != units[$1] ? units[$0] > units[$1] : $0 < $1 }
        for unit in best.prefix(Self.most) {
            let value = units[unit] * units[unit]
            links.withList(unit) { links in
                for link in links { scores[Int(link.concept)] += value * link.strength }
            }
        }
        return scores
    }
}

extension UnitOwners {
    func write(to file: inout RankingFile.Writer) {
        switch self {
        case .concepts: file.put(0)
        case .labels(let owners):
            file.put(1)
            file.put(owners)
        case .groups(let groups):
            file.put(2)
            groups.write(to: &file)
        case .related(let links):
            file.put(3)
            links.write(to: &file)
        }
    }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        switch try file.number() {
        case 0: self = .concepts
        case 1: self = .labels(try file.array())
        case 2: self = .groups(try FlatLists(&file))
        case 3: self = .related(try RelatedLinks(&file))
        default: throw .damaged
        }
    }
}

extension RelatedLinks {
    func write(to file: inout RankingFile.Writer) { links.write(to: &file) }

    init(_ file: inout RankingFile.Reader) throws(RankingFile.Unreadable) {
        links = try FlatLists(&file)
    }
}
