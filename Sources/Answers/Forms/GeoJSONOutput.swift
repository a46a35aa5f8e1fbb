import CourseModel

/// Rows as a GeoJSON feature collection (RFC 7946); rows without a place have a null geometry.
public struct GeoJSONOutput: Encodable {
    struct Feature: Encodable {
        struct Point: Encodable {
            var type = "Point"
            /// Longitude first.
            var coordinates: [Double]
        }

        var type = "Feature"
        var id: String
        var geometry: Nullable<Point>
        var properties: ResultRow.JSON
    }

    var type = "FeatureCollection"
    var features: [Feature]

    /// The collection of these rows.
    public init(_ rows: [ResultRow]) {
        features = rows.map { row in
            Feature(
                id: row.offering.value,
                geometry: Nullable(
                    row.coordinates.map {
                        Feature.Point(coordinates: [$0.longitude, $0.latitude])
                    }), properties: row.json)
        }
    }
}
