import Glibc

/// The few things that are done with folders.
package enum Folder {
    /// The names in a folder, sorted by bytes, without `.` and `..`; `nil` when it cannot be read,
    /// with the reason in `errno`.
    ///
    /// What is not UTF-8 in a name is repaired.
    package static func names(in path: String) -> [String]? {
        rawNames(in: path)?.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The names in a folder as the system keeps them, sorted, without `.` and `..`; `nil` when it
    /// cannot be read to its end, with the reason in `errno`.
    package static func rawNames(in path: String) -> [[UInt8]]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { start in
                    UnsafeBufferPointer(start: start, count: strnlen(start, 256))
                        .map { UInt8(bitPattern: $0) }
                }
            }
            if name != [UInt8(ascii: ".")], name != Array("..".utf8) { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { return nil }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether a folder is at a path, or a link to one.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Removes a file, or a folder with all that is in it, without following links.
    package static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in names(in: path) ?? [] { remove(path + "/" + name) }
        rmdir(path)
    }

    /// Makes a folder and those above it.
    ///
    /// - Throws: ``IngestError/cannotWrite(path:reason:)``.
    package static func make(_ path: String) throws(IngestError) {
        guard mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try make(String(path[..<slash]))
            if mkdir(path, 0o755) == 0 { return }
        }
        throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
    }

    /// Writes a text beside its place and moves it there, so that it is there whole or not at all.
    ///
    /// - Throws: ``IngestError/cannotWrite(path:reason:)``.
    package static func write(_ text: String, to path: String) throws(IngestError) {
        let fresh = path + ".new"
        func failed() -> IngestError {
            let reason = String(cString: strerror(errno))
            unlink(fresh)
            return .cannotWrite(path: path, reason: reason)
        }
        guard let file = fopen(fresh, "wbe") else { throw failed() }
        let bytes = Array(text.utf8)
        let isWritten =
            fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
            && fsync(fileno(file)) == 0
        guard fclose(file) == 0, isWritten, rename(fresh, path) == 0 else { throw failed() }
    }
}
