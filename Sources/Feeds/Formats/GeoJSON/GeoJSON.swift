/// GeoJSON (RFC 7946): a feature an offering, for maps and geographical information systems.
public enum GeoJSON: CatalogueFormat {
    /// The name that is typed.
    public static let name = "geojson"
    /// The name that people use.
    public static let title = "GeoJSON"
    /// What writes the format.
    public static var writer: (any FeedWriter.Type)? { GeoJSONWriter.self }
}
