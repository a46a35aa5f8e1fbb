extension String {
    /// The text with `& < > " '` written as references, safe in HTML and XML text and attributes.
    public var escapedForHTML: String {
        var text = self
        guard text.withUTF8({ Self.nextToEscape($0, 0) < $0.count }) else { return text }
        var out = ""
        out.reserveCapacity(utf8.count + 16)
        out.append(escapedForHTML: text)
        return out
    }

    /// Adds a text with `& < > " '` written as references.
    ///
    /// - Parameter lineBreak: What stands for a line break; `nil` to leave it as it is.
    public mutating func append(escapedForHTML text: String, lineBreak: String? = nil) {
        var text = text
        let isPlain = text.withUTF8 { Self.nextToEscape($0, 0) == $0.count }
        if isPlain {
            self += text
            return
        }
        text.withUTF8 { bytes in
            var copied = 0
            var at = Self.nextToEscape(bytes, 0)
            while at < bytes.count {
                if let replacement = Self.reference(for: bytes[at]) ?? lineBreak {
                    append(utf8: bytes, copied..<at)
                    self += replacement
                    copied = at + 1
                }
                at = Self.nextToEscape(bytes, at + 1)
            }
            append(utf8: bytes, copied..<bytes.count)
        }
    }

    private mutating func append(utf8 bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        self += String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// `nil` for a line break, which has none.
    private static func reference(for byte: UInt8) -> String? {
        switch byte {
        case 38: "&amp;"
        case 60: "&lt;"
        case 62: "&gt;"
        case 34: "&quot;"
        case 39: "&#39;"
        default: nil
        }
    }

    /// Where the next of `& < > " '` and line break stands; the end when there is none.
    private static func nextToEscape(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        var at = from
        // Eight bytes at a time: texts are long and these are rare.
        while at + 8 <= bytes.count {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self))
            let found =
                zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A) | zeros(word ^ 0x2222_2222_2222_2222)
                // `&` and `'` differ in one bit, and so do `<` and `>`.
                | zeros(word & 0xFEFE_FEFE_FEFE_FEFE ^ 0x2626_2626_2626_2626)
                | zeros(word & 0xFDFD_FDFD_FDFD_FDFD ^ 0x3C3C_3C3C_3C3C_3C3C)
            if found != 0 { return at + found.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < bytes.count {
            switch bytes[at] {
            case 10, 34, 38, 39, 60, 62: return at
            default: at += 1
            }
        }
        return at
    }

    /// The top bit of every byte that is zero; of the bytes behind the first one, others may have
    /// it too.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }
}
