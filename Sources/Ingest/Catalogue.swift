import CourseModel
import Feeds
import Glibc
import Places
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
        /// The index turned out to be damaged, and is made again.
        case mending(IndexError)
        /// Joint modules cannot all be offered as they are defined.
        case faultyJointModules([Diagnostic])
        /// Corrections took hold or ended.
        case corrected([CuratedChange])
        /// Files of corrections have faults; what was in force stays so.
        case faultyCorrections(SettingsFaults)
        /// Waiting for another process to finish writing.
        case waiting
        /// Looking for the store's server, which is away.
        case looking
        /// Nothing more to wait for.
        case finished
    }

    /// The workspace.
    public let workspace: Workspace
    /// The day that is taken for today.
    public let today: CalendarDate
    let now: Moment
    private let began = ContinuousClock.now
    let onProgress: (Progress) -> Void
    private var openedStore: (any CatalogueStore)?
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

    /// Whether a place may be named among some words; tells it without reading the whole gazetteer.
    public func mayNamePlace(_ words: String) throws -> Bool {
        try loadedGazetteer != nil
            || Gazetteer.mayName(
                words.split(whereSeparator: \.isWhitespace), folder: workspace.placesFolder)
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
        let synonyms = try workspace.synonyms()
        loadedSynonyms = synonyms
        return synonyms
    }

    /// Courses as the index knows them, by id; see ``CourseDocuments/documents(of:withSkills:)``.
    public func documents(
        of ids: [ID<Course>], withSkills: Bool
    ) throws -> [ID<Course>: IndexDocument] {
        try CourseDocuments(
            gazetteer: try gazetteer(), skills: try skills(),
            configuration: workspace.configuration, store: try store(),
            shown: { [workspace] in try ShownCourses(workspace, in: $0) }
        ).documents(of: ids, withSkills: withSkills)
    }

    /// How long a writer looks for a store's server that is away, in seconds: it may be replaced.
    private static let patienceForServer = 60

    /// The system of record, made when it is not there.
    ///
    /// - Parameter patience: How long to look for a server that is away, in seconds.
    public func store(patience: Int = 0) throws -> any CatalogueStore {
        if let openedStore { return openedStore }
        // Called from within a writing call of this catalogue, as all progress is told.
        nonisolated(unsafe) let tell = onProgress
        let store = try workspace.openStore(
            patience: patience, onWait: { tell(.waiting) }, onAway: { tell(.looking) })
        openedStore = store
        return store
    }

    /// Whether there is a store, with or without anything in it; a server is taken to have one.
    public var hasStore: Bool {
        workspace.store.isShared || access(workspace.storeFile, F_OK) == 0
    }

    /// Whether nothing was ever read into the store.
    private var isNew: Bool {
        get throws {
            guard workspace.store.isShared else { return !hasStore }
            return try store().snapshot { try $0.runs(of: nil, limit: 1).isEmpty }
        }
    }

    /// The index of the catalogue as it is now.
    ///
    /// The store is opened only when it has to be: on a workspace that has none yet its sources are
    /// read first, and after a crash the index is made again.
    public func index() throws -> IndexReader {
        let library = IndexLibrary(folder: workspace.indexFolder)
        let state = WriterMark.state(path: markPath)
        switch state {
        case .absent, .held:
            // A shared store may be ahead of the index without any mark here.
            if workspace.store.isShared, try !isIndexed(in: library) { break }
            if isCurationDue { break }
            do throws(IndexError) { return try library.open() } catch {
                guard error.asksForRebuild else { throw error }
                if library.current != nil { onProgress(.mending(error)) }
            }
        case .left:
            break
        }
        if try isNew {
            guard !workspace.configuration.sources.isEmpty else {
                throw IngestError.nothingToRead(folder: workspace.folder)
            }
            _ = try ingestAll()
        } else {
            try write {
                if state == .left || isCurationDue { try settleCuration() }
                try updateIndex()
            }
        }
        return try library.open()
    }

    /// The index, with every byte of it checked: for what answers line by line and cannot begin again.
    public func checkedIndex() throws -> IndexReader {
        try answering { index in
            try index.verify()
            return index
        }
    }

    /// Answers from the index as it is now.
    ///
    /// Damage shows when what is damaged is read. Then the index is made again, and asked once more.
    ///
    /// - Parameter body: Answers; what it wrote before it threw does not count.
    public func answering<Answer>(_ body: (IndexReader) throws -> Answer) throws -> Answer {
        do {
            return try body(try index())
        } catch let error as IndexError where error.asksForRebuild {
            onProgress(.mending(error))
            try mendIndex()
            return try body(try IndexLibrary(folder: workspace.indexFolder).open())
        }
    }

    /// Makes the index again, unless another process has mended it meanwhile.
    public func mendIndex() throws {
        try write {
            let library = IndexLibrary(folder: workspace.indexFolder)
            let isSound: Bool
            do throws(IndexError) {
                try library.open().verify()
                isSound = true
            } catch {
                guard error.asksForRebuild else { throw error }
                isSound = false
            }
            if !isSound { try makeIndex(in: library, of: try store()) }
        }
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
    /// Several feeds are read side by side; the store takes them in their order.
    ///
    /// - Throws: ``IngestError`` and ``StoreError``, as when they are read where they lie.
    public func ingest(_ feeds: [FeedDelivery]) throws -> [SourceResult] {
        try ingest(feeds, readers: FeedsAhead.readers)
    }

    /// Takes feeds in, of which so many are read at once.
    func ingest(_ feeds: [FeedDelivery], readers: Int) throws -> [SourceResult] {
        guard workspace.store.isShared else {
            return try write {
                let results = try takeIn(feeds, readers)
                try settle()
                return results
            }
        }
        // A server lets several write at once, each to sources of its own; the index is made by one.
        let results = try takeIn(feeds, readers)
        do {
            try write { try settle() }
        } catch StoreError.unavailable {
            // What was taken in is there: another server has it.
            try write { try settle() }
        }
        return results
    }

    private func takeIn(_ feeds: [FeedDelivery], _ readers: Int) throws -> [SourceResult] {
        let ingestor = Ingestor(
            store: try store(patience: Self.patienceForServer), gazetteer: try gazetteer(),
            configuration: workspace.configuration, today: today, now: now, began: began)
        let ahead = try ingestor.readAhead(feeds, readers: readers)
        defer { ahead?.close() }
        var results: [SourceResult] = []
        for (number, feed) in feeds.enumerated() {
            let source = feed.source
            let outcome = Result {
                try ingestor.ingest(feed, ahead: ahead?.feeds[number]) { [onProgress] seen in
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
        return results
    }

    /// Does something that may write to the store, alone, and brings the index up to date.
    public func write<Answer>(_ body: () throws -> Answer) throws -> Answer {
        try Folder.make(workspace.madeFolder)
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

    /// Builds the index of the store's generation, when it is not the current one or was made with
    /// other settings for duplicates.
    public func updateIndex() throws {
        try composeJointModules()
        let library = IndexLibrary(folder: workspace.indexFolder)
        let store = try store()
        let settings = try? Workspace.read(workspace.duplicateSettingsFile)
        if settings == duplicateSettings, try isIndexed(in: library),
            try openIfSound(library) != nil
        {
            return
        }
        try makeIndex(in: library, of: store)
    }

    /// Whether the current index is one of the store's generation.
    private func isIndexed(in library: IndexLibrary) throws -> Bool {
        try library.current == store().generation && isIndexOfStore()
    }

    /// Whether the indexes are of the store that is at its address now.
    private func isIndexOfStore() throws -> Bool {
        guard let shared = try store() as? any FollowedStore else { return true }
        return (try? Workspace.read(workspace.storeIdentityFile)) == shared.identity
    }

    private func makeIndex(in library: IndexLibrary, of store: any CatalogueStore) throws {
        if try !isIndexOfStore() {
            // Another database is there now: its generations have the same numbers.
            Folder.remove(workspace.indexFolder)
        }
        try Folder.make(workspace.indexFolder)
        if let shared = store as? any FollowedStore {
            try Folder.write(shared.identity, to: workspace.storeIdentityFile)
        }
        var update = IndexUpdate(
            gazetteer: try gazetteer(), skills: try skills(),
            configuration: workspace.configuration,
            fingerprint: IndexFingerprint.of(workspace))
        try store.snapshot { snapshot in
            let curation = try curation(of: snapshot)
            let register = try DuplicateRegister(
                snapshot, configuration: workspace.configuration)
            update.duplicates = register
            try Folder.write(try register.text(), to: workspace.duplicatesFile)
            var ledger = ClusterLedger.read(workspace.clusterLedgerFile)
            ledger.note(register)
            try Folder.write(try ledger.text(), to: workspace.clusterLedgerFile)
            update.correct(by: curation, joint: try? JointModules(workspace))
            let total = try snapshot.sources().reduce(0) { $0 + $1.present.courses }
            onProgress(.indexing(done: 0, of: total))
            _ = try update.run(snapshot, into: library) { [onProgress] done in
                onProgress(.indexing(done: done, of: total))
            }
        }
        // Last, so that an index that was not finished is made again.
        try Folder.write(duplicateSettings, to: workspace.duplicateSettingsFile)
    }

    /// The settings for duplicates, as they are noted beside the register.
    private var duplicateSettings: String {
        let settings = workspace.configuration.duplicates
        return "merge = \(settings.merges)\nmax-doubt = \(settings.mostDoubt)\n"
    }

    /// Which courses of the catalogue as it is now are the same.
    ///
    /// - Throws: ``StoreError``.
    public func duplicates() throws -> DuplicateRegister {
        try store().snapshot { try duplicates(in: $0) }
    }

    /// Which courses of a snapshot are the same, as the index of its generation has them.
    func duplicates(in snapshot: any CatalogueSnapshot) throws -> DuplicateRegister {
        try DuplicateRegister.read(workspace.duplicatesFile, generation: snapshot.generation)
            ?? DuplicateRegister(snapshot, configuration: workspace.configuration)
    }

    /// Tells whoever waits what is being done.
    func report(_ progress: Progress) { onProgress(progress) }

    /// The moment that it is now, by how long this has taken.
    var moment: Moment {
        Moment(
            secondsSince1970: now.secondsSince1970
                + (ContinuousClock.now - began).components.seconds)
    }

    private var markPath: String { workspace.madeFolder + "/writing" }

    /// The current index, or `nil` when it has to be built again.
    private func openIfSound(_ library: IndexLibrary) throws(IndexError) -> IndexReader? {
        do {
            return try library.open()
        } catch {
            guard error.asksForRebuild else { throw error }
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
