/// Why a back-up cannot be made or put back.
public enum BackUpError: Error, Sendable, CustomStringConvertible {
    /// There is nothing to keep yet.
    case nothingToKeep(folder: String)
    /// A file cannot be written.
    case cannotWrite(path: String, reason: String)
    /// A file cannot be read.
    case cannotRead(path: String, reason: String)
    /// What was kept, or is to be kept, is damaged.
    case damaged(path: String, reason: String)
    /// The file is no back-up of a catalogue.
    case noBackUp(path: String, reason: String)
    /// The back-up was made by a newer program.
    case newer(path: String)
    /// There is a catalogue already, and nobody said that it may go.
    case occupied(folder: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .nothingToKeep(let folder):
            "“\(folder)” has no store yet; ingest something first"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason); use an earlier back-up"
        case .noBackUp(let path, let reason): "\(path) is no back-up of a catalogue: \(reason)"
        case .newer(let path):
            "\(path) was made by a newer version of this program; put it back with that one"
        case .occupied(let folder):
            "“\(folder)” has a catalogue already; say --replace to put the back-up in its place"
        }
    }
}
