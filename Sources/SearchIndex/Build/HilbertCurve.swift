/// The order of places along a Hilbert curve: what is near on the curve is near on the map.
enum HilbertCurve {
    /// How far along the curve a place lies, on a grid of 65,536 × 65,536 cells over the world (in
    /// the Netherlands some 300 m high and 370 m wide).
    ///
    /// Skilling's and Lam's transformation by quadrants; see Warren, "Hacker's Delight", 16-2.
    static func position(latitude: Int32, longitude: Int32) -> UInt32 {
        var x = cell(Int64(longitude) + 1_800_000_000, of: 3_600_000_001)
        var y = cell(Int64(latitude) + 900_000_000, of: 1_800_000_001)
        var position: UInt32 = 0
        var side: UInt32 = 1 << 15
        while side > 0 {
            let right: UInt32 = x & side > 0 ? 1 : 0
            let top: UInt32 = y & side > 0 ? 1 : 0
            position = position << 2 | (3 * right ^ top)
            if top == 0 {
                if right == 1 {
                    x = ~x & 0xFFFF
                    y = ~y & 0xFFFF
                }
                swap(&x, &y)
            }
            side >>= 1
        }
        return position
    }

    private static func cell(_ value: Int64, of range: Int64) -> UInt32 {
        UInt32((value << 16) / range)
    }
}
