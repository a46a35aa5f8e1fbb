import CourseModel
import Glibc
import Ingest
import Matching
import Partnership
import Places
import SearchIndex
import Skills
import Storage
import Synchronization

/// The catalogue as it is now: the newest generation, and those before it that someone may still be
/// paging through.
///
/// A request takes one generation and keeps it to its end; a new one is put in its place in between,
/// so none is lost and none sees two.
public final class LiveCatalogue: Sendable {
    private struct State {
        var store: any CatalogueStore
        /// Which file the store is.
        var storeMark: String
        var current: OpenCatalogue?
        var earlier: [(catalogue: OpenCatalogue, until: ContinuousClock.Instant)] = []
        var data: [String: String] = [:]
        var isDraining = false
        /// What the index's file looked like when damage was found in it; that one is not opened again.
        var damaged: String?
        var isMending = false
        /// When the newest generation was last known to be the store's.
        var confirmed = ContinuousClock.now
    }

    /// How many generations before the newest one are kept for cursors, and how long.
    static let kept = (count: 4, duration: Duration.seconds(900))

    private let folder: String
    private let address: StoreAddress
    private let indexFolder: String
    private let openStore: (@Sendable () throws -> any CatalogueStore)?
    private let travelTimes: @Sendable (Workspace) -> TravelTimes
    private let mendIndex: (@Sendable () throws -> Void)?
    /// Brings the catalogue to the day, when it is not the one that corrections were settled for.
    private let turnDay: @Sendable () throws -> Void
    /// Makes the index of the store's generation.
    private let makeIndex: @Sendable () throws -> Void
    private let state: Mutex<State>

    /// A catalogue in a folder whose index is there.
    ///
    /// - Parameters:
    ///   - address: Where the store is; what the environment and the settings say unless given.
    ///   - openStore: Opens the store again when another file has taken its place, as when a back-up is
    ///     put back.
    ///   - travelTimes: Where travel times come from, as a workspace's settings say; estimates unless
    ///     given.
    ///   - mendIndex: Makes the index again from the store; may take long.
    ///   - turnDay: Called again and again; ends corrections whose last day is over.
    ///   - makeIndex: Makes the index of the store's generation when another machine wrote to the
    ///     store; on a store that is a file, whoever writes makes the index.
    /// - Throws: What is wrong with the folder's settings, data, index or store.
    public init(
        folder: String, address: StoreAddress? = nil, store: any CatalogueStore,
        openStore: (@Sendable () throws -> any CatalogueStore)? = nil,
        travelTimes: @escaping @Sendable (Workspace) -> TravelTimes = { _ in TravelTimes() },
        mendIndex: (@Sendable () throws -> Void)? = nil,
        turnDay: @escaping @Sendable () throws -> Void = {},
        makeIndex: @escaping @Sendable () throws -> Void = {}
    ) throws {
        self.folder = folder
        let workspace = try Workspace(folder: folder, store: address)
        // Whatever the settings come to say, it stays the same as long as the service runs.
        self.address = workspace.store
        indexFolder = workspace.indexFolder
        self.openStore = openStore
        self.travelTimes = travelTimes
        self.mendIndex = mendIndex
        self.turnDay = turnDay
        self.makeIndex = makeIndex
        state = Mutex(State(store: store, storeMark: Self.storeMark(of: folder)))
        try refresh()
    }

    /// The newest generation.
    public var current: OpenCatalogue? { state.withLock { $0.current } }

    /// A generation that is still held.
    ///
    /// - Parameter mark: Its mark: after a back-up was put back, another one may have its number.
    public func generation(_ number: Int, mark: UInt64) -> OpenCatalogue? {
        let now = ContinuousClock.now
        func isMeant(_ catalogue: OpenCatalogue) -> Bool {
            catalogue.generation.number == number && catalogue.mark == mark
        }
        return state.withLock { state in
            if let current = state.current, isMeant(current) { return current }
            return state.earlier.last { isMeant($0.catalogue) && $0.until > now }?.catalogue
        }
    }

    /// Whether the service is about to stop, and new requests had better go elsewhere.
    public var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Says that the service is about to stop.
    func drain() { state.withLock { $0.isDraining = true } }

    /// How well the index stands that is answered from.
    enum Soundness {
        /// Nothing is known to be wrong.
        case sound
        /// The newest one is made again; an earlier one, or one whose file is gone, answers.
        case standsIn
        /// The newest one is made again, and answers where it is not damaged.
        case damaged
    }

    /// How well the index stands that is answered from.
    var soundness: Soundness {
        state.withLock { state in
            guard state.damaged != nil else { return .sound }
            return state.current?.isDamaged ?? false ? .damaged : .standsIn
        }
    }

    /// Takes note that an index turned out to be damaged; the newest of the generations before it that
    /// is still held answers from now on.
    ///
    /// - Returns: The catalogue to ask instead, when there is one.
    func noteDamage(in opened: OpenCatalogue) -> OpenCatalogue? {
        opened.markDamaged()
        let mark = marks()[Self.indexMark] ?? ""
        let now = ContinuousClock.now
        return state.withLock { state in
            guard state.current === opened else {
                return state.current.flatMap { $0.isDamaged ? nil : $0 }
            }
            state.damaged = mark
            let other = state.earlier.last { !$0.catalogue.isDamaged && $0.until > now }?.catalogue
            if let other { state.current = other }
            return other
        }
    }

    /// Makes the index again when that is needed, because of damage or of the day; may take long.
    ///
    /// - Returns: Whether it was damaged.
    /// - Throws: Why that failed.
    func mend() throws -> Bool {
        try turnDay()
        let isNeeded = state.withLock { state in
            guard state.damaged != nil, mendIndex != nil, !state.isMending else { return false }
            state.isMending = true
            return true
        }
        guard isNeeded, let mendIndex else { return false }
        defer { state.withLock { $0.isMending = false } }
        try mendIndex()
        // Whatever stands there now is good, were it the file that stood there before.
        state.withLock { $0.damaged = "mended" }
        return true
    }

    /// Opens a new generation when there is one.
    ///
    /// One caller at a time. Places, skills and settings are read again only when their files
    /// changed.
    ///
    /// - Returns: Whether there was.
    /// - Throws: What is wrong with the new generation; the one before stays.
    @discardableResult
    func refresh() throws -> Bool {
        let before = current
        let marks = marks()
        let library = IndexLibrary(folder: indexFolder)
        let held = state.withLock { $0.data }
        dropExpired()
        let damaged = state.withLock { $0.damaged }
        if let damaged, marks[Self.indexMark] == damaged { return false }
        let (heldStore, heldMark) = state.withLock { ($0.store, $0.storeMark) }
        let storeMark = Self.storeMark(of: folder)
        let isReplaced = openStore != nil && !storeMark.isEmpty && storeMark != heldMark
        if damaged == nil, !isReplaced, let before, library.current == before.generation,
            marks == held
        {
            return false
        }

        let workspace = try Workspace(folder: folder, store: address)
        let index: IndexReader
        do throws(IndexError) { index = try library.open() } catch {
            // A service that has an index goes on with it while a new one is made.
            guard before != nil, error.asksForRebuild else { throw error }
            state.withLock { $0.damaged = marks[Self.indexMark] ?? "" }
            throw error
        }
        let generation = Generation(index.generation)
        func isSame(_ name: String) -> Bool { before != nil && marks[name] == held[name] }
        let gazetteer =
            isSame("places")
            ? before?.gazetteer : try Gazetteer.load(folder: workspace.placesFolder)
        let skills =
            isSame("skills")
            ? before?.skills
            : access(workspace.skillsFolder, F_OK) == 0
                ? try SkillsCatalogue.load(folder: workspace.skillsFolder) : .empty
        guard let gazetteer, let skills else { return false }
        // Known times are kept as long as they are the same router's.
        let travel =
            isSame("catalog.toml")
            ? before?.travel ?? travelTimes(workspace) : travelTimes(workspace)
        var store = heldStore
        if isReplaced, let openStore { store = try openStore() }
        let run = try store.snapshot { try $0.run(making: generation) }
        let opened = OpenCatalogue(
            generation: generation, mark: run?.mark ?? 0,
            // When it came to be: when its run began or, for one that was held, was let in.
            committed: (run?.decidedAt ?? run?.startedAt)?.secondsSince1970 ?? 0,
            workspace: workspace, index: index, gazetteer: gazetteer, skills: skills,
            funding: try FundingRules.read(workspace),
            weights: try MatchWeights.read(workspace), synonyms: try workspace.synonyms(),
            travel: travel, store: store, data: DataMark(folder))
        let until = ContinuousClock.now.advanced(by: Self.kept.duration)
        state.withLock { [store] state in
            if isReplaced {
                // Its numbers may stand for other generations than those of the store before it.
                state.earlier = []
                state.store = store
                state.storeMark = storeMark
            } else if let before = state.current, before.generation != generation,
                !before.isDamaged,
                !state.earlier.contains(where: { $0.catalogue === before })
            {
                state.earlier.append((before, until))
                if state.earlier.count > Self.kept.count { state.earlier.removeFirst() }
            }
            before?.answers.forget()
            state.current = opened
            state.data = marks
            state.damaged = nil
        }
        return true
    }

    // MARK: - A store that others write to

    /// The store, when other machines write to it.
    var followed: (any FollowedStore)? { state.withLock { $0.store } as? any FollowedStore }

    /// Waits for a generation of the store that is not open yet, makes its index and opens it.
    ///
    /// One caller at a time.
    ///
    /// - Parameter milliseconds: How long to wait at most.
    /// - Returns: Whether there was one, or other data or settings.
    func follow(_ store: any FollowedStore, milliseconds: Int) throws -> Bool {
        let known = current?.generation ?? .none
        let generation = try store.awaitGeneration(otherThan: known, milliseconds: milliseconds)
        if generation != known { try makeIndex() }
        let isNew = try refresh()
        state.withLock { state in
            // One that was made meanwhile is for the next call.
            if let current = state.current, current.generation >= generation {
                state.confirmed = ContinuousClock.now
            }
        }
        return isNew
    }

    /// How long ago the newest generation was known to be the store's; `nil` when that is always so.
    var behind: Duration? {
        followed == nil ? nil : state.withLock { ContinuousClock.now - $0.confirmed }
    }

    private func dropExpired() {
        let now = ContinuousClock.now
        state.withLock { state in state.earlier.removeAll { $0.until <= now } }
    }

    /// Which file the store is: it is written in place, so that only another file has another mark.
    private static func storeMark(of folder: String) -> String {
        var status = stat()
        guard stat(folder + "/.leerwijzer/catalog.sqlite", &status) == 0 else { return "" }
        return "\(status.st_dev) \(status.st_ino)"
    }

    /// The index's file among the marks.
    private static let indexMark = "index"

    /// What changes when data, settings or the index are replaced.
    private func marks() -> [String: String] {
        func mark(_ path: String) -> String {
            var status = stat()
            guard stat(path, &status) == 0 else { return "" }
            return "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) "
                + "\(status.st_mtim.tv_nsec)"
        }
        return [
            "places": mark(folder + "/places"), "skills": mark(folder + "/skills"),
            "catalog.toml": mark(folder + "/catalog.toml"),
            "funding.toml": mark(folder + "/funding.toml"),
            "weights.toml": mark(folder + "/weights.toml"),
            "synonyms.txt": mark(folder + "/synonyms.txt"),
            Self.indexMark: mark(indexFolder + "/current/index"),
        ]
    }
}
