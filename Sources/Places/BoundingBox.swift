import CourseModel

/// The smallest rectangle of parallels and meridians around something, in degrees.
///
/// Boxes over the 180th meridian are not supported.
public struct BoundingBox: Hashable, Sendable {
    /// The southern edge, degrees north.
    public var south: Double
    /// The western edge, degrees east.
    public var west: Double
    /// The northern edge, degrees north.
    public var north: Double
    /// The eastern edge, degrees east.
    public var east: Double

    /// A box by its edges.
    public init(south: Double, west: Double, north: Double, east: Double) {
        self.south = south
        self.west = west
        self.north = north
        self.east = east
    }

    /// Whether a point lies in it or on its edge.
    public func contains(_ point: Coordinates) -> Bool {
        (south...north).contains(point.latitude) && (west...east).contains(point.longitude)
    }

    /// Grows to take in a point.
    mutating func include(latitude: Double, longitude: Double) {
        south = min(south, latitude)
        north = max(north, latitude)
        west = min(west, longitude)
        east = max(east, longitude)
    }

    /// The box around nothing.
    static let empty = BoundingBox(
        south: .infinity, west: .infinity, north: -.infinity, east: -.infinity)
}
