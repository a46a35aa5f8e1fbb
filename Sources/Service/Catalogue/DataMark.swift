import Glibc
import Ingest

/// Stands for what answers follow from besides the index: settings, synonyms, places and skills.
///
/// Two machines with the same files have the same hash, so that a client's copy from one is known at
/// the other.
struct DataMark: Sendable {
    /// The hash of the files: of what stands in those that are small, of names and sizes of the others.
    let hash: UInt64
    /// When the youngest of them was changed, in seconds since 1970.
    let modified: Int64

    /// - Parameter folder: The catalogue's folder.
    init(_ folder: String) {
        var text = ""
        var modified: Int64 = 0
        func size(_ path: String) -> Int? {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            modified = max(modified, Int64(status.st_mtim.tv_sec))
            return Int(status.st_size)
        }
        for name in ["catalog.toml", "funding.toml", "weights.toml", "synonyms.txt"] {
            guard size(folder + "/" + name) != nil else { continue }
            text += name + "\0" + ((try? Workspace.read(folder + "/" + name)) ?? "") + "\0"
        }
        for name in ["places", "skills"] {
            for file in (Folder.names(in: folder + "/" + name) ?? []).sorted() {
                let size = size(folder + "/" + name + "/" + file) ?? 0
                text += "\(name)/\(file) \(size)\0"
            }
        }
        hash = StableHash.of(text)
        self.modified = modified
    }
}
