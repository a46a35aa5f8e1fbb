import CourseModel
import Places
import Synchronization

/// The map of a gazetteer: the outlines of its labour-market regions and municipalities, drawn out
/// of nothing but the centres of its postcodes.
struct RegionMap: Sendable {
    /// A region on the map.
    struct Shape: Sendable {
        /// The region.
        let region: Region
        /// Its outline as the path of an SVG, in tenths of a kilometre.
        let path: String
        /// The corners of the box around it: west, north, east, south.
        let box: Box
        /// A point amidst its towns.
        let middle: MapProjection.Point
    }

    /// A part of the map, in kilometres.
    struct Box: Sendable {
        var west: Double
        var north: Double
        var east: Double
        var south: Double
    }

    private static let width = 280.0
    private static let height = 330.0
    private static let projection = MapProjection(west: 3.2, north: 53.65)

    /// The labour-market regions, in the gazetteer's order.
    let labourRegions: [Shape]
    /// The municipalities by code.
    let municipalities: [String: Shape]

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
                    middle: middles[number] ?? box.middle)
            }
        }
        labourRegions = shapes(.labourRegion) { label in
            gazetteer.areas(ofMunicipality: RegionIndex(rawValue: UInt16(label)))
                .map { Int($0.labourRegion.rawValue) }
        }
        municipalities = Dictionary(
            shapes(.municipality) { $0 }.map { ($0.region.code, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// Where a place comes on the map.
    static func point(_ place: Coordinates) -> MapProjection.Point { projection.point(place) }

    /// The map of a gazetteer, drawn when it is first asked for and kept: catalogues share their
    /// gazetteer from one generation to the next.
    static func of(_ gazetteer: Gazetteer) -> RegionMap {
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
    static func tenths(_ kilometres: Double) -> Int { Int((kilometres * 10).rounded()) }
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
    static let whole = RegionMap.Box(west: 0, north: 0, east: 275, south: 325)

    /// Whether a point lies in it.
    func holds(_ point: MapProjection.Point) -> Bool {
        (west...east).contains(point.x) && (north...south).contains(point.y)
    }

    /// Its middle.
    var middle: MapProjection.Point { .init(x: (west + east) / 2, y: (north + south) / 2) }

    /// The longest side.
    var size: Double { max(east - west, south - north) }

    /// With some room around.
    func widened(by kilometres: Double) -> RegionMap.Box {
        .init(
            west: west - kilometres, north: north - kilometres, east: east + kilometres,
            south: south + kilometres)
    }

    /// As the `viewBox` of an SVG.
    var text: String {
        [west, north, east - west, south - north].map { "\(RegionMap.tenths($0))" }
            .joined(separator: " ")
    }
}
