import CourseModel
import Glibc
import SQLiteStorage
import Storage

/// Puts a back-up in the place of a catalogue, or where there is none.
///
/// All of it is unpacked beside its place and checked first. Then settings and data take their places
/// file by file, and in one last step the state folder with the store. Whatever fails on the way, what
/// was replaced goes back; when that fails, too, or the machine stops, it is kept and said where.
public struct Restoration: Sendable {
    /// Where it is unpacked, within the folder of the catalogue.
    static let stage = ".leerwijzer-restoring"
    /// What that is called from the first step on, when what is replaced goes there.
    static let replaced = ".leerwijzer-replaced"
    private static let state = ".leerwijzer"

    private let path: String
    private let folder: String

    /// A back-up to put into a folder.
    public init(of path: String, into folder: String) {
        self.path = path
        self.folder = folder
    }

    private var stage: String { folder + "/" + Self.stage }
    private var replaced: String { folder + "/" + Self.replaced }
    private var aside: String { replaced + "-aside" }
    private var state: String { folder + "/" + Self.state }

    /// Puts the back-up in its place.
    ///
    /// - Parameter replacing: Whether what stands where something of the back-up goes may go: files of
    ///   the same names, and the state folder as a whole. Everything else stays in any case.
    /// - Throws: ``BackUpError``, ``IngestError/busy(folder:seconds:)`` when something is ingested.
    public func run(replacing: Bool) throws -> BackUp {
        // Told before a long file is unpacked; the rest shows when it is known what there is.
        guard replacing || TarWriter.isGone(folder + "/" + Catalogue.storeName) else {
            throw BackUpError.occupied(path: folder + "/" + Catalogue.storeName)
        }
        guard TarWriter.isGone(replaced) else { throw BackUpError.interrupted(kept: replaced) }
        try Folder.make(folder)
        try Folder.make(state)
        guard
            let mark = try WriterMark.take(
                path: state + "/writing", waiting: Catalogue.patience, whileWaiting: {})
        else { throw IngestError.busy(folder: folder, seconds: Catalogue.patience) }
        Folder.remove(stage)
        Folder.remove(aside)
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
        if !replacing, let name = inTheWay("") {
            throw BackUpError.occupied(path: folder + "/" + name)
        }
        try syncFolders(stage)
        try takePlaces()
        // The mark goes with the folder that it stands in.
        _ = consume mark
        return backUp
    }

    // MARK: Unpacking

    private func unpack() throws -> BackUp {
        var archive = TarReader(try GzipFile(reading: path), path: path)
        guard let first = try archive.next(), first.name == BackUp.label, first.size < 1 << 16
        else { throw BackUpError.noBackUp(path: path, reason: "it has no label") }
        var backUp = try BackUp(
            label: String(decoding: try archive.read(), as: UTF8.self), path: path)
        try Folder.make(stage)
        // Nobody else looks in before each file says who may.
        guard chmod(stage, 0o700) == 0 else {
            throw BackUpError.cannotWrite(path: stage, reason: String(cString: strerror(errno)))
        }
        var files = 0
        var bytes = 0
        var folders: [TarReader.Entry] = []
        var isWhole = false
        while !isWhole, let entry = try archive.next() {
            if entry.name == BackUp.end, entry.size < 1 << 16 {
                try backUp.readEnd(
                    String(decoding: try archive.read(), as: UTF8.self), path: path)
                isWhole = true
                continue
            }
            guard let parts = entry.parts, !parts[0].hasPrefix(Self.stage),
                !parts[0].hasPrefix(Self.replaced)
            else {
                throw BackUpError.noBackUp(
                    path: path, reason: "it holds a file “\(entry.name.prefix(80))”")
            }
            if entry.isFolder {
                try Folder.make(stage + "/" + entry.name)
                folders.append(entry)
            } else {
                try Folder.make(stage + parts.dropLast().map { "/" + $0 }.joined())
                try unpack(entry, of: &archive)
                files += 1
                bytes += entry.size
            }
        }
        guard isWhole, try archive.next() == nil else {
            throw BackUpError.damaged(path: path, reason: "its end is missing or not at its end")
        }
        guard files == backUp.files, bytes == backUp.bytes else {
            throw BackUpError.damaged(
                path: path,
                reason: "it has \(files) files of \(bytes) bytes, not \(backUp.files) of "
                    + "\(backUp.bytes)")
        }
        for entry in folders {
            let target = stage + "/" + entry.name
            // What cannot be entered could not be put in its place either.
            guard chmod(target, entry.mode | 0o700) == 0 else {
                throw BackUpError.cannotWrite(
                    path: target, reason: String(cString: strerror(errno)))
            }
        }
        return backUp
    }

    private func unpack(_ entry: TarReader.Entry, of archive: inout TarReader) throws {
        let target = stage + "/" + entry.name
        func failed() -> BackUpError {
            .cannotWrite(path: target, reason: String(cString: strerror(errno)))
        }
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failed() }
        defer { close(descriptor) }
        while case let piece = try archive.read(), !piece.isEmpty {
            var rest = piece[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failed() }
                rest = rest.dropFirst(count)
            }
        }
        guard fchmod(descriptor, entry.mode) == 0, fsync(descriptor) == 0 else { throw failed() }
    }

    /// Makes sure that what was unpacked is on the disk under its names.
    private func syncFolders(_ path: String) throws(BackUpError) {
        for name in Folder.names(in: path) ?? [] where Folder.isFolder(path + "/" + name) {
            try syncFolders(path + "/" + name)
        }
        try Catalogue.sync(path)
    }

    // MARK: Taking places

    /// The first thing in the folder, by path within it, that something unpacked would replace.
    private func inTheWay(_ start: String) -> String? {
        for own in Folder.names(in: stage + "/" + start) ?? [] {
            let name = start.isEmpty ? own : start + "/" + own
            if name == Self.state {
                // The mark is our own.
                let others = (Folder.names(in: state) ?? []).filter { $0 != "writing" }
                if let first = others.first { return name + "/" + first }
            } else if Folder.isFolder(stage + "/" + name), Folder.isFolder(folder + "/" + name) {
                if let found = inTheWay(name) { return found }
            } else if !TarWriter.isGone(folder + "/" + name) {
                return name
            }
        }
        return nil
    }

    private func takePlaces() throws(BackUpError) {
        // By another name from now on: the next restore clears the one away, but not the other.
        guard rename(stage, replaced) == 0 else {
            throw .cannotWrite(path: replaced, reason: String(cString: strerror(errno)))
        }
        var replacement = Replacement(aside: aside)
        do throws(BackUpError) {
            try Catalogue.sync(folder)
            for name in Folder.names(in: replaced) ?? [] where name != Self.state {
                try takePlace(name, &replacement)
            }
            try replacement.sync()
            try replacement.put(replaced + "/" + Self.state, at: state)
            try replacement.sync()
        } catch {
            if let fault = replacement.undo() {
                throw .halfway(kept: replaced, reason: error.description, undoing: fault)
            }
            try letGo()
            throw error
        }
        try letGo()
    }

    /// Puts a file in its place, or a folder where there is none; what is in a folder that is there
    /// takes its places one by one, so that the rest of it stays.
    private func takePlace(
        _ name: String, _ replacement: inout Replacement
    ) throws(BackUpError) {
        let new = replaced + "/" + name
        let place = folder + "/" + name
        guard Folder.isFolder(new), Folder.isFolder(place) else {
            return try replacement.put(new, at: place)
        }
        for own in Folder.names(in: new) ?? [] {
            try takePlace(name + "/" + own, &replacement)
        }
    }

    /// Says that what lies beside the catalogue is needed no more.
    private func letGo() throws(BackUpError) {
        guard rename(replaced, stage) == 0 else {
            throw .cannotWrite(path: replaced, reason: String(cString: strerror(errno)))
        }
    }
}
