import CourseModel

/// Finds what can still be told of a record that is no well-formed XML.
enum EDUDEXDamage {
    /// The record's id within the source, when both parts of it can be read.
    static func native(in bytes: [UInt8]) -> String? {
        guard let program = text(of: "programId", in: bytes),
            let organisation = text(of: "orgUnitId", in: bytes)
        else { return nil }
        return EDUDEXProgramme.native(
            organisation: organisation, program: program, client: text(of: "clientId", in: bytes))
    }

    /// The place of an offset in bytes, as far as they are UTF-8.
    static func position(of offset: Int, in bytes: [UInt8]) -> SourcePosition {
        let before = bytes[..<offset]
        let line = before.count { $0 == 10 }
        let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
        let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
        return SourcePosition(line: line + 1, column: column, byteOffset: offset)
    }

    /// Where the elements of a name stand: each to its end tag, or to the next start tag when that
    /// comes first.
    static func elements(named name: String, in bytes: [UInt8]) -> [Range<Int>] {
        let starts = starts(of: name, in: bytes)
        return starts.enumerated().map { index, start in
            let next = index + 1 < starts.count ? starts[index + 1] : bytes.count
            return start..<(end(of: name, in: bytes, start..<next) ?? next)
        }
    }

    /// Where the first end tag of an element ends.
    private static func end(of name: String, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        let wanted = Array(name.utf8)
        var index = range.lowerBound
        while let open = bytes[index..<range.upperBound].firstIndex(of: 60) {
            index = open + 1
            guard index < range.upperBound, bytes[index] == 47 else { continue }
            let tag = bytes[(index + 1)..<range.upperBound].prefix { $0 > 32 && $0 != 62 }
            let local = tag.split(separator: 58, omittingEmptySubsequences: false).last ?? []
            guard local.elementsEqual(wanted) else { continue }
            return bytes[tag.endIndex..<range.upperBound].firstIndex(of: 62).map { $0 + 1 }
        }
        return nil
    }

    /// The text between the first start tag of an element and the next `<`.
    static func text(of name: String, in bytes: [UInt8]) -> String? {
        for start in starts(of: name, in: bytes) {
            guard let open = bytes[start...].firstIndex(of: 62) else { return nil }
            let rest = bytes[(open + 1)...]
            let text = rest.prefix { $0 != 60 }
            guard text.count < rest.count else { return nil }
            let value = String(decoding: text, as: UTF8.self).trimmingSpaces()
            if !value.isEmpty { return String(value) }
        }
        return nil
    }

    /// Where start tags of an element begin, with or without a prefix.
    private static func starts(of name: String, in bytes: [UInt8]) -> [Int] {
        let wanted = Array(name.utf8)
        var found: [Int] = []
        var index = 0
        while let open = bytes[index...].firstIndex(of: 60) {
            let tag = bytes[(open + 1)...].prefix { $0 > 32 && $0 != 62 && $0 != 47 && $0 != 60 }
            let local = tag.split(separator: 58, omittingEmptySubsequences: false).last ?? []
            if local.elementsEqual(wanted) { found.append(open) }
            index = open + 1
        }
        return found
    }
}
