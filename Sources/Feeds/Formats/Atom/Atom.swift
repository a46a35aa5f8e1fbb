/// Atom (RFC 4287) with deletions (RFC 6721): what is new in the catalogue, an entry a course.
public enum Atom: CatalogueFormat {
    /// The name that is typed.
    public static let name = "atom"
    /// The name that people use.
    public static let title = "Atom"
    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { AtomWriter.self }
}
