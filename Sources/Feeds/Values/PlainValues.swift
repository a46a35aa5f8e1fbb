import CourseModel
import Glibc

/// Reads a yes or no: `true`, `1`, `ja`, `yes`, `j`, `y` and their opposites, in any case.
///
/// - Returns: `nil` for anything else.
public func parseBoolean(_ text: String) -> Bool? {
    switch text.trimmingSpaces().lowercased() {
    case "true", "1", "ja", "yes", "j", "y", "waar": true
    case "false", "0", "nee", "no", "n", "onwaar": false
    default: nil
    }
}

/// Brings an address that people typed to a form that can be written everywhere.
///
/// Outer white space goes, blanks and characters that RFC 3986 forbids are percent-encoded,
/// `www.` gets a scheme.
///
/// - Returns: `nil` when what is left is no absolute `http`, `https`, `mailto` or `tel` address.
public func cleanURL(_ text: String) -> String? {
    // Nearly every address of a feed is right as it stands.
    var text = text
    if text.withUTF8({ isCleanWebAddress($0) }) { return text }
    var trimmed = String(text.trimmingSpaces())
    if trimmed.hasPrefix("www.") { trimmed = "https://" + trimmed }
    let scheme = trimmed.utf8.prefix { $0 != 58 }
    guard scheme.count < trimmed.utf8.count else { return nil }
    let name = String(decoding: scheme, as: UTF8.self).lowercased()
    let rest = trimmed.utf8.dropFirst(scheme.count + 1)
    switch name {
    case "http", "https":
        guard rest.starts(with: [47, 47]), let host = rest.dropFirst(2).first,
            host != 47, host != 63, host != 35
        else { return nil }
    case "mailto", "tel":
        guard !rest.isEmpty else { return nil }
    default: return nil
    }
    let needsWork = trimmed.utf8.contains { !isURLByte($0) } || trimmed.utf8.contains(37)
    guard needsWork else { return trimmed }
    let bytes = Array(trimmed.utf8)
    var out: [UInt8] = []
    let hex = Array("0123456789ABCDEF".utf8)
    for (index, byte) in bytes.enumerated() {
        let isEscape =
            byte == 37 && index + 2 < bytes.count && isHex(bytes[index + 1])
            && isHex(bytes[index + 2])
        if isEscape || (byte != 37 && isURLByte(byte)) {
            out.append(byte)
        } else {
            out += [37, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
    }
    return String(decoding: out, as: UTF8.self)
}

/// Like ``cleanURL(_:)``, and `http://` before a host name that stands without a scheme.
public func webAddress(_ text: String) -> String? {
    if let url = cleanURL(text) { return url }
    let host = text.trimmingSpaces().prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, let top = labels.last, top.count >= 2, top.allSatisfy(\.isLetter),
        labels.allSatisfy({ label in
            !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        })
    else { return nil }
    return cleanURL("http://" + text.trimmingSpaces())
}

/// RFC 3986: unreserved and reserved characters but the square brackets, which only hosts may hold.
private func isURLByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    case 33, 35, 36, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 58, 59, 61, 63, 64, 95, 126: true
    case 37: true
    default: false
    }
}

private func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...70, 97...102: true
    default: false
    }
}

/// Whether the bytes are an `http` or `https` address in which nothing has to be changed.
private func isCleanWebAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let http: StaticString = "http"
    guard bytes.count > 10, (0..<4).allSatisfy({ bytes[$0] == http.utf8Start[$0] }) else {
        return false
    }
    let colon = bytes[4] == 115 ? 5 : 4
    guard bytes[colon] == 58, bytes[colon + 1] == 47, bytes[colon + 2] == 47,
        ![47, 63, 35].contains(bytes[colon + 3])
    else { return false }
    for byte in bytes where !isURLByte(byte) || byte == 37 { return false }
    return true
}

/// Whether `<` or `&` stands in a text.
func holdsMarkup(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
        guard let base = bytes.baseAddress else { return false }
        return memchr(base, 38, bytes.count) != nil || memchr(base, 60, bytes.count) != nil
    }
}

/// Whether a line break stands in a text.
func holdsLines(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
        bytes.baseAddress.map { memchr($0, 10, bytes.count) != nil } ?? false
    }
}

/// What stands in a text that decides how it has to be read, found in one look.
struct TextTraits {
    /// Whether `<` or `&` stands in it.
    var hasMarkup = false
    /// Whether it has more than one line.
    var hasLines = false
    /// Whether white space would change when it is folded.
    var needsFolding = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        let raw = UnsafeRawBufferPointer(bytes)
        var previousIsSpace = true
        var index = 0
        while index < bytes.count {
            // Eight bytes at a time where nothing but words and single spaces stand.
            if index + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let spaces = Self.lanes(of: 32, in: word)
                if Self.isPlain(word), spaces & (spaces << 8 | (previousIsSpace ? 0x80 : 0)) == 0 {
                    previousIsSpace = spaces >> 63 != 0
                    index += 8
                    continue
                }
            }
            for byte in bytes[index..<min(index + 8, bytes.count)] {
                look(at: byte, &previousIsSpace)
            }
            index += 8
        }
        if previousIsSpace, !bytes.isEmpty { needsFolding = true }
    }

    @inline(__always)
    private mutating func look(at byte: UInt8, _ previousIsSpace: inout Bool) {
        switch byte {
        case 32:
            if previousIsSpace { needsFolding = true }
            previousIsSpace = true
            return
        case 60, 38: hasMarkup = true
        case 10, 13:
            hasLines = true
            needsFolding = true
        // Other white space, and the first byte of a no-break space.
        case 9, 11, 12, 0xC2: needsFolding = true
        default: break
        }
        previousIsSpace = false
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let high: UInt64 = 0x8080_8080_8080_8080

    /// The highest bit of each byte that is the given one.
    @inline(__always)
    private static func lanes(of byte: UInt8, in word: UInt64) -> UInt64 {
        let x = word ^ (UInt64(byte) &* ones)
        return ~(((x & ~high) &+ ~high) | x) & high
    }

    /// Whether the bytes hold no control, `&`, `<` and 0xC2.
    @inline(__always)
    private static func isPlain(_ word: UInt64) -> Bool {
        let visible = (word | high) &- 0x20 &* ones
        let controls = ~visible & ~word & high
        let marks = lanes(of: 38, in: word) | lanes(of: 60, in: word) | lanes(of: 0xC2, in: word)
        return controls | marks == 0
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { TextTraits($0) }
    }
}

/// The text with every run of white space as one space and none at the ends.
public func foldedSpaces(_ text: String) -> String {
    // Most texts of a feed are folded already; the look is cheaper than the copy.
    guard TextTraits(text).needsFolding else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var pending = false
    var bytes = text.utf8.makeIterator()
    var next = bytes.next()
    while let byte = next {
        next = bytes.next()
        var isSpace = byte == 32 || 9...13 ~= byte
        if byte == 0xC2, next == 0xA0 {
            isSpace = true
            next = bytes.next()
        }
        if isSpace {
            pending = !out.isEmpty
        } else {
            if pending { out.append(32) }
            pending = false
            out.append(byte)
        }
    }
    return String(decoding: out, as: UTF8.self)
}
