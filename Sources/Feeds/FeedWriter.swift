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

    /// Writes a course with what the catalogue knows of it beside what its feed says.
    mutating func write(_ record: CourseRecord, known: CatalogueFacts) throws

    /// Tells that something is no longer offered, behind all courses.
    ///
    /// Only asked of formats that can say so: ``tellsRemovals``.
    mutating func remove(_ removal: FeedRemoval) throws

    /// Ends the feed and makes it visible.
    mutating func finish() throws -> WrittenFeed

    /// Ends a file of a feed in several files, behind which another one follows.
    mutating func finishPart() throws -> WrittenFeed

    /// The name of the feed's file in a folder.
    static var fileName: String { get }

    /// The fields of the model that the format cannot hold, by their path (`course.contacts`).
    static var droppedFields: [DroppedField] { get }

    /// Whether a provider stands in the feed by itself; else it is told with each of its courses.
    static var holdsProviders: Bool { get }

    /// Whether the format can say that something is no longer offered.
    static var tellsRemovals: Bool { get }

    /// What becomes of a feed that is asked for in several files.
    static var splitting: FeedSplitting { get }
}

extension FeedWriter {
    /// Writes what the feed said: most formats have no place for more.
    public mutating func write(_ record: CourseRecord, known: CatalogueFacts) throws {
        try write(record)
    }

    /// Ends it like the last one: in most formats each file is a feed by itself.
    public mutating func finishPart() throws -> WrittenFeed { try finish() }

    /// Does nothing: most formats cannot say it.
    public mutating func remove(_ removal: FeedRemoval) throws {}

    /// Most formats have providers.
    public static var holdsProviders: Bool { true }

    /// Most formats cannot.
    public static var tellsRemovals: Bool { false }

    /// In most formats each file is a feed by itself.
    public static var splitting: FeedSplitting { .byCourse }

    /// Opens a feed, in as many files as the context asks for.
    ///
    /// - Throws: ``FeedError/cannotWrite(name:reason:)``.
    public static func open(
        to destination: FeedDestination, context: FeedContext
    ) throws -> any FeedWriter {
        guard context.packing.isSplit else {
            return try Self(to: destination, context: context)
        }
        switch splitting {
        case .itself: return try Self(to: destination, context: context)
        case .itselfInFolders:
            if case .folder = destination { return try Self(to: destination, context: context) }
            return try SplitFeed<Self>(to: destination, context: context)
        case .byCourse: return try SplitFeed<Self>(to: destination, context: context)
        }
    }
}

/// A writer of a format that is read too.
public protocol RoundTripWriter: FeedWriter {
    /// What a reader of the format gets back of a record.
    static func reduced(_ record: CourseRecord) -> CourseRecord

    /// What a reader of the format gets back of a provider.
    static func reduced(_ provider: Provider) -> Provider
}

/// What the catalogue knows of a course beside what its feed says.
public struct CatalogueFacts: Hashable, Sendable {
    /// When it last changed, as an XML Schema `dateTime` in UTC; `nil` when not known.
    public var changed: String?
    /// Where its offerings are, those that were placed by their address included.
    public var points: [ID<Offering>: [Coordinates]]

    /// What is known; nothing unless said.
    public init(changed: String? = nil, points: [ID<Offering>: [Coordinates]] = [:]) {
        self.changed = changed
        self.points = points
    }
}

/// Something that is no longer offered.
public struct FeedRemoval: Hashable, Sendable {
    /// The course as it was last known, with its offerings that are gone.
    public var record: CourseRecord
    /// Whether the course is gone as a whole, and not only these offerings.
    public var isWholeCourse: Bool
    /// When it left, as an XML Schema `dateTime` in UTC.
    public var at: String

    /// Something that is no longer offered.
    public init(_ record: CourseRecord, isWholeCourse: Bool, at: String) {
        self.record = record
        self.isWholeCourse = isWholeCourse
        self.at = at
    }
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
    /// The address of a course's page in the catalogue, with `{id}` in place of the course's id;
    /// without one feeds lead to the provider's own page.
    public var page: String?
    /// The address of the feed itself; `nil` for that of its file below ``base``.
    public var address: String?
    /// How the feed's files are packed.
    public var packing: FeedPacking
    /// Which of the feed's files it is, from 1 on.
    var part = 1

    /// What a feed says about itself.
    public init(
        title: String, generated: String, language: LanguageTag? = nil,
        generator: String = "Leerwijzer", base: String = FeedContext.noBase,
        page: String? = nil, packing: FeedPacking = FeedPacking()
    ) {
        self.title = title
        self.generated = generated
        self.language = language
        self.generator = generator
        self.base = base
        self.page = page
        self.packing = packing
    }

    /// What stands for an address that is not known.
    public static let noBase = "https://leerwijzer.example"

    /// The languages in which a format with room for one is written, best first.
    var languages: [LanguageTag] { [language].compactMap { $0 } + [.dutch, .english] }

    /// Where a course is shown: in the catalogue, else by its provider.
    func page(of course: Course) -> String? {
        if let page {
            return page.replacingAll("{id}", with: percentEncoded(course.id.value))
        }
        return course.url.flatMap(cleanURL)
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

    /// Fields of one part of the model that are lost for the same reason.
    static func all(_ part: String, _ fields: [String], _ reason: String) -> [DroppedField] {
        fields.map { DroppedField(part + "." + $0, reason) }
    }
}
