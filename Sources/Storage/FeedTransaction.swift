import CourseModel

/// One feed on its way into the store: all of it or nothing.
///
/// Handed to the body of ``CatalogueStore/ingest(source:run:_:)`` and of no use afterwards. Calls
/// come from one thread at a time; preparing a ``StagedRecord`` may happen on others.
public protocol FeedTransaction: AnyObject {
    /// Whether the source has no records yet, so that all will be new: they can then be packed as
    /// they are staged.
    var isFirstOfSource: Bool { get }

    /// Takes a provider; when it comes again in the same feed, the later one stands.
    ///
    /// - Throws: ``StoreError/foreignRecord(id:source:)`` when its id is not in the source's
    ///   namespace, and the errors of the disk.
    func provider(_ provider: Provider) throws

    /// Takes a course with its offerings.
    ///
    /// The second record with the same id in one feed is quarantined with the code `duplicate-record`,
    /// so that the accounts still close.
    ///
    /// - Throws: ``StoreError/foreignRecord(id:source:)`` when the id of the course or of an
    ///   offering is not in the source's namespace, and the errors of the disk.
    func record(_ record: StagedRecord) throws -> RecordReceipt

    /// Keeps what could not be accepted, with its bytes and its place.
    func quarantine(_ entry: QuarantinedRecord) throws

    /// Closes a course that the feed says is withdrawn.
    ///
    /// Nothing happens when it is not known, or when the same feed also offers it.
    func withdraw(_ course: ID<Course>) throws

    /// Closes an offering that the feed says is withdrawn; its course stays.
    ///
    /// Nothing happens when it is not known. When the same feed also offers the course, that says
    /// which of its offerings there are.
    func withdraw(_ offering: ID<Offering>) throws

    /// Closes all courses of a provider that the feed says is withdrawn.
    ///
    /// Nothing happens to courses that the same feed also offers.
    func withdraw(_ provider: ID<Provider>) throws

    /// Closes what the source calls so: a course with all its offerings, else the offerings of that
    /// name in whichever courses of the source have them.
    ///
    /// Nothing happens when it is not known, and to courses that the same feed also offers.
    func withdraw(named native: String) throws

    /// Says that the feed has been read, and what stood in it; must be the last call.
    ///
    /// - Throws: ``StoreError/accounts(source:offered:accepted:quarantined:)`` when a course or
    ///   offering was offered and neither accepted nor quarantined.
    func finish(_ closing: FeedClosing) throws
}

extension FeedTransaction {
    /// Takes a course with its offerings, its own bytes and what was noticed in it.
    @discardableResult
    public func record(
        _ record: CourseRecord, original: [UInt8], diagnostics: [Diagnostic] = []
    ) throws -> RecordReceipt {
        try self.record(
            StagedRecord(record, original: original, diagnostics: diagnostics))
    }
}

/// What became of a record that was handed in.
public enum RecordReceipt: Hashable, Sendable {
    /// It is in the catalogue when the feed is published.
    case accepted
    /// The feed already held a record with this id; this one is quarantined.
    case duplicate
}

/// What a feed says of itself when it has been read.
public struct FeedClosing: Hashable, Sendable {
    /// How many courses and offerings stood in it, counted apart from what became of them.
    public var offered: RecordCount
    /// Whether what is absent is no longer offered; `false` for a feed of changes.
    public var isFull: Bool
    /// Whether it was read to its end; a feed that was cut off closes nothing.
    public var isComplete: Bool
    /// The format it was read in.
    public var format: String
    /// How many bytes were read.
    public var bytes: Int
    /// When it had been read.
    public var endedAt: Moment?
    /// What was noticed about the feed as a whole.
    public var diagnostics: [Diagnostic]

    /// What a feed says of itself.
    public init(
        offered: RecordCount, isFull: Bool = true, isComplete: Bool = true, format: String = "",
        bytes: Int = 0, endedAt: Moment? = nil, diagnostics: [Diagnostic] = []
    ) {
        self.offered = offered
        self.isFull = isFull
        self.isComplete = isComplete
        self.format = format
        self.bytes = bytes
        self.endedAt = endedAt
        self.diagnostics = diagnostics
    }
}
