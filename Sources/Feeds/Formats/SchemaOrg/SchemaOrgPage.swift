import CourseModel

/// The JSON-LD in an HTML page.
enum SchemaOrgPage {
    /// Whether a document begins as HTML.
    static func looksLikePage(_ bytes: [UInt8]) -> Bool {
        let start = String(decoding: bytes.prefix(1_024), as: UTF8.self).lowercased()
        return start.contains("<!doctype html") || start.contains("<html")
            || start.contains("application/ld+json")
    }

    /// The contents of script elements with type `application/ld+json`, with where they start.
    static func blocks(_ bytes: [UInt8]) -> [(range: Range<Int>, start: SourcePosition)] {
        var blocks: [(range: Range<Int>, start: SourcePosition)] = []
        var position = SourcePosition(line: 1, column: 1, byteOffset: 0)
        var index = 0
        while let open = find("<script", in: bytes, from: index) {
            guard let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")) else { break }
            let tag = String(decoding: bytes[open...close], as: UTF8.self).lowercased()
            let end = find("</script", in: bytes, from: close) ?? bytes.count
            if tag.contains("application/ld+json") {
                position.advance(over: bytes[position.byteOffset..<close + 1])
                blocks.append((close + 1..<end, position))
            }
            index = end
        }
        return blocks
    }

    private static func find(_ needle: String, in bytes: [UInt8], from start: Int) -> Int? {
        let needle = Array(needle.utf8)
        var index = start
        while let hit = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
            guard hit + needle.count <= bytes.count else { return nil }
            if (1..<needle.count).allSatisfy({ bytes[hit + $0] | 0x20 == needle[$0] | 0x20 }) {
                return hit
            }
            index = hit + 1
        }
        return nil
    }
}
