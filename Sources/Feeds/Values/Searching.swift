import Glibc

extension String {
    /// Whether a text stands in it, byte for byte.
    ///
    /// The standard library's `contains` makes a table for each search, which costs more than the
    /// search itself in texts of a few words.
    func holds(_ part: String) -> Bool {
        var text = self
        var part = part
        return text.withUTF8 { text in
            part.withUTF8 { part in
                guard let first = part.first, let start = text.baseAddress,
                    let wanted = part.baseAddress
                else {
                    return part.isEmpty
                }
                var from = 0
                while from + part.count <= text.count,
                    let hit = memchr(start + from, Int32(first), text.count - from)
                {
                    let at = UnsafeRawPointer(hit) - UnsafeRawPointer(start)
                    guard at + part.count <= text.count else { return false }
                    if memcmp(hit, wanted, part.count) == 0 { return true }
                    from = at + 1
                }
                return false
            }
        }
    }

    /// The text with every occurrence of a part replaced, byte for byte.
    ///
    /// The standard library's `replacing` makes tables and indices for what mostly is not there.
    func replacingAll(_ part: String, with replacement: String) -> String {
        guard holds(part), !part.isEmpty else { return self }
        let text = Array(utf8)
        let part = Array(part.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(text.count + replacement.utf8.count)
        var at = 0
        while at < text.count {
            if text[at] == part[0], text[at...].starts(with: part) {
                out += replacement.utf8
                at += part.count
            } else {
                out.append(text[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
