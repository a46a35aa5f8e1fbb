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

/// Reads what ``StoredWriter`` wrote; traps beyond the end, which checksums keep from happening.
struct StoredReader {
    private var rest: UnsafeRawBufferPointer.SubSequence

    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func unsigned() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = rest.popFirst() {
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

    mutating func string() -> String { take(Int(unsigned())) }

    mutating func optionalString() -> String? {
        let count = Int(unsigned())
        return count == 0 ? nil : take(count - 1)
    }

    private mutating func take(_ count: Int) -> String {
        let text = String(decoding: rest.prefix(count), as: UTF8.self)
        rest = rest.dropFirst(count)
        return text
    }
}
