/// XXH64 with seed 0 (Collet, xxHash specification 0.1.1): finds damage at the speed of memory.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let p1: UInt64 = 0x9E37_79B1_85EB_CA87
    let p2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    let p3: UInt64 = 0x1656_67B1_9E37_79F9
    let p4: UInt64 = 0x85EB_CA77_C2B2_AE63
    let p5: UInt64 = 0x27D4_EB2F_1656_67C5
    func rotated(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }
    func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotated(lane &+ input &* p2, 31) &* p1
    }
    guard let start = bytes.baseAddress else { return p5 }
    func word(_ offset: Int) -> UInt64 {
        UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    var offset = 0
    var hash: UInt64
    if bytes.count >= 32 {
        var a = p1 &+ p2
        var b = p2
        var c: UInt64 = 0
        var d = 0 &- p1
        while offset + 32 <= bytes.count {
            a = round(a, word(offset))
            b = round(b, word(offset + 8))
            c = round(c, word(offset + 16))
            d = round(d, word(offset + 24))
            offset += 32
        }
        hash = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
        for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
    } else {
        hash = p5
    }
    hash &+= UInt64(bytes.count)
    while offset + 8 <= bytes.count {
        hash = rotated(hash ^ round(0, word(offset)), 27) &* p1 &+ p4
        offset += 8
    }
    if offset + 4 <= bytes.count {
        let half = start.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        hash = rotated(hash ^ UInt64(UInt32(littleEndian: half)) &* p1, 23) &* p2 &+ p3
        offset += 4
    }
    while offset < bytes.count {
        hash = rotated(hash ^ UInt64(bytes[offset]) &* p5, 11) &* p1
        offset += 1
    }
    hash = (hash ^ hash >> 33) &* p2
    hash = (hash ^ hash >> 29) &* p3
    return hash ^ hash >> 32
}
