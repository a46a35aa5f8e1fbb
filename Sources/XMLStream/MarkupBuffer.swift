/// Bytes of a document that grow at their end and are used again once they were handed over.
///
/// An array would check that it is its own at each of a document's many appends; this cannot be
/// anything else.
struct MarkupBuffer: ~Copyable {
    private var start = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    private var capacity = 256
    /// How many bytes there are.
    var count = 0

    deinit { start.deallocate() }

    /// The bytes of a range, until the next change.
    func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// Whether two ranges hold the same bytes.
    func isSame(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
        first.count == second.count && bytes(first).elementsEqual(bytes(second))
    }

    /// Makes room for bytes that follow.
    @inline(__always)
    mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let larger = max(count + more, capacity * 2)
        let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        new.update(from: start, count: count)
        start.deallocate()
        start = new
        capacity = larger
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    @inline(__always)
    mutating func append(_ first: UInt8, _ second: UInt8) {
        reserve(2)
        start[count] = first
        start[count + 1] = second
        count += 2
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends bytes that do not stand in this buffer.
    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let from = bytes.baseAddress else { return }
        reserve(bytes.count)
        (start + count).update(from: from, count: bytes.count)
        count += bytes.count
    }

    /// Appends a line break and two spaces a level.
    mutating func append(lineBreakWithLevels level: Int) {
        reserve(1 + 2 * level)
        start[count] = 0x0A
        (start + count + 1).update(repeating: 0x20, count: 2 * level)
        count += 1 + 2 * level
    }

    /// Appends a name; beyond ASCII every letter-like byte passes.
    ///
    /// - Returns: Whether it may stand as a name. If not, some of it may have been appended.
    mutating func append(name: String) -> Bool {
        var name = name
        return name.withUTF8 { bytes in
            guard let first = bytes.first, InputWindow.isNameStart(first) else { return false }
            reserve(bytes.count)
            let end = start + count
            var isName = true
            for index in bytes.indices {
                let byte = bytes[index]
                isName = InputWindow.isNameByte(byte) && isName
                end[index] = byte
            }
            count += bytes.count
            return isName
        }
    }

    // MARK: Escaping

    /// Where a text stands, which decides what may stand in it as it is.
    enum Place {
        /// Between tags.
        case text
        /// Between the quotation marks of an attribute.
        case attribute
        /// It is mark-up already: only what XML forbids is replaced.
        case markup
    }

    /// Appends a text with references for what may not stand there as it is.
    ///
    /// - Returns: How many characters XML forbids; they are written as U+FFFD.
    mutating func append(escaped text: String, as place: Place) -> Int {
        var text = text
        return text.withUTF8 { append(escaped: $0, as: place) }
    }

    /// Appends the bytes of a text with references for what may not stand there as it is.
    mutating func append(escaped text: [UInt8], as place: Place) -> Int {
        text.withUnsafeBufferPointer { append(escaped: $0, as: place) }
    }

    /// Appends the bytes of a text with references for what may not stand there as it is.
    mutating func append(escaped bytes: UnsafeBufferPointer<UInt8>, as place: Place) -> Int {
        guard let from = bytes.baseAddress else { return 0 }
        reserve(bytes.count)
        var forbidden = 0
        var copied = 0
        var at = 0
        while true {
            at = Self.nextSpecial(from, at, bytes.count)
            guard at < bytes.count else { break }
            var length = 1
            let replacement: StaticString
            switch (from[at], place) {
            case (0x26, .text), (0x26, .attribute): replacement = "&amp;"
            case (0x3C, .text), (0x3C, .attribute): replacement = "&lt;"
            case (0x3E, .text): replacement = "&gt;"
            case (0x22, .attribute): replacement = "&quot;"
            case (0x09, .attribute): replacement = "&#9;"
            case (0x0A, .attribute): replacement = "&#10;"
            case (0x0D, .text), (0x0D, .attribute): replacement = "&#13;"
            case (0x26, _), (0x3C, _), (0x3E, _), (0x22, _), (0x09, _), (0x0A, _), (0x0D, _):
                at += 1
                continue
            case (0xEF, _):
                // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
                guard at + 2 < bytes.count, from[at + 1] == 0xBF, from[at + 2] >= 0xBE else {
                    at += 1
                    continue
                }
                length = 3
                fallthrough
            default:
                replacement = "\u{FFFD}"
                forbidden += 1
            }
            append(UnsafeBufferPointer(start: from + copied, count: at - copied))
            append(replacement)
            at += length
            copied = at
        }
        append(UnsafeBufferPointer(start: from + copied, count: bytes.count - copied))
        return forbidden
    }

    /// The first byte that may need attention: a control character, `"`, `&`, `<`, `>` or the first
    /// byte of U+FFFE; `end` when there is none.
    private static func nextSpecial(_ bytes: UnsafePointer<UInt8>, _ from: Int, _ end: Int) -> Int {
        var at = from
        // Eight bytes at a time: texts are long and what needs attention is rare.
        while at + 8 <= end {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self))
            let found =
                controls(word) | zeros(word ^ 0x2222_2222_2222_2222)
                | zeros(word ^ 0x2626_2626_2626_2626)
                // `<` and `>` differ in one bit.
                | zeros(word & 0xFDFD_FDFD_FDFD_FDFD ^ 0x3C3C_3C3C_3C3C_3C3C)
                | zeros(word ^ 0xEFEF_EFEF_EFEF_EFEF)
            if found != 0 { return at + found.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < end {
            switch bytes[at] {
            case 0..<0x20, 0x22, 0x26, 0x3C, 0x3E, 0xEF: return at
            default: at += 1
            }
        }
        return end
    }

    /// The top bit of every byte that is zero; of the bytes behind the first one, others may have
    /// it too.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    /// The top bit of every byte below 0x20; of the bytes behind the first one, others may have it
    /// too.
    @inline(__always)
    private static func controls(_ word: UInt64) -> UInt64 {
        (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080
    }
}
