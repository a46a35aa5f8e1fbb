import Answers
import CourseModel
import FoundationEssentials
import Glibc
import Ingest

/// The copy of a source's documents, as they were last fetched, with what is remembered of them.
///
/// A document never changes: a newer version is a new file, and the old one goes when nothing points
/// to it any more. So whatever stands in the saved state is there, also after a crash.
///
/// `@unchecked Sendable`: the thread that fetches hands it to the one that takes the feed in; no two
/// use it at once.
final class Mirror: @unchecked Sendable {
    /// The folder.
    let folder: String
    /// What is remembered.
    var state: MirrorState
    private let lock: Int32
    private var filesMade = 0

    /// Opens a source's mirror, for one process at a time.
    ///
    /// - Returns: `nil` when another process is fetching the source.
    /// - Throws: ``SyncFailure`` and `IngestError` when the folder cannot be used.
    static func open(
        _ source: ID<Source>, of workspace: Workspace, address: String
    ) throws -> Mirror? {
        let folder = folder(of: source, in: workspace)
        try Folder.make(folder + "/documents")
        let lock = Glibc.open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw SyncFailure.cannotWrite(path: folder, errno: errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            return nil
        }
        let known = MirrorState.read(folder + "/state.json")
        // Of another address nothing holds; that of a damaged file is fetched anew.
        let state = known?.address == address ? known : nil
        return Mirror(folder: folder, state: state ?? MirrorState(address: address), lock: lock)
    }

    /// The folder of a source's mirror.
    static func folder(of source: ID<Source>, in workspace: Workspace) -> String {
        folder(in: workspace) + "/" + source.value
    }

    /// The folder of all mirrors.
    static func folder(in workspace: Workspace) -> String { workspace.stateFolder + "/fetched" }

    private init(folder: String, state: MirrorState, lock: Int32) {
        self.folder = folder
        self.state = state
        self.lock = lock
    }

    deinit { close(lock) }

    /// A path for a new document.
    func newFile() -> String {
        filesMade += 1
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return String(Int(time.tv_sec) * 1_000_000_000 + time.tv_nsec, radix: 36)
            + "-\(getpid())-\(filesMade)"
    }

    /// Where a document of the mirror is.
    func path(_ file: String) -> String { folder + "/documents/" + file }

    /// Saves what is remembered.
    func save() throws {
        try AtomicFile.write(try JSONOutput.line(state) + "\n", to: folder + "/state.json")
    }

    /// Removes the documents that nothing points to.
    func removeStrays() {
        var known = Set(state.documents.values.map(\.file))
        known.formUnion(state.harvest?.records.values.map { $0 } ?? [])
        for name in Folder.names(in: folder + "/documents") ?? [] where !known.contains(name) {
            unlink(path(name))
        }
    }
}

extension MirrorState {
    /// Reads a saved state; `nil` when there is none, or it cannot be understood: then everything is
    /// fetched anew, which costs time and loses nothing.
    static func read(_ path: String) -> MirrorState? {
        guard let text = AtomicFile.read(path) else { return nil }
        return try? JSONDecoder().decode(MirrorState.self, from: Data(text.utf8))
    }
}
