import CourseModel

/// Where coordinates come on the map: kilometres east and south of its corner.
///
/// Degrees are scaled so that distances are true at the middle of the country, which a
/// country of this size allows: within 2 % at its edges.
package struct MapProjection: Sendable {
    /// A point of the map.
    package struct Point: Hashable, Sendable {
        /// Kilometres east.
        package var x: Double
        /// Kilometres south.
        package var y: Double

        /// A point of the map.
        package init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    private static let kilometresPerDegree = 111.195
    /// The cosine of 52.2° north.
    private static let eastScale = 0.6129

    let west: Double
    let north: Double

    /// A map that begins at the given corner.
    init(west: Double, north: Double) {
        self.west = west
        self.north = north
    }

    /// Where a place comes on the map.
    func point(_ place: Coordinates) -> Point {
        Point(
            x: (place.longitude - west) * Self.kilometresPerDegree * Self.eastScale,
            y: (north - place.latitude) * Self.kilometresPerDegree)
    }

    /// Which place comes at a point; `nil` outside the range of coordinates.
    func place(_ point: Point) -> Coordinates? {
        Coordinates(
            latitude: north - point.y / Self.kilometresPerDegree,
            longitude: west + point.x / (Self.kilometresPerDegree * Self.eastScale))
    }
}
