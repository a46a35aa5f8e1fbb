import CourseModel
import Glibc
import SQLStorage
import SQLiteStorage
import Storage

extension Catalogue {
    /// Where the store is in a workspace, and in an archive of it.
    static let storeName = ".leerwijzer/catalog.sqlite"

    /// Keeps the catalogue in one file: the store as it is at one moment, whatever is ingested or
    /// served meanwhile, and everything else in the folder but what can be made or fetched again.
    ///
    /// A store on a server is kept as the file that it would be. The copy of the store is checked. The file appears whole, and only its owner can read it,
    /// since it holds what the catalogue keeps secret.
    ///
    /// - Throws: ``BackUpError``; `StoreError`.
    public func backUp(to path: String) throws -> BackUp {
        guard hasStore else { throw BackUpError.nothingToKeep(folder: workspace.folder) }
        let copy = try Self.unfinishedFile(beside: path)
        defer { unlink(copy) }
        let part = try Self.unfinishedFile(beside: path)
        defer { unlink(part) }
        // Opened in any case, so that an older store is brought up to date first.
        let store = try workspace.openStore()
        if workspace.store.isShared {
            let file = try SQLiteStore(path: copy)
            _ = try CatalogueCopy.copy(from: store, to: file)
            try file.close()
        } else {
            try SQLiteStore.copy(workspace.storeFile, to: copy)
        }
        var backUp = try contents(ofStore: copy)
        let files = try WorkspaceFiles(of: workspace, for: path)
        backUp.leftOut = files.leftOut
        let file = try GzipFile(writing: part)
        var archive = TarWriter(file)
        try archive.write(BackUp.label, text: backUp.labelText)
        for name in files.folders {
            try archive.write(name, folder: workspace.folder + "/" + name)
        }
        for name in files.files { try archive.write(name, file: workspace.folder + "/" + name) }
        var mode: mode_t = 0o600
        if !workspace.store.isShared {
            var status = stat()
            guard stat(workspace.storeFile, &status) == 0 else {
                throw BackUpError.cannotRead(
                    path: workspace.storeFile, reason: String(cString: strerror(errno)))
            }
            mode = status.st_mode
        }
        try archive.write(Self.storeName, file: copy, mode: mode)
        // Counted as it was written: a file may have changed or gone since it was listed.
        backUp.files = archive.files
        backUp.bytes = archive.bytes
        try archive.write(BackUp.end, text: backUp.endText)
        try archive.finish()
        try file.finish()
        try Self.sync(part)
        guard rename(part, path) == 0 else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        let folder = Self.folder(of: path)
        try Self.sync(folder.isEmpty ? "." : folder)
        return backUp
    }

    /// Checks a copy of the store and tells what it holds.
    private func contents(ofStore copy: String) throws -> BackUp {
        let store = try SQLiteStore(path: copy, options: .init(isWritable: false))
        let faults = try store.verify()
        guard faults.isEmpty else {
            throw BackUpError.damaged(
                path: workspace.storeFile, reason: faults.prefix(3).joined(separator: "; "))
        }
        let backUp = try store.snapshot { snapshot in
            BackUp(
                generation: snapshot.generation,
                present: try snapshot.sources().reduce(into: RecordCount()) { $0 += $1.present },
                made: now)
        }
        try store.close()
        return backUp
    }

    /// Makes an empty file of a new name beside another, which only its owner can read.
    private static func unfinishedFile(beside path: String) throws(BackUpError) -> String {
        var template = Array((folder(of: path) + BackUp.unfinished + "XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        close(descriptor)
        return template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// The folder that a file is in, with the slash behind it; empty when none is named.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// Makes sure that a file, or the list of what is in a folder, is on the disk.
    static func sync(_ path: String) throws(BackUpError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        // EINVAL: a file system that cannot be asked for it, as some are for folders.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
