/// Why place data or an area could not be read.
public enum PlacesError: Error, Equatable, CustomStringConvertible {
    /// A file is missing or cannot be read; `reason` is the system's word for it.
    case unreadable(file: String, reason: String)
    /// A file does not hold what it should; `line` is 1-based.
    case damaged(file: String, line: Int, reason: String)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .damaged(let file, let line, let reason): "\(file):\(line): \(reason)"
        }
    }
}
