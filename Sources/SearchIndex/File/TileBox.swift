/// Where the venues of a course lie, in four bytes.
///
/// It is a box on a map of 256 × 256 tiles that repeats over the world as that of ``MapCells`` does; in
/// the Netherlands a tile is 0.87 by 0.85 km. Boxes without a tile in common have no place in common.
/// Most courses have their venues near each other, so this tells them from those of a neighbouring town,
/// before any venue is looked at.
@frozen @usableFromInline struct TileBox: Equatable, Sendable {
    /// The first row of tiles, northwards, and how many follow it; 255 for all.
    private var south: UInt8
    private var height: UInt8
    /// The first column of tiles, eastwards, and how many follow it; 255 for all.
    private var west: UInt8
    private var width: UInt8

    private static let tileHeight: Int32 = 78_125
    private static let tileWidth: Int32 = 125_000

    /// All tiles.
    static var everywhere: TileBox { TileBox(south: 0, height: 255, west: 0, width: 255) }

    private init(south: UInt8, height: UInt8, west: UInt8, width: UInt8) {
        (self.south, self.height, self.west, self.width) = (south, height, west, width)
    }

    /// The tiles that a box touches; all when it holds nothing.
    init(_ box: PlaceBox) {
        self = .everywhere
        guard box.south <= box.north, box.west <= box.east else { return }
        (south, height) = Self.tiles(box.south, box.north, Self.tileHeight)
        (west, width) = Self.tiles(box.west, box.east, Self.tileWidth)
    }

    private static func tiles(
        _ low: Int32, _ high: Int32, _ size: Int32
    ) -> (first: UInt8, more: UInt8) {
        func tile(_ degrees: Int32) -> Int {
            Int((Double(degrees) / Double(size)).rounded(.down))
        }
        let first = tile(low)
        return (UInt8(truncatingIfNeeded: first), UInt8(clamping: tile(high) - first))
    }

    /// Whether some tile is in both.
    @inline(__always)
    func overlaps(_ other: TileBox) -> Bool {
        // Either of two stretches of a circle that meet holds the other's beginning.
        (other.south &- south <= height || south &- other.south <= other.height)
            && (other.west &- west <= width || west &- other.west <= other.width)
    }
}
