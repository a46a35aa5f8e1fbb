import CLinux
import Glibc

/// Files and folders that take the places of others, in steps that can be taken back.
///
/// What was in a place goes to where the new thing was, so nothing is lost until that is removed.
struct Replacement {
    private enum Step {
        case moved(from: String, to: String)
        case exchanged(new: String, place: String)
    }

    private let aside: String
    private let exchange: (String, String) -> Int32
    private var steps: [Step] = []
    private var folders: Set<String> = []

    /// Begins.
    ///
    /// - Parameters:
    ///   - aside: A path where nothing is, on the same file system, for the moment in which two things
    ///     change places without the help of the system.
    ///   - exchange: Lets two paths change places in one step; 0, or the error number of the system.
    init(
        aside: String,
        exchange: @escaping (String, String) -> Int32 = {
            leerwijzer_exchange($0, $1) == 0 ? 0 : errno
        }
    ) {
        self.aside = aside
        self.exchange = exchange
    }

    /// Puts one thing in the place of another, or where there is none.
    ///
    /// - Throws: ``BackUpError/cannotWrite(path:reason:)``; then ``undo()`` leads back.
    mutating func put(_ new: String, at place: String) throws(BackUpError) {
        folders.insert(Self.folder(of: new))
        folders.insert(Self.folder(of: place))
        var there = stat()
        guard lstat(place, &there) == 0 else {
            let code = errno
            guard code == ENOENT else { throw Self.failure(place, code) }
            return try move(new, to: place, for: place)
        }
        if there.st_mode & S_IFMT == S_IFDIR, !Folder.isFolder(new) {
            throw .cannotWrite(
                path: place, reason: "it is a folder, and a file in the back-up; move it away first"
            )
        }
        switch exchange(new, place) {
        case 0: steps.append(.exchanged(new: new, place: place))
        case EINVAL, ENOSYS:
            // File systems without it, where nothing is in the place for a moment.
            try move(new, to: aside, for: place)
            try move(place, to: new, for: place)
            try move(aside, to: place, for: place)
        case let code: throw Self.failure(place, code)
        }
    }

    /// Makes sure that what was done is on the disk.
    func sync() throws(BackUpError) {
        for folder in folders { try Catalogue.sync(folder) }
    }

    /// Takes every step back, the last first.
    ///
    /// - Returns: What could not be taken back, and why; `nil` when all is as it was.
    mutating func undo() -> String? {
        var fault: String?
        for step in steps.reversed() {
            let (path, code): (String, Int32) =
                switch step {
                case .moved(let from, let to): (from, rename(to, from) == 0 ? 0 : errno)
                case .exchanged(let new, let place): (place, exchange(new, place))
                }
            guard code != 0, fault == nil else { continue }
            fault = "\(path): \(String(cString: strerror(code)))"
        }
        steps = []
        return fault
    }

    private mutating func move(
        _ from: String, to: String, for place: String
    ) throws(BackUpError) {
        guard rename(from, to) == 0 else { throw Self.failure(place, errno) }
        steps.append(.moved(from: from, to: to))
    }

    private static func failure(_ place: String, _ code: Int32) -> BackUpError {
        let reason = String(cString: strerror(code))
        return .cannotWrite(
            path: place,
            reason: code == EXDEV || code == EBUSY
                ? "\(reason): it is mounted from elsewhere; restore into another folder, then copy "
                    + "from there"
                : reason)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }
}
