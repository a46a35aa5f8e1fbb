import CourseModel

/// A part of the map, drawn as polygons.
///
/// Edges are straight in degrees. A point on an edge may count as inside or outside. Areas over the
/// 180th meridian are not supported.
public struct Area: Sendable {
    /// A closed line of points; the last is not repeated.
    private struct Ring: Sendable {
        let points: [(latitude: Double, longitude: Double)]
    }

    /// An outline with holes, and the box around it.
    private struct Polygon: Sendable {
        let rings: [Ring]
        let box: BoundingBox
    }

    private let polygons: [Polygon]
    /// The box around the whole area.
    public let boundingBox: BoundingBox

    /// All outlines and holes, each a closed line whose last point is not repeated.
    public var rings: [[Coordinates]] {
        polygons.flatMap { polygon in
            polygon.rings.map { ring in
                ring.points.compactMap {
                    Coordinates(latitude: $0.latitude, longitude: $0.longitude)
                }
            }
        }
    }

    /// The area within some rings, outer and inner alike: where an odd number of them is around.
    ///
    /// - Returns: `nil` when there is no ring or one has fewer than three points.
    public init?(rings: [[Coordinates]]) {
        guard !rings.isEmpty, rings.allSatisfy({ $0.count >= 3 }) else { return nil }
        var box = BoundingBox.empty
        for point in rings.joined() {
            box.include(latitude: point.latitude, longitude: point.longitude)
        }
        let lines = rings.map { ring in
            Ring(points: ring.map { (latitude: $0.latitude, longitude: $0.longitude) })
        }
        polygons = [Polygon(rings: lines, box: box)]
        boundingBox = box
    }

    /// Whether a point lies inside.
    ///
    /// O(edges) of the polygons whose boxes hold the point.
    public func contains(_ point: Coordinates) -> Bool {
        boundingBox.contains(point)
            && polygons.contains { $0.box.contains(point) && Self.isInside(point, $0.rings) }
    }

    /// The area of a GeoJSON file.
    ///
    /// - Throws: ``PlacesError`` as ``init(geoJSON:file:)``, and when the file cannot be read.
    public init(file: String) throws(PlacesError) {
        try self.init(geoJSON: contents(ofFile: file), file: file)
    }

    /// The area of a GeoJSON text (RFC 7946): the polygons of a `Polygon`, a `MultiPolygon`, a
    /// `GeometryCollection`, a `Feature` or a `FeatureCollection`, all together.
    ///
    /// - Parameter file: The name for messages.
    /// - Throws: ``PlacesError/damaged(file:line:reason:)`` when it is no JSON, holds no polygon, or
    ///   its coordinates are not degrees, longitude first.
    public init(geoJSON bytes: [UInt8], file: String) throws(PlacesError) {
        var reader = GeoJSONReader(file: file)
        try reader.read(JSONValue(file: file, bytes: bytes))
        var polygons: [Polygon] = []
        var whole = BoundingBox.empty
        for rings in reader.polygons {
            var box = BoundingBox.empty
            for point in rings[0] {
                box.include(latitude: point.latitude, longitude: point.longitude)
                whole.include(latitude: point.latitude, longitude: point.longitude)
            }
            polygons.append(Polygon(rings: rings.map { Ring(points: $0) }, box: box))
        }
        guard !polygons.isEmpty else {
            throw .damaged(
                file: file, line: 1, reason: "the file holds no Polygon and no MultiPolygon")
        }
        self.polygons = polygons
        boundingBox = whole
    }

    /// Counts the edges that a line from the point eastwards crosses: odd is inside, and holes come
    /// out by themselves.
    private static func isInside(_ point: Coordinates, _ rings: [Ring]) -> Bool {
        var isInside = false
        for ring in rings {
            var before = ring.points[ring.points.count - 1]
            for next in ring.points {
                if (next.latitude > point.latitude) != (before.latitude > point.latitude),
                    point.longitude < (before.longitude - next.longitude)
                        * (point.latitude - next.latitude) / (before.latitude - next.latitude)
                        + next.longitude
                {
                    isInside.toggle()
                }
                before = next
            }
        }
        return isInside
    }
}

/// Gathers the polygons of a GeoJSON value.
private struct GeoJSONReader {
    typealias Ring = [(latitude: Double, longitude: Double)]

    let file: String
    var polygons: [[Ring]] = []

    init(file: String) { self.file = file }

    mutating func read(_ value: JSONValue) throws(PlacesError) {
        switch value["type"]?.string {
        case "FeatureCollection":
            for feature in value["features"]?.array ?? [] { try read(feature) }
        case "Feature":
            if let geometry = value["geometry"], case .object = geometry { try read(geometry) }
        case "GeometryCollection":
            for geometry in value["geometries"]?.array ?? [] { try read(geometry) }
        case "Polygon":
            try addPolygon(value["coordinates"])
        case "MultiPolygon":
            for polygon in value["coordinates"]?.array ?? [] { try addPolygon(polygon) }
        case "Point", "MultiPoint", "LineString", "MultiLineString":
            break  // encloses nothing
        case let type?: throw fault("“\(type)” is no type of GeoJSON")
        case nil: throw fault("this is not GeoJSON: an object has no “type”")
        }
    }

    private mutating func addPolygon(_ value: JSONValue?) throws(PlacesError) {
        guard let lines = value?.array, !lines.isEmpty else {
            throw fault("a Polygon has no coordinates")
        }
        var rings: [Ring] = []
        for line in lines {
            var ring: Ring = []
            for position in line.array ?? [] { ring.append(try point(position)) }
            if ring.count > 1, let first = ring.first, let last = ring.last, first == last {
                ring.removeLast()
            }
            guard ring.count >= 3 else {
                throw fault("a ring of a Polygon has fewer than three different points")
            }
            rings.append(ring)
        }
        polygons.append(rings)
    }

    private func point(_ value: JSONValue) throws(PlacesError) -> (Double, Double) {
        guard let numbers = value.array, numbers.count >= 2, let longitude = numbers[0].number,
            let latitude = numbers[1].number
        else { throw fault("a position is not [longitude, latitude]") }
        guard (-180...180).contains(longitude), (-90...90).contains(latitude) else {
            throw fault(
                "[\(longitude), \(latitude)] is not in degrees; convert the file to WGS 84 "
                    + "(EPSG:4326), as GeoJSON asks")
        }
        if let point = Coordinates(latitude: longitude, longitude: latitude),
            Gazetteer.netherlands.contains(point)
        {
            throw fault(
                "[\(longitude), \(latitude)] has the latitude first; GeoJSON asks for the "
                    + "longitude first")
        }
        return (latitude, longitude)
    }

    private func fault(_ reason: String) -> PlacesError {
        .damaged(file: file, line: 1, reason: reason)
    }
}
