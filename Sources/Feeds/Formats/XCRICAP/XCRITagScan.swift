import CourseModel
import Glibc

/// Finds start tags in the bytes of a record, a few times as fast as the tree of nodes tells them.
enum XCRITagScan {
    /// Where the start tags of a name stand; a place is `nil` where its column depends on the
    /// document's encoding.
    ///
    /// - Parameter start: Where the bytes stand in the document.
    /// - Returns: `nil` when the bytes are not those of an encoding that extends ASCII.
    static func places(
        of name: StaticString, in bytes: UnsafeRawBufferPointer, from start: SourcePosition
    ) -> [SourcePosition?]? {
        guard let base = bytes.baseAddress, !bytes.prefix(16).contains(0) else { return nil }
        let length = name.utf8CodeUnitCount
        var places: [SourcePosition?] = []
        var line = start.line
        var lineStart: Int?
        var counted = 0
        var index = 0
        while let hit = find(0x3C, bytes, index) {
            index = hit + 1
            let nameStart = localName(bytes, index)
            guard nameStart + length < bytes.count,
                memcmp(base + nameStart, name.utf8Start, length) == 0,
                !isNameByte(bytes[nameStart + length])
            else { continue }
            while let feed = find(0x0A, bytes, counted), feed < hit {
                line += 1
                lineStart = feed + 1
                counted = feed + 1
            }
            let from = lineStart ?? 0
            let isASCII = bytes[from..<hit].allSatisfy { $0 < 0x80 }
            let column = (lineStart == nil ? start.column : 1) + hit - from
            places.append(
                isASCII
                    ? SourcePosition(
                        line: line, column: column, byteOffset: start.byteOffset + hit)
                    : nil)
        }
        return places
    }

    /// Where the local name of a tag begins: behind a prefix, when it has one.
    private static func localName(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
        var index = start
        while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
        return index < bytes.count && bytes[index] == 0x3A ? index + 1 : start
    }

    private static func find(
        _ byte: Int32, _ bytes: UnsafeRawBufferPointer, _ start: Int
    ) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let hit = memchr(base + start, byte, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(hit) - base
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95: true
        default: byte >= 0x80
        }
    }
}
