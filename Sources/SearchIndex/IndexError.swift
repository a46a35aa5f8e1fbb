/// Why an index cannot be used or made.
///
/// ``asksForRebuild`` tells those that building it again from the store mends.
public enum IndexError: Error, Hashable, Sendable {
    /// There is no index in the folder.
    case missing(path: String)
    /// The file was written by another version of the format.
    case otherVersion(path: String, found: Int, expected: Int)
    /// A part of the file is not what was written.
    case damaged(path: String, section: String)
    /// The system refused to read or write.
    case system(path: String, operation: String, errno: Int32)
    /// More than the format can number.
    case tooLarge(what: String, limit: Int)
}

extension IndexError {
    /// Whether the index has to be built again, which mends it.
    public var asksForRebuild: Bool {
        switch self {
        case .missing, .otherVersion, .damaged: true
        case .system, .tooLarge: false
        }
    }
}

extension IndexError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .missing(let path):
            "there is no search index in \(path); it is made from the catalogue"
        case .otherVersion(let path, let found, let expected):
            "the search index \(path) has format \(found), this program reads \(expected); "
                + "rebuild it"
        case .damaged(let path, let section):
            "the search index \(path) is damaged (\(section)); rebuild it"
        case .system(let path, let operation, let number):
            "cannot \(operation) \(path): \(systemMessage(number))"
        case .tooLarge(let what, let limit):
            "too many \(what) for one index: at most \(limit)"
        }
    }
}
