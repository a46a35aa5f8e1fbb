import CourseModel

/// LHEO, the French format for offers of training: 2.2 and 2.3, read only.
///
/// A *formation* is our course. Its *actions* are ways in which it is given and their *sessions* the
/// dated occasions, so that a session with what its action says is our offering. Elements are
/// matched by local name, since the namespace changed from version to version.
public enum LHEO: FeedFormat {
    /// `lheo`.
    public static let name = "lheo"
    /// `LHEO`.
    public static let title = "LHEO"
    /// It refers to no other documents, and nothing in it depends on the day.
    public static let isSelfContained = true

    /// Whether the root is `lheo`, or a part of it in a namespace of LHEO.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let root = opening.root else { return false }
        if root.localName == "lheo" || root.localName == "lheo-plus" { return true }
        return root.namespace.contains("lheo") && ["offres", "formation"].contains(root.localName)
    }

    /// Reads the formations of a document.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = try LHEOReader(input)
        return try reader.read(receive)
    }

    /// None: LHEO is only read.
    public static var writer: (any FeedWriter.Type)? { nil }
}
