import Glibc

/// Reads small text files that a person names.
enum TextFile {
    /// A file's text, or that of standard input for `-`; at most 64 MiB of UTF-8.
    static func read(_ path: String) throws(Failure) -> String {
        let file = path == "-" ? fdopen(dup(STDIN_FILENO), "rb") : fopen(path, "rb")
        guard let file else {
            let status: Failure.Status = errno == ENOENT ? .noInput : .io
            throw Failure(status, "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= 64 << 20 else {
                throw Failure(.data, "\(path) is larger than 64 MiB; give a smaller file")
            }
            if count < chunk.count { break }
        }
        guard ferror(file) == 0 else {
            // A folder opens, and fails only when it is read.
            throw Failure(
                errno == EISDIR ? .noInput : .io,
                "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(.data, "\(path) is not UTF-8 text; save it as UTF-8")
        }
        return text
    }

    /// Writes a text to a new file that only its owner can read, or over one that is there.
    static func write(_ text: String, to path: String, replacing: Bool) throws(Failure) {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (replacing ? O_TRUNC : O_EXCL)
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        do { try Console.write(text, to: descriptor) } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else {
            throw Failure(.io, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
    }
}
