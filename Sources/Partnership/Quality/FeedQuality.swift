import CourseModel
import Quality
import SearchIndex
import Storage

/// How good the information is that a source gives: what its owner gets to read.
public struct FeedQuality: Sendable {
    /// A kind of fault, how often it was told, and where it stands first.
    public struct Fault: Sendable {
        /// How bad it is.
        public var severity: Diagnostic.Severity
        /// Which one.
        public var code: DiagnosticCode
        /// How often.
        public var count: Int
        /// Some of them; none for what was read before they were kept.
        public var examples: [Diagnostic]
    }

    /// How many faults of a kind are given as examples.
    public static let exampleCount = 3
    /// How many repairs are told as those that help most.
    public static let repairCount = 3

    /// The source and its last runs.
    public let status: SourceStatus
    /// How complete its courses are.
    public let completeness: FeedCompleteness
    /// How many of its offerings learners can still take up, as they are shown.
    public let ahead: Int
    /// What was wrong in its last good feed, the worst and most frequent first.
    public let faults: [Fault]
    /// What could be mended, what learners would gain most by first.
    public let repairs: [FeedRepair]

    /// The run that the catalogue has the source's records from.
    public var run: RunRecord { status.lastGoodRun ?? status.lastRun }

    /// Looks at a source.
    ///
    /// What learners cannot find is counted in the index, as searches read it: a place that the
    /// gazetteer found counts as said, and a skill that was found in the text does, too. Courses that
    /// another source gives as well, and better, are left out of that.
    ///
    /// - Parameter today: The day that tells past offerings from coming ones.
    /// - Throws: `StoreError`, `IndexError`.
    /// - Complexity: One pass over the source's courses.
    public init(
        of status: SourceStatus, in snapshot: any CatalogueSnapshot, index: IndexReader,
        today: CalendarDate
    ) throws {
        self.status = status
        let source = status.source.id
        var completeness = FeedCompleteness()
        var counter = RepairCounter(index: index, today: today)
        try snapshot.forEachRecord(since: nil, states: [.present], source: source) { stored in
            completeness.add(CourseCompleteness(stored.record))
            try counter.count(stored.record)
        }
        try snapshot.forEachQuarantined(of: source) { counter.count($0) }
        var examples: [DiagnosticCount.Key: [Diagnostic]] = [:]
        func keep(_ diagnostic: Diagnostic) {
            let key = DiagnosticCount.Key(severity: diagnostic.severity, code: diagnostic.code)
            if examples[key, default: []].count < Self.exampleCount {
                examples[key, default: []].append(diagnostic)
            }
        }
        try snapshot.forEachDiagnostic(of: source) { keep($1) }
        try snapshot.forEachQuarantined(of: source) { $0.reasons.forEach(keep) }
        let run = status.lastGoodRun ?? status.lastRun
        run.feedDiagnostics.forEach(keep)
        faults = run.diagnosticCounts.map { count in
            Fault(
                severity: count.severity, code: count.code, count: count.count,
                examples: examples[.init(severity: count.severity, code: count.code)] ?? [])
        }.sorted { first, second in
            if first.severity != second.severity { return first.severity > second.severity }
            if first.count != second.count { return first.count > second.count }
            return first.code < second.code
        }
        self.completeness = completeness
        ahead = counter.ahead
        repairs = counter.repairs
    }
}

/// Counts what learners would gain by each repair.
private struct RepairCounter {
    let index: IndexReader
    let today: CalendarDate
    private(set) var ahead = 0
    private var found: [FeedRepair.Kind: FeedRepair] = [:]

    init(index: IndexReader, today: CalendarDate) {
        self.index = index
        self.today = today
    }

    /// What learners would gain most by first; of equals the one that is named first.
    var repairs: [FeedRepair] {
        found.values.sorted { first, second in
            if first.effect != second.effect { return first.effect > second.effect }
            return Self.order(first.kind) < Self.order(second.kind)
        }
    }

    private static func order(_ kind: FeedRepair.Kind) -> String {
        switch kind {
        case .accept(let code): "0" + code.name
        case .newOccasion: "1"
        case .say(let field): "2" + field.rawValue
        }
    }

    private mutating func add(_ kind: FeedRepair.Kind, _ offerings: Int, _ course: String) {
        guard offerings > 0 else { return }
        found[kind, default: FeedRepair(kind)].count(offerings, of: course)
    }

    mutating func count(_ record: QuarantinedRecord) {
        guard let reason = record.reasons.first else { return }
        let name = record.nativeID ?? reason.record ?? record.file
        add(.accept(reason.code), max(1, record.count.offerings), name)
    }

    mutating func count(_ record: CourseRecord) throws {
        let course = record.course
        guard let number = try index.number(of: course.id) else { return }
        let rows = try index.offerings(ofCourse: number).map { try index.offering($0) }
            .filter { $0.availableUntil >= today.daysSince1970 }
        ahead += rows.count
        guard !rows.isEmpty else { return add(.newOccasion, 1, course.id.value) }
        func say(_ field: CompletenessField, _ lacks: (OfferingRow) -> Bool) {
            add(.say(field), rows.count(where: lacks), course.id.value)
        }
        let facts = try index.course(number)
        say(.place) {
            $0.latitude == OfferingRow.noPlace && $0.flags & OfferingRow.needsNoTravel == 0
        }
        say(.start) { $0.start == OfferingRow.unknownStart }
        if course.funding.isDisjoint(from: [.government, .bbl]) {
            say(.price) { $0.price == OfferingRow.unknownPrice }
        }
        say(.duration) { $0.weeks == OfferingRow.unknownWeeks }
        say(.mode) { $0.modes == 0 }
        if facts.level == 0 { say(.level) { _ in true } }
        if course.subjects.isEmpty { say(.subjects) { _ in true } }
        let skills = try index.skills(ofCourse: number)
        if !skills.contains(where: { $0.isDeclared || $0.weight >= TaughtSkills.leastWeight }) {
            say(.skills) { _ in true }
        }
    }
}

extension [FundingScheme] {
    fileprivate func isDisjoint(from others: Set<FundingScheme>) -> Bool {
        !contains(where: others.contains)
    }
}
