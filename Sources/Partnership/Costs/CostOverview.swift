import CourseModel
import Ingest
import Matching
import SearchIndex
import Storage

/// What the courses that a query finds cost, for who pays for them and for who sets prices.
public struct CostOverview: Sendable {
    /// What one course costs.
    public struct Row: Sendable {
        /// The course, as the index has it.
        public let course: StoredCourse
        /// Its cheapest offering that the query finds.
        public let cost: OfferingCost
        /// The cheapest course that can stand in for it, when one costs less.
        public let equivalent: (course: StoredCourse, found: Equivalents.Equivalent)?
    }

    /// The prices of one sort of learning.
    public struct Group: Sendable {
        /// The sort of learning.
        public let kind: CourseKind
        /// How many courses.
        public let courses: Int
        /// How many of them have a price in euro.
        public let priced: Int
        /// How many of those are free.
        public let free: Int
        /// The median price of those that are not free, in euro cents.
        public let medianCents: Int?
        /// The median price of an hour of study of those that are not free, in euro cents.
        public let medianCentsPerHour: Int?
    }

    /// The sorts of learning that there are, in the order of `CourseKind`.
    public let groups: [Group]
    /// The courses that have a price, the cheapest hour of study first, then those of which the hours
    /// are not known by price; as many as were asked for.
    public let rows: [Row]
    /// How many courses have a price.
    public let priced: Int

    /// Works out what courses cost.
    ///
    /// - Parameters:
    ///   - query: Which offerings count, for courses and for what can stand in for them. When it says
    ///     nothing about place, what stands in must be within ``Equivalents/reach``.
    ///   - shown: The courses as they are shown.
    ///   - audience: Who pays.
    ///   - limit: How many courses are told; the others count in ``groups``.
    /// - Throws: `IndexError`, `StoreError`.
    /// - Complexity: Reads each course that the query finds.
    public init(
        of query: Query, in index: IndexReader, shown: ShownCourses,
        snapshot: any CatalogueSnapshot, funding: FundingRules, audience: Audience?, limit: Int
    ) throws {
        var found: [Int: Set<Int>] = [:]
        var all: Set<Int> = []
        try index.forEachMatch(of: query) { match in
            found[match.course, default: []].insert(match.offering)
            all.insert(match.offering)
        }
        var costs: [(course: StoredCourse, number: Int, cost: OfferingCost)] = []
        var tallies: [CourseKind: Tally] = [:]
        for (number, offerings) in found.sorted(by: { $0.key < $1.key }) {
            let course = try index.stored(course: number)
            guard let record = try shown.record(course.id, in: snapshot)?.record else { continue }
            let ids = Set(try offerings.map { try index.stored(offering: $0).id })
            let cost = record.offerings.lazy.filter { ids.contains($0.id) }.compactMap {
                OfferingCost($0, of: record.course, funding: funding, audience: audience)
            }.min { ($0.cents, $0.offering) < ($1.cents, $1.offering) }
            tallies[course.kind, default: Tally()].add(cost)
            if let cost { costs.append((course, number, cost)) }
        }
        costs.sort { first, second in
            let (one, two) = (first.cost.centsPerHour ?? .max, second.cost.centsPerHour ?? .max)
            return (one, first.cost.cents, first.course.id)
                < (two, second.cost.cents, second.course.id)
        }
        let isPlaced = query.near?.metres != nil || !query.regions.isEmpty || query.area != nil
        let equivalents = Equivalents(
            in: index, within: isPlaced ? .distance(metres: .infinity) : Equivalents.reach,
            today: query.today)
        priced = costs.count
        rows = try costs.prefix(limit).map { course, number, cost in
            let own = try index.number(of: cost.offering, ofCourse: number)
            let cheaper = try own.flatMap {
                try equivalents.cheapest(
                    of: number, from: $0, below: cost.cents, where: all.contains)
            }
            return Row(
                course: course, cost: cost,
                equivalent: try cheaper.map { (try index.stored(course: $0.course), $0) })
        }
        groups = CourseKind.allCases.compactMap { kind in tallies[kind]?.group(kind) }
    }

    private struct Tally {
        var courses = 0
        var priced = 0
        var free = 0
        var cents: [Int] = []
        var perHour: [Int] = []

        mutating func add(_ cost: OfferingCost?) {
            courses += 1
            guard let cost else { return }
            priced += 1
            guard cost.cents > 0 else {
                free += 1
                return
            }
            cents.append(cost.cents)
            if let hour = cost.centsPerHour { perHour.append(hour) }
        }

        func group(_ kind: CourseKind) -> Group {
            Group(
                kind: kind, courses: courses, priced: priced, free: free,
                medianCents: Self.median(cents), medianCentsPerHour: Self.median(perHour))
        }

        /// The middle value; of an even number the lower of the two in the middle.
        private static func median(_ values: [Int]) -> Int? {
            values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
        }
    }
}
