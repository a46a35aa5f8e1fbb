import CourseModel
import Places

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The conditions of a query on place, ready to be tried on many venues.
struct PlaceTest {
    let near: Query.Nearness?
    let area: Area?
    /// For each number of ``IndexSection/areas`` whether it lies in the regions asked for; empty
    /// when none is.
    let isInRegions: [Bool]
    /// Whether offerings that need no travel fit.
    let acceptsNoTravel: Bool
    /// The conditions that are set.
    let bits: UInt32
    /// Every venue that fits lies in this box.
    let box: PlaceBox
    /// The same, but for the regions.
    let boxWithoutRegions: PlaceBox

    private let nearBox: PlaceBox
    private let areaBox: PlaceBox
    private let metres: Double
    private let latitude: Double
    private let cosine: Double
    private let sine: Double
    /// Squared metres below which the quick distance proves that a venue is near enough, and above
    /// which that it is not.
    ///
    /// Up to 100 km and 70° the quick distance is off by less than 0.1 %.
    private let surelyIn: Double
    private let surelyOut: Double

    private static let everywhere = PlaceBox(
        south: .min + 1, north: .max, west: .min + 1, east: .max)
    private static let metresPerUnit = 6_371_008.8 * Double.pi / 180 / 1e7

    init(_ query: Query, _ reader: IndexReader) throws(IndexError) {
        near = query.near
        area = query.area
        var bits: UInt32 = 0
        var nearBox = Self.everywhere
        metres = query.near?.metres ?? .infinity
        if let near = query.near, near.metres != nil || near.isReachable != nil {
            bits |= ConditionBits.near
            nearBox = Self.box(around: near.center, metres: metres)
        }
        let center = query.near?.center
        latitude = (center?.latitude ?? 0) * 1e7
        cosine = cos((center?.latitude ?? 0) * .pi / 180)
        sine = sin((center?.latitude ?? 0) * .pi / 180)
        let isQuick = metres <= 100_000 && abs(center?.latitude ?? 90) <= 70
        surelyIn = isQuick ? metres * metres * 0.998 : -1
        surelyOut = isQuick ? metres * metres * 1.002 : .infinity
        var areaBox = Self.everywhere
        if let area = query.area {
            bits |= ConditionBits.area
            areaBox = PlaceBox()
            for point in area.rings.joined() {
                let place = fixed(point)
                areaBox.include(place.latitude, place.longitude)
            }
        }
        boxWithoutRegions = Self.common(nearBox, areaBox)
        self.nearBox = nearBox
        self.areaBox = areaBox
        if query.regions.isEmpty {
            isInRegions = []
            box = boxWithoutRegions
        } else {
            bits |= ConditionBits.region
            let numbers = try reader.regionNumbers(query.regions)
            var isIn: [Bool] = []
            var regionBox = PlaceBox()
            for index in 0..<reader.areas.count {
                let row = try reader.areas.row(index)
                let fits = RegionKind.allCases.contains { numbers.contains(row[$0]) }
                isIn.append(fits)
                if fits { regionBox.include(try reader.areaBoxes.row(index)) }
            }
            isInRegions = isIn
            box = Self.common(boxWithoutRegions, regionBox)
        }
        self.bits = bits
        acceptsNoTravel =
            query.acceptsNoTravel
            || !query.modes.isDisjoint(with: [.online, .distance, .workplace])
    }

    /// The conditions that a venue does not meet.
    @inline(__always)
    func failures(_ latitude: Int32, _ longitude: Int32, _ areaNumber: UInt16) -> UInt32 {
        var failed: UInt32 = 0
        if bits & ConditionBits.near > 0, !isNear(latitude, longitude) {
            failed |= ConditionBits.near
        }
        if bits & ConditionBits.region > 0, !isInRegions[Int(areaNumber)] {
            failed |= ConditionBits.region
        }
        if bits & ConditionBits.area > 0, !isInArea(latitude, longitude) {
            failed |= ConditionBits.area
        }
        return failed
    }

    @inline(__always)
    private func isNear(_ latitude: Int32, _ longitude: Int32) -> Bool {
        guard latitude >= nearBox.south, latitude <= nearBox.north, longitude >= nearBox.west,
            longitude <= nearBox.east, latitude != OfferingRow.noPlace
        else { return false }
        return isWithin(latitude, longitude)
    }

    private func isWithin(_ latitude: Int32, _ longitude: Int32) -> Bool {
        guard let near else { return true }
        let quick = quickSquare(latitude, longitude)
        if quick > surelyOut { return false }
        if quick > surelyIn {
            guard metres == .infinity || exactMetres(latitude, longitude) <= metres else {
                return false
            }
        }
        guard let isReachable = near.isReachable else { return true }
        guard let point = IndexReader.point(latitude, longitude) else { return false }
        return isReachable(point)
    }

    /// About the square of the distance in metres: the map is taken as flat, with the scale of the
    /// middle between both parallels.
    @inline(__always)
    private func quickSquare(_ latitude: Int32, _ longitude: Int32) -> Double {
        let north = Double(latitude) - self.latitude
        let half = north * (Double.pi / 360 / 1e7)
        let scale = cosine - sine * half - cosine * half * half / 2
        let east = (Double(longitude) - (near?.center.longitude ?? 0) * 1e7) * scale
        return (north * north + east * east) * (Self.metresPerUnit * Self.metresPerUnit)
    }

    /// Great-circle metres from the point of the query.
    func exactMetres(_ latitude: Int32, _ longitude: Int32) -> Double {
        guard let near, let point = IndexReader.point(latitude, longitude) else { return .infinity }
        return near.center.distance(to: point)
    }

    private func isInArea(_ latitude: Int32, _ longitude: Int32) -> Bool {
        guard let area, latitude >= areaBox.south, latitude <= areaBox.north,
            longitude >= areaBox.west, longitude <= areaBox.east,
            let point = IndexReader.point(latitude, longitude)
        else { return false }
        return area.contains(point)
    }

    /// A box that holds the whole circle, a little too large.
    static func box(around center: Coordinates, metres: Double) -> PlaceBox {
        let angle = metres / 6_371_008.8
        let north = angle * 180 / .pi
        var box = everywhere
        guard angle < .pi / 2 else { return box }
        func units(_ degrees: Double, _ rule: FloatingPointRoundingRule) -> Int32 {
            Int32(max(-2_147_483_000, min(2_147_483_000, (degrees * 1e7).rounded(rule))))
        }
        box.south = units(center.latitude - north - 1e-6, .down)
        box.north = units(center.latitude + north + 1e-6, .up)
        // The circle's easternmost point lies a little nearer to the pole than its centre.
        let ratio = sin(angle) / cos(center.latitude * .pi / 180)
        guard ratio < 1, ratio >= 0 else { return box }
        let east = asin(ratio) * 180 / .pi + 1e-6
        guard center.longitude - east >= -180, center.longitude + east <= 180 else { return box }
        box.west = units(center.longitude - east, .down)
        box.east = units(center.longitude + east, .up)
        return box
    }

    private static func common(_ one: PlaceBox, _ other: PlaceBox) -> PlaceBox {
        PlaceBox(
            south: max(one.south, other.south), north: min(one.north, other.north),
            west: max(one.west, other.west), east: min(one.east, other.east))
    }
}
