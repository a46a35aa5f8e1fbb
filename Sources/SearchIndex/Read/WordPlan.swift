/// The words of a query as posting lists, ready to be walked.
///
/// A course fits when every clause has an alternative all of whose leaves hold it, and no excluded
/// clause has. A clause is scored by its best alternative, an alternative by the sum of its leaves.
struct WordPlan: ~Copyable {
    /// A posting list and what one step of its codes is worth.
    struct Leaf {
        var cursor: PostingCursor
        var value: Float
    }

    /// A clause: a range of ``alternatives``.
    struct Clause {
        var alternatives: Range<Int>
        /// The course that the clause was last found in, so that scoring need not look again.
        var isRequired: Bool
        var isScored: Bool
        /// How many courses have to be looked at when this clause leads.
        var cost: Int
        /// What to drop for it to be relaxed.
        var condition: Condition
    }

    var leaves: [Leaf] = []
    var alternatives: [Range<Int>] = []
    var clauses: [Clause] = []
    /// The leaves that lead: the shortest of each alternative of the cheapest required clause.
    private(set) var drivers: [Int] = []
    private(set) var driverClause: Int?
    /// Whether some clause can hold in no course.
    var isImpossible = false
    /// Lists made for this query, which leaves point into.
    private var owned: [UnsafeMutableRawPointer] = []

    deinit { for list in owned { list.deallocate() } }

    /// Adds a clause; each alternative is a list of leaves, none of them empty.
    mutating func add(
        _ lists: [[Leaf]], isRequired: Bool = true, isScored: Bool = true, condition: Condition
    ) {
        let first = alternatives.count
        var cost = 0
        for list in lists where !list.isEmpty {
            alternatives.append(leaves.count..<leaves.count + list.count)
            leaves += list
            cost += list.map(\.cursor.count).min() ?? 0
        }
        if isRequired, first == alternatives.count { isImpossible = true }
        clauses.append(
            Clause(
                alternatives: first..<alternatives.count, isRequired: isRequired,
                isScored: isScored, cost: cost, condition: condition))
    }

    /// Keeps a list alive as long as the plan.
    mutating func own(_ bytes: [UInt8]) -> UnsafeRawPointer {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: bytes.count + 8, alignment: 8)
        copy.initializeMemory(as: UInt8.self, repeating: 0, count: bytes.count + 8)
        bytes.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
        owned.append(copy)
        return UnsafeRawPointer(copy)
    }

    /// Chooses the clause that leads.
    mutating func prepare() {
        driverClause = nil
        drivers = []
        for (index, clause) in clauses.enumerated() where clause.isRequired {
            if driverClause.map({ clause.cost < clauses[$0].cost }) ?? true { driverClause = index }
        }
        guard let driverClause else { return }
        for alternative in clauses[driverClause].alternatives {
            if let shortest = alternatives[alternative].min(by: {
                leaves[$0].cursor.count < leaves[$1].cursor.count
            }) {
                drivers.append(shortest)
            }
        }
    }

    /// How many courses have to be looked at; `nil` when nothing is required and all must be.
    var cost: Int? { driverClause.map { clauses[$0].cost } }

    /// The first course from `target` on that the leading clause may hold.
    @inline(__always)
    mutating func seekDriver(_ target: UInt32) -> UInt32 {
        if drivers.count == 1 {
            let leaf = drivers[0]
            leaves[leaf].cursor.seek(target)
            return leaves[leaf].cursor.course
        }
        var first = PostingCursor.end
        for leaf in drivers {
            leaves[leaf].cursor.seek(target)
            first = min(first, leaves[leaf].cursor.course)
        }
        return first
    }

    /// The first course behind `course` that the leading clause may hold.
    @inline(__always)
    mutating func advanceDriver(_ course: UInt32) -> UInt32 {
        if drivers.count == 1 {
            let leaf = drivers[0]
            leaves[leaf].cursor.advance()
            return leaves[leaf].cursor.course
        }
        return seekDriver(course + 1)
    }

    /// Whether all clauses hold in a course; courses must be asked for in ascending order.
    @inline(__always)
    mutating func holds(_ course: UInt32) -> Bool {
        for index in clauses.indices {
            let clause = clauses[index]
            if clause.isRequired != contains(clause, course) { return false }
        }
        return true
    }

    @inline(__always)
    private mutating func contains(_ clause: Clause, _ course: UInt32) -> Bool {
        for alternative in clause.alternatives {
            var all = true
            for leaf in alternatives[alternative] {
                leaves[leaf].cursor.seek(course)
                if leaves[leaf].cursor.course != course {
                    all = false
                    break
                }
            }
            if all { return true }
        }
        return false
    }

    /// How well the words fit a course that ``holds(_:)`` said yes to last.
    mutating func score(_ course: UInt32) -> Float {
        var score: Float = 0
        for clause in clauses where clause.isRequired && clause.isScored {
            var best: Float = 0
            for alternative in clause.alternatives {
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
                if all { best = max(best, sum) }
            }
            score += best
        }
        return score
    }
}
