import CourseModel
import Glibc
import Ingest
import Matching
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
        var current: OpenCatalogue?
        var earlier: [(catalogue: OpenCatalogue, until: ContinuousClock.Instant)] = []
        var data: [String: String] = [:]
        var isDraining = false
    }

    /// How many generations before the newest one are kept for cursors, and how long.
    static let kept = (count: 4, duration: Duration.seconds(900))

    private let folder: String
    private let store: any CatalogueStore
    private let state: Mutex<State>

    /// A catalogue in a folder whose index is there.
    ///
    /// - Throws: What is wrong with the folder's settings, data, index or store.
    public init(folder: String, store: any CatalogueStore) throws {
        self.folder = folder
        self.store = store
        state = Mutex(State())
        try refresh()
    }

    /// The newest generation.
    public var current: OpenCatalogue? { state.withLock { $0.current } }

    /// A generation that is still held.
    public func generation(_ number: Int) -> OpenCatalogue? {
        let now = ContinuousClock.now
        return state.withLock { state in
            if let current = state.current, current.generation.number == number { return current }
            return state.earlier.last {
                $0.catalogue.generation.number == number && $0.until > now
            }?.catalogue
        }
    }

    /// Whether the service is about to stop, and new requests had better go elsewhere.
    public var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Says that the service is about to stop.
    func drain() { state.withLock { $0.isDraining = true } }

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
        let marks = Self.marks(of: folder)
        let library = IndexLibrary(folder: folder + "/.leerwijzer/index")
        let held = state.withLock { $0.data }
        dropExpired()
        if let before, library.current == before.generation, marks == held { return false }

        let workspace = try Workspace(folder: folder)
        let index = try library.open()
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
        let opened = OpenCatalogue(
            generation: generation, committed: try committed(generation), workspace: workspace,
            index: index, gazetteer: gazetteer, skills: skills,
            funding: try FundingRules.read(workspace), store: store)
        let until = ContinuousClock.now.advanced(by: Self.kept.duration)
        state.withLock { state in
            if let before = state.current, before.generation != generation {
                state.earlier.append((before, until))
                if state.earlier.count > Self.kept.count { state.earlier.removeFirst() }
            }
            state.current = opened
            state.data = marks
        }
        return true
    }

    private func dropExpired() {
        let now = ContinuousClock.now
        state.withLock { state in state.earlier.removeAll { $0.until <= now } }
    }

    /// When a generation came to be: when its run began or, for one that was held, was let in.
    private func committed(_ generation: Generation) throws -> Int64 {
        try store.snapshot { snapshot in
            let run = try snapshot.run(making: generation)
            return (run?.decidedAt ?? run?.startedAt)?.secondsSince1970 ?? 0
        }
    }

    /// What changes when data or settings are replaced.
    private static func marks(of folder: String) -> [String: String] {
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
        ]
    }
}
