/// The words of a query as posting lists, ready to be walked.
///
/// A course fits when every required clause has an alternative that holds in it, and no excluded
/// clause has. An alternative holds when all its leaves do, in the order of its phrase if it has one.
/// A clause is scored by its best alternative that holds, an alternative by the sum of its leaves.
struct WordPlan: ~Copyable {
    /// A posting list and what one step of its codes is worth.
    struct Leaf {
        var cursor: PostingCursor
        var value: Float
    }

    /// A way to satisfy a clause.
    struct Alternative {
        var leaves: [Leaf]
        /// The order in which they must stand.
        var phrase: PhraseTest?
    }

    /// What a clause does to a course.
    enum Role {
        /// It must hold.
        case required
        /// It adds to the score when it holds.
        case optional
        /// It must not hold.
        case excluded
    }

    /// A clause: a range of alternatives.
    struct Clause {
        var alternatives: Range<Int>
        var role: Role
        var isScored: Bool
        /// The leaf, when there is one alternative with one leaf; else -1.
        var onlyLeaf: Int
        /// The highest score that it can add.
        var bound: Float
        /// How many courses have to be looked at when this clause leads.
        var cost: Int
        /// What to drop for it to be relaxed.
        var condition: Condition?

        var isRequired: Bool { role == .required }
    }

    private(set) var clauses: [Clause] = []
    private var alternatives: [Range<Int>] = []
    private var gathered: [Leaf] = []
    /// The leaves once the plan is prepared: cursors move without a check of who owns the array.
    private var leaves = UnsafeMutableBufferPointer<Leaf>(start: nil, count: 0)
    /// Whether some required clause holds in no course.
    private(set) var isImpossible = false
    /// The clause that leads; `nil` when nothing is required and every course must be looked at.
    private(set) var leader: Int?
    /// The leaves that lead: the shortest of each alternative of the leading clause.
    private var leaders: [Int] = []
    /// The other required clauses of one leaf, rarest first, and all the rest.
    private var singles: [Int] = []
    private var others: [Int] = []
    private var hasOthers = false
    /// The order of words that an alternative asks for, by alternative.
    private var phrases: [Int: PhraseTest] = [:]
    /// Damage that was met while looking at the order of words.
    private(set) var failure: IndexError?
    /// Lists made for this query, which leaves point into.
    private var owned: [UnsafeMutableRawPointer] = []
    /// The chunks of courses that are asked about (``ChunkSet``); `nil` for all.
    private var chunks: UnsafeMutablePointer<UInt64>?

    deinit {
        leaves.deallocate()
        chunks?.deallocate()
        for list in owned { list.deallocate() }
    }

    /// Adds a clause; alternatives without leaves are passed over.
    mutating func add(
        _ ways: [Alternative], role: Role = .required, isScored: Bool = true,
        condition: Condition?
    ) {
        let first = alternatives.count
        var cost = 0
        var bound: Float = 0
        var hasPhrase = false
        for way in ways where !way.leaves.isEmpty {
            if let phrase = way.phrase {
                phrases[alternatives.count] = phrase
                hasPhrase = true
            }
            alternatives.append(gathered.count..<gathered.count + way.leaves.count)
            gathered += way.leaves
            bound = max(bound, way.leaves.reduce(0) { $0 + $1.value * 255 })
            cost += way.leaves.lazy.map(\.cursor.count).min() ?? 0
        }
        if role == .required, first == alternatives.count { isImpossible = true }
        let isSingle =
            !hasPhrase && alternatives.count == first + 1 && alternatives[first].count == 1
        clauses.append(
            Clause(
                alternatives: first..<alternatives.count, role: role,
                isScored: isScored, onlyLeaf: isSingle ? alternatives[first].lowerBound : -1,
                bound: bound, cost: cost, condition: condition))
    }

    /// Keeps a list alive as long as the plan.
    mutating func own(_ bytes: [UInt8]) -> UnsafeRawPointer {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: bytes.count + 8, alignment: 8)
        copy.initializeMemory(as: UInt8.self, repeating: 0, count: bytes.count + 8)
        bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
        owned.append(copy)
        return UnsafeRawPointer(copy)
    }

    /// Chooses the clause that leads and the order in which the others are asked.
    mutating func prepare() {
        leaves.deallocate()
        leaves = .allocate(capacity: gathered.count)
        _ = leaves.initialize(fromContentsOf: gathered)
        leader = nil
        for index in clauses.indices where clauses[index].isRequired {
            if leader.map({ clauses[index].cost < clauses[$0].cost }) ?? true { leader = index }
        }
        leaders = []
        singles = []
        others = []
        for index in clauses.indices {
            let clause = clauses[index]
            if index == leader {
                var isWhole = true
                for alternative in clause.alternatives {
                    let range = alternatives[alternative]
                    var shortest = range.lowerBound
                    for leaf in range
                    where leaves[leaf].cursor.count < leaves[shortest].cursor.count {
                        shortest = leaf
                    }
                    leaders.append(shortest)
                    if range.count > 1 { isWhole = false }
                }
                if !isWhole || clause.alternatives.contains(where: { phrases[$0] != nil }) {
                    others.append(index)
                }
            } else if clause.isRequired, clause.onlyLeaf >= 0 {
                singles.append(clause.onlyLeaf)
            } else if clause.role != .optional {
                others.append(index)
            }
        }
        hasOthers = !others.isEmpty
        if singles.count > 1 {
            singles.sort { leaves[$0].cursor.count < leaves[$1].cursor.count }
        }
    }

    /// Passes over courses of other chunks from now on.
    mutating func keep(to set: ChunkSet) {
        chunks?.deallocate()
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: set.words.count)
        for (index, word) in set.words.enumerated() { (words + index).initialize(to: word) }
        chunks = words
    }

    /// How many courses the leading clause makes one look at.
    var cost: Int { leader.map { clauses[$0].cost } ?? .max }

    /// Hands out, in ascending order, the courses of a range in which all clauses hold.
    ///
    /// Ranges come in ascending order too.
    @inline(__always)
    mutating func forEachCourse(
        in range: Range<Int>,
        _ body: (_ course: Int, _ plan: inout WordPlan) throws(IndexError) -> Void
    ) throws(IndexError) {
        guard leader != nil else {
            for course in range where holds(UInt32(truncatingIfNeeded: course)) {
                try body(course, &self)
            }
            return
        }
        let end = UInt32(truncatingIfNeeded: range.upperBound)
        let start = UInt32(truncatingIfNeeded: range.lowerBound)
        if leaders.count == 1 {
            let leaf = leaders[0]
            leaves[leaf].cursor.seek(start)
            while true {
                let course = leaves[leaf].cursor.course
                if course >= end { return }
                if holds(course) { try body(Int(course), &self) }
                leaves[leaf].cursor.advance()
            }
        }
        var course = seekLeaders(start)
        while course < end {
            if holds(course) { try body(Int(course), &self) }
            course = seekLeaders(course + 1)
        }
    }

    private mutating func seekLeaders(_ target: UInt32) -> UInt32 {
        var first = PostingCursor.end
        for index in leaders.indices {
            let leaf = leaders[index]
            leaves[leaf].cursor.seek(target)
            first = min(first, leaves[leaf].cursor.course)
        }
        return first
    }

    /// Whether a course is in a chunk that is asked about, and all clauses but a leading one of single
    /// leaves hold in it.
    @inline(__always)
    private mutating func holds(_ course: UInt32) -> Bool {
        if let chunks, !ChunkSet.contains(course, in: chunks) { return false }
        var index = 0
        while index < singles.count {
            let leaf = singles[index]
            leaves[leaf].cursor.seek(course)
            if leaves[leaf].cursor.course != course { return false }
            index &+= 1
        }
        return !hasOthers || othersHold(course)
    }

    private mutating func othersHold(_ course: UInt32) -> Bool {
        for index in others where contains(index, course) != clauses[index].isRequired {
            return false
        }
        return true
    }

    private mutating func contains(_ clause: Int, _ course: UInt32) -> Bool {
        for alternative in clauses[clause].alternatives {
            var all = true
            for leaf in alternatives[alternative] {
                leaves[leaf].cursor.seek(course)
                if leaves[leaf].cursor.course != course {
                    all = false
                    break
                }
            }
            if all, phrases.isEmpty || stands(alternative, course) { return true }
        }
        return false
    }

    /// Whether the words of an alternative stand in the order that it asks for, if it does.
    private mutating func stands(_ alternative: Int, _ course: UInt32) -> Bool {
        guard let phrase = phrases[alternative] else { return true }
        do throws(IndexError) {
            return try phrase.holds(Int(course))
        } catch {
            failure = error
            return false
        }
    }

    /// A score that no course in the blocks at hand exceeds, once all clauses hold in one of them.
    ///
    /// The same sum as ``score(_:)`` with every term at least as large, so rounding keeps the order.
    @inline(__always)
    func scoreBound() -> Float {
        var bound: Float = 0
        var index = 0
        while index < clauses.count {
            let leaf = clauses[index].onlyLeaf
            if clauses[index].role != .excluded, clauses[index].isScored {
                // Only of a required clause does the list stand at a course that it holds in.
                bound +=
                    leaf >= 0 && clauses[index].isRequired
                    ? leaves[leaf].value * Float(leaves[leaf].cursor.maxCode)
                    : clauses[index].bound
            }
            index &+= 1
        }
        return bound
    }

    /// How well the words fit a course in which all clauses hold.
    mutating func score(_ course: UInt32) -> Float {
        var score: Float = 0
        for index in clauses.indices {
            let leaf = clauses[index].onlyLeaf
            guard clauses[index].role != .excluded, clauses[index].isScored else { continue }
            if leaf >= 0, clauses[index].isRequired {
                score += leaves[leaf].value * Float(leaves[leaf].cursor.code)
            } else {
                score += bestAlternative(index, course).score
            }
        }
        return score
    }

    /// Which alternative of a clause adds most to the score of a course, counted within the clause,
    /// and how much each of its leaves adds; `nil` when none holds.
    ///
    /// Courses are asked about in ascending order.
    mutating func parts(
        _ clause: Int, _ course: UInt32
    ) -> (alternative: Int, leaves: [Float])? {
        let best = bestAlternative(clause, course)
        guard let alternative = best.alternative else { return nil }
        return (
            alternative - clauses[clause].alternatives.lowerBound,
            alternatives[alternative].map {
                leaves[$0].value * Float(leaves[$0].cursor.code)
            }
        )
    }

    private mutating func bestAlternative(
        _ clause: Int, _ course: UInt32
    ) -> (score: Float, alternative: Int?) {
        var best: (score: Float, alternative: Int?) = (0, nil)
        for alternative in clauses[clause].alternatives {
            var sum: Float = 0
            var all = true
            for leaf in alternatives[alternative] {
                leaves[leaf].cursor.seek(course)
                guard leaves[leaf].cursor.course == course else {
                    all = false
                    break
                }
                sum += leaves[leaf].value * Float(leaves[leaf].cursor.code)
            }
            guard all, best.alternative == nil || sum > best.score,
                phrases.isEmpty || stands(alternative, course)
            else { continue }
            best = (sum, alternative)
        }
        return best
    }
}
