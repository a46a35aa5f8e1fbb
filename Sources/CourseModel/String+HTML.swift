extension String {
    /// The text with `& < > " '` written as references, safe in HTML and XML text and attributes.
    public var escapedForHTML: String {
        var text = self
        guard text.withUTF8({ $0.contains { Self.reference(for: $0) != nil } }) else {
            return text
        }
        var out = ""
        out.reserveCapacity(utf8.count + 16)
        out.append(escapedForHTML: self)
        return out
    }

    /// Adds a text with `& < > " '` written as references.
    ///
    /// - Parameter lineBreak: What stands for a line break; `nil` to leave it as it is.
    public mutating func append(escapedForHTML text: String, lineBreak: String? = nil) {
        var text = text
        let isPlain = text.withUTF8 { bytes in
            !bytes.contains { Self.reference(for: $0) != nil || $0 == 10 && lineBreak != nil }
        }
        if isPlain {
            self += text
            return
        }
        text.withUTF8 { bytes in
            var copied = 0
            for index in bytes.indices {
                let byte = bytes[index]
                let replacement: String
                if let reference = Self.reference(for: byte) {
                    replacement = reference
                } else if byte == 10, let lineBreak {
                    replacement = lineBreak
                } else {
                    continue
                }
                append(utf8: bytes, copied..<index)
                self += replacement
                copied = index + 1
            }
            append(utf8: bytes, copied..<bytes.count)
        }
    }

    private mutating func append(utf8 bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        self += String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    @inline(__always)
    private static func reference(for byte: UInt8) -> String? {
        // All of them stand below `?`; most letters are told apart by one look.
        guard byte < 63 else { return nil }
        return switch byte {
        case 38: "&amp;"
        case 60: "&lt;"
        case 62: "&gt;"
        case 34: "&quot;"
        case 39: "&#39;"
        default: nil
        }
    }
}
