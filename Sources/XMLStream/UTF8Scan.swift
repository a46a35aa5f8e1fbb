/// Checks of UTF-8 for XML, at the speed of memory for plain text.
enum UTF8Scan {
    /// What stands at a byte that is not plain ASCII text.
    enum Finding: Equatable {
        /// A character of this many bytes that XML allows.
        case character(Int)
        /// This many bytes that XML forbids although they are UTF-8: controls, U+FFFE, U+FFFF.
        case forbidden(Int)
        /// A surrogate pair in UTF-8's clothes (CESU-8), six bytes.
        case surrogatePair
        /// The sequence goes on behind the buffer.
        case incomplete
        /// A byte that is no part of UTF-8.
        case invalid
    }

    /// The number of bytes from the start that are UTF-8 and that XML allows.
    static func validPrefix(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let raw = UnsafeRawPointer(bytes)
        var i = 0
        while true {
            // Thirty-two bytes at a time while there is only ASCII without controls.
            while i + 32 <= count {
                let suspects =
                    suspects(raw.loadUnaligned(fromByteOffset: i, as: UInt64.self))
                    | suspects(raw.loadUnaligned(fromByteOffset: i + 8, as: UInt64.self))
                    | suspects(raw.loadUnaligned(fromByteOffset: i + 16, as: UInt64.self))
                    | suspects(raw.loadUnaligned(fromByteOffset: i + 24, as: UInt64.self))
                if suspects != 0 { break }
                i += 32
            }
            while i + 8 <= count,
                suspects(raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)) == 0
            { i += 8 }
            // Then one by one, through the next eight.
            let stop = min(count, i + 8)
            while i < stop {
                let byte = bytes[i]
                if byte >= 0x20 && byte < 0x80 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                    i += 1
                } else if case .character(let length) = finding(bytes + i, count - i) {
                    i += length
                } else {
                    return i
                }
            }
            if i >= count { return i }
        }
    }

    /// Nonzero when a byte of the word is a control or beyond ASCII.
    @inline(__always)
    private static func suspects(_ word: UInt64) -> UInt64 {
        ((word &- 0x2020_2020_2020_2020) | word) & 0x8080_8080_8080_8080
    }

    /// What stands at the start of the bytes, of which there is at least one.
    static func finding(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Finding {
        let lead = bytes[0]
        switch lead {
        case 0x09, 0x0A, 0x0D, 0x20..<0x80: return .character(1)
        case 0x00..<0x20: return .forbidden(1)
        case 0xC2...0xDF: return tail(bytes, count, length: 2, second: 0x80...0xBF)
        case 0xE0: return tail(bytes, count, length: 3, second: 0xA0...0xBF)
        case 0xED:
            if count > 1, bytes[1] >= 0xA0, bytes[1] <= 0xBF {
                return surrogate(bytes, count)
            }
            return tail(bytes, count, length: 3, second: 0x80...0x9F)
        case 0xEF:
            let found = tail(bytes, count, length: 3, second: 0x80...0xBF)
            if found == .character(3), bytes[1] == 0xBF, bytes[2] >= 0xBE { return .forbidden(3) }
            return found
        case 0xE1...0xEF: return tail(bytes, count, length: 3, second: 0x80...0xBF)
        case 0xF0: return tail(bytes, count, length: 4, second: 0x90...0xBF)
        case 0xF1...0xF3: return tail(bytes, count, length: 4, second: 0x80...0xBF)
        case 0xF4: return tail(bytes, count, length: 4, second: 0x80...0x8F)
        default: return .invalid
        }
    }

    private static func tail(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, length: Int, second: ClosedRange<UInt8>
    ) -> Finding {
        guard count > 1 else { return .incomplete }
        guard second.contains(bytes[1]) else { return .invalid }
        for i in 2..<max(length, 2) {
            guard i < count else { return .incomplete }
            guard bytes[i] & 0xC0 == 0x80 else { return .invalid }
        }
        return .character(length)
    }

    private static func surrogate(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Finding {
        guard bytes[1] < 0xB0 else { return .invalid }
        let pattern: [ClosedRange<UInt8>] = [
            0xED...0xED, 0xA0...0xAF, 0x80...0xBF, 0xED...0xED, 0xB0...0xBF, 0x80...0xBF,
        ]
        for (i, range) in pattern.enumerated() {
            guard i < count else { return .incomplete }
            guard range.contains(bytes[i]) else { return .invalid }
        }
        return .surrogatePair
    }
}
