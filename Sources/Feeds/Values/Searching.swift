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
}
