import Glibc
import Storage

/// What can be said of the file before SQLite opens it.
struct StoreFile {
    let path: String

    var exists: Bool { access(path, F_OK) == 0 }

    /// Whether the file, or the folder that it will be made in, can be written.
    var isWritable: Bool {
        isFolderWritable && (!exists || access(path, W_OK) == 0)
    }

    /// Whether files can be made beside it.
    var isFolderWritable: Bool { access(folder, W_OK) == 0 }

    /// Whether a WAL is waiting that holds something.
    var hasJournal: Bool {
        var status = stat()
        return stat(path + "-wal", &status) == 0 && status.st_size > 0
    }

    /// The path as it is written in a URI.
    var escapedPath: String {
        var escaped = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"):
                escaped += "%" + String(byte, radix: 16)
            default: escaped.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return escaped
    }

    private var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Refuses what is no SQLite file at all, before anything is written beside it.
    func checkHeader() throws {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notAStore(path: path) }
        guard status.st_size > 0 else { return }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError.inputOutput(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 16)
        let count = read(descriptor, &header, header.count)
        guard count == 16, header.elementsEqual("SQLite format 3\0".utf8) else {
            throw StoreError.notAStore(path: path)
        }
    }
}
