import CourseModel
import Glibc
import Ingest
import Settings
import Storage

/// An archive on its way into a catalogue: read and checked first, taken in when a person says so.
public final class ArchiveImport {
    /// What becomes of a source.
    public enum Step: String, Sendable, Encodable {
        /// It comes in.
        case new
        /// An earlier import of this archive was interrupted; it goes on.
        case resumed
        /// It is there already, from this archive.
        case there
        /// The joint modules of this catalogue are its own: they are made of its own definitions.
        case own
    }

    /// A source of the archive, and what becomes of it.
    public struct Part: Sendable, Encodable {
        /// The source.
        public var source: ID<Source>
        /// Whose it is.
        public var partner: ID<Partner>?
        /// What becomes of it.
        public var step: Step
        /// What the archive holds of it: what is to be accepted, and what is in quarantine.
        public var offered: RecordCount
        /// What the catalogue has of it now; nothing as long as it was only looked at.
        public var accepted = RecordCount()
        /// What the catalogue has in quarantine now.
        public var quarantined = RecordCount()
        /// Courses that are no longer offered, which come with their history.
        public var gone: Int
        /// How many runs come over.
        public var runs: Int
        /// How many do not: runs that were held, or found nothing new in another file.
        public var runsLeft: Int
        /// What `catalog.toml` comes to say of it; empty when it says so already.
        public var settings: [String] = []
        /// Its feed, when that is a file that is not there.
        public var missingFeed: String?
    }

    /// Why an archive is not taken in; nothing was changed.
    public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The catalogue has sources of these ids, with other runs than the archive.
        case taken([ID<Source>])
        /// What the store has afterwards is not what the archive holds.
        case differs(ID<Source>, held: String, stored: String)

        /// What is wrong and what to do.
        public var description: String {
            switch self {
            case .taken(let ids):
                "the catalogue already has "
                    + ids.map { "“\($0)”" }.joined(separator: ", ")
                    + ", read otherwise than in the archive; nothing was changed. Import into another "
                    + "catalogue, or let the source leave and erase it first: leerwijzer sources "
                    + "leave, leerwijzer sources erase"
            case .differs(let id, let held, let stored):
                "“\(id)” came in otherwise than the archive holds it: \(held) there, \(stored) here. "
                    + "Please report this; the source can be taken out with leerwijzer sources leave"
            }
        }
    }

    /// The label.
    public let archive: OpenArchive
    /// What becomes of each source.
    public private(set) var parts: [Part] = []
    /// Whether the folder becomes the catalogue of the archive, with its settings and data.
    public let isNew: Bool
    /// How many files of settings and data come with it.
    public private(set) var files = 0

    private let path: String
    private let folder: String
    private let store: StoreAddress?
    private let today: CalendarDate
    private let now: Moment
    private let scratch: String
    private var replays: [SourceReplay] = []

    /// Reads an archive, checks all of it, and finds out what becomes of it; changes nothing.
    ///
    /// It is unpacked into a folder of its own in `TMPDIR`, else `/tmp`.
    ///
    /// - Parameters:
    ///   - folder: The catalogue's folder; one without a catalogue becomes that of the archive, when
    ///     it holds a whole one.
    ///   - store: Where the catalogue is kept; what its settings say, unless given.
    /// - Throws: ``Refusal``, `BackUpError`, `WorkspaceError`, `StoreError`.
    public init(
        of path: String, into folder: String, store: StoreAddress?, today: CalendarDate, now: Moment
    ) throws {
        self.path = path
        self.folder = folder
        self.store = store
        self.today = today
        self.now = now
        scratch = try Self.scratchFolder()
        // From here on the folder goes when this does, also when something is thrown below.
        do {
            archive = try ArchiveContents(reading: path).read(into: scratch)
            for entry in archive.sources
            where !CatalogConfiguration.isSourceName(entry.source.id.value) {
                throw BackUpError.noArchive(
                    path: path, reason: "“\(entry.source.id.value.prefix(80))” is no source's name")
            }
            isNew =
                archive.isWhole && access(folder + "/catalog.toml", F_OK) != 0
                && access(folder + "/" + Self.state, F_OK) != 0
            replays = try archive.sources.map { [scratch] in
                try SourceReplay(
                    $0, folder: "\(scratch)/\(OpenArchive.sourcesFolder)/\($0.source.id)",
                    archive: path)
            }
        } catch {
            Folder.remove(scratch)
            throw error
        }
        try plan()
    }

    deinit { Folder.remove(scratch) }

    private static let state = ".leerwijzer"

    private static func scratchFolder() throws -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        var template = Array(((base ?? "/tmp") + "/leerwijzer-import-XXXXXX").utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
        let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        guard isMade else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        return path
    }

    // MARK: Finding out

    private func plan() throws {
        let own = scratch + "/" + OpenArchive.catalogueFolder
        if isNew {
            let names = Self.files(in: own)
            files = names.count
            if let taken = names.first(where: { access(folder + "/" + $0, F_OK) == 0 }) {
                throw BackUpError.occupied(path: folder + "/" + taken)
            }
        }
        // The settings of a new one may name a server, which need not be new.
        let workspace = try Workspace(folder: isNew ? own : folder, store: store)
        let catalogue = Catalogue(workspace, today: today, now: now)
        var taken: [ID<Source>] = []
        let runs: [ID<Source>: [RunRecord]] =
            try catalogue.hasStore
            ? catalogue.store().snapshot { snapshot in
                var runs: [ID<Source>: [RunRecord]] = [:]
                for replay in replays {
                    let id = replay.entry.source.id
                    if try snapshot.source(id) == nil { continue }
                    runs[id] = try snapshot.runs(of: id, limit: .max).reversed()
                }
                return runs
            } : [:]
        for replay in replays {
            let source = replay.entry.source
            guard isNew || source.id != JointModule.source else {
                parts.append(part(of: replay, .own))
                continue
            }
            var part = part(of: replay, .new)
            if let there = runs[source.id] {
                let playable = replay.playable
                if zip(there, playable).allSatisfy({ $1.isSame(as: $0) }) {
                    part.step = there.count < playable.count ? .resumed : .there
                    part.runs = max(0, playable.count - there.count)
                } else {
                    taken.append(source.id)
                }
            }
            let isKnown = workspace.configuration.sources.contains { $0.id == source.id }
            if !isNew, !isKnown {
                part.settings = newSource(source, workspace.configuration).lines
            }
            let location = workspace.location(of: source)
            if !location.contains("://"), access(location, F_OK) != 0,
                access(own + "/" + source.location, F_OK) != 0
            {
                part.missingFeed = source.location
            }
            parts.append(part)
        }
        guard taken.isEmpty else { throw Refusal.taken(taken) }
    }

    private func part(of replay: SourceReplay, _ step: Step) -> Part {
        let runs = step == .own ? 0 : replay.playable.count
        return Part(
            source: replay.entry.source.id, partner: replay.entry.source.partner, step: step,
            offered: replay.offered, gone: replay.entry.counts.gone, runs: runs,
            runsLeft: replay.runs.count - runs)
    }

    private func newSource(
        _ source: Source, _ configuration: CatalogConfiguration
    ) -> NewSource {
        let isKnown = configuration.partners.contains { $0.id == source.partner }
        var source = source
        let partner = archive.partners.first { $0.id == source.partner }
        if source.partner == nil { source.partner = ID(source.id.value) }
        return NewSource(
            source,
            partner: isKnown
                ? nil
                : partner
                    ?? Partner(
                        id: source.partner ?? ID(source.id.value), name: source.id.value,
                        roles: [.provider]))
    }

    // MARK: Taking it in

    /// Takes the archive in, one run at a time, and brings the index up to date.
    ///
    /// When it is interrupted, importing the same archive again goes on where it was.
    ///
    /// - Parameters:
    ///   - open: Opens the catalogue of the folder, which is there by then.
    ///   - onProgress: Called with the runs done, and of how many.
    /// - Throws: ``Refusal/differs(_:held:stored:)``, `BackUpError`, `IngestError`, `StoreError`.
    public func run(
        in open: () throws -> Catalogue, onProgress: (Int, Int) -> Void = { _, _ in }
    ) throws {
        if isNew { try placeFiles() }
        let catalogue = try open()
        let store = try catalogue.store()
        try catalogue.write {
            var left: [(replay: SourceReplay, runs: [ArchivedRun])] = []
            for (replay, part) in zip(replays, parts)
            where part.step == .new || part.step == .resumed {
                left.append((replay, Array(replay.playable.suffix(part.runs))))
            }
            // All sources together in the order in which it happened.
            let queue = left.enumerated().flatMap { number, source in
                var latest = 0
                return source.runs.map { run in
                    latest = max(latest, run.generation ?? 0)
                    return (at: (latest, run.run), source: number, run: run)
                }
            }.sorted { $0.at < $1.at }
            for (done, step) in queue.enumerated() {
                onProgress(done, queue.count)
                try left[step.source].replay.play(step.run, into: store)
            }
            for place in parts.indices
            where parts[place].step == .new || parts[place].step == .resumed {
                try count(place, in: store)
            }
            try catalogue.settle()
        }
        if !isNew { try addSettings(catalogue.workspace) }
    }

    private func count(_ place: Int, in store: any CatalogueStore) throws {
        let id = parts[place].source
        try store.snapshot { snapshot in
            parts[place].accepted = try snapshot.source(id)?.present ?? RecordCount()
            var quarantined = RecordCount()
            try snapshot.forEachQuarantined(of: id) { (record: QuarantinedRecord) in
                quarantined += record.count
            }
            parts[place].quarantined = quarantined
        }
        let part = parts[place]
        guard part.offered == part.accepted + part.quarantined else {
            throw Refusal.differs(
                id, held: "\(part.offered)", stored: "\(part.accepted) and \(part.quarantined)")
        }
    }

    /// Puts settings and data into a folder that has none of them.
    private func placeFiles() throws {
        let own = scratch + "/" + OpenArchive.catalogueFolder
        try Folder.make(folder)
        // The settings last: with them the folder is a catalogue.
        let names = Self.files(in: own)
        for name in names.filter({ $0 != "catalog.toml" }) + names.filter({ $0 == "catalog.toml" })
        {
            try Self.copy(own + "/" + name, to: folder + "/" + name)
        }
        try Folder.make(folder + "/" + Self.state)
    }

    /// Says in `catalog.toml` where the sources come from, and brings the feeds along that are files.
    private func addSettings(_ workspace: Workspace) throws {
        let file = folder + "/catalog.toml"
        let before = try workspace.text(of: "catalog.toml") ?? ""
        var text = before
        for (replay, part) in zip(replays, parts)
        where part.step != .own && !part.settings.isEmpty {
            let configuration = try CatalogConfiguration(toml: text, file: file)
            text = try newSource(replay.entry.source, configuration).added(to: text, file: file)
            let feed = replay.entry.source.location
            let own = scratch + "/" + OpenArchive.catalogueFolder + "/"
            guard !feed.contains("://"), !feed.hasPrefix("/"),
                !feed.split(separator: "/").contains("..")
            else { continue }
            let folder = Folder.isFolder(own + feed) ? feed : Self.folder(of: feed)
            for name in Self.files(in: own + folder)
            where access("\(self.folder)/\(folder)/\(name)", F_OK) != 0 {
                try Self.copy(own + folder + "/" + name, to: "\(self.folder)/\(folder)/\(name)")
            }
        }
        guard text != before else { return }
        guard try workspace.text(of: "catalog.toml") ?? "" == before else {
            throw NewSource.Refusal.changed(file: file)
        }
        try Folder.write(text, to: file)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    /// The files in a folder and those below it, by path from there.
    private static func files(in folder: String) -> [String] {
        (Folder.names(in: folder) ?? []).flatMap { name in
            Folder.isFolder(folder + "/" + name)
                ? files(in: folder + "/" + name).map { name + "/" + $0 } : [name]
        }
    }

    /// Copies a file to where there is none.
    private static func copy(_ from: String, to path: String) throws {
        try Folder.make(folder(of: path))
        func failed() -> BackUpError {
            .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        guard let source = fopen(from, "rbe") else { throw failed() }
        defer { fclose(source) }
        guard let target = fopen(path, "wbxe") else { throw failed() }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var isWhole = true
        while isWhole {
            let count = fread(&chunk, 1, chunk.count, source)
            isWhole = fwrite(chunk, 1, count, target) == count && ferror(source) == 0
            if count < chunk.count { break }
        }
        guard fclose(target) == 0, isWhole else { throw failed() }
    }
}
