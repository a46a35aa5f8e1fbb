/// Why a set of skills could not be loaded or imported.
public enum SkillsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file cannot be read; `reason` is the system's.
    case unreadable(file: String, reason: String)
    /// A file or folder cannot be written; `reason` is the system's.
    case unwritable(file: String, reason: String)
    /// A file does not have the form it must have.
    case malformed(file: String, line: Int, problem: String)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
        case .malformed(let file, let line, let problem): "\(file):\(line): \(problem)"
        }
    }
}
