import Answers
import CourseModel
import Feeds
import Glibc
import Ingest
import Storage

/// Everything that a source ever had in the catalogue, in one file that needs no program of ours.
///
/// It is a compressed tar archive: each course as its feed gave it, byte for byte, whether it is still
/// offered or not; what the catalogue made of it with its history, one JSON object a line; what was
/// never accepted and why; the account of every run; and what is offered now as a feed that any
/// catalogue reads.
public struct SourceArchive: Encodable {
    /// How many there are of something.
    public struct Counts: Encodable, Sendable {
        /// Courses that are offered.
        public var courses = 0
        /// Their offerings.
        public var offerings = 0
        /// Courses that are no longer offered.
        public var gone = 0
        /// Records in quarantine.
        public var quarantined = 0
        /// Runs of the source.
        public var runs = 0
        /// Originals of courses that are there byte for byte.
        public var originals = 0
    }

    /// The version of its layout.
    public let format = 1
    /// The source.
    public let source: String
    /// Its partner.
    public let partner: Nullable<String>
    /// What the catalogue is called.
    public let catalogue: Nullable<String>
    /// The generation that it was made of.
    public let generation: Int
    /// When it was made.
    public let made: String
    /// What is in it.
    public private(set) var counts = Counts()
    /// The format of the feed in it; `nil` when nothing is offered now.
    public private(set) var feed = Nullable<String>(nil)

    /// The first file of an archive, which says what it is.
    public static let label = "leerwijzer-archive.json"
    /// The last file, which says how many there are before it and how many bytes they have together.
    public static let end = "leerwijzer-archive-end.json"

    private static let help = """
        This archive holds everything that one source had in a catalogue made with Leerwijzer.

        originals/        each course as its feed gave it, byte for byte
        courses.ndjson    what was made of it, one JSON object a line: course, offerings, state,
                          history, remarks, and which of the originals it is
        providers.ndjson  who teaches
        quarantine/       what could not be accepted, as it stood in the feed
        quarantined.ndjson  why, one JSON object a line
        runs.ndjson       what each reading of the feed came to
        feed/             what is offered now, as a feed for any catalogue that reads its format

        """

    /// Writes the archive of a source to a file, which appears whole, and reads it again to check it.
    ///
    /// - Throws: ``Departure/Refusal/unknown(_:)``, `BackUpError`, `FeedError`, `StoreError`.
    public static func write(
        _ id: ID<Source>, of catalogue: Catalogue, now: Moment, to path: String
    ) throws -> SourceArchive {
        let scratch = path + ".parts"
        Folder.remove(scratch)
        // Beside the file, so that it takes its place in one step; nobody else looks in meanwhile.
        guard mkdir(scratch, 0o700) == 0 else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        defer { Folder.remove(scratch) }
        let archive = try catalogue.store().snapshot { snapshot in
            guard let status = try snapshot.source(id) else { throw Departure.Refusal.unknown(id) }
            var archive = SourceArchive(
                status, catalogue.workspace.configuration, snapshot.generation, now)
            let file = try GzipFile(writing: scratch + "/archive")
            var tar = TarWriter(file)
            try archive.count(snapshot, status, in: scratch)
            try tar.write(label, text: try JSONOutput.line(archive) + "\n")
            try tar.write("README.txt", bytes: Array(help.utf8))
            try archive.gather(snapshot, id, in: scratch, &tar)
            for name in ["courses", "providers", "quarantined", "runs"] {
                try tar.write(name + ".ndjson", file: "\(scratch)/\(name).ndjson", mode: 0o644)
            }
            try addFolder("feed", of: scratch, to: &tar)
            try tar.write(end, text: "{\"bytes\":\(tar.bytes),\"files\":\(tar.files)}\n")
            try tar.finish()
            try file.finish()
            return archive
        }
        try archive.check(scratch + "/archive")
        guard rename(scratch + "/archive", path) == 0 else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        return archive
    }

    private init(
        _ status: SourceStatus, _ configuration: CatalogConfiguration, _ generation: Generation,
        _ now: Moment
    ) {
        source = status.source.id.value
        partner = Nullable(status.source.partner?.value)
        catalogue = Nullable(configuration.name.text())
        self.generation = generation.number
        made = now.iso
    }

    // MARK: What is in it

    private struct CourseLine: Encodable {
        struct Event: Encodable {
            var generation: Int
            var at: String
            var change: String
            var offering: Nullable<String>
        }
        struct Gone: Encodable {
            var offering: Offering
            var state: String
            var generation: Int
        }
        var course: Course
        var offerings: [Offering]
        var state: String
        var added: Int
        var changed: Int
        var goneOfferings: [Gone]
        var history: [Event]
        var diagnostics: [DiagnosticReport]
        var original: Nullable<String>
    }

    private struct QuarantineLine: Encodable {
        var kind: String
        var id: Nullable<String>
        var file: String
        var line: Nullable<Int>
        var courses: Int
        var offerings: Int
        var reasons: [DiagnosticReport]
        var original: String
    }

    private struct ProviderLine: Encodable {
        var provider: Provider
        var state: String
    }

    private struct RunLine: Encodable {
        var run: Int
        var startedAt: String
        var verdict: String
        var generation: Nullable<Int>
        var format: String
        var bytes: Int
        var offered: RecordCount
        var accepted: RecordCount
        var quarantined: RecordCount
        var remarks: [DiagnosticReport]
    }

    /// Counts what there is, and writes the feed, so that the label can say it.
    private mutating func count(
        _ snapshot: any CatalogueSnapshot, _ status: SourceStatus, in scratch: String
    ) throws {
        let id = status.source.id
        counts.runs = try snapshot.runs(of: id, limit: .max).count
        try snapshot.forEachQuarantined(of: id) { (_: QuarantinedRecord) in
            counts.quarantined += 1
        }
        try snapshot.forEachRecord(
            since: nil, states: Set(RecordState.allCases), source: id
        ) { stored in
            if stored.state == .present {
                counts.courses += 1
                counts.offerings += stored.record.offerings.count
            } else {
                counts.gone += 1
            }
        }
        counts.originals = try ids(snapshot, id).count {
            try snapshot.original(of: $0)?.isEmpty == false
        }
        try writeFeed(snapshot, status, to: scratch + "/feed")
    }

    /// Writes everything of the source.
    private func gather(
        _ snapshot: any CatalogueSnapshot, _ id: ID<Source>, in scratch: String,
        _ tar: inout TarWriter
    ) throws {
        try writeCourses(snapshot, id, in: scratch, &tar)
        try writeQuarantine(snapshot, id, in: scratch, &tar)
        let providers = try Lines(scratch + "/providers.ndjson")
        try snapshot.forEachProvider(states: Set(RecordState.allCases)) { stored in
            guard stored.provider.provenance.source == id else { return }
            try providers.write(
                ProviderLine(provider: stored.provider, state: stored.state.rawValue))
        }
        try providers.finish()
        let runs = try Lines(scratch + "/runs.ndjson")
        for run in try snapshot.runs(of: id, limit: .max).reversed() {
            try runs.write(
                RunLine(
                    run: run.number.value, startedAt: run.startedAt.iso,
                    verdict: run.verdict.rawValue,
                    generation: Nullable(run.generation?.number), format: run.format,
                    bytes: run.bytes, offered: run.offered, accepted: run.accepted,
                    quarantined: run.quarantined,
                    remarks: run.feedDiagnostics.map { DiagnosticReport($0) }))
        }
        try runs.finish()
    }

    private func ids(
        _ snapshot: any CatalogueSnapshot, _ source: ID<Source>
    ) throws -> [ID<Course>] {
        var ids: [ID<Course>] = []
        try snapshot.forEachRecord(
            since: nil, states: Set(RecordState.allCases), source: source
        ) { ids.append($0.record.course.id) }
        return ids
    }

    private func writeCourses(
        _ snapshot: any CatalogueSnapshot, _ source: ID<Source>, in scratch: String,
        _ tar: inout TarWriter
    ) throws {
        let lines = try Lines(scratch + "/courses.ndjson")
        for (number, id) in try ids(snapshot, source).enumerated() {
            guard let stored = try snapshot.record(id) else { continue }
            let original = try snapshot.original(of: id) ?? []
            let name = "originals/" + Self.file(number + 1, original)
            if !original.isEmpty { try tar.write(name, bytes: original) }
            try lines.write(
                CourseLine(
                    course: stored.record.course, offerings: stored.record.offerings,
                    state: stored.state.rawValue, added: stored.added.number,
                    changed: stored.changed.number,
                    goneOfferings: try snapshot.goneOfferings(of: id).map {
                        .init(
                            offering: $0.offering, state: $0.state.rawValue,
                            generation: $0.generation.number)
                    },
                    history: try snapshot.history(of: id).map {
                        .init(
                            generation: $0.generation.number, at: $0.at.iso,
                            change: $0.change.kind.rawValue,
                            offering: Nullable($0.change.offering?.value))
                    },
                    diagnostics: try snapshot.diagnostics(of: id).map { DiagnosticReport($0) },
                    original: Nullable(original.isEmpty ? nil : name)))
        }
        try lines.finish()
    }

    private func writeQuarantine(
        _ snapshot: any CatalogueSnapshot, _ source: ID<Source>, in scratch: String,
        _ tar: inout TarWriter
    ) throws {
        let lines = try Lines(scratch + "/quarantined.ndjson")
        var number = 0
        var records: [QuarantinedRecord] = []
        try snapshot.forEachQuarantined(of: source) { records.append($0) }
        for record in records {
            number += 1
            let name = "quarantine/" + Self.file(number, record.original)
            try tar.write(name, bytes: record.original)
            try lines.write(
                QuarantineLine(
                    kind: record.kind.rawValue, id: Nullable(record.nativeID), file: record.file,
                    line: Nullable(record.position?.line), courses: record.count.courses,
                    offerings: record.count.offerings,
                    reasons: record.reasons.map { DiagnosticReport($0) }, original: name))
        }
        try lines.finish()
    }

    /// What is offered now, in the source's own format when that can be written, else as schema.org.
    private mutating func writeFeed(
        _ snapshot: any CatalogueSnapshot, _ status: SourceStatus, to folder: String
    ) throws {
        guard counts.courses > 0 else { return }
        let own = try? Feeds.format(named: status.lastGoodRun?.format ?? status.lastRun.format)
        let format: any FeedFormat.Type =
            own?.writer == nil ? SchemaOrg.self : own ?? SchemaOrg.self
        guard let writer = format.writer else { return }
        feed = Nullable(format.name)
        try Folder.make(folder)
        var byProvider: [ID<Provider>: [ID<Course>]] = [:]
        try snapshot.forEachRecord(
            since: nil, states: [.present], source: status.source.id
        ) { byProvider[$0.record.course.provider, default: []].append($0.record.course.id) }
        let context = FeedContext(title: source, generated: made)
        let destination: FeedDestination =
            writer.splitting == .itselfInFolders
            ? .folder(path: folder) : .file(path: folder + "/" + writer.fileName)
        var feed = try writer.open(to: destination, context: context)
        for provider in byProvider.keys.sorted() {
            if let stored = try snapshot.provider(provider) { try feed.write(stored.provider) }
            for id in byProvider[provider] ?? [] {
                if let stored = try snapshot.record(id) { try feed.write(stored.record) }
            }
        }
        _ = try feed.finish()
    }

    private static func addFolder(
        _ name: String, of scratch: String, to tar: inout TarWriter
    ) throws {
        for own in Folder.names(in: scratch + "/" + name) ?? [] {
            let path = name + "/" + own
            if Folder.isFolder(scratch + "/" + path) {
                try addFolder(path, of: scratch, to: &tar)
            } else {
                try tar.write(path, file: scratch + "/" + path, mode: 0o644)
            }
        }
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

    // MARK: Checking it

    /// Reads an archive to its end and holds it against what it is said to hold.
    private func check(_ path: String) throws {
        var reader = TarReader(try GzipFile(reading: path), path: path)
        func damaged(_ reason: String) -> BackUpError { .damaged(path: path, reason: reason) }
        guard let first = try reader.next(), first.name == Self.label else {
            throw damaged("it has no label")
        }
        var (files, bytes, originals, lines) = (0, 0, 0, 0)
        var last = ""
        while let entry = try reader.next() {
            last = entry.name
            guard entry.name != Self.end else { continue }
            files += 1
            bytes += entry.size
            if entry.name.hasPrefix("originals/") { originals += 1 }
            guard entry.name == "courses.ndjson" else { continue }
            while case let piece = try reader.read(), !piece.isEmpty {
                lines += piece.count { $0 == UInt8(ascii: "\n") }
            }
        }
        guard last == Self.end else { throw damaged("its end is missing") }
        guard originals == counts.originals, lines == counts.courses + counts.gone else {
            throw damaged(
                "it has \(lines) courses and \(originals) originals, not "
                    + "\(counts.courses + counts.gone) and \(counts.originals)")
        }
    }
}

/// A file with one JSON object a line.
private final class Lines {
    private let file: UnsafeMutablePointer<FILE>
    private let path: String

    init(_ path: String) throws(BackUpError) {
        self.path = path
        guard let file = fopen(path, "wbe") else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        self.file = file
    }

    func write(_ value: some Encodable) throws {
        let bytes = Array((try JSONOutput.line(value) + "\n").utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }

    func finish() throws(BackUpError) {
        guard fclose(file) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
