import CourseModel

/// Why feeds could not be taken in, or the catalogue not be opened.
public enum IngestError: Error, Sendable, CustomStringConvertible {
    /// A file or folder of the workspace cannot be made or written.
    case cannotWrite(path: String, reason: String)
    /// Another process is writing.
    case busy(folder: String, seconds: Int)
    /// The source named on the command line is not in `catalog.toml`.
    case unknownSource(String, known: [String])
    /// A source's name holds other characters than names may.
    case badSourceName(String)
    /// Feeds at network addresses are not fetched by this command.
    case notFetched(address: String)
    /// A folder holds nothing that could be a feed.
    case noFeedIn(folder: String)
    /// The workspace has neither a store nor sources to fill one.
    case nothingToRead(folder: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .cannotWrite(let path, let reason):
            "cannot write \(path): \(reason). Nothing was changed; give this user write access, "
                + "or choose another folder with --catalog"
        case .busy(let folder, let seconds):
            "another process is writing to the catalogue in \(folder); waited \(seconds) s. "
                + "Nothing was changed; try again when it has finished"
        case .unknownSource(let name, let known):
            "there is no source “\(name)” in catalog.toml"
                + (known.isEmpty ? "" : "; known: \(known.joined(separator: ", "))")
        case .badSourceName(let name):
            "“\(name)” cannot name a source: use lower-case letters, digits and hyphens"
        case .notFetched(let address):
            "\(address) is a network address; fetch it to a file first and name that file"
        case .noFeedIn(let folder):
            "there is no .xml, .json or .csv file in \(folder); name a feed, or a folder that holds one"
        case .nothingToRead(let folder):
            "the catalogue in \(folder) is empty, and its catalog.toml names no sources; "
                + "read a feed with: leerwijzer ingest FEED"
        }
    }
}
