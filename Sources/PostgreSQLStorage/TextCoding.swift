#if PostgreSQL
/// Texts as the server keeps them: it refuses U+0000, which JSON can say and a feed may bring.
///
/// U+0000 is kept as U+0001 U+0001 and U+0001 as U+0001 U+0002; nothing else changes. So every text
/// comes back as it was, different texts stay different, and they sort by bytes as before.
enum TextCoding {
    private static let mark: UInt8 = 1

    /// Appends the UTF-8 bytes of a text, as they are kept.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        guard text.utf8.contains(where: { $0 <= mark }) else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        for byte in text.utf8 {
            if byte <= mark {
                bytes.append(mark)
                bytes.append(byte + 1)
            } else {
                bytes.append(byte)
            }
        }
    }

    /// The text that is kept as these bytes.
    static func text(of bytes: UnsafeRawBufferPointer) -> String {
        guard bytes.contains(mark) else { return String(decoding: bytes, as: UTF8.self) }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var isMarked = false
        for byte in bytes {
            if byte == mark, !isMarked {
                isMarked = true
            } else {
                plain.append(isMarked ? byte - 1 : byte)
                isMarked = false
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}
#endif
