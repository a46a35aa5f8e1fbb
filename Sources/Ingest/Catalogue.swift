import CourseModel
import Feeds
import Glibc
import Places
import SQLiteStorage
import SearchIndex
import Settings
import Skills
import Storage
import Text

/// An opened workspace: its store, its index and its data, each opened when it is first needed.
public final class Catalogue {
    /// What is being done, for a progress bar.
    public enum Progress: Sendable {
        /// Reading a source: what has been read so far.
        case reading(source: ID<Source>, RecordCount)
        /// Building the index: courses done, of how many.
        case indexing(done: Int, of: Int)
        /// Waiting for another process to finish writing.
        case waiting
        /// Nothing more to wait for.
        case finished
    }

    /// The workspace.
    public let workspace: Workspace
    /// The day that is taken for today.
    public let today: CalendarDate
    private let now: Moment
    private let onProgress: (Progress) -> Void
    private var openedStore: SQLiteStore?
    private var loadedGazetteer: Gazetteer?
    private var loadedSkills: SkillsCatalogue?
    private var loadedSynonyms: Synonyms?

    /// Opens a workspace; nothing is read yet.
    public init(
        _ workspace: Workspace, today: CalendarDate, now: Moment,
        onProgress: @escaping (Progress) -> Void = { _ in }
    ) {
        self.workspace = workspace
        self.today = today
        self.now = now
        self.onProgress = onProgress
    }

    /// How long a writer waits for another one, in seconds.
    public static let patience = 30

    /// The gazetteer.
    public func gazetteer() throws -> Gazetteer {
        if let loadedGazetteer { return loadedGazetteer }
        let gazetteer = try Gazetteer.load(folder: workspace.placesFolder)
        loadedGazetteer = gazetteer
        return gazetteer
    }

    /// Skills and occupations; empty when the workspace has none.
    public func skills() throws -> SkillsCatalogue {
        if let loadedSkills { return loadedSkills }
        let skills =
            Folder.names(in: workspace.skillsFolder) == nil
            ? SkillsCatalogue.empty : try SkillsCatalogue.load(folder: workspace.skillsFolder)
        loadedSkills = skills
        return skills
    }

    /// The words that mean the same: the standard ones, and those of the workspace's
    /// `synonyms.txt`.
    ///
    /// - Throws: `SettingsFaults` with each faulty line; ``WorkspaceError`` when it cannot be read.
    public func synonyms() throws -> Synonyms {
        if let loadedSynonyms { return loadedSynonyms }
        let file = workspace.synonymsFile
        var synonyms = Synonyms.standard
        if access(file, F_OK) == 0 {
            do {
                synonyms = synonyms.adding(try Synonyms(parsing: try Workspace.read(file)))
            } catch let error as SynonymFaults {
                throw SettingsFaults(
                    error.faults.map {
                        SettingsFault(file: file, line: $0.line, field: "", message: $0.message)
                    })
            }
        }
        loadedSynonyms = synonyms
        return synonyms
    }

    /// Courses as the index knows them, by id: with all their texts.
    ///
    /// - Returns: Those of `ids` that the store has.
    public func documents(of ids: [ID<Course>]) throws -> [ID<Course>: IndexDocument] {
        let update = IndexUpdate(
            gazetteer: try gazetteer(), skills: try skills(),
            configuration: workspace.configuration, fingerprint: 0)
        let tagger = SkillTagger(try skills(), reading: TextReader())
        return try store().snapshot { snapshot in
            var documents: [ID<Course>: IndexDocument] = [:]
            for id in Set(ids) {
                guard let stored = try snapshot.record(id) else { continue }
                let provider = try snapshot.provider(stored.record.course.provider)
                documents[id] = update.document(
                    stored.record, provider: provider?.provider, tagger: tagger)
            }
            return documents
        }
    }

    /// The system of record, made when it is not there.
    public func store() throws -> any CatalogueStore {
        if let openedStore { return openedStore }
        try Folder.make(workspace.stateFolder)
        let store = try SQLiteStore(path: workspace.storeFile)
        openedStore = store
        return store
    }

    /// Whether anything was ever read into this workspace.
    public var hasStore: Bool { access(workspace.storeFile, F_OK) == 0 }

    /// The index of the catalogue as it is now.
    ///
    /// The store is opened only when it has to be: on a workspace that has none yet its sources are
    /// read first, and after a crash the index is made again.
    public func index() throws -> IndexReader {
        let library = IndexLibrary(folder: workspace.indexFolder)
        switch WriterMark.state(path: markPath) {
        case .absent, .held:
            if let reader = try openIfSound(library) { return reader }
        case .left:
            break
        }
        if !hasStore {
            guard !workspace.configuration.sources.isEmpty else {
                throw IngestError.nothingToRead(folder: workspace.folder)
            }
            _ = try ingestAll()
        } else {
            try write { try updateIndex() }
        }
        return try library.open()
    }

    /// Reads every source of the workspace, then brings the index up to date.
    ///
    /// A source that cannot be read does not keep the others out.
    public func ingestAll() throws -> [SourceResult] {
        try ingest(
            workspace.configuration.sources.map { ($0, workspace.location(of: $0)) })
    }

    /// What became of one source's feed.
    public struct SourceResult {
        /// The source.
        public let source: Source
        /// What it came to, or why it could not be read.
        public let outcome: Result<IngestOutcome, any Error>
    }

    /// Reads feeds where they lie, then brings the index up to date.
    ///
    /// - Throws: ``IngestError`` and ``StoreError`` when the catalogue cannot be written; what is
    ///   wrong with a feed stands in its result.
    public func ingest(_ feeds: [(source: Source, location: String)]) throws -> [SourceResult] {
        try ingest(feeds.map { FeedDelivery($0.source, location: $0.location) })
    }

    /// Takes feeds in, then brings the index up to date; a feed that is missing is noted.
    ///
    /// - Throws: ``IngestError`` and ``StoreError``, as when they are read where they lie.
    public func ingest(_ feeds: [FeedDelivery]) throws -> [SourceResult] {
        try write {
            let ingestor = Ingestor(
                store: try store(), gazetteer: try gazetteer(),
                configuration: workspace.configuration, today: today, now: now)
            var results: [SourceResult] = []
            for feed in feeds {
                let source = feed.source
                let outcome = Result {
                    try ingestor.ingest(feed) { [onProgress] seen in
                        onProgress(.reading(source: source.id, seen))
                    }
                }
                // What is wrong with the store is wrong for every feed.
                if case .failure(let error as StoreError) = outcome, error.concernsWholeStore {
                    throw error
                }
                if case .missing(_, let reason) = feed.content {
                    try ingestor.noteFailure(of: source, reason)
                } else if case .failure(let error as FeedError) = outcome {
                    try ingestor.noteFailure(of: source, location: feed.location, error)
                }
                results.append(SourceResult(source: source, outcome: outcome))
            }
            try updateIndex()
            return results
        }
    }

    /// Does something that may write to the store, alone, and brings the index up to date.
    public func write<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try Folder.make(workspace.stateFolder)
        guard
            let mark = try WriterMark.take(
                path: markPath, waiting: Self.patience, whileWaiting: { onProgress(.waiting) })
        else { throw IngestError.busy(folder: workspace.folder, seconds: Self.patience) }
        let answer: Answer
        defer { onProgress(.finished) }
        do {
            answer = try body()
        } catch {
            // Whatever was committed before the fault is indexed by the next reader, who finds the
            // mark left behind.
            _ = consume mark
            throw error
        }
        mark.clear()
        return answer
    }

    /// Builds the index of the store's generation, when it is not the current one.
    public func updateIndex() throws {
        let library = IndexLibrary(folder: workspace.indexFolder)
        let store = try store()
        if library.current == (try store.generation), try openIfSound(library) != nil { return }
        try Folder.make(workspace.indexFolder)
        let update = IndexUpdate(
            gazetteer: try gazetteer(), skills: try skills(),
            configuration: workspace.configuration,
            fingerprint: IndexFingerprint.of(workspace))
        try store.snapshot { snapshot in
            let total = try snapshot.sources().reduce(0) { $0 + $1.present.courses }
            onProgress(.indexing(done: 0, of: total))
            _ = try update.run(snapshot, into: library) { [onProgress] done in
                onProgress(.indexing(done: done, of: total))
            }
        }
    }

    private var markPath: String { workspace.stateFolder + "/writing" }

    /// The current index, or `nil` when it has to be built again.
    private func openIfSound(_ library: IndexLibrary) throws(IndexError) -> IndexReader? {
        do {
            return try library.open()
        } catch {
            if case .system = error { throw error }
            return nil
        }
    }
}

extension StoreError {
    /// Whether the fault lies with the store, not with one feed.
    fileprivate var concernsWholeStore: Bool {
        switch self {
        case .accounts, .unfinished, .foreignRecord, .nothingHeld, .nothingToRollBack: false
        default: true
        }
    }
}
