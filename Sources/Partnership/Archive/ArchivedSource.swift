import CourseModel
import Feeds
import Ingest
import Storage

/// Gathers what a snapshot has of a source, for an archive.
struct ArchivedSource {
    private let snapshot: any CatalogueSnapshot
    private let status: SourceStatus
    /// A folder of its own for what is gathered on the way.
    private let scratch: String
    /// When the archive is made.
    private let made: String

    init(
        _ status: SourceStatus, in snapshot: any CatalogueSnapshot, scratch: String, made: String
    ) {
        self.status = status
        self.snapshot = snapshot
        self.scratch = scratch
        self.made = made
    }

    private var id: ID<Source> { status.source.id }

    /// Counts what there is, and writes the feed, so that the label can say it.
    func entry() throws -> OpenArchive.Entry {
        var counts = OpenArchive.Counts()
        counts.runs = try snapshot.runs(of: id, limit: .max).count
        try snapshot.forEachQuarantined(of: id) { (_: QuarantinedRecord) in
            counts.quarantined += 1
        }
        var ids: [ID<Course>] = []
        try snapshot.forEachRecord(
            since: nil, states: Set(RecordState.allCases), source: id
        ) { stored in
            ids.append(stored.record.course.id)
            if stored.state == .present {
                counts.courses += 1
                counts.offerings += stored.record.offerings.count
            } else {
                counts.gone += 1
            }
        }
        counts.originals = try ids.count { try snapshot.original(of: $0)?.isEmpty == false }
        return OpenArchive.Entry(
            source: status.source, counts: counts,
            feed: counts.courses > 0 ? try writeFeed() : nil)
    }

    /// Writes everything of the source.
    func write(to archive: inout ArchiveWriter) throws {
        let folder = "\(OpenArchive.sourcesFolder)/\(id)/"
        try writeCourses(folder, &archive)
        try writeQuarantine(folder, &archive)
        let providers = try JSONLinesWriter(scratch + "/providers.ndjson")
        try snapshot.forEachProvider(states: Set(RecordState.allCases)) { stored in
            guard stored.provider.provenance.source == id else { return }
            try providers.write(
                ArchivedProvider(provider: stored.provider, state: stored.state.rawValue))
        }
        try providers.finish()
        let runs = try JSONLinesWriter(scratch + "/runs.ndjson")
        for run in try snapshot.runs(of: id, limit: .max).reversed() {
            try runs.write(ArchivedRun(run))
        }
        try runs.finish()
        for name in ["courses", "providers", "quarantined", "runs"] {
            try archive.write(
                "\(folder)\(name).ndjson", file: "\(scratch)/\(name).ndjson")
        }
        try archive.write(folder + "feed", folder: scratch + "/feed")
        Folder.remove(scratch + "/feed")
    }

    private func writeCourses(_ folder: String, _ archive: inout ArchiveWriter) throws {
        let lines = try JSONLinesWriter(scratch + "/courses.ndjson")
        var number = 0
        var ids: [ID<Course>] = []
        try snapshot.forEachRecord(
            since: nil, states: Set(RecordState.allCases), source: id
        ) { ids.append($0.record.course.id) }
        for id in ids {
            guard let stored = try snapshot.record(id) else { continue }
            number += 1
            let original = try snapshot.original(of: id) ?? []
            let name = "originals/" + Self.file(number, original)
            if !original.isEmpty { try archive.write(folder + name, original) }
            let history = try snapshot.history(of: id)
            try lines.write(
                ArchivedCourse(
                    course: stored.record.course, offerings: stored.record.offerings,
                    state: stored.state.rawValue, added: stored.added.number,
                    changed: stored.changed.number,
                    goneOfferings: try snapshot.goneOfferings(of: id).map {
                        .init(
                            offering: $0.offering, state: $0.state.rawValue,
                            generation: $0.generation.number)
                    },
                    history: history.map {
                        .init(
                            generation: $0.generation.number, at: $0.at.iso,
                            change: $0.change.kind.rawValue, offering: $0.change.offering)
                    },
                    versions: try versions(of: stored, history),
                    diagnostics: try snapshot.diagnostics(of: id),
                    original: original.isEmpty ? nil : name))
        }
        try lines.finish()
    }

    /// What a course was, generation by generation in which its feed changed it.
    private func versions(
        of stored: StoredRecord, _ history: [HistoryEntry]
    ) throws -> [ArchivedCourse.Version] {
        var versions: [ArchivedCourse.Version] = []
        var before: CourseRecord?
        let generations = Set(
            history.filter { $0.change.kind != .curated }.map(\.generation))
        for generation in generations.sorted() {
            guard let then = try snapshot.record(stored.record.course.id, at: generation) else {
                continue
            }
            let isCurrent = then.record == stored.record
            versions.append(
                .init(
                    generation: generation.number, state: then.state.rawValue,
                    record: isCurrent || then.record == before ? nil : then.record,
                    isCurrent: isCurrent))
            before = then.record
        }
        return versions
    }

    private func writeQuarantine(_ folder: String, _ archive: inout ArchiveWriter) throws {
        let lines = try JSONLinesWriter(scratch + "/quarantined.ndjson")
        var records: [QuarantinedRecord] = []
        try snapshot.forEachQuarantined(of: id) { records.append($0) }
        for (number, record) in records.enumerated() {
            let name = "quarantine/" + Self.file(number + 1, record.original)
            try archive.write(folder + name, record.original)
            try lines.write(
                ArchivedQuarantine(
                    kind: record.kind, id: record.nativeID, file: record.file,
                    position: record.position, courses: record.count.courses,
                    offerings: record.count.offerings, reasons: record.reasons, original: name))
        }
        try lines.finish()
    }

    /// Writes what is offered now, in the source's own format when that can be written, else as
    /// schema.org; returns the format.
    private func writeFeed() throws -> String? {
        let own = try? Feeds.format(named: status.lastGoodRun?.format ?? status.lastRun.format)
        let format: any FeedFormat.Type =
            own?.writer == nil ? SchemaOrg.self : own ?? SchemaOrg.self
        guard let writer = format.writer else { return nil }
        let folder = scratch + "/feed"
        try Folder.make(folder)
        var byProvider: [ID<Provider>: [ID<Course>]] = [:]
        try snapshot.forEachRecord(since: nil, states: [.present], source: id) {
            byProvider[$0.record.course.provider, default: []].append($0.record.course.id)
        }
        let destination: FeedDestination =
            writer.splitting == .itselfInFolders
            ? .folder(path: folder) : .file(path: folder + "/" + writer.fileName)
        var feed = try writer.open(
            to: destination, context: FeedContext(title: id.value, generated: made))
        for provider in byProvider.keys.sorted() {
            if let stored = try snapshot.provider(provider) { try feed.write(stored.provider) }
            for id in byProvider[provider] ?? [] {
                if let stored = try snapshot.record(id) { try feed.write(stored.record) }
            }
        }
        _ = try feed.finish()
        return format.name
    }

    /// `000012.xml`, by how the bytes begin.
    private static func file(_ number: Int, _ bytes: [UInt8]) -> String {
        let digits = String(number)
        let first = bytes.first { $0 > 32 }
        let ending =
            switch first {
            case UInt8(ascii: "<"): "xml"
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                bytes.starts(with: Array("[[".utf8)) ? "toml" : "json"
            default: "txt"
            }
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + "." + ending
    }
}
