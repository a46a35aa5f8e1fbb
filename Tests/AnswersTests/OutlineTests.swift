import Testing

@testable import Answers

@Suite("outlines of regions")
struct OutlineTests {
    /// Two regions side by side, a third one within the first.
    private static func grid() -> HexagonGrid {
        var grid = HexagonGrid(size: 1, width: 40, height: 30)
        grid.label { point in
            guard (4...36).contains(point.x), (4...26).contains(point.y) else { return nil }
            if (9...15).contains(point.x), (10...18).contains(point.y) { return (2, true) }
            return (point.x < 20 ? 0 : 1, true)
        }
        return grid
    }

    private static func area(_ ring: [MapProjection.Point]) -> Double {
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) {
            $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y
        } / 2
    }

    @Test("the areas of all regions add up to the land: nothing is lost and nothing counted twice")
    func areas() throws {
        let outlines = RegionOutlines(grid: Self.grid(), tolerance: 0.9, smallest: 1) { $0 }
        let sum = outlines.rings.values.joined().reduce(0) { $0 + Self.area($1) }
        #expect(abs(sum - 32 * 22) < 50)
        #expect(outlines.rings[0]?.count == 2, "the region around another has a hole")
        let hole = try #require(outlines.rings[0]?.last)
        let filling = try #require(outlines.rings[2]?.first)
        #expect(abs(Self.area(hole) + Self.area(filling)) < 1e-9)
    }

    @Test("two regions share the line between them, point for point")
    func sharedLines() throws {
        let outlines = RegionOutlines(grid: Self.grid(), tolerance: 0.9, smallest: 1) { $0 }
        let west = try #require(outlines.rings[0]?.first)
        let east = try #require(outlines.rings[1]?.first)
        let border = { (point: MapProjection.Point) in
            abs(point.x - 20) < 2 && (5...25).contains(point.y)
        }
        #expect(Set(west.filter(border)) == Set(east.filter(border)))
        let fewer = RegionOutlines(grid: Self.grid(), tolerance: 0, smallest: 1) { $0 }
        #expect(west.count < (fewer.rings[0]?.first?.count ?? 0) / 3, "zigzags are made straight")
    }

    @Test(
        "water within land is land when it is not sure, and stays water when it is open to the sea")
    func lakes() {
        var grid = HexagonGrid(size: 1, width: 40, height: 30)
        grid.label { point in
            guard (4...36).contains(point.x), (4...26).contains(point.y) else { return nil }
            let isHeath = (10...14).contains(point.x) && (10...18).contains(point.y)
            let isBay = (24...28).contains(point.x) && point.y < 18
            return (0, !isHeath && !isBay)
        }
        let outlines = RegionOutlines(grid: grid, tolerance: 0, smallest: 1) { $0 }
        #expect(outlines.rings[0]?.count == 1)
        let land = outlines.rings[0]?.first.map(Self.area) ?? 0
        #expect(abs(land - (32 * 22 - 4 * 14)) < 45)
    }
}
