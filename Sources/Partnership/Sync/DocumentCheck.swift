import Feeds
import Glibc

/// Looks whether a fetched document can be a feed at all, before it takes the place of the last one.
///
/// What is wrong inside a feed is for its reader to say; this is about what went wrong on the way:
/// a log-in page with status 200, nothing, or half a document that looks sound as far as it goes.
enum DocumentCheck {
    /// How many bytes at the start and at the end are looked at.
    private static let window = 65_536

    /// - Throws: ``SyncFailure``.
    static func check(_ input: FeedInput, path: String, address: String) throws(SyncFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: path, errno: errno) }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        let start = bytes(of: descriptor, from: 0)
        let end = bytes(of: descriptor, from: max(0, size - window))
        // UTF-16 is told apart by its zeros, and reads like ASCII without them.
        let opening = start.filter { $0 != 0 }.drop { $0 <= 32 || $0 > 127 }
        guard let first = opening.first else { throw .empty(address: address) }
        switch first {
        case UInt8(ascii: "<"):
            if isPage(opening) {
                try checkPage(start, address: address)
            } else {
                try checkEnd(of: input, end, size: size, address: address)
            }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let closing: UInt8 = first == UInt8(ascii: "{") ? 0x7D : 0x5D
            guard end.last(where: { $0 > 32 }) == closing else {
                throw .cutOff(
                    address: address, bytes: size,
                    missing: "its closing “\(Character(UnicodeScalar(closing)))”")
            }
        default: break
        }
    }

    private static func bytes(of descriptor: Int32, from offset: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: window) { buffer, used in
            used = max(0, pread(descriptor, buffer.baseAddress, window, off_t(offset)))
        }
    }

    /// Whether the first thing that is neither declaration nor comment is HTML.
    private static func isPage(_ opening: ArraySlice<UInt8>) -> Bool {
        var text = String(decoding: opening.prefix(4_096), as: UTF8.self).lowercased()[...]
        while text.hasPrefix("<?") || text.hasPrefix("<!--") {
            guard let end = text.firstIndex(of: ">") else { return false }
            text = text[end...].dropFirst().drop(while: \.isWhitespace)
        }
        return text.hasPrefix("<!doctype html") || text.hasPrefix("<html")
    }

    /// A page is a feed only when it says courses to machines.
    private static func checkPage(_ start: [UInt8], address: String) throws(SyncFailure) {
        let text = String(decoding: start, as: UTF8.self)
        if text.lowercased().contains("application/ld+json") { return }
        var title: String?
        let lower = text.lowercased()
        if let open = lower.firstIndex(of: "<title", then: ">"),
            let close = lower[open...].firstIndex(of: "<")
        {
            title = String(lower[open..<close].prefix(80))
            // The same stretch in its own capitals, where case did not change the length.
            if lower.utf8.count == text.utf8.count {
                let from = lower.utf8.distance(from: lower.startIndex, to: open)
                let to = lower.utf8.distance(from: lower.startIndex, to: close)
                title = String(decoding: Array(text.utf8)[from..<to].prefix(80), as: UTF8.self)
            }
        }
        throw .webPage(address: address, title: title)
    }

    /// An XML document ends with its root's end tag; behind it may stand what some server adds.
    ///
    /// A root that is an empty element, or whose name cannot be read, is the reader's to judge.
    private static func checkEnd(
        of input: FeedInput, _ end: [UInt8], size: Int, address: String
    ) throws(SyncFailure) {
        guard let root = try? FeedOpening(of: input).root else { return }
        let text = String(decoding: end.filter { $0 != 0 }, as: UTF8.self)
        let local = root.localName
        if text.contains("</\(local)") || text.contains(":\(local)>")
            || size < window && text.hasSuffix("/>")
        {
            return
        }
        throw .cutOff(address: address, bytes: size, missing: "the end tag of <\(local)>")
    }
}

extension String {
    /// The index behind the first `second` that follows `first`.
    fileprivate func firstIndex(of first: String, then second: Character) -> Index? {
        var start = startIndex
        while let found = self[start...].firstIndex(of: first.first ?? second) {
            if self[found...].hasPrefix(first) {
                return self[found...].firstIndex(of: second).map { index(after: $0) }
            }
            start = index(after: found)
        }
        return nil
    }
}
