import CourseModel

/// An area on the map: polygons with holes, as in GeoJSON's `Polygon` and `MultiPolygon`.
///
/// A point is inside when a ray from it crosses the rings an odd number of times, so holes need no
/// special care. Edges are straight in degrees (RFC 7946, 3.1.1); areas across the antimeridian
/// must be cut there, as that clause asks. A point on an edge is on either side.
public struct Area: Hashable, Sendable {
    /// The rings, outer and inner alike; a ring closes itself.
    public let rings: [[Coordinates]]

    /// An area.
    ///
    /// - Returns: `nil` when there is no ring or one has fewer than three points.
    public init?(rings: [[Coordinates]]) {
        guard !rings.isEmpty, rings.allSatisfy({ $0.count >= 3 }) else { return nil }
        self.rings = rings
    }

    /// Whether the point lies inside.
    ///
    /// - Complexity: O(points).
    public func contains(_ point: Coordinates) -> Bool {
        var isInside = false
        for ring in rings {
            var last = ring[ring.count - 1]
            for next in ring {
                if (next.latitude > point.latitude) != (last.latitude > point.latitude) {
                    let share =
                        (point.latitude - next.latitude) / (last.latitude - next.latitude)
                    let edge = next.longitude + share * (last.longitude - next.longitude)
                    if point.longitude < edge { isInside.toggle() }
                }
                last = next
            }
        }
        return isInside
    }
}
