import CourseModel

/// A format in which courses are published.
public protocol CatalogueFormat: Sendable {
    /// The name that is typed and stored: `edudex`, `xcri-cap`.
    static var name: String { get }
    /// The name that people use: `EDU-DEX`, `XCRI-CAP`.
    static var title: String { get }
    /// What writes the format; `nil` when it is only read.
    static var writer: (any FeedWriter.Type)? { get }
}

/// A format in which providers publish courses, and which is read.
///
/// A format is one folder under `Formats` and one line in ``Feeds/knownFormats``; one that is only
/// written has its line in ``Feeds/writtenFormats``.
public protocol FeedFormat: CatalogueFormat {
    /// Whether a document that opens like this is in the format.
    ///
    /// Formats are asked in the order of ``Feeds/knownFormats``; at most one should say yes.
    static func recognises(_ opening: FeedOpening) -> Bool

    /// Reads a feed, one course at a time.
    ///
    /// Faults of a record go with the record; a fault that ends the reading (the bytes stop, the
    /// document is not of this format, a limit is passed) is thrown or, when records were read
    /// before it, told by ``FeedSummary/isComplete``.
    ///
    /// - Parameter receive: Called for each item in the order of the feed; what it throws ends the
    ///   reading and is thrown on.
    /// - Throws: ``FeedError``, or what `receive` throws.
    static func read(_ input: FeedInput, _ receive: (FeedItem) throws -> Void) throws -> FeedSummary

    /// Whether what is read depends on the document's bytes alone: not on the day, and not on other
    /// documents.
    ///
    /// A document that has not changed need not be read again then.
    static var isSelfContained: Bool { get }
}

extension FeedFormat {
    /// Not unless a format says so.
    public static var isSelfContained: Bool { false }
}

/// How a document begins: enough to tell its format.
public struct FeedOpening: Sendable {
    /// The root element, when the document is XML.
    public var root: XMLRoot?
    /// The elements that stand at the top of the document; more than one in a broken document.
    public var roots: [XMLRoot] = []
    /// Up to 4,096 bytes from the start of the document, as they stand in the file.
    public var bytes: [UInt8]
    /// The document's name, as shown in messages.
    public var name: String

    /// How a document begins.
    public init(root: XMLRoot?, bytes: [UInt8], name: String) {
        self.root = root
        self.bytes = bytes
        self.name = name
    }
}

/// The start tag of an XML document's root element.
public struct XMLRoot: Hashable, Sendable {
    /// Its name without a prefix.
    public var localName: String
    /// Its namespace; empty when it has none.
    public var namespace: String
    /// Its attributes by local name.
    public var attributes: [String: String]

    /// A root element.
    public init(localName: String, namespace: String, attributes: [String: String] = [:]) {
        self.localName = localName
        self.namespace = namespace
        self.attributes = attributes
    }
}
