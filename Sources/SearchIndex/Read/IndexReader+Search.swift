import CourseModel
import Text

extension IndexReader {
    /// An offering that fits a query, as ``forEachMatch(of:_:)`` finds it.
    public struct Match: Sendable {
        /// The offering's number.
        public let offering: Int
        /// The offering's facts.
        public let row: OfferingRow
        /// The course's number.
        public let course: Int
        /// The course's facts.
        public let courseRow: CourseRow
        /// How well the words fit.
        public let score: Float
    }

    /// Answers a query.
    ///
    /// Answers are exact: totals, counts and order are those that looking at every offering would
    /// give. Nothing is wrong with any query; what words meant stands in the answer.
    ///
    /// - Throws: ``IndexError/damaged(path:section:)``.
    /// - Complexity: O(courses that have the rarest word, or lie near) plus O(log `limit`) for each
    ///   that fits.
    public func search(_ query: Query) throws(IndexError) -> SearchResults {
        let results = try search(query, some: false)
        guard results.totalCourses < query.fewestWithAllWords, try hasFew(query) else {
            return results
        }
        return try search(query, some: true)
    }

    private func search(_ query: Query, some: Bool) throws(IndexError) -> SearchResults {
        var words = WordPlan()
        let understood = try plan(query, &words, some: some).understood
        let rows = try RowTest(query, self)
        let place = try PlaceTest(query, self)
        let counter = FacetCounter(query.facets, self)
        let scan = Scan(
            reader: self, rows: rows, place: place,
            tolerated: counter.bits & (rows.bits | place.bits),
            countsNoTravel: query.countsNoTravel && place.bits != 0 && !place.acceptsNoTravel)
        var sink = SearchSink(query, scan, counter, hasWords: !understood.words.isEmpty)
        try scan.run(&words, &sink)
        var results = SearchResults(
            total: sink.total, totalCourses: sink.totalCourses, hits: sink.hits(query),
            facets: try sink.counter.facets(query), understood: understood,
            needingNoTravel: scan.countsNoTravel ? sink.withoutTravel : 0, relaxations: [])
        if let most = query.relaxesUpTo, results.total <= most {
            results.relaxations = try relaxations(query, some, rows, place, results.total)
        }
        return results
    }

    /// Whether few courses have all words of a query that asks for several.
    private func hasFew(_ query: Query) throws(IndexError) -> Bool {
        var words = WordPlan()
        let answer = try WordResolver(reader: self).add(query, to: &words)
        guard answer.understood.words.lazy.filter({ !$0.isOptional }).count > 1 else {
            return false
        }
        if words.isImpossible { return true }
        words.prepare()
        var having = 0
        try words.forEachCourse(in: 0..<courseCount) { _, _ in having += 1 }
        return having < query.fewestWithAllWords
    }

    /// Hands out every offering that fits, by ascending number; order, page and facets of the query
    /// do not count.
    ///
    /// - Throws: ``IndexError/damaged(path:section:)``.
    public func forEachMatch(
        of query: Query, _ body: (Match) -> Void
    ) throws(IndexError) {
        let some = query.fewestWithAllWords > 0 ? try hasFew(query) : false
        var words = WordPlan()
        let understood = try plan(query, &words, some: some).understood
        let scan = Scan(
            reader: self, rows: try RowTest(query, self), place: try PlaceTest(query, self),
            tolerated: 0, countsNoTravel: false)
        try withoutActuallyEscaping(body) { body throws(IndexError) in
            var sink = MatchSink(self, hasWords: !understood.words.isEmpty, body: body)
            try scan.run(&words, &sink)
        }
    }

    /// The venue of an offering that meets the query's conditions on place and is nearest, counted in
    /// ``StoredOffering/places``, and great-circle metres to it; infinite when unknown.
    public func nearestVenue(
        of offering: Int, for query: Query
    ) throws(IndexError) -> (venue: Int, metres: Double) {
        let scan = Scan(
            reader: self, rows: try RowTest(query, self), place: try PlaceTest(query, self),
            tolerated: 0, countsNoTravel: false)
        return try scan.nearestVenue(of: offering, try offerings.row(offering))
    }

    /// Puts words and tags of a query into a plan.
    private func plan(
        _ query: Query, _ words: inout WordPlan, some: Bool, dropping dropped: Condition? = nil
    ) throws(IndexError) -> WordResolver.Answer {
        let answer = try WordResolver(reader: self)
            .add(query, to: &words, some: some, dropping: dropped)
        for (space, keys, condition) in tags(query) where condition != dropped {
            var ways: [WordPlan.Alternative] = []
            for key in keys.sorted() {
                guard let term = try term(space, key) else { continue }
                ways.append(.init(leaves: [.init(cursor: try cursor(term), value: 0)]))
            }
            words.add(ways, isScored: false, condition: condition)
        }
        return answer
    }

    private func tags(_ query: Query) -> [(TermSpace, Set<String>, Condition)] {
        var tags: [(TermSpace, Set<String>, Condition)] = []
        if !query.skills.isEmpty { tags.append((.skill, query.skills, .skill)) }
        if !query.occupationSkills.isEmpty {
            tags.append((.skill, query.occupationSkills, .occupation))
        }
        if !query.subjects.isEmpty {
            tags.append((.subject, Set(query.subjects.map(SubjectKey.key)), .subject))
        }
        return tags
    }

    private func relaxations(
        _ query: Query, _ some: Bool, _ rows: RowTest, _ place: PlaceTest, _ total: Int
    ) throws(IndexError) -> [Relaxation] {
        var totals: [(Condition, Int)] = []
        let scan = Scan(
            reader: self, rows: rows, place: place, tolerated: rows.bits | place.bits,
            countsNoTravel: false)
        var sink = RelaxationSink()
        var words = WordPlan()
        _ = try plan(query, &words, some: some)
        try scan.run(&words, &sink)
        for (index, condition) in ConditionBits.conditions.enumerated() {
            totals.append((condition, total + sink.counts[index]))
        }
        let strict = Scan(
            reader: self, rows: rows, place: place, tolerated: 0, countsNoTravel: false)
        func count(dropping condition: Condition) throws(IndexError) -> Int {
            var words = WordPlan()
            _ = try plan(query, &words, some: some, dropping: condition)
            var sink = CountSink()
            try strict.run(&words, &sink)
            return sink.total
        }
        for clause in words.clauses {
            guard clause.isRequired, let condition = clause.condition, case .word = condition
            else { continue }
            totals.append((condition, try count(dropping: condition)))
        }
        for (_, _, condition) in tags(query) {
            totals.append((condition, try count(dropping: condition)))
        }
        return totals.filter { $0.1 > total }.sorted { $0.1 > $1.1 }
            .map { Relaxation(condition: $0.0, total: $0.1) }
    }
}

/// Gathers what a search answers.
private struct SearchSink: ScanSink {
    private let scan: Scan
    private let near: Bool
    private let hasWords: Bool
    private let groups: Bool
    private let needsOfferings: Bool
    private let today: Int32
    private var top: TopHits
    /// The offerings of the course at hand that fit: a whole range, or these.
    private var currentRange = 0..<0
    private var current: [UInt32] = []
    private(set) var counter: FacetCounter
    private(set) var total = 0
    private(set) var totalCourses = 0
    private(set) var withoutTravel = 0

    init(_ query: Query, _ scan: Scan, _ counter: FacetCounter, hasWords: Bool) {
        self.scan = scan
        self.counter = counter
        self.hasWords = hasWords
        near = query.near != nil
        groups = query.groupsByCourse
        needsOfferings = counter.needsOfferings
        today = query.today.daysSince1970
        let (end, overflow) = max(query.offset, 0).addingReportingOverflow(max(query.limit, 0))
        let most = overflow ? Int.max : end
        top = TopHits(query.sort, most: query.limit > 0 ? min(most, scan.reader.offeringCount) : 0)
    }

    @inline(__always)
    mutating func fits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow
    ) throws(IndexError) {
        current.append(UInt32(truncatingIfNeeded: offering))
        if needsOfferings { try counter.count(offering, row, scan) }
    }

    @inline(__always)
    mutating func allFit(_ offerings: Range<Int>, _ course: CourseRow) throws(IndexError) {
        currentRange = offerings
        guard needsOfferings else { return }
        for number in offerings {
            try counter.count(number, try scan.reader.offerings.row(number), scan)
        }
    }

    @inline(__always)
    mutating func allNearlyFit(
        _ offerings: Range<Int>, _ course: CourseRow, but condition: UInt32
    ) {
        counter.count(course, offerings.count, but: condition)
    }

    mutating func nearlyFits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow, but condition: UInt32
    ) throws(IndexError) {
        try counter.count(offering, row, course, scan, but: condition)
    }

    mutating func fitsWithoutTravel() { withoutTravel += 1 }

    @inline(__always)
    func score(_ course: Int, _ words: inout WordPlan) -> Float? {
        guard !top.isEmptyByWish else { return nil }
        guard hasWords else { return 0 }
        if top.rules(out: words.scoreBound()) { return nil }
        return words.score(UInt32(truncatingIfNeeded: course))
    }

    @inline(__always)
    mutating func endCourse(
        _ course: Int, _ row: CourseRow, score: Float?
    ) throws(IndexError) {
        let count = current.count &+ currentRange.count
        total &+= count
        totalCourses &+= 1
        counter.count(row, count)
        if let score, !top.rules(out: score) { try rank(course, score, count) }
        if !current.isEmpty { current.removeAll(keepingCapacity: true) }
        currentRange = 0..<0
    }

    private mutating func rank(
        _ course: Int, _ score: Float, _ count: Int
    ) throws(IndexError) {
        var best: TopHits.Candidate?
        for index in 0..<count {
            let number =
                current.isEmpty ? currentRange.lowerBound + index : Int(current[index])
            let row = try scan.reader.offerings.row(number)
            var venue = 0
            var metres = Double.infinity
            if near {
                (venue, metres) = try scan.nearestVenue(of: number, row)
            } else if row.flags & OfferingRow.hasMoreVenues > 0, scan.place.bits != 0 {
                venue = try scan.nearestVenue(of: number, row).venue
            }
            let candidate = TopHits.Candidate(
                score: score, metres: metres,
                start: row.start == OfferingRow.continuousStart ? today : row.start,
                price: row.price, offering: UInt32(number), course: UInt32(course),
                venue: Int32(venue), offeringsOfCourse: UInt32(count))
            if !groups {
                top.insert(candidate)
            } else if best.map({ top.isBetter(candidate, $0) }) ?? true {
                best = candidate
            }
        }
        if let best { top.insert(best) }
    }

    func hits(_ query: Query) -> [Hit] {
        top.sorted().dropFirst(max(query.offset, 0)).map { candidate in
            Hit(
                offering: Int(candidate.offering), course: Int(candidate.course),
                score: candidate.score,
                metres: candidate.metres == .infinity ? nil : candidate.metres,
                venue: Int(candidate.venue), offeringsOfCourse: Int(candidate.offeringsOfCourse))
        }
    }
}

/// Hands out what fits.
private struct MatchSink: ScanSink {
    // Not counted: whoever calls a query holds the reader, and counts would make threads wait.
    private unowned(unsafe) let reader: IndexReader
    private let hasWords: Bool
    private let body: (IndexReader.Match) -> Void
    private var current: [(number: Int, row: OfferingRow)] = []

    init(_ reader: IndexReader, hasWords: Bool, body: @escaping (IndexReader.Match) -> Void) {
        self.reader = reader
        self.hasWords = hasWords
        self.body = body
    }

    mutating func fits(_ offering: Int, _ row: OfferingRow, _ course: CourseRow) {
        current.append((offering, row))
    }

    mutating func allFit(_ offerings: Range<Int>, _ course: CourseRow) throws(IndexError) {
        for number in offerings { current.append((number, try reader.offerings.row(number))) }
    }

    mutating func allNearlyFit(
        _ offerings: Range<Int>, _ course: CourseRow, but condition: UInt32
    ) {}

    mutating func nearlyFits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow, but condition: UInt32
    ) {}

    mutating func fitsWithoutTravel() {}

    func score(_ course: Int, _ words: inout WordPlan) -> Float? {
        hasWords ? words.score(UInt32(course)) : 0
    }

    mutating func endCourse(_ course: Int, _ row: CourseRow, score: Float?) {
        for (number, offering) in current {
            body(
                IndexReader.Match(
                    offering: number, row: offering, course: course, courseRow: row,
                    score: score ?? 0))
        }
        current.removeAll(keepingCapacity: true)
    }
}

/// Counts what leaving out each single condition would add.
private struct RelaxationSink: ScanSink {
    private(set) var counts = [Int](repeating: 0, count: 32)

    mutating func fits(_ offering: Int, _ row: OfferingRow, _ course: CourseRow) {}
    mutating func allFit(_ offerings: Range<Int>, _ course: CourseRow) {}

    mutating func allNearlyFit(
        _ offerings: Range<Int>, _ course: CourseRow, but condition: UInt32
    ) {
        counts[condition.trailingZeroBitCount] += offerings.count
    }

    mutating func nearlyFits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow, but condition: UInt32
    ) {
        counts[condition.trailingZeroBitCount] += 1
    }

    mutating func fitsWithoutTravel() {}
    func score(_ course: Int, _ words: inout WordPlan) -> Float? { nil }
    mutating func endCourse(_ course: Int, _ row: CourseRow, score: Float?) {}
}

/// Counts what fits.
private struct CountSink: ScanSink {
    private(set) var total = 0

    mutating func fits(_ offering: Int, _ row: OfferingRow, _ course: CourseRow) { total += 1 }

    mutating func allFit(_ offerings: Range<Int>, _ course: CourseRow) {
        total += offerings.count
    }

    mutating func allNearlyFit(
        _ offerings: Range<Int>, _ course: CourseRow, but condition: UInt32
    ) {}

    mutating func nearlyFits(
        _ offering: Int, _ row: OfferingRow, _ course: CourseRow, but condition: UInt32
    ) {}

    mutating func fitsWithoutTravel() {}
    func score(_ course: Int, _ words: inout WordPlan) -> Float? { nil }
    mutating func endCourse(_ course: Int, _ row: CourseRow, score: Float?) {}
}
