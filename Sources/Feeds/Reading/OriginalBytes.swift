import XMLStream

/// How many start tags of an element with this local name stand in the bytes, in UTF-8 and its
/// relatives as well as in UTF-16.
func startTags(_ name: String, in bytes: [UInt8]) -> Int {
    var count = 0
    scanTags(bytes) { local, isEnd, _, _ in
        if !isEnd, local.elementsEqual(name.utf8) { count += 1 }
    }
    return count
}

/// Calls `body` with the local name of each tag in the bytes and whether it is an end tag.
func forEachTag(in bytes: [UInt8], _ body: (ArraySlice<UInt8>, _ isEnd: Bool) -> Void) {
    scanTags(bytes) { local, isEnd, _, _ in body(local, isEnd) }
}

/// Calls `body` with the local name of each tag, whether it is an end tag, and where it begins and
/// where its name ends.
private func scanTags(
    _ bytes: [UInt8], _ body: (ArraySlice<UInt8>, _ isEnd: Bool, _ start: Int, _ end: Int) -> Void
) {
    // UTF-16 text of feeds is ASCII with a zero beside each byte; without the zeros it reads alike.
    let isWide = bytes.prefix(16).contains(0)
    let narrow = isWide ? bytes.filter { $0 != 0 } : bytes
    var index = 0
    while let open = narrow[index...].firstIndex(of: 0x3C) {
        var start = open + 1
        let isEnd = start < narrow.count && narrow[start] == 0x2F
        if isEnd { start += 1 }
        var end = start
        while end < narrow.count, ![0x20, 0x3E, 0x2F, 0x09, 0x0A, 0x0D, 0x3C].contains(narrow[end])
        {
            end += 1
        }
        let name = narrow[start..<end]
        let local = name.lastIndex(of: 0x3A).map { name[($0 + 1)...] } ?? name
        body(local, isEnd, open, end)
        index = max(end, open + 1)
    }
}

extension XMLFragment {
    /// The bytes of an element that does not nest in itself, as they stand in the feed; the whole
    /// fragment's where they cannot be cut out (UTF-16).
    func bytes(of node: XMLNode, named name: String) -> [UInt8] {
        let whole = original
        let start = node.position.byteOffset - byteRange.lowerBound
        guard whole.indices.contains(start), whole[start] == 0x3C else { return whole }
        let rest = Array(whole[start...])
        var end: Int?
        var isOpen = false
        scanTags(rest) { local, isEnd, tagStart, nameEnd in
            guard end == nil, local.elementsEqual(name.utf8) else { return }
            if isEnd || !isOpen {
                guard let close = rest[nameEnd...].firstIndex(of: 0x3E) else { return }
                if isEnd || rest[close - 1] == 0x2F { end = close + 1 }
                isOpen = true
            }
        }
        return end.map { Array(rest[..<$0]) } ?? whole
    }
}
