import CourseModel
import XMLStream

/// A feed to read: where its bytes are, what it is called, and how it is read.
public struct FeedInput: Sendable {
    /// Where the bytes are.
    public enum Content: Sendable {
        /// In a file.
        case file(path: String)
        /// In memory.
        case bytes([UInt8])
        /// Behind an open file descriptor, which stays the caller's to close.
        case descriptor(Int32)
    }

    /// Opens a document that the feed refers to.
    ///
    /// - Throws: ``FeedError/unresolved(reference:from:reason:)`` when it is not there, or lies
    ///   outside the source.
    public typealias Resolver =
        @Sendable (_ reference: String, _ from: FeedInput) throws(FeedError) -> FeedInput

    /// Where the bytes are.
    public var content: Content
    /// The name shown in messages and kept as provenance.
    public var name: String
    /// The source that its records belong to.
    public var source: ID<Source>
    /// What the XML reader refuses to go beyond.
    public var limits = XMLLimits.standard
    /// What is refused of compressed feeds.
    public var compression = GzipLimits.standard
    /// The currency of amounts that name none, when the source's country is known.
    public var currency: Currency?
    /// The day on which it is read; only diagnostics depend on it.
    public var today: CalendarDate
    /// How referenced documents are opened.
    public var resolver: Resolver

    /// A feed to read.
    ///
    /// - Parameter resolver: How referenced documents are opened; without one none are.
    public init(
        _ content: Content, name: String, source: ID<Source>, currency: Currency? = nil,
        today: CalendarDate,
        resolver: @escaping Resolver = FeedInput.refusing
    ) {
        self.content = content
        self.name = name
        self.source = source
        self.currency = currency
        self.today = today
        self.resolver = resolver
    }

    /// A feed in a file; documents that it refers to are looked for in the file's folder.
    public init(
        path: String, source: ID<Source>, currency: Currency? = nil, today: CalendarDate
    ) {
        let folder = path.contains("/") ? path.prefix(upTo: path.lastIndex(of: "/")!) : "."
        self.init(
            .file(path: path), name: path, source: source, currency: currency, today: today,
            resolver: folderResolver(folder.isEmpty ? "/" : String(folder)))
    }

    /// Opens nothing: for feeds that were not read from a folder.
    public static let refusing: Resolver = { reference, from throws(FeedError) in
        throw .unresolved(
            reference: reference, from: from.name, reason: "the feed was not read from a folder")
    }

    /// What two inputs that are the same document have in common: a file's path without links and
    /// dots, else the name.
    var identity: String {
        guard case .file(let path) = content else { return name }
        return realPath(path) ?? path
    }

    /// A document that this feed refers to, unpacked when it is compressed.
    public func resolve(_ reference: String) throws(FeedError) -> FeedInput {
        try resolver(reference, self).unpackedInMemory()
    }
}

extension FeedInput {
    /// A reader at the start of the document.
    ///
    /// - Parameter records: The local names of the elements at which reading goes on after a fault.
    func xmlReader(
        records: Set<String>, words: [String: UInt16] = [:]
    ) throws(FeedError) -> XMLReader {
        do {
            switch content {
            case .file(let path):
                return try XMLReader(
                    path: path, name: name, limits: limits, records: records, words: words)
            case .bytes(let bytes):
                return try XMLReader(
                    bytes: bytes, name: name, limits: limits, records: records, words: words)
            case .descriptor(let descriptor):
                return try XMLReader(
                    descriptor: descriptor, name: name, limits: limits, records: records,
                    words: words)
            }
        } catch {
            throw FeedError(error)
        }
    }
}
