import CourseModel
import SQLiteStorage
import Storage
import TestSupport
import Testing

/// A kind of store that has to keep the contract.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    case postgreSQL = "PostgreSQL"

    /// Those that can be tested here: PostgreSQL when `LEERWIJZER_POSTGRES` names a server.
    static var allCases: [Engine] {
        TestServer.address == nil ? [.sqlite] : [.sqlite, .postgreSQL]
    }

    var testDescription: String { rawValue }

    /// An empty store of its own: in a folder, or in a schema that is named after it.
    func open(in folder: Scratch) throws -> any CatalogueStore {
        switch self {
        case .sqlite: try SQLiteStore(path: folder.folder + "/store.sqlite")
        case .postgreSQL: try TestServer.store(in: folder)
        }
    }
}

/// A feed drawn in a few lines: courses with the days their offerings start.
struct DrawnFeed {
    var source: ID<Source> = ID("school")
    var courses: [(native: String, title: String, starts: [CalendarDate?])] = []
    var providers: [String] = ["P"]
    /// What the first line of every description says, to change all records at once.
    var wording = ""

    /// `count` courses with one offering each that starts on `start`.
    init(
        _ count: Int = 0, source: String = "school", prefix: String = "C",
        start: CalendarDate? = day(100)
    ) {
        self.source = ID(source)
        courses = (0..<count).map { ("\(prefix)\($0)", "Cursus \($0)", [start]) }
    }

    var records: [CourseRecord] {
        courses.map { native, title, starts in
            let id = ID<Course>(source: source, native: native)
            let provenance = Provenance(source: source, format: "drawn", file: "feed.xml")
            var course = Course(
                id: id, nativeID: native, provider: ID(source: source, native: "P"),
                kind: .course, title: LocalizedText(title, language: .dutch),
                provenance: provenance)
            if !wording.isEmpty { course?.summary = LocalizedText(wording) }
            let offerings = starts.enumerated().map { index, start in
                Offering(
                    id: ID(course: id, native: "\(index)"), nativeID: "\(index)", course: id,
                    timing: Timing(start: start.map { .on($0) } ?? .rolling),
                    provenance: provenance)
            }
            guard let course, let record = CourseRecord(course: course, offerings: offerings)
            else { preconditionFailure("the drawn feed is not a feed") }
            return record
        }
    }

    func provider(_ native: String) -> Provider {
        Provider(
            id: ID(source: source, native: native), nativeID: native,
            name: LocalizedText("School \(native) \(wording)"),
            provenance: Provenance(source: source, format: "drawn", file: "feed.xml"))
    }

    func original(of record: CourseRecord) -> [UInt8] {
        Array("<course id=\"\(record.course.nativeID)\">\(record)</course>".utf8)
    }
}

/// The day that tests take for today, and days after it.
func day(_ offset: Int) -> CalendarDate {
    CalendarDate(daysSince1970: 20_000).adding(days: offset)
}

func runInfo(
    on offset: Int = 0, fingerprint: Fingerprint? = nil, lossLimit: LossLimit = .standard
) -> RunInfo {
    RunInfo(
        startedAt: Moment(day(offset)), today: day(offset), fingerprint: fingerprint,
        lossLimit: lossLimit)
}

extension CatalogueStore {
    @discardableResult
    func ingest(
        _ feed: DrawnFeed, on offset: Int = 0, fingerprint: Fingerprint? = nil,
        lossLimit: LossLimit = .standard, isFull: Bool = true, isComplete: Bool = true,
        quarantined: [QuarantinedRecord] = [], withdrawn: [String] = []
    ) throws -> IngestOutcome {
        try ingest(
            source: Source(id: feed.source, location: "feed.xml"),
            run: runInfo(on: offset, fingerprint: fingerprint, lossLimit: lossLimit)
        ) { transaction in
            for provider in feed.providers { try transaction.provider(feed.provider(provider)) }
            var offered = RecordCount()
            for record in feed.records {
                try transaction.record(record, original: feed.original(of: record))
                offered += RecordCount(courses: 1, offerings: record.offerings.count)
            }
            for entry in quarantined {
                try transaction.quarantine(entry)
                offered += entry.count
            }
            for native in withdrawn {
                try transaction.withdraw(ID<Course>(source: feed.source, native: native))
            }
            try transaction.finish(
                FeedClosing(
                    offered: offered, isFull: isFull, isComplete: isComplete, format: "drawn",
                    bytes: 1000))
        }
    }

    /// Everything that readers can see, to compare states.
    func contents() throws -> Contents {
        try snapshot { snapshot in
            var contents = Contents()
            try snapshot.forEachRecord(since: nil, states: Set(RecordState.allCases), source: nil) {
                contents.records.append($0)
                contents.originals.append(try snapshot.original(of: $0.record.course.id))
            }
            try snapshot.forEachProvider(states: Set(RecordState.allCases)) {
                contents.providers.append($0)
            }
            return contents
        }
    }

    func presentIDs() throws -> [String] {
        try snapshot { snapshot in
            var ids: [String] = []
            try snapshot.forEachRecord { ids.append($0.record.course.id.value) }
            return ids
        }
    }

    func state(of native: String, in source: String = "school") throws -> RecordState? {
        try snapshot { try $0.record(ID("\(source):\(native)"))?.state }
    }

    func changes(of run: RunNumber) throws -> [Change] {
        try snapshot { snapshot in
            var changes: [Change] = []
            try snapshot.forEachChange(of: run) { changes.append($0) }
            return changes
        }
    }
}

struct Contents: Equatable {
    var records: [StoredRecord] = []
    var originals: [[UInt8]?] = []
    var providers: [StoredProvider] = []

    /// Without the generations, which depend on the order of feeds.
    var timeless: [String] {
        zip(records, originals).map { "\($0.record) \($0.state) \($1 ?? [])" }
            + providers.map { "\($0.provider) \($0.state)" }
    }
}
