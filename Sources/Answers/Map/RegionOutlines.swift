/// The outlines of regions, traced along the cells of a grid and made smooth.
///
/// Two regions that touch share the line between them, point for point, so that no gap opens.
struct RegionOutlines: Sendable {
    typealias Point = MapProjection.Point

    /// By region: its rings, the largest first.
    ///
    /// Points lie clockwise on the map.
    let rings: [Int: [[Point]]]

    /// Traces outlines.
    ///
    /// - Parameters:
    ///   - grid: Cells with labels.
    ///   - region: The region that a label belongs to; several labels may form one.
    ///   - tolerance: How far, in kilometres, a line may lie from the cells' own edges.
    ///   - smallest: Islands of fewer cells than this are left out, unless a region has no larger.
    init(grid: HexagonGrid, tolerance: Double, smallest: Int, region: (Int) -> Int?) {
        let regions = grid.labels.map { $0.flatMap(region) }
        var next: [Edge: HexagonGrid.Corner] = [:]
        var around: [HexagonGrid.Corner: Set<Int>] = [:]
        for (cell, own) in regions.enumerated() {
            for edge in 0..<6 {
                let other = grid.neighbour(of: cell, edge).flatMap { regions[$0] }
                guard own != other else { continue }
                let (from, to) = (grid.corner(edge, of: cell), grid.corner(edge + 1, of: cell))
                around[from, default: []].insert(own ?? -1)
                around[to, default: []].insert(own ?? -1)
                // Beyond the grid there are no cells to put the sea's label at its corners.
                if grid.neighbour(of: cell, edge) == nil {
                    around[from, default: []].insert(-1)
                    around[to, default: []].insert(-1)
                }
                if let own { next[Edge(region: own, from: from)] = to }
            }
        }
        let junctions = Set(around.filter { $0.value.count > 2 }.keys)
        var found: [Int: [[HexagonGrid.Corner]]] = [:]
        for start in next.keys.sorted() {
            guard var corner = next.removeValue(forKey: start) else { continue }
            var ring = [start.from]
            while corner != start.from {
                ring.append(corner)
                guard let after = next.removeValue(forKey: Edge(region: start.region, from: corner))
                else { break }
                corner = after
            }
            found[start.region, default: []].append(ring)
        }
        rings = found.mapValues { rings in
            let sized = rings.map { (ring: $0, cells: Self.cells(in: $0)) }
                .sorted { $0.cells > $1.cells }
            let kept = sized.filter { abs($0.cells) >= smallest }
            return (kept.isEmpty ? Array(sized.prefix(1)) : kept).map { entry in
                Self.simplified(entry.ring, junctions: junctions, tolerance: tolerance, grid: grid)
            }
        }
    }

    private struct Edge: Hashable, Comparable {
        var region: Int
        var from: HexagonGrid.Corner

        static func < (first: Self, second: Self) -> Bool {
            (first.region, first.from) < (second.region, second.from)
        }
    }

    /// How many cells a ring encloses; below 0 for a ring around something else.
    private static func cells(in ring: [HexagonGrid.Corner]) -> Int {
        var doubled = 0
        for (corner, after) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            doubled += Int(corner.x) * Int(after.y) - Int(after.x) * Int(corner.y)
        }
        // A cell measures 6 squares of the lattice.
        return doubled / 12
    }

    private static func simplified(
        _ ring: [HexagonGrid.Corner], junctions: Set<HexagonGrid.Corner>, tolerance: Double,
        grid: HexagonGrid
    ) -> [Point] {
        var ends = ring.indices.filter { junctions.contains(ring[$0]) }
        if ends.count < 2 {
            // Both sides of a line must cut it at the same corners, whichever way they go.
            let first = ends.first ?? ring.indices.min { ring[$0] < ring[$1] } ?? 0
            let origin = grid.point(ring[first])
            let far = ring.indices.max {
                let (one, two) = (ring[$0], ring[$1])
                let (near, far) = (
                    distance(grid.point(one), origin), distance(grid.point(two), origin)
                )
                return near != far ? near < far : one < two
            }
            ends = [first, far ?? first].sorted()
        }
        var result: [Point] = []
        for (end, after) in zip(ends, ends.dropFirst() + [ends[0] + ring.count]) {
            var arc = (end...after).map { ring[$0 % ring.count] }
            let isReversed = arc[arc.count - 1] < arc[0]
            if isReversed { arc.reverse() }
            var line = simplified(arc.map(grid.point)[...], tolerance: tolerance)
            if isReversed { line.reverse() }
            result += line.dropLast()
        }
        return result
    }

    /// Leaves out points that lie near the line between those that stay (Douglas and Peucker).
    private static func simplified(_ line: ArraySlice<Point>, tolerance: Double) -> [Point] {
        guard line.count > 2, let first = line.first, let last = line.last else {
            return Array(line)
        }
        var (farthest, offset) = (line.startIndex, 0.0)
        for index in line.indices.dropFirst().dropLast() {
            let away = distance(line[index], first, last)
            if away > offset { (farthest, offset) = (index, away) }
        }
        guard offset > tolerance else { return [first, last] }
        return simplified(line[...farthest], tolerance: tolerance).dropLast()
            + simplified(line[farthest...], tolerance: tolerance)
    }

    private static func distance(_ one: Point, _ two: Point) -> Double {
        ((one.x - two.x) * (one.x - two.x) + (one.y - two.y) * (one.y - two.y)).squareRoot()
    }

    /// How far a point lies from the line through two others; from the first when they coincide.
    private static func distance(_ point: Point, _ from: Point, _ to: Point) -> Double {
        let length = distance(from, to)
        guard length > 0 else { return distance(point, from) }
        return abs((to.x - from.x) * (from.y - point.y) - (from.x - point.x) * (to.y - from.y))
            / length
    }
}
