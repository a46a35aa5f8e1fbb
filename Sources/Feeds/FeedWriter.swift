import CourseModel

/// Writes courses as a feed, one course at a time and byte for byte the same for the same input.
///
/// Call order: ``write(_:)-(Provider)`` for each provider before its first record, records ordered
/// by provider, then ``finish()``. A writer that is dropped without ``finish()`` leaves no feed.
public protocol FeedWriter {
    /// Opens a feed.
    ///
    /// - Throws: ``FeedError/cannotWrite(name:reason:)``.
    init(to destination: FeedDestination, context: FeedContext) throws

    /// Tells the writer of a provider whose records follow.
    mutating func write(_ provider: Provider) throws

    /// Writes a course with its offerings.
    mutating func write(_ record: CourseRecord) throws

    /// Ends the feed and makes it visible.
    mutating func finish() throws -> WrittenFeed

    /// The fields of the model that the format cannot hold, by their path (`course.contacts`).
    static var droppedFields: [DroppedField] { get }

    /// What a reader of the format gets back of a record.
    static func reduced(_ record: CourseRecord) -> CourseRecord

    /// What a reader of the format gets back of a provider.
    static func reduced(_ provider: Provider) -> Provider
}

/// Where a feed is written to.
public enum FeedDestination: Hashable, Sendable {
    /// A file; it appears whole, when the feed is finished.
    case file(path: String)
    /// A folder, for formats that take several files.
    case folder(path: String)
    /// An open file descriptor, which stays the caller's to close.
    case descriptor(Int32)
    /// Memory; ``WrittenFeed/bytes`` holds the result.
    case memory
}

/// What a feed says about itself.
public struct FeedContext: Hashable, Sendable {
    /// The name of the catalogue.
    public var title: String
    /// When the feed was made, as an XML Schema `dateTime`; given by the caller, so that the same
    /// input gives the same bytes.
    public var generated: String
    /// The language of the catalogue's own texts.
    public var language: LanguageTag?
    /// The program's name and version.
    public var generator: String
    /// The address below which the feed's files will stand, without a slash at its end.
    public var base: String

    /// What a feed says about itself.
    public init(
        title: String, generated: String, language: LanguageTag? = nil,
        generator: String = "Leerwijzer", base: String = "https://leerwijzer.example"
    ) {
        self.title = title
        self.generated = generated
        self.language = language
        self.generator = generator
        self.base = base
    }
}

/// What was written.
public struct WrittenFeed: Hashable, Sendable {
    /// The files, or names of the parts, in the order of writing.
    public var files: [String]
    /// How many courses and offerings.
    public var count: RecordCount
    /// How many bytes.
    public var byteCount: Int
    /// The feed itself, when it was written to memory.
    public var bytes: [UInt8]?
    /// What had to be left out or changed to stay within the format.
    public var diagnostics: [Diagnostic]

    /// What was written.
    public init(
        files: [String] = [], count: RecordCount = RecordCount(), byteCount: Int = 0,
        bytes: [UInt8]? = nil, diagnostics: [Diagnostic] = []
    ) {
        self.files = files
        self.count = count
        self.byteCount = byteCount
        self.bytes = bytes
        self.diagnostics = diagnostics
    }
}

/// A field of the model that a format cannot hold.
public struct DroppedField: Hashable, Sendable {
    /// Its path in the model: `course.contacts`, `offering.price.costs`.
    public var path: String
    /// Why, and what becomes of it.
    public var reason: String

    /// A field that a format cannot hold.
    public init(_ path: String, _ reason: String) {
        self.path = path
        self.reason = reason
    }
}
