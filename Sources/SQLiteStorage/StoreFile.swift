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

    /// Refuses what is not a catalogue, before anything is written to it or beside it.
    ///
    /// - Returns: Whether there is a catalogue; `false` when there is nothing, or an empty file.
    func holdsStore() throws -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StoreError.notAStore(path: path) }
        guard status.st_size > 0 else { return false }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StoreError.inputOutput(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        // SQLite's header is 100 bytes: its name in front, the application's number at 68,
        // big-endian (https://sqlite.org/fileformat2.html#the_database_header).
        var header = [UInt8](repeating: 0, count: 100)
        let count = read(descriptor, &header, header.count)
        let application = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard count == 100, header.starts(with: "SQLite format 3\0".utf8),
            application == UInt32(Schema.applicationID)
        else { throw StoreError.notAStore(path: path) }
        return true
    }
}
