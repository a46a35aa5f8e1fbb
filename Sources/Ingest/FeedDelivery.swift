import CourseModel
import Feeds

/// A source's feed on its way in.
public struct FeedDelivery: Sendable {
    /// What there is of it.
    public enum Content: Sendable {
        /// It is read where it lies.
        case location
        /// It was fetched as these documents, which are read as one feed.
        case documents([FeedInput])
        /// It was not to be had; the reason is for the feed's owner.
        case missing(any Error & Sendable, Diagnostic)
    }

    /// Whose feed it is.
    public var source: Source
    /// The file, folder or address, as messages name it.
    public var location: String
    /// What there is of it.
    public var content: Content

    /// A feed on its way in.
    public init(_ source: Source, location: String, content: Content = .location) {
        self.source = source
        self.location = location
        self.content = content
    }
}
