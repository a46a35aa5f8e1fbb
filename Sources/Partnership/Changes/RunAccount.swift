import Answers
import CourseModel
import Storage

/// Everything that one run of a source did, with the lists: what its owner and the operator read.
public struct RunAccount: Sendable {
    /// The run.
    public var run: RunRecord
    /// What it changed, or would change when it is held, course by course.
    public var changes: [CourseChange]
    /// Courses that left and came back under another id with the same title: old id, new id.
    public var renamed: [(old: ID<Course>, new: ID<Course>)]
    /// Offerings that had a venue before and have none now.
    public var placesLost: [ID<Offering>]
    /// What stood in the feed and was not accepted, with where and why.
    public var quarantine: [Quarantined]
    /// The last good run before it.
    public var previous: RunRecord?
    /// The last run before it that changed something.
    public var previousChange: RunRecord?

    /// A record in quarantine, without its bytes.
    public struct Quarantined: Sendable {
        /// What sort of record it is.
        public var kind: QuarantinedRecord.Kind
        /// What the feed calls it, when that could be read.
        public var nativeID: String?
        /// The file it stands in.
        public var file: String
        /// Where it starts there.
        public var position: SourcePosition?
        /// Why it was not accepted; never empty.
        public var reasons: [Diagnostic]

        init(_ record: QuarantinedRecord) {
            kind = record.kind
            nativeID = record.nativeID
            file = record.file
            position = record.position
            reasons = record.reasons
        }
    }

    /// Days since the source last said something new, when it did before.
    public var daysSinceChange: Int? {
        previousChange.map { Int(run.today.daysSince1970 - $0.today.daysSince1970) }
    }

    /// The account of a run.
    ///
    /// - Parameter language: That of titles and fields.
    /// - Throws: `StoreError`.
    public init(
        _ run: RunRecord, in snapshot: any CatalogueSnapshot, _ language: AnswerLanguage
    ) throws {
        self.run = run
        let earlier = try snapshot.runs(of: run.source, limit: .max).filter {
            $0.number < run.number
        }
        previous = earlier.first { $0.verdict.isGood }
        quarantine = try Self.quarantine(of: run, in: snapshot)
        previousChange = earlier.first { $0.verdict.isGood && $0.generation != nil }
        var listed: [ID<Course>: [Change]] = [:]
        var order: [ID<Course>] = []
        try snapshot.forEachChange(of: run.number) { change in
            if listed[change.course] == nil { order.append(change.course) }
            listed[change.course, default: []].append(change)
        }
        changes = []
        placesLost = []
        var titles: (closed: [String: ID<Course>], added: [String: ID<Course>]) = ([:], [:])
        for id in order.sorted() {
            let listed = listed[id] ?? []
            let (change, lost) = try Self.change(id, listed, run, snapshot, language)
            changes.append(change)
            placesLost += lost
            switch change.kind {
            case .added: titles.added[change.title] = id
            case .closed, .expired, .withdrawn: titles.closed[change.title] = id
            case .changed, .reopened, nil: break
            }
        }
        renamed = titles.closed.compactMap { title, old in
            titles.added[title].map { (old, $0) }
        }.sorted { $0.old < $1.old }
    }

    private static func quarantine(
        of run: RunRecord, in snapshot: any CatalogueSnapshot
    ) throws -> [Quarantined] {
        var found: [Quarantined] = []
        guard !run.quarantined.isZero else { return found }
        try snapshot.forEachQuarantined(of: run.number) { found.append(Quarantined($0)) }
        // A run that found the same in quarantine as the run before it keeps none of its own.
        if found.isEmpty, try snapshot.source(run.source)?.lastRun.number == run.number {
            try snapshot.forEachQuarantined(of: run.source) { found.append(Quarantined($0)) }
        }
        return found
    }

    /// One course of the run.
    ///
    /// Of a held run, what would change is told as if it had: that is what a person decides on.
    private static func change(
        _ id: ID<Course>, _ listed: [Change], _ run: RunRecord,
        _ snapshot: any CatalogueSnapshot, _ language: AnswerLanguage
    ) throws -> (CourseChange, placesLost: [ID<Offering>]) {
        if let generation = run.generation, let new = try snapshot.record(id, at: generation) {
            let old = try snapshot.record(id, at: Generation(generation.number - 1))
            let gone = try snapshot.goneOfferings(of: id).filter { $0.generation == generation }
            return (
                CourseChange(from: old, to: new, gone: gone, language), placesLost(old, new)
            )
        }
        let known = try snapshot.record(id)
        if run.verdict == .held, let record = try snapshot.record(id, of: run.number) {
            let generation = snapshot.generation
            let new = StoredRecord(
                record: record, state: .present, added: known?.added ?? generation,
                changed: generation)
            let states = listed.compactMap { change in
                change.offering.flatMap { id in RecordState(change.kind).map { (id, $0) } }
            }
            return (
                CourseChange(from: known, to: new, left: states, language), placesLost(known, new)
            )
        }
        return (CourseChange(listed: listed, id: id, known: known, language), [])
    }

    private static func placesLost(_ old: StoredRecord?, _ new: StoredRecord) -> [ID<Offering>] {
        guard let old else { return [] }
        func hasVenue(_ offering: Offering) -> Bool {
            offering.places.contains { $0.venue != nil }
        }
        let before = Set(old.record.offerings.filter(hasVenue).map(\.id))
        return new.record.offerings.filter {
            before.contains($0.id) && !hasVenue($0) && !$0.places.contains(.online)
        }.map(\.id)
    }
}

extension RunRecord.Verdict {
    /// Whether the run's state was the catalogue's.
    var isGood: Bool {
        switch self {
        case .published, .unchanged, .released: true
        case .held, .discarded, .superseded, .failed, .rolledBack: false
        }
    }
}

extension CourseChange {
    /// What a run lists of a course, where its new version cannot be read.
    fileprivate init(
        listed: [Change], id: ID<Course>, known: StoredRecord?, _ language: AnswerLanguage
    ) {
        self.id = id
        title =
            known?.record.course.title.text(in: language.preferences) ?? String(id.native)
        kind = listed.first { $0.offering == nil }?.kind
        fields = []
        let offerings = known?.record.offerings ?? []
        self.offerings = listed.compactMap { change in
            guard let offering = change.offering else { return nil }
            let occasion = offerings.first { $0.id == offering }.map {
                Self.occasion(of: $0, language)
            }
            return OfferingChange(
                id: offering, kind: change.kind, occasion: occasion ?? offering.value, fields: [])
        }
    }
}
