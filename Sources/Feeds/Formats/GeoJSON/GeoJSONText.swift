import CourseModel

/// Writes a GeoJSON feature collection (RFC 7946), feature by feature.
public struct GeoJSONText {
    private var isFirst = true

    /// A collection of which nothing was written.
    public init() {}

    /// What stands before the features.
    public static let start = "{\n  \"type\": \"FeatureCollection\",\n  \"features\": ["
    /// What stands behind them.
    public var end: String { (isFirst ? "" : "\n  ") + "]\n}\n" }

    /// A feature.
    ///
    /// - Parameters:
    ///   - points: Where it is; none for a null geometry.
    ///   - properties: A JSON object.
    public mutating func feature(
        id: String, at points: [Coordinates], properties: String
    ) -> [UInt8] {
        feature(id: id, at: points) { $0.number("properties", properties) }
    }

    mutating func feature(
        id: String, at points: [Coordinates], _ properties: (inout JSONText) -> Void
    ) -> [UInt8] {
        var json = JSONText(indent: 2)
        json.object { json in
            json.string("type", "Feature")
            json.string("id", id)
            if points.isEmpty {
                json.number("geometry", "null")
            } else {
                json.object("geometry") { json in
                    json.string("type", points.count == 1 ? "Point" : "MultiPoint")
                    // Longitude first (RFC 7946, 3.1.1).
                    let all = points.map { "[\($0.longitude), \($0.latitude)]" }
                    json.number(
                        "coordinates",
                        all.count == 1 ? all[0] : "[" + all.joined(separator: ", ") + "]")
                }
            }
            properties(&json)
        }
        let before = (isFirst ? "" : ",") + "\n    "
        isFirst = false
        return Array(before.utf8) + json.bytes
    }
}
