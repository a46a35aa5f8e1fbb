/// Counting for positions, eight bytes at a time.
enum LineCount {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

    /// The line feeds among the bytes.
    static func lineFeeds(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        // A byte of `x` is zero where a line feed stands; then its highest bit comes out as 1.
        sum(bytes, count) { word in
            let x = word ^ (0x0A &* ones)
            return ~(((x & low) &+ low) | x | low)
        }
    }

    /// The characters of UTF-8 text: the bytes that continue none.
    static func scalars(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        // A continuation byte has its highest bit set and the next one clear.
        sum(bytes, count) { word in (~word | word << 1) & ~low }
    }

    /// The offset of the last line feed, or -1.
    static func lastLineFeed(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var at = count - 1
        while at >= 0, bytes[at] != 0x0A { at -= 1 }
        return at
    }

    /// Adds up the bytes whose highest bit `mark` sets.
    @inline(__always)
    private static func sum(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, _ mark: (UInt64) -> UInt64
    ) -> Int {
        let raw = UnsafeRawPointer(bytes)
        var total = 0
        var i = 0
        while i + 8 <= count {
            // Each byte of `lanes` counts up to 255 before they are added up.
            var lanes: UInt64 = 0
            let stop = min(count - 7, i + 255 * 8)
            while i < stop {
                lanes &+= mark(raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)) >> 7
                i += 8
            }
            let pairs = (lanes & 0x00FF_00FF_00FF_00FF) &+ (lanes >> 8 & 0x00FF_00FF_00FF_00FF)
            total += Int((pairs &* 0x0001_0001_0001_0001) >> 48)
        }
        while i < count {
            // The rest, in a word of its own; only its first byte counts.
            if mark(UInt64(bytes[i])) & 0x80 != 0 { total += 1 }
            i += 1
        }
        return total
    }
}
