import Feeds

/// Rows as a GeoJSON feature collection (RFC 7946); rows without a place have a null geometry.
public enum GeoJSONOutput {
    /// The collection, with the rows in the form of the JSON contract as properties.
    public static func text(_ rows: [ResultRow]) throws -> String {
        var collection = GeoJSONText()
        var text = GeoJSONText.start
        for row in rows {
            let feature = collection.feature(
                id: row.offering.value, at: row.coordinates.map { [$0] } ?? [],
                properties: try JSONOutput.line(row.json))
            text += String(decoding: feature, as: UTF8.self)
        }
        return text + collection.end
    }
}
