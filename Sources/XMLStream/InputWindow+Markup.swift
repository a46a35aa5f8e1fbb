import Glibc

// Looking at markup without a parser, where the parser gave up.
extension InputWindow {
    /// The first place of a byte from an offset on.
    func first(_ byte: UInt8, from offset: Int) -> Int? {
        guard offset < end else { return nil }
        return first(byte, in: offset..<end)
    }

    /// The first place of a byte within a stretch.
    func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
        let stop = min(range.upperBound, end)
        guard range.lowerBound < stop else { return nil }
        let from = pointer(at: range.lowerBound)
        guard let found = memchr(from, Int32(byte), stop - range.lowerBound) else { return nil }
        return range.lowerBound + (UnsafeRawPointer(found) - UnsafeRawPointer(from))
    }

    /// The first place of some ASCII text from an offset on.
    func first(_ text: StaticString, from offset: Int) -> Int? {
        var at = offset
        while let found = first(text.utf8Start.pointee, from: at) {
            if holds(text, at: found) { return found }
            at = found + 1
        }
        return nil
    }

    /// Whether ASCII text stands at an offset.
    func holds(_ text: StaticString, at offset: Int) -> Bool {
        guard end - offset >= text.utf8CodeUnitCount else { return false }
        return memcmp(pointer(at: offset), text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// The offset behind the comment, CDATA section, instruction or declaration that starts at an
    /// offset, when it is one and its end is in reach.
    func behindSection(at offset: Int) -> Int? {
        if holds("<!--", at: offset) { return first("-->", from: offset + 4).map { $0 + 3 } }
        if holds("<![CDATA[", at: offset) { return first("]]>", from: offset + 9).map { $0 + 3 } }
        if holds("<?", at: offset) { return first("?>", from: offset + 2).map { $0 + 2 } }
        if holds("<!DOCTYPE", at: offset) { return behindDoctype(at: offset) }
        return nil
    }

    /// The offset behind a DOCTYPE, internal subset included.
    func behindDoctype(at offset: Int, within reach: Int = .max) -> Int? {
        var at = offset + 9
        var isInSubset = false
        let stop = reach < end - offset ? offset + reach : end
        while at < stop {
            switch self[at] {
            case 0x5B: isInSubset = true
            case 0x5D: isInSubset = false
            case 0x22, 0x27:
                guard let close = first(self[at], in: at + 1..<max(at + 1, stop)) else {
                    return nil
                }
                at = close
            case 0x3C where holds("<!--", at: at):
                guard let close = first("-->", from: at + 4) else { return nil }
                at = close + 2
            case 0x3E where !isInSubset: return at + 1
            default: break
            }
            at += 1
        }
        return nil
    }

    /// The name at an offset, and whether it begins like a tag's name and ends like one.
    func name(at offset: Int) -> (name: String, local: String, isTag: Bool) {
        var at = offset
        while at < end, at - offset < 1_000, Self.isNameByte(self[at]) { at += 1 }
        let bytes = UnsafeBufferPointer(start: pointer(at: offset), count: at - offset)
        let name = String(decoding: bytes, as: UTF8.self)
        let local = name.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
        guard at > offset, Self.isNameStart(self[offset]) else { return (name, local, false) }
        let isTag =
            at == end || self[at] == 0x3E || self[at] == 0x2F || Self.isBlank(self[at])
        return (name, local, isTag)
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    static func isNameStart(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F || byte == 0x3A
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        isNameStart(byte) || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x2E
    }
}
