import Feeds
import Glibc
import Storage

/// The fingerprint of documents: of their names and bytes, and of the program that reads them.
///
/// The program is part of it as its file's size and time of change, since another build may read the
/// same bytes differently.
enum FeedFingerprint {
    /// The fingerprint of a source's documents and of the settings that decide what is read.
    ///
    /// - Returns: `nil` when they have to be read in any case: what is read depends on more than
    ///   their bytes, or they are no files.
    /// - Throws: ``FeedError``.
    static func of(
        _ inputs: [FeedInput], format: String?, settings: String
    ) throws(FeedError) -> Fingerprint? {
        guard inputs.allSatisfy({ Feeds.isSelfContained($0, format: format) }),
            let program = fileMark("/proc/self/exe")
        else { return nil }
        var hasher = FingerprintHasher()
        func add(_ text: String) { hasher.update(Array(text.utf8) + [0]) }
        add(program)
        add(format ?? "")
        add(settings)
        for input in inputs {
            guard case .file(let path) = input.content else { return nil }
            add(input.name)
            add(String(try addBytes(of: path, to: &hasher)))
        }
        return hasher.finish()
    }

    private static func addBytes(
        of path: String, to hasher: inout FingerprintHasher
    ) throws(FeedError) -> Int {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var total = 0
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { return total }
            total += count
            hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func unreadable(_ path: String) -> FeedError {
        errno == ENOENT
            ? .notFound(path: path)
            : .unreadable(name: path, reason: String(cString: strerror(errno)))
    }

    /// What changes when a file is replaced or written to; `nil` when it is not there.
    static func fileMark(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) "
            + "\(status.st_mtim.tv_nsec)"
    }
}
