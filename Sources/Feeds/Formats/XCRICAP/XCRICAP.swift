import CourseModel

/// XCRI-CAP, the British course advertising profile: 1.2 (BS 8581, read and written) and 1.1 (read).
///
/// A *provider* gives *courses*, each with *presentations*, our offerings. Elements are matched by
/// local name in any namespace, since feeds spread them over Dublin Core, MLO and their own.
public enum XCRICAP: FeedFormat {
    /// `xcri-cap`.
    public static let name = "xcri-cap"
    /// XCRI-CAP.
    public static let title = "XCRI-CAP"
    /// It refers to no other documents, and nothing in it depends on the day.
    public static let isSelfContained = true

    /// Whether the root is `catalog`, `provider` or `course` and the profile is named.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let root = opening.root, ["catalog", "provider", "course"].contains(root.localName)
        else { return false }
        if root.namespace.contains("xcri") { return true }
        // A root whose namespace is missing or misspelt still declares others of the profile.
        let text = String(decoding: opening.bytes, as: UTF8.self)
        return text.contains("xcri.org/profiles") || text.contains("purl.org/net/mlo")
    }

    /// Reads either version; the root's namespace does not matter.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = try XCRIReader(input)
        return try reader.read(receive)
    }

    /// The writer of 1.2.
    public static var writer: (any FeedWriter.Type)? { XCRIWriter.self }

    /// The namespaces of 1.2, by the prefix that we write.
    static let namespaces: [(prefix: String, uri: String)] = [
        ("", "http://xcri.org/profiles/1.2/catalog"),
        ("credit", "http://purl.org/net/cm"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("dcterms", "http://purl.org/dc/terms/"),
        ("mlo", "http://purl.org/net/mlo"),
        ("xcriTerms", "http://xcri.org/profiles/1.2/catalog/terms"),
        ("xhtml", "http://www.w3.org/1999/xhtml"),
        ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ]
}
