import CourseModel

/// Finds the courses that several sources give: in two feeds, in two formats, through an aggregator.
///
/// Courses that share a rare word of their titles, an address, an id or a register entry are compared.
/// Within one source nothing is merged: a feed knows its own courses apart. A course has at most one
/// counterpart in another source, and where two fit nearly as well, the doubt is theirs to share.
public struct DuplicateFinder: Sendable {
    /// Two courses that may be the same.
    public struct Pair: Hashable, Sendable {
        /// Both, by id.
        public let courses: [ID<Course>]
        /// The chance that they are not the same, 0...1.
        public let doubt: Double
        /// What speaks for and against.
        public let evidence: [SameCourseScore.Evidence]
    }

    /// What was found.
    public struct Outcome: Sendable {
        /// Courses that are the same, at least two each.
        public var clusters: [[ID<Course>]]
        /// The pairs that were merged, surest first.
        public var merged: [Pair]
        /// The pairs that may be the same but are left apart, surest first.
        public var possible: [Pair]
    }

    /// The chance up to which two courses are merged, 0...1.
    public var mostDoubt: Double
    /// The chance up to which two courses are shown to a person, 0...1.
    public static let leastToShow = 0.5
    /// How much likelier a counterpart has to be than the next best, in doubt.
    private static let margin = 8.0
    /// What keeps two courses apart that are each like a third, however alike they are otherwise.
    private static let decisive: Set<SameCourseScore.Evidence> = [
        .otherLevel, .otherStep, .otherProvider,
    ]
    /// What is in more courses than this is no rare word.
    private static let largestBlock = 60

    /// A finder that merges up to a doubt.
    public init(mostDoubt: Double) { self.mostDoubt = mostDoubt }

    /// Finds duplicates.
    ///
    /// - Complexity: O(courses · rare words · courses with that word), the last at most 60.
    public func find(_ sketches: [CourseSketch]) -> Outcome {
        var titles: [Title: Int] = [:]
        for sketch in sketches { titles[Title(sketch), default: 0] += 1 }
        let counts = titles
        func compare(_ first: Int, _ second: Int) -> SameCourseScore {
            let (one, two) = (sketches[first], sketches[second])
            return SameCourseScore(
                one, two, isOnlyOfTitle: counts[Title(one)] == 1 && counts[Title(two)] == 1)
        }
        // Two that are each like a third need not be like one another.
        func areSame(_ first: Int, _ second: Int) -> Bool {
            let score = compare(first, second)
            return score.doubt <= mostDoubt && Self.decisive.isDisjoint(with: score.evidence)
        }
        let pairs = candidates(sketches).compactMap { first, second -> Scored? in
            let score = compare(first, second)
            guard score.doubt <= Self.leastToShow else { return nil }
            // By id, so that the order in which the courses come does not matter.
            return sketches[first].id < sketches[second].id
                ? Scored(first: first, second: second, score: score)
                : Scored(first: second, second: first, score: score)
        }.sorted {
            ($0.score.doubt, sketches[$0.first].id, sketches[$0.second].id)
                < ($1.score.doubt, sketches[$1.first].id, sketches[$1.second].id)
        }
        // For each course and other source, the doubts of its two best counterparts.
        var best: [Side: [Double]] = [:]
        for pair in pairs {
            for side in sides(pair, sketches) where best[side, default: []].count < 2 {
                best[side, default: []].append(pair.score.doubt)
            }
        }
        var clusters = Clusters(sketches)
        var outcome = Outcome(clusters: [], merged: [], possible: [])
        for pair in pairs {
            let rivals = sides(pair, sketches).compactMap { side -> Double? in
                let doubts = best[side] ?? []
                guard doubts.count > 1 else { return nil }
                return doubts[0] == pair.score.doubt ? doubts[1] : doubts[0]
            }
            // A rival that fits as well makes it a toss-up.
            var doubt = pair.score.doubt
            for rival in rivals where rival < Self.margin * max(pair.score.doubt, 1e-5) {
                doubt = max(doubt, rival <= pair.score.doubt ? 0.5 : mostDoubt * 1.01)
            }
            let found = Pair(
                courses: [sketches[pair.first].id, sketches[pair.second].id].sorted(),
                doubt: doubt, evidence: pair.score.evidence)
            if doubt <= mostDoubt, clusters.join(pair.first, pair.second, where: areSame) {
                outcome.merged.append(found)
            } else if !clusters.areTogether(pair.first, pair.second),
                !clusters.hasCounterpart(pair.first, pair.second)
            {
                outcome.possible.append(found)
            }
        }
        outcome.clusters = clusters.all.map { $0.map { sketches[$0].id }.sorted() }
            .sorted { $0[0] < $1[0] }
        outcome.possible.sort { ($0.doubt, $0.courses[0]) < ($1.doubt, $1.courses[0]) }
        return outcome
    }

    /// A title within a source.
    private struct Title: Hashable {
        var source: ID<Source>
        var hash: UInt64

        init(_ sketch: CourseSketch) {
            source = sketch.source
            hash = sketch.titleHash
        }
    }

    private struct Scored {
        var first: Int
        var second: Int
        var score: SameCourseScore
    }

    /// A course, looking at another source.
    private struct Side: Hashable {
        var course: Int
        var source: ID<Source>
    }

    private func sides(_ pair: Scored, _ sketches: [CourseSketch]) -> [Side] {
        [
            Side(course: pair.first, source: sketches[pair.second].source),
            Side(course: pair.second, source: sketches[pair.first].source),
        ]
    }

    /// The pairs of courses of different sources that share something rare.
    private func candidates(_ sketches: [CourseSketch]) -> [(Int, Int)] {
        var blocks: [Block: [Int32]] = [:]
        for (number, sketch) in sketches.enumerated() {
            var keys: Set<Block> = [.init(kind: 0, value: sketch.titleHash)]
            for word in sketch.title { keys.insert(.init(kind: 1, value: word)) }
            for (word, next) in zip(sketch.title, sketch.title.dropFirst()) {
                keys.insert(.init(kind: 2, value: word &* 31 ^ next))
            }
            if let url = sketch.url { keys.insert(.init(kind: 3, value: url)) }
            if let id = sketch.nativeID { keys.insert(.init(kind: 4, value: id)) }
            for key in keys { blocks[key, default: []].append(Int32(number)) }
        }
        var pairs: Set<UInt64> = []
        for block in blocks.values where block.count > 1 && block.count <= Self.largestBlock {
            for (place, first) in block.enumerated() {
                for second in block[(place + 1)...]
                where sketches[Int(first)].source != sketches[Int(second)].source {
                    pairs.insert(UInt64(first) << 32 | UInt64(second))
                }
            }
        }
        return pairs.sorted().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
    }

    private struct Block: Hashable {
        var kind: UInt8
        var value: UInt64
    }

    /// Courses that were found to be the same; never two of one source.
    private struct Clusters {
        private var parents: [Int]
        private var sources: [Int: Set<ID<Source>>] = [:]
        private var members: [Int: [Int]] = [:]
        private let sketches: [CourseSketch]

        init(_ sketches: [CourseSketch]) {
            self.sketches = sketches
            parents = Array(sketches.indices)
        }

        private mutating func root(_ number: Int) -> Int {
            var number = number
            while parents[number] != number {
                parents[number] = parents[parents[number]]
                number = parents[number]
            }
            return number
        }

        private func sources(of root: Int) -> Set<ID<Source>> {
            sources[root] ?? [sketches[root].source]
        }

        mutating func areTogether(_ first: Int, _ second: Int) -> Bool {
            root(first) == root(second)
        }

        /// Whether one of them already has a counterpart in the source of the other.
        mutating func hasCounterpart(_ first: Int, _ second: Int) -> Bool {
            sources(of: root(first)).contains(sketches[second].source)
                || sources(of: root(second)).contains(sketches[first].source)
        }

        /// Puts two together, unless that would put two courses of one source together, or two
        /// others that are not the same.
        ///
        /// - Parameter areSame: Whether two others, which were put with these before, are the same.
        mutating func join(
            _ first: Int, _ second: Int, where areSame: (Int, Int) -> Bool
        ) -> Bool {
            let (one, two) = (root(first), root(second))
            if one == two { return true }
            let (mine, others) = (sources(of: one), sources(of: two))
            guard mine.isDisjoint(with: others) else { return false }
            let (here, there) = (members[one] ?? [one], members[two] ?? [two])
            for number in here {
                for other in there where number != first || other != second {
                    guard areSame(number, other) else { return false }
                }
            }
            parents[two] = one
            members[one] = here + there
            members[two] = nil
            sources[one] = mine.union(others)
            sources[two] = nil
            return true
        }

        /// Those of at least two.
        var all: [[Int]] { Array(members.values) }
    }
}

extension CourseSketch {
    /// Stands for the whole title.
    fileprivate var titleHash: UInt64 {
        title.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x0000_0100_0000_01b3 }
    }
}
