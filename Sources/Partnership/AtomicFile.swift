import Glibc

/// Small files that are there whole or not at all.
enum AtomicFile {
    /// Writes a text beside its place and moves it there.
    ///
    /// - Parameter mode: Who may read it, besides what the user's mask takes away.
    /// - Throws: ``SyncFailure/cannotWrite(path:errno:)``; what stood there is untouched then.
    static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws(SyncFailure) {
        let fresh = path + ".new"
        let descriptor = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, errno: errno) }
        var text = text
        let failure: Int32 = text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return errno }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return fsync(descriptor) == 0 ? 0 : errno
        }
        close(descriptor)
        guard failure == 0 else {
            unlink(fresh)
            throw .cannotWrite(path: path, errno: failure)
        }
        guard rename(fresh, path) == 0 else { throw .cannotWrite(path: path, errno: errno) }
    }

    /// The text of a file; `nil` when it is not there or cannot be read.
    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            bytes.append(contentsOf: chunk[..<count])
            if count < chunk.count { break }
        }
        return ferror(file) == 0 ? String(validating: bytes, as: UTF8.self) : nil
    }
}

extension AtomicFile {
    /// Up to `count` bytes from the start of a file; none when it cannot be read.
    static func opening(_ path: String, count: Int) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            used = max(0, Glibc.read(descriptor, buffer.baseAddress, count))
        }
    }

    /// Writes bytes to a new file.
    static func write(_ bytes: [UInt8], to path: String) throws(SyncFailure) {
        guard let file = fopen(path, "wb") else { throw .cannotWrite(path: path, errno: errno) }
        let written = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, written == bytes.count else {
            throw .cannotWrite(path: path, errno: errno)
        }
    }
}
