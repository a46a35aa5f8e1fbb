/// Regression trees that help to order concepts by what several views say of them together.
///
/// A sum of views cannot say that a likeness of letters counts more where the first words agree as well;
/// a tree can. They were grown by gradient boosting for the order of a list (LambdaMART; Burges 2010,
/// "From RankNet to LambdaRank to LambdaMART") on the public half of an evaluation set; how many there
/// are, how deep, and how much they count beside the sum was chosen by cross-validation
/// (`Skills.docc`). No judgement of the set is kept in them: a node asks how high a view stands, never
/// for a word or a concept.
struct RankingTrees: Sendable {
    /// How many concepts are put in order; those after them stay as they were.
    static let candidates = 200

    /// What a view says of all concepts.
    struct Seen {
        var view: RankingView
        var scores: [Float]
        /// The best of them.
        var most: Float
    }

    private struct Node: Sendable {
        /// What is asked: twice the view's place for its score, one more for its share of the best,
        /// and the one after all views for whether the concept is a group; -1 in a leaf.
        var feature: Int32
        /// At most this goes on with the next node; in a leaf, what it adds.
        var value: Float
        /// Where it goes on otherwise.
        var otherwise: Int32
    }

    private let nodes: [Node]
    private let roots: [Int]
    private let views: [RankingView]
    private let sight: [RankingView: Float]
    private let share: Float
    private let sharpness: Float

    /// Reads trees.
    ///
    /// - Parameters:
    ///   - text: Trees with semicolons between them, each its nodes with spaces or ends of line
    ///     between them: a leaf as its value, another as `feature:value:otherwise`, the latter its
    ///     place in the tree.
    ///   - views: The views in the order in which features are numbered.
    ///   - sight: What each view counts for the choice of the concepts that are put in order.
    ///   - share: What the trees count beside a sum, both in standard deviations.
    ///   - sharpness: What makes logarithms of odds of both together.
    init(
        _ text: String, views: [RankingView], sight: [RankingView: Float], share: Float,
        sharpness: Float
    ) {
        self.views = views
        self.sight = sight
        self.share = share
        self.sharpness = sharpness
        var nodes: [Node] = []
        var roots: [Int] = []
        for tree in text.split(separator: ";") {
            let root = nodes.count
            roots.append(root)
            for word in tree.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let parts = word.split(separator: ":")
                if parts.count == 3, let feature = Int32(parts[0]), let value = Float(parts[1]),
                    let otherwise = Int32(parts[2])
                {
                    nodes.append(
                        Node(feature: feature, value: value, otherwise: Int32(root) + otherwise))
                } else if parts.count == 1, let value = Float(word) {
                    nodes.append(Node(feature: -1, value: value, otherwise: 0))
                } else {
                    preconditionFailure("“\(word)” is no node")
                }
            }
        }
        self.nodes = nodes
        self.roots = roots
    }

    /// How near concepts are at first sight.
    func firstSight(_ seen: [Seen], count: Int) -> [Float] {
        var sums = [Float](repeating: 0, count: count)
        for one in seen {
            guard let weight = sight[one.view] else { continue }
            for concept in sums.indices { sums[concept] += weight * one.scores[concept] }
        }
        return sums
    }

    /// What the trees make of a concept; only differences between concepts mean anything.
    func score(_ concept: Int, isGroup: Bool, _ seen: [Seen]) -> Float {
        var features = [Float](repeating: 0, count: 2 * views.count + 1)
        for one in seen {
            guard let place = views.firstIndex(of: one.view) else { continue }
            features[2 * place] = one.scores[concept]
            features[2 * place + 1] = one.most > 0 ? one.scores[concept] / one.most : 0
        }
        features[2 * views.count] = isGroup ? -1 : 0
        var sum: Float = 0
        for root in roots {
            var place = root
            while nodes[place].feature >= 0 {
                place =
                    features[Int(nodes[place].feature)] <= nodes[place].value
                    ? place + 1 : Int(nodes[place].otherwise)
            }
            sum += nodes[place].value
        }
        return sum
    }

    /// Sums of views and of trees as one, logarithms of odds.
    func scores(_ sums: [Float], _ grown: [Float]) -> [Float] {
        zip(Self.standardised(sums), Self.standardised(grown)).map { sharpness * ($0 + share * $1) }
    }

    private static func standardised(_ scores: [Float]) -> [Float] {
        let count = Float(max(1, scores.count))
        let mean = scores.reduce(0, +) / count
        let spread = (scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        return scores.map { ($0 - mean) / (spread + 1e-6) }
    }
}
