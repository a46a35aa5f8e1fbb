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
    /// The file is no open archive.
    case noArchive(path: String, reason: String)
    /// The back-up was made by a newer program.
    case newer(path: String)
    /// Something stands where the back-up is to stand, and nobody said that it may go.
    case occupied(path: String)
    /// A file was cut short while it was read.
    case changed(path: String)
    /// Putting a back-up in its place failed, and so did undoing it; what was replaced is kept.
    case halfway(kept: String, reason: String, undoing: String)
    /// What an earlier restore replaced, which did not come to its end, is still kept.
    case interrupted(kept: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .nothingToKeep(let folder):
            "“\(folder)” has no store yet; ingest something first"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason); use an earlier one"
        case .noBackUp(let path, let reason): "\(path) is no back-up of a catalogue: \(reason)"
        case .noArchive(let path, let reason):
            "\(path) is no archive that can be imported: \(reason)"
        case .newer(let path):
            "\(path) was made by a newer version of this program; use that one for it"
        case .occupied(let path):
            "“\(path)” is there already; say --replace to put the back-up in its place, or name "
                + "another folder"
        case .changed(let path): "\(path) was changed while it was read; try again"
        case .halfway(let kept, let reason, let undoing):
            "\(reason). What had been replaced could not all be put back (\(undoing)): it lies in "
                + "“\(kept)” under its own names; put it back by hand, then remove that folder"
        case .interrupted(let kept):
            "an earlier restore was interrupted, and what it had replaced lies in “\(kept)”: put "
                + "back what is needed of it, or nothing, then remove that folder and try again"
        }
    }
}
