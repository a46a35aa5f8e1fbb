/// How many characters, as readers see them, a text has, and where so many of them end.
///
/// To find where one ends means to look at the properties of each Unicode scalar; in nearly all texts
/// of feeds a character is a scalar, which the bytes tell.
enum CharacterCount {
    /// Whether a text has at most so many characters.
    static func isAtMost(_ limit: Int, _ text: String) -> Bool {
        guard text.utf8.count > limit else { return true }
        let ends = end(of: limit + 1, in: text[...])
        return ends.isSimple ? ends.count <= limit : text.count <= limit
    }

    /// The first characters of a text.
    static func prefix(_ count: Int, of text: String) -> Substring {
        // The character behind decides whether the last one ends there.
        let whole = end(of: count + 1, in: text[...])
        guard whole.isSimple else { return text.prefix(count) }
        return Substring(text.utf8.prefix(end(of: count, in: text[...]).offset))
    }

    /// How many characters a text has.
    static func of(_ text: Substring) -> Int {
        let all = end(of: .max, in: text)
        return all.isSimple ? all.count : text.count
    }

    /// Where so many scalars end, or all there are, and whether each of them is a character.
    private static func end(
        of limit: Int, in text: Substring
    ) -> (offset: Int, count: Int, isSimple: Bool) {
        var text = text
        return text.withUTF8 { bytes in
            var offset = 0
            var count = 0
            while offset < bytes.count, count < limit {
                let byte = bytes[offset]
                switch byte {
                // A line end of two scalars is one character.
                case 13: return (offset, count, false)
                case ..<0x80: offset += 1
                // U+0080 up to U+02FF: letters with marks and signs; marks of their own begin there.
                case 0xC2..<0xCC: offset += 2
                // U+2010 up to U+203F: dashes, quotation marks, bullets, but no joiners.
                case 0xE2 where bytes[offset + 1] == 0x80 && bytes[offset + 2] >= 0x90:
                    // U+2028 up to U+202F are separators and directions.
                    guard !(0xA8...0xAF ~= bytes[offset + 2]) else { return (offset, count, false) }
                    offset += 3
                // U+20AC, the euro.
                case 0xE2 where bytes[offset + 1] == 0x82 && bytes[offset + 2] == 0xAC: offset += 3
                default: return (offset, count, false)
                }
                count += 1
            }
            return (offset, count, true)
        }
    }
}
