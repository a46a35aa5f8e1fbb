import CourseModel

/// Europass learning opportunities and qualifications (LOQ), the European Learning Model's XML for
/// catalogues: 3.0 and 3.1 read, 3.1 written.
///
/// A *learning achievement specification* or *qualification* is our course, a *learning
/// opportunity* our offering. They stand in lists of their own and point to each other, so reading
/// takes two passes: the first notes where each stands, the second brings together what belongs
/// together.
public enum LOQ: FeedFormat {
    /// The name that is typed and stored.
    public static let name = "loq"
    /// The name that people use.
    public static let title = "Europass LOQ"
    /// It refers to no other documents, and nothing in it depends on the day.
    public static let isSelfContained = true

    /// Whether a document begins as this format does.
    public static func recognises(_ opening: FeedOpening) -> Bool {
        guard let root = opening.root, root.localName == "Courses" else { return false }
        return root.namespace.contains("data.europa.eu/snb/model/ap/loq")
            || String(decoding: opening.bytes, as: UTF8.self).contains("loq-constraints")
    }

    /// Reads a feed, one course at a time.
    public static func read(
        _ input: FeedInput, _ receive: (FeedItem) throws -> Void
    ) throws -> FeedSummary {
        var reader = try LOQReader(input)
        return try reader.read(receive)
    }

    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { LOQWriter.self }

    /// The namespaces that are written, by prefix.
    static let namespaces: [(prefix: String, uri: String)] = [
        ("", "http://data.europa.eu/snb/model/ap/loq-constraints/"),
        ("clv", "http://data.europa.eu/m8g/"),
        ("dc", "http://purl.org/dc/terms/"),
        ("locn", "http://www.w3.org/ns/locn#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ]

    /// The language of texts whose language is not known; the schema wants one (ISO 639-2).
    static let unknownLanguage = "und"
}
