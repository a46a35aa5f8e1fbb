/// Counting for positions, sixteen bytes at a time.
enum LineCount {
    /// The line feeds among the bytes.
    static func lineFeeds(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        sum(bytes, count) { $0 .== 0x0A }
    }

    /// The characters of UTF-8 text: the bytes that continue none.
    static func scalars(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        // A continuation byte is from 0x80 up to 0xBF: as a signed number, less than -64.
        count - sum(bytes, count) { SIMD16<Int8>(truncatingIfNeeded: $0) .< -64 }
    }

    /// The offset of the last line feed, or -1.
    static func lastLineFeed(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var at = count - 1
        while at >= 0, bytes[at] != 0x0A { at -= 1 }
        return at
    }

    /// How many of the bytes a mask marks.
    @inline(__always)
    private static func sum(
        _ bytes: UnsafePointer<UInt8>, _ count: Int,
        _ mask: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
    ) -> Int {
        let raw = UnsafeRawPointer(bytes)
        var total = 0
        var i = 0
        while i + 16 <= count {
            // Each lane counts up to 255 before they are added up.
            var lanes = SIMD16<UInt8>()
            let stop = min(count - 15, i + 255 * 16)
            while i < stop {
                let marks = mask(raw.loadUnaligned(fromByteOffset: i, as: SIMD16<UInt8>.self))
                // A marked lane is -1.
                lanes &-= unsafeBitCast(marks, to: SIMD16<UInt8>.self)
                i += 16
            }
            total += Int(SIMD16<UInt16>(truncatingIfNeeded: lanes).wrappedSum())
        }
        while i < count {
            if mask(SIMD16(repeating: bytes[i]))[0] { total += 1 }
            i += 1
        }
        return total
    }
}
