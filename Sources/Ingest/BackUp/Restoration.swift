import CLinux
import CourseModel
import Glibc
import SQLiteStorage
import Storage

/// Puts a back-up in the place of a catalogue, or where there is none.
///
/// All of it is unpacked beside its place and checked first. Then settings and data take their
/// places, and in one last step the state folder with the store: until that step the catalogue is
/// the one before, whatever happens.
public struct Restoration: Sendable {
    /// Where it is unpacked, within the folder of the catalogue.
    static let stage = ".leerwijzer-restoring"

    private let path: String
    private let folder: String

    /// A back-up to put into a folder.
    public init(of path: String, into folder: String) {
        self.path = path
        self.folder = folder
    }

    private var stage: String { folder + "/" + Self.stage }

    /// Puts the back-up in its place.
    ///
    /// - Parameter replacing: Whether a catalogue that is there may go; its feeds and settings that
    ///   are not in the back-up stay.
    /// - Throws: ``BackUpError``, ``IngestError/busy(folder:seconds:)`` when something is ingested.
    public func run(replacing: Bool) throws -> BackUp {
        let state = folder + "/.leerwijzer"
        guard replacing || access(folder + "/" + Catalogue.storeName, F_OK) != 0 else {
            throw BackUpError.occupied(folder: folder)
        }
        try Folder.make(folder)
        try Folder.make(state)
        guard
            let mark = try WriterMark.take(
                path: state + "/writing", waiting: Catalogue.patience, whileWaiting: {})
        else { throw IngestError.busy(folder: folder, seconds: Catalogue.patience) }
        Folder.remove(stage)
        defer { Folder.remove(stage) }
        let backUp = try unpack()
        let store = try SQLiteStore(
            path: stage + "/" + Catalogue.storeName, options: .init(isWritable: false))
        let faults = try store.verify()
        guard faults.isEmpty, try store.generation == backUp.generation else {
            throw BackUpError.damaged(
                path: path,
                reason: faults.first ?? "its store is of another generation than its label says")
        }
        try store.close()
        for name in Folder.names(in: stage) ?? [] where name != ".leerwijzer" {
            try exchange(stage + "/" + name, folder + "/" + name)
        }
        // The mark goes with the folder that it stands in.
        try exchange(stage + "/.leerwijzer", state)
        _ = consume mark
        return backUp
    }

    private func unpack() throws -> BackUp {
        var archive = TarReader(try GzipFile(reading: path), path: path)
        guard let first = try archive.next(), first.name == BackUp.label, first.size < 1 << 16
        else { throw BackUpError.noBackUp(path: path, reason: "it has no label") }
        let backUp = try BackUp(
            toml: String(decoding: try archive.read(), as: UTF8.self), path: path)
        var files = 0
        var bytes = 0
        while let entry = try archive.next() {
            let parts = entry.name.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }),
                parts[0] != Self.stage[...]
            else {
                throw BackUpError.noBackUp(
                    path: path, reason: "it holds a file “\(entry.name.prefix(80))”")
            }
            let target = stage + "/" + entry.name
            try Folder.make(
                stage + parts.dropLast().map { "/" + $0 }.joined())
            let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else {
                throw BackUpError.cannotWrite(
                    path: target, reason: String(cString: strerror(errno)))
            }
            defer { close(descriptor) }
            while case let piece = try archive.read(), !piece.isEmpty {
                try write(piece, to: descriptor, target)
            }
            guard fsync(descriptor) == 0 else {
                throw BackUpError.cannotWrite(
                    path: target, reason: String(cString: strerror(errno)))
            }
            files += 1
            bytes += entry.size
        }
        guard files == backUp.files, bytes == backUp.bytes else {
            throw BackUpError.damaged(
                path: path,
                reason: "it has \(files) files of \(bytes) bytes, not \(backUp.files) of "
                    + "\(backUp.bytes)")
        }
        return backUp
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32, _ target: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw BackUpError.cannotWrite(
                    path: target, reason: String(cString: strerror(errno)))
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Puts one thing in the place of another, which goes to where the first was, in one step.
    private func exchange(_ new: String, _ place: String) throws(BackUpError) {
        guard access(place, F_OK) == 0 else {
            if rename(new, place) == 0 { return }
            throw .cannotWrite(path: place, reason: String(cString: strerror(errno)))
        }
        if leerwijzer_exchange(new, place) == 0 { return }
        // File systems without it, where a name is in nobody's place for a moment.
        guard errno == EINVAL || errno == ENOSYS,
            rename(place, new + ".before") == 0, rename(new, place) == 0
        else { throw .cannotWrite(path: place, reason: String(cString: strerror(errno))) }
    }
}
