import Glibc

/// A folder's lock file, held by one process at a time until it goes.
final class FolderLock {
    private let descriptor: Int32

    /// - Parameter waits: Whether to wait for whoever has it.
    /// - Returns: `nil` when the file cannot be made, or another process has it and `waits` is false.
    init?(path: String, waits: Bool) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        while flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 {
            guard errno == EINTR else {
                close(descriptor)
                return nil
            }
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
