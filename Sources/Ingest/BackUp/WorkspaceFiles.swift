import Glibc

/// What of a workspace's folder a back-up keeps, links followed.
///
/// Not kept, and not told: what is made or fetched again, what belongs to a running process, the
/// store, which is copied by itself, and the file that the back-up is to replace.
package struct WorkspaceFiles {
    /// The folders, each before those in it, by path from the workspace.
    private(set) var folders: [String] = []
    /// The files, by path from the workspace.
    package private(set) var files: [String] = []
    /// What cannot be kept, and why.
    private(set) var leftOut: [BackUp.LeftOut] = []

    private let folder: String
    /// What the back-up replaces, when that is there.
    private let target: stat?

    /// Lists a workspace's folder.
    ///
    /// - Parameter path: The file that the back-up is written to.
    /// - Throws: ``BackUpError/cannotRead(path:reason:)`` for what is there and cannot be looked at.
    package init(of workspace: Workspace, for path: String) throws(BackUpError) {
        folder = workspace.folder
        var status = stat()
        target = stat(path, &status) == 0 ? status : nil
        try add("", depth: 0)
    }

    private mutating func add(_ start: String, depth: Int) throws(BackUpError) {
        let path = start.isEmpty ? folder : folder + "/" + start
        guard depth < 16 else {
            throw .cannotRead(path: path, reason: "folders go too deep; does a link go round?")
        }
        guard let names = Folder.rawNames(in: path) else {
            let code = errno
            if code == ENOENT, TarWriter.isGone(path), !start.isEmpty { return }
            throw .cannotRead(path: path, reason: String(cString: strerror(code)))
        }
        for bytes in names {
            guard let own = String(validating: bytes, as: UTF8.self) else {
                throw .cannotRead(
                    path: path + "/" + String(decoding: bytes, as: UTF8.self),
                    reason: "its name is not UTF-8; rename it, or move it out of the catalogue")
            }
            let name = start.isEmpty ? own : start + "/" + own
            if Self.isMadeAgain(name) || own.hasPrefix(BackUp.unfinished) { continue }
            try add(name, at: folder + "/" + name, depth: depth)
        }
    }

    private mutating func add(
        _ name: String, at path: String, depth: Int
    ) throws(BackUpError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let code = errno
            guard code == ENOENT else {
                throw .cannotRead(path: path, reason: String(cString: strerror(code)))
            }
            // Gone meanwhile, as files that are being written are, or a link that leads to nothing.
            if !TarWriter.isGone(path) { leftOut.append(.init(path: name, reason: .linkToNothing)) }
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
            folders.append(name)
            try add(name, depth: depth + 1)
        case S_IFREG:
            if let target, target.st_ino == status.st_ino, target.st_dev == status.st_dev { return }
            if Self.isBackUp(path) {
                leftOut.append(.init(path: name, reason: .backUp))
            } else {
                files.append(name)
            }
        default: leftOut.append(.init(path: name, reason: .noFile))
        }
    }

    private static func isMadeAgain(_ name: String) -> Bool {
        let state = ".leerwijzer/"
        guard name.hasPrefix(state) else {
            return [BackUp.label, BackUp.end].contains(name) || name.hasPrefix(Restoration.stage)
                || name.hasPrefix(Restoration.replaced)
        }
        let rest = name.dropFirst(state.count)
        return ["index", "writing", "fetched"].contains(rest) || rest.hasPrefix("duplicates.json")
            || ["curation.json", "curation-day"].contains(rest)
            || rest.hasPrefix("catalog.sqlite") || rest.hasPrefix("postgresql-")
    }

    /// Whether a file begins as a back-up does.
    ///
    /// One that cannot be read does not; that shows when it is to be kept.
    private static func isBackUp(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var magic: [UInt8] = [0, 0]
        // The magic number of gzip (RFC 1952, 2.3.1).
        guard read(descriptor, &magic, 2) == 2, magic == [0x1F, 0x8B] else { return false }
        let start = Array(BackUp.label.utf8) + [0]
        return (try? GzipFile(reading: path).read(start.count)) == start
    }
}
