import Answers
import Glibc
import Ingest

/// Writes the files of an archive, with their checksums behind them.
struct ArchiveWriter {
    private let file: GzipFile
    private var tar: TarWriter
    private let sums: JSONLinesWriter
    private let sumsPath: String

    /// Begins an archive.
    ///
    /// - Parameter scratch: A folder of its own for what is gathered on the way.
    init(_ path: String, scratch: String) throws {
        file = try GzipFile(writing: path)
        tar = TarWriter(file)
        sumsPath = scratch + "/" + OpenArchive.sums
        sums = try JSONLinesWriter(sumsPath)
    }

    /// Puts in bytes as a file.
    mutating func write(_ name: String, _ bytes: [UInt8]) throws {
        try note(name, SHA256.digest(bytes))
        try tar.write(name, bytes: bytes)
    }

    /// Puts in a file of the disk.
    mutating func write(_ name: String, file path: String) throws {
        let before = tar.files
        try note(name, try Self.digest(of: path))
        try tar.write(name, file: path, mode: 0o644)
        // Its checksum would stand for a file that is not there.
        guard tar.files == before + 1 else { throw BackUpError.changed(path: path) }
    }

    /// Puts in all files of a folder of the disk, by name.
    mutating func write(_ name: String, folder path: String) throws {
        for own in Folder.names(in: path) ?? [] {
            if Folder.isFolder(path + "/" + own) {
                try write(name + "/" + own, folder: path + "/" + own)
            } else {
                try write(name + "/" + own, file: path + "/" + own)
            }
        }
    }

    /// Ends the archive.
    mutating func finish() throws {
        try sums.finish()
        let digest = try Self.digest(of: sumsPath)
        try tar.write(OpenArchive.sums, file: sumsPath, mode: 0o644)
        let end = OpenArchive.End(
            files: tar.files, bytes: tar.bytes, sha256: SHA256.hexadecimal(digest))
        try tar.write(OpenArchive.end, text: try JSONOutput.line(end) + "\n")
        try tar.finish()
        try file.finish()
    }

    private func note(_ name: String, _ digest: [UInt8]) throws {
        try sums.write(Self.sum(digest, name))
    }

    /// A line of the checksums.
    static func sum(_ digest: [UInt8], _ name: String) -> String {
        SHA256.hexadecimal(digest) + "  " + name + "\n"
    }

    /// The digest of a file.
    static func digest(of path: String) throws(BackUpError) -> [UInt8] {
        guard let file = fopen(path, "rbe") else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var hash = SHA256()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            hash.update(count == chunk.count ? chunk : Array(chunk[..<count]))
            if count < chunk.count { break }
        }
        guard ferror(file) == 0 else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        return hash.finish()
    }
}
