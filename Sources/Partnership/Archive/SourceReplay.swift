import CourseModel
import Glibc
import Ingest
import Storage

/// Brings a source of an unpacked archive into a store, run by run, so that each course gets the history
/// that it had, with the dates of then.
///
/// What an archive does not hold is not there afterwards either: the originals of earlier versions,
/// what earlier runs quarantined, and runs that were held. Generations and runs get numbers of the
/// store they come into.
struct SourceReplay {
    let entry: OpenArchive.Entry
    /// All its runs, oldest first.
    let runs: [ArchivedRun]
    /// How many courses and offerings were quarantined last.
    let quarantined: RecordCount

    private let folder: String
    private let name: String
    private let lastGeneration: Int?
    /// By generation, the courses that corrections changed with it.
    private var touched: [Int: Set<ID<Course>>] = [:]

    /// Reads what is to be known of a source before anything is changed, and checks every line of it.
    ///
    /// - Parameters:
    ///   - folder: The source's folder.
    ///   - archive: The archive, as faults name it.
    /// - Throws: `BackUpError/damaged(path:reason:)`.
    init(_ entry: OpenArchive.Entry, folder: String, archive: String) throws {
        self.entry = entry
        self.folder = folder
        name = archive + ": sources/" + entry.source.id.value + "/"
        var runs: [ArchivedRun] = []
        try JSONLinesReader(folder + "/runs.ndjson", name: name + "runs.ndjson")
            .forEach(ArchivedRun.self) { runs.append($0) }
        self.runs = runs
        lastGeneration = runs.filter { $0.isContent }.compactMap(\.generation).max()
        var quarantined = RecordCount()
        var records = 0
        try JSONLinesReader(folder + "/quarantined.ndjson", name: name + "quarantined.ndjson")
            .forEach(ArchivedQuarantine.self) {
                quarantined += RecordCount(courses: $0.courses, offerings: $0.offerings)
                records += 1
            }
        self.quarantined = quarantined
        var counts = OpenArchive.Counts()
        counts.runs = runs.count
        counts.quarantined = records
        var touched: [Int: Set<ID<Course>>] = [:]
        try forEachCourse { course in
            _ = try record(of: course)
            for event in course.history where event.change == Change.Kind.curated.rawValue {
                touched[event.generation, default: []].insert(course.course.id)
            }
            if course.state == RecordState.present.rawValue {
                counts.courses += 1
                counts.offerings += course.offerings.count
            } else {
                counts.gone += 1
            }
            if try original(course.original).isEmpty == false { counts.originals += 1 }
        }
        self.touched = touched
        guard counts == entry.counts else {
            throw BackUpError.damaged(
                path: name, reason: "it holds \(counts.text); its label says \(entry.counts.text)")
        }
    }

    /// What the archive offers of the source: what is accepted, and what is in quarantine.
    var offered: RecordCount {
        RecordCount(courses: entry.counts.courses, offerings: entry.counts.offerings) + quarantined
    }

    /// The runs that can be brought over, in the order in which they took effect.
    ///
    /// A run that found nothing new costs as much as one that did, unless its feed is known by its
    /// fingerprint; of the others the last one comes, by which is known when the feed was last seen.
    var playable: [ArchivedRun] {
        var before: String?
        var good = 0
        let last = inOrder.last?.run
        return inOrder.filter { run in
            if run.isContent || run.isCuration || run.verdict == RunRecord.Verdict.failed.rawValue {
                if run.isContent { (before, good) = (run.fingerprint, good + 1) }
                return true
            }
            return run.verdict == RunRecord.Verdict.unchanged.rawValue && good > 0
                && (run.fingerprint.map { $0 == before } ?? false || run.run == last)
        }
    }

    /// Runs that made a generation in the order of those, the others behind what was there when they
    /// began.
    private var inOrder: [ArchivedRun] {
        var latest = 0
        return runs.sorted { $0.run < $1.run }.map { run in
            latest = max(latest, run.generation ?? 0)
            return (run.generation ?? latest, run.generation == nil ? 1 : 0, run)
        }.sorted { ($0.0, $0.1, $0.2.run) < ($1.0, $1.1, $1.2.run) }.map(\.2)
    }

    // MARK: Playing a run

    /// Brings one run over.
    func play(_ run: ArchivedRun, into store: any CatalogueStore) throws {
        let source = entry.source
        guard let startedAt = run.moment(\.startedAt) else {
            throw BackUpError.damaged(path: name, reason: "“\(run.startedAt)” is no moment")
        }
        let info = RunInfo(
            startedAt: startedAt, today: run.today,
            fingerprint: run.fingerprint.flatMap { Fingerprint($0) }, lossLimit: .none)
        if run.isCuration {
            try store.curate(
                source.id, run.curated, touching: touched[run.generation ?? 0] ?? [], run: info)
            return
        }
        if run.verdict == RunRecord.Verdict.failed.rawValue {
            try store.noteFailure(source: source, run: info, reasons: run.remarks)
            return
        }
        let outcome = try store.ingest(source: source, run: info) { transaction in
            try give(run, to: transaction)
        }
        // A person let it in at the time.
        if outcome.verdict == .held {
            try store.release(source.id, at: run.decidedAt.flatMap { Moment(iso: $0) } ?? startedAt)
        }
    }

    /// Hands the source over as it was after a run.
    private func give(_ run: ArchivedRun, to transaction: any FeedTransaction) throws {
        let generation = run.generation ?? lastGeneration ?? 0
        let isLast = generation == lastGeneration
        // A feed of changes closes nothing, and brings what differs.
        let isFull = run.isFull || run.cause == RunRecord.Cause.rollback.rawValue
        try JSONLinesReader(folder + "/providers.ndjson", name: name + "providers.ndjson")
            .forEach(ArchivedProvider.self) { line in
                guard line.state == RecordState.present.rawValue || !isLast else { return }
                try transaction.provider(line.provider)
            }
        var offered = RecordCount()
        try forEachCourse { course in
            for gone in course.goneOfferings
            where gone.generation == generation && gone.state == RecordState.withdrawn.rawValue {
                try transaction.withdraw(gone.offering.id)
            }
            guard let place = course.versions.lastIndex(where: { $0.generation <= generation })
            else { return }
            let version = course.versions[place]
            if !isFull, version.generation != generation { return }
            if version.state == RecordState.withdrawn.rawValue {
                if version.generation == generation {
                    try transaction.withdraw(course.course.id)
                }
                return
            }
            guard version.state == RecordState.present.rawValue else { return }
            let record: CourseRecord
            if version.isCurrent {
                record = try self.record(of: course)
                try transaction.record(
                    record, original: try original(course.original),
                    diagnostics: course.diagnostics)
            } else if let earlier = course.versions[...place].last(where: { $0.record != nil })?
                .record
            {
                record = earlier
                try transaction.record(record, original: [])
            } else {
                throw BackUpError.damaged(
                    path: name + "courses.ndjson",
                    reason: "an earlier version of \(course.course.id) is missing")
            }
            offered += RecordCount(courses: 1, offerings: record.offerings.count)
        }
        if isLast { offered += try giveQuarantined(to: transaction) }
        try transaction.finish(
            FeedClosing(
                offered: offered, isFull: isFull, isComplete: run.isComplete, format: run.format,
                bytes: run.bytes, endedAt: run.endedAt.flatMap { Moment(iso: $0) },
                diagnostics: run.remarks))
    }

    private func giveQuarantined(to transaction: any FeedTransaction) throws -> RecordCount {
        var offered = RecordCount()
        try JSONLinesReader(folder + "/quarantined.ndjson", name: name + "quarantined.ndjson")
            .forEach(ArchivedQuarantine.self) { line in
                let count = RecordCount(courses: line.courses, offerings: line.offerings)
                try transaction.quarantine(
                    QuarantinedRecord(
                        kind: line.kind, nativeID: line.id, file: line.file,
                        position: line.position, original: try original(line.original),
                        reasons: line.reasons, count: count))
                offered += count
            }
        return offered
    }

    // MARK: Reading the files

    private func forEachCourse(_ body: (ArchivedCourse) throws -> Void) throws {
        try JSONLinesReader(folder + "/courses.ndjson", name: name + "courses.ndjson")
            .forEach(ArchivedCourse.self, body)
    }

    private func record(of line: ArchivedCourse) throws -> CourseRecord {
        let id = line.course.id
        guard line.course.provenance.source == entry.source.id,
            id.value.hasPrefix(entry.source.id.value + ":"),
            let record = CourseRecord(course: line.course, offerings: line.offerings)
        else {
            throw BackUpError.damaged(
                path: name + "courses.ndjson",
                reason: "\(id) is no course of this source, or has an offering of another course")
        }
        return record
    }

    /// The bytes of a file that a line names; it cannot name one elsewhere.
    private func original(_ file: String?) throws -> [UInt8] {
        guard let file else { return [] }
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, ["originals", "quarantine"].contains(parts[0]),
            ![".", ".."].contains(parts[1]),
            let stream = fopen(folder + "/" + file, "rbe")
        else {
            throw BackUpError.damaged(
                path: name, reason: "it has no file “\(file.prefix(80))”")
        }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            bytes += chunk[..<count]
            if count < chunk.count { break }
        }
        guard ferror(stream) == 0 else {
            throw BackUpError.cannotRead(
                path: name + file, reason: String(cString: strerror(errno)))
        }
        return bytes
    }
}

extension ArchivedRun {
    /// Whether it gave the catalogue another state of the source.
    var isContent: Bool { generation != nil && !isCuration }

    var isCuration: Bool { cause == RunRecord.Cause.curation.rawValue }

    func moment(_ path: KeyPath<Self, String>) -> Moment? { Moment(iso: self[keyPath: path]) }

    /// Whether a run of a store is this one.
    func isSame(as run: RunRecord) -> Bool {
        run.cause.rawValue == cause && run.startedAt.iso == startedAt && run.today == today
    }
}
