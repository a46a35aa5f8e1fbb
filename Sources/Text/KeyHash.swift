/// A quick hash of a short key, for tables in memory and inside the index: eight bytes at a time, by
/// multiplication.
package func keyHash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let prime: UInt64 = 0x9E37_79B1_85EB_CA87
    var hash = UInt64(bytes.count) &* prime
    guard let start = bytes.baseAddress.map({ UnsafeRawPointer($0) }) else { return 0 }
    var offset = 0
    while offset &+ 8 <= bytes.count {
        let word = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
        hash = (hash ^ word) &* prime
        hash ^= hash &>> 29
        offset &+= 8
    }
    var tail: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
        tail |= UInt64(bytes[offset]) &<< shift
        shift &+= 8
        offset &+= 1
    }
    hash = (hash ^ tail) &* prime
    return UInt32(truncatingIfNeeded: hash ^ hash &>> 32)
}
