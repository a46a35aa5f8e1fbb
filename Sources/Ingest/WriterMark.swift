import Glibc

/// The mark that a writer leaves on a workspace while the store may be ahead of the index.
///
/// It is a lock as well as a note. Held: someone is writing, and readers use the index that is
/// there. Left behind by no living process: a writer died between committing and indexing, and
/// whoever comes next compares the two. Absent: the index belongs to the store, and a reader need
/// not open the store to know it.
struct WriterMark: ~Copyable {
    /// What a reader sees.
    enum State {
        /// Store and index belong together.
        case absent
        /// A writer is at work.
        case held
        /// A writer died.
        case left
    }

    private let path: String
    private let descriptor: Int32

    /// Marks the workspace, waiting for another writer.
    ///
    /// - Parameter seconds: How long to wait, 0 or more.
    /// - Returns: `nil` when another process still writes after that time.
    /// - Throws: ``IngestError/cannotWrite(path:reason:)``.
    static func take(
        path: String, waiting seconds: Int, whileWaiting note: () -> Void
    ) throws(IngestError) -> WriterMark? {
        var waited = 0
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else {
                throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
            }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                // The file may have been removed by the writer that we waited for; a lock on it
                // then guards nothing.
                if isCurrent(descriptor, path) { return WriterMark(path, descriptor) }
                close(descriptor)
                continue
            }
            close(descriptor)
            guard waited < seconds * 10 else { return nil }
            if waited == 0 { note() }
            usleep(100_000)
            waited += 1
        }
    }

    /// What stands at `path`.
    static func state(path: String) -> State {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .absent }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return .held }
        return isCurrent(descriptor, path) ? .left : .absent
    }

    private static func isCurrent(_ descriptor: Int32, _ path: String) -> Bool {
        var opened = stat()
        var named = stat()
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0
            && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
    }

    private init(_ path: String, _ descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    /// Says that store and index belong together again.
    consuming func clear() {
        unlink(path)
    }

    deinit { close(descriptor) }
}
