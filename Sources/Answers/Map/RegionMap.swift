import CourseModel
import Places
import Synchronization

/// The map of a gazetteer: the outlines of its labour-market regions and municipalities, drawn out
/// of nothing but the centres of its postcodes.
package struct RegionMap: Sendable {
    /// A region on the map.
    package struct Shape: Sendable {
        /// The region.
        package let region: Region
        /// Its outline as the path of an SVG, in tenths of a kilometre.
        package let path: String
        /// The corners of the box around it: west, north, east, south.
        package let box: Box
        /// A point amidst its towns.
        package let middle: MapProjection.Point
        /// Its rings, the largest first, clockwise on the map; those around something else are
        /// anticlockwise.
        let rings: [[MapProjection.Point]]
    }

    /// A part of the map, in kilometres.
    package struct Box: Sendable {
        package var west: Double
        package var north: Double
        package var east: Double
        package var south: Double

        /// A part of the map.
        package init(west: Double, north: Double, east: Double, south: Double) {
            self.west = west
            self.north = north
            self.east = east
            self.south = south
        }
    }

    private static let width = 280.0
    private static let height = 330.0
    private static let projection = MapProjection(west: 3.2, north: 53.65)

    /// The labour-market regions, in the gazetteer's order.
    package let labourRegions: [Shape]
    /// The municipalities by code.
    package let municipalities: [String: Shape]
    /// The provinces and the COROP areas, in the gazetteer's order.
    private let provinces: [Shape]
    private let corops: [Shape]

    /// Draws the map.
    init(_ gazetteer: Gazetteer) {
        var points: [(point: MapProjection.Point, label: Int)] = []
        for pc4 in gazetteer.allPostcodes {
            guard let area = gazetteer.postcode(pc4) else { continue }
            points.append(
                (
                    Self.projection.point(area.coordinates),
                    Int(area.areas.municipality.rawValue)
                ))
        }
        let nearest = PostcodePoints(points, width: Self.width, height: Self.height)
        var grid = HexagonGrid(size: 0.8, width: Self.width, height: Self.height)
        grid.label(nearest.nearest)
        let middles = Self.middles(of: points)
        func shapes(_ kind: RegionKind, _ region: @escaping (Int) -> Int?) -> [Shape] {
            let outlines = RegionOutlines(
                grid: grid, tolerance: 0.8, smallest: 6, region: region)
            return gazetteer.regions.filter { $0.kind == kind }.compactMap { entry in
                let number = Int(entry.index.rawValue)
                guard let rings = outlines.rings[number], let box = Box(around: rings)
                else { return nil }
                return Shape(
                    region: entry, path: Self.path(rings), box: box,
                    middle: middles[number] ?? box.middle, rings: rings)
            }
        }
        func areas(_ label: Int) -> AreaCodes? {
            gazetteer.areas(ofMunicipality: RegionIndex(rawValue: UInt16(label)))
        }
        labourRegions = shapes(.labourRegion) { areas($0).map { Int($0.labourRegion.rawValue) } }
        provinces = shapes(.province) { areas($0).map { Int($0.province.rawValue) } }
        corops = shapes(.corop) { areas($0).map { Int($0.corop.rawValue) } }
        municipalities = Dictionary(
            shapes(.municipality) { $0 }.map { ($0.region.code, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The regions of a kind, in the gazetteer's order.
    package func shapes(_ kind: RegionKind) -> [Shape] {
        switch kind {
        case .municipality: municipalities.values.sorted { $0.region.index < $1.region.index }
        case .province: provinces
        case .labourRegion: labourRegions
        case .corop: corops
        }
    }

    /// The outline of a region as a GeoJSON `MultiPolygon` (RFC 7946, 3.1.7): outer rings
    /// anticlockwise, each with the rings around what is not the region within it.
    package static func multiPolygon(_ shape: Shape) -> [[[Coordinates]]] {
        func doubledArea(_ ring: [MapProjection.Point]) -> Double {
            zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) {
                $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y
            }
        }
        func places(_ ring: [MapProjection.Point]) -> [Coordinates] {
            let points = ring.reversed().compactMap { projection.place($0) }
            return points + points.prefix(1)
        }
        func contains(_ ring: [MapProjection.Point], _ point: MapProjection.Point) -> Bool {
            zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(false) { inside, edge in
                let (from, to) = edge
                guard (from.y > point.y) != (to.y > point.y) else { return inside }
                let share = (point.y - from.y) / (to.y - from.y)
                return point.x < from.x + share * (to.x - from.x) ? !inside : inside
            }
        }
        let outer = shape.rings.filter { doubledArea($0) > 0 }
        var polygons = outer.map { [places($0)] }
        for hole in shape.rings where doubledArea(hole) <= 0 {
            // The smallest ring around it is the one it was cut from; the rings are sorted.
            guard let first = hole.first,
                let owner = outer.lastIndex(where: { contains($0, first) })
            else { continue }
            polygons[owner].append(places(hole))
        }
        return polygons
    }

    /// Where a place comes on the map.
    package static func point(_ place: Coordinates) -> MapProjection.Point {
        projection.point(place)
    }

    /// The map of a gazetteer, drawn when it is first asked for and kept: catalogues share their
    /// gazetteer from one generation to the next.
    package static func of(_ gazetteer: Gazetteer) -> RegionMap {
        let mark = gazetteer.regionFingerprint
        if let (known, map) = drawn.withLock({ $0 }), known == mark { return map }
        let map = RegionMap(gazetteer)
        drawn.withLock { $0 = (mark, map) }
        return map
    }

    private static let drawn = Mutex<(mark: UInt64, map: RegionMap)?>(nil)

    private static func middles(
        of points: [(point: MapProjection.Point, label: Int)]
    ) -> [Int: MapProjection.Point] {
        var sums: [Int: (x: Double, y: Double, count: Double)] = [:]
        for (point, label) in points {
            let sum = sums[label] ?? (0, 0, 0)
            sums[label] = (sum.x + point.x, sum.y + point.y, sum.count + 1)
        }
        return sums.mapValues { .init(x: $0.x / $0.count, y: $0.y / $0.count) }
    }

    private static func path(_ rings: [[MapProjection.Point]]) -> String {
        var path = ""
        for ring in rings {
            var last = (x: 0, y: 0)
            for (number, point) in ring.enumerated() {
                let next = (x: tenths(point.x), y: tenths(point.y))
                if number == 0 {
                    path += "M\(next.x) \(next.y)l"
                } else {
                    path += (number > 1 ? " " : "") + "\(next.x - last.x) \(next.y - last.y)"
                }
                last = next
            }
            path += "z"
        }
        return path
    }

    /// Kilometres in the units of the drawing.
    package static func tenths(_ kilometres: Double) -> Int { Int((kilometres * 10).rounded()) }
}

extension RegionMap.Box {
    /// The box around rings; `nil` when they hold no point.
    init?(around rings: [[MapProjection.Point]]) {
        let points = rings.joined()
        guard let first = points.first else { return nil }
        self.init(west: first.x, north: first.y, east: first.x, south: first.y)
        for point in points {
            west = min(west, point.x)
            east = max(east, point.x)
            north = min(north, point.y)
            south = max(south, point.y)
        }
    }

    /// The whole map.
    package static let whole = RegionMap.Box(west: 0, north: 0, east: 275, south: 325)

    /// Whether a point lies in it.
    package func holds(_ point: MapProjection.Point) -> Bool {
        (west...east).contains(point.x) && (north...south).contains(point.y)
    }

    /// Its middle.
    package var middle: MapProjection.Point { .init(x: (west + east) / 2, y: (north + south) / 2) }

    /// The longest side.
    package var size: Double { max(east - west, south - north) }

    /// With some room around.
    package func widened(by kilometres: Double) -> RegionMap.Box {
        .init(
            west: west - kilometres, north: north - kilometres, east: east + kilometres,
            south: south + kilometres)
    }

    /// As the `viewBox` of an SVG.
    package var text: String {
        [west, north, east - west, south - north].map { "\(RegionMap.tenths($0))" }
            .joined(separator: " ")
    }
}
