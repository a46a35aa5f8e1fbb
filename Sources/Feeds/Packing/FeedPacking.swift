/// How the files of a feed are packed.
public struct FeedPacking: Hashable, Sendable {
    /// Whether files are compressed with gzip (RFC 1952); a file whose name ends in `.gz` always is.
    public var isCompressed: Bool
    /// At most this many courses in a file; `nil` for one file, whatever its size.
    public var coursesPerFile: Int?

    /// How the files of a feed are packed; as one plain file unless said.
    public init(isCompressed: Bool = false, coursesPerFile: Int? = nil) {
        self.isCompressed = isCompressed
        self.coursesPerFile = coursesPerFile
    }
}

/// What becomes of a feed that is asked for in several files.
public enum FeedSplitting: Hashable, Sendable {
    /// Each file is a feed by itself, with some of the courses.
    case byCourse
    /// The format has its own way, which its writer follows.
    case itself
    /// The format has one file.
    case never
}
