import CourseModel

/// Numbers and strings one behind the other, as the stored parts of the index hold them.
struct StoredWriter {
    var bytes: [UInt8] = []

    mutating func put(_ number: UInt64) {
        var rest = number
        while rest >= 128 {
            bytes.append(UInt8(rest & 127) | 128)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func put(_ number: Int64) { put(UInt64(bitPattern: number << 1 ^ number >> 63)) }

    mutating func put(_ string: String) {
        put(UInt64(string.utf8.count))
        bytes += string.utf8
    }

    mutating func put(_ string: String?) {
        put(UInt64(string.map { $0.utf8.count + 1 } ?? 0))
        if let string { bytes += string.utf8 }
    }
}

/// Reads what ``StoredWriter`` wrote; gives zeros beyond the end, which checksums keep from happening.
struct StoredReader {
    private var next: UnsafeRawPointer
    private let end: UnsafeRawPointer

    /// Reads bytes that outlive it.
    init(_ bytes: UnsafeRawBufferPointer) {
        // Any address will do for no bytes at all.
        next = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
        end = next + bytes.count
    }

    var isAtEnd: Bool { next == end }

    @inline(__always)
    mutating func unsigned() -> UInt64 {
        guard next < end else { return 0 }
        let first = next.load(as: UInt8.self)
        next += 1
        return first < 128 ? UInt64(first) : longer(UInt64(first & 127))
    }

    private mutating func longer(_ low: UInt64) -> UInt64 {
        var value = low
        var shift: UInt64 = 7
        while next < end {
            let byte = next.load(as: UInt8.self)
            next += 1
            value |= UInt64(byte & 127) << shift
            if byte < 128 { break }
            shift += 7
        }
        return value
    }

    mutating func signed() -> Int64 {
        let value = unsigned()
        return Int64(bitPattern: value >> 1) ^ -Int64(value & 1)
    }

    /// A count of things that take at least a byte each.
    mutating func count() -> Int { Int(min(unsigned(), UInt64(end - next))) }

    mutating func string() -> String { take(Int(clamping: unsigned())) }

    mutating func optionalString() -> String? {
        let count = Int(clamping: unsigned())
        return count == 0 ? nil : take(count - 1)
    }

    /// The bytes that are left.
    mutating func takeRest() -> UnsafeRawBufferPointer {
        defer { next = end }
        return UnsafeRawBufferPointer(start: next, count: end - next)
    }

    /// Some bytes, fewer at the end.
    mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer {
        let bytes = UnsafeRawBufferPointer(start: next, count: min(count, end - next))
        next += bytes.count
        return bytes
    }

    private mutating func take(_ count: Int) -> String {
        String(decoding: bytes(count), as: UTF8.self)
    }
}
