/// Sitemaps (sitemaps.org 0.9): the addresses of the courses' pages, for search engines.
public enum Sitemap: CatalogueFormat {
    /// The name that is typed.
    public static let name = "sitemap"
    /// The name that people use.
    public static let title = "Sitemap"
    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { SitemapWriter.self }
}
