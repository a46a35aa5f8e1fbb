#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A point on the earth, WGS 84.
public struct Coordinates: Hashable, Sendable, Codable {
    /// Degrees north, −90...90.
    public let latitude: Double
    /// Degrees east, −180...180.
    public let longitude: Double

    /// A point.
    ///
    /// - Returns: `nil` outside the ranges, and for values that are not numbers.
    public init?(latitude: Double, longitude: Double) {
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    /// Great-circle metres to another point, on a sphere of radius 6,371,008.8 m (IUGG mean).
    ///
    /// Within 0.6 % of the ellipsoid, far below the error of a postcode's centre.
    public func distance(to other: Coordinates) -> Double {
        let radians = Double.pi / 180
        let φ1 = latitude * radians
        let φ2 = other.latitude * radians
        let halfΔφ = (φ2 - φ1) / 2
        let halfΔλ = (other.longitude - longitude) * radians / 2
        let a = sin(halfΔφ) * sin(halfΔφ) + cos(φ1) * cos(φ2) * sin(halfΔλ) * sin(halfΔλ)
        return 2 * 6_371_008.8 * asin(min(1, a.squareRoot()))
    }
}
