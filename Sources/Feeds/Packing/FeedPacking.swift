/// How the files of a feed are packed.
public struct FeedPacking: Hashable, Sendable {
    /// Whether files are compressed with gzip (RFC 1952); a file whose name ends in `.gz` always is.
    public var isCompressed: Bool
    /// At most this many courses in a file; `nil` for one file, whatever its size.
    public var coursesPerFile: Int?
    /// At most this many bytes in a file, before compression, unless a single course takes more;
    /// `nil` for one file, whatever its size.
    public var bytesPerFile: Int?

    /// Whether several files are asked for.
    public var isSplit: Bool { coursesPerFile != nil || bytesPerFile != nil }

    /// How the files of a feed are packed; as one plain file unless said.
    public init(
        isCompressed: Bool = false, coursesPerFile: Int? = nil, bytesPerFile: Int? = nil
    ) {
        self.isCompressed = isCompressed
        self.coursesPerFile = coursesPerFile
        self.bytesPerFile = bytesPerFile
    }
}

/// What becomes of a feed that is asked for in several files.
public enum FeedSplitting: Hashable, Sendable {
    /// Each file is a feed by itself, with some of the courses.
    case byCourse
    /// The format has its own way, which its writer follows.
    case itself
    /// In a folder the format has its own way; what goes to one file is split by course.
    case itselfInFolders
}
