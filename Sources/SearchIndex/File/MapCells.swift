/// A map of 8 × 8 cells that repeats over the world, each 0.25° high and 0.4° wide: in the Netherlands
/// 28 by 27 km, and 222 by 217 km until it repeats.
///
/// A set of cells is 64 bits. What has no cell in common with a box does not lie in it, so a course
/// whose venues are far apart is passed over without a look at any of them.
enum MapCells {
    private static let height: Int32 = 2_500_000
    private static let width: Int32 = 4_000_000

    /// The cell of a place, in degrees times 10⁷.
    static func cell(_ latitude: Int32, _ longitude: Int32) -> UInt64 {
        1 << UInt64((row(latitude) & 7) << 3 | column(longitude) & 7)
    }

    /// The cells that a box touches.
    static func cells(_ box: PlaceBox) -> UInt64 {
        guard box.south <= box.north, box.west <= box.east else { return 0 }
        // From eight on every row or column of the repeating map is there.
        let rows = row(box.south)...min(row(box.north), row(box.south) + 7)
        let columns = column(box.west)...min(column(box.east), column(box.west) + 7)
        var cells: UInt64 = 0
        for row in rows {
            for column in columns { cells |= 1 << UInt64((row & 7) << 3 | column & 7) }
        }
        return cells
    }

    /// A number of 60 bits that sorts sets of cells by their first cell, then by their second, and so
    /// on to the tenth.
    static func order(of cells: UInt64) -> UInt64 {
        var order: UInt64 = 0
        var rest = cells
        for _ in 0..<10 {
            order <<= 6
            guard rest != 0 else { continue }
            order |= UInt64(rest.trailingZeroBitCount)
            rest &= rest - 1
        }
        return order
    }

    private static func row(_ latitude: Int32) -> Int {
        Int((Double(latitude) / Double(height)).rounded(.down))
    }

    private static func column(_ longitude: Int32) -> Int {
        Int((Double(longitude) / Double(width)).rounded(.down))
    }
}
