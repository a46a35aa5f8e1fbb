import Glibc

/// How the bytes of a document stand for characters.
enum TextEncoding {
    case utf8
    case singleByte(SingleByteTable)
    case utf16(bigEndian: Bool)

    /// Bytes that `scalars` characters take, of which `supplementary` lie beyond U+FFFF; only for
    /// encodings of fixed width.
    func byteCount(scalars: Int, supplementary: Int) -> Int {
        switch self {
        case .utf8: preconditionFailure("UTF-8 counts its own bytes")
        case .singleByte: scalars
        case .utf16: 2 * (scalars + supplementary)
        }
    }
}

/// One byte, one character.
final class SingleByteTable: Sendable {
    /// The character of each byte; 0xFFFF where the encoding has none.
    let scalars: [UInt16]

    /// The bytes 0x80–0x9F were declared to be controls (ISO-8859-1) and are read as Windows-1252.
    let isLatin1: Bool

    private init(scalars: [UInt16], isLatin1: Bool = false) {
        self.scalars = scalars
        self.isLatin1 = isLatin1
    }

    /// The byte of a character that this table yielded.
    func byte(of scalar: UInt32) -> UInt8 {
        UInt8(scalars.firstIndex { UInt32($0) == scalar } ?? 0x3F)
    }

    /// The bytes 0x80–0x9F of Windows-1252; five of them mean nothing.
    private static let windows1252Middle: [UInt16] = [
        0x20AC, 0xFFFF, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFF, 0x017D, 0xFFFF,
        0xFFFF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFF, 0x017E, 0x0178,
    ]

    static let windows1252 = SingleByteTable(
        scalars: (0..<0x80).map { $0 } + windows1252Middle + (0xA0...0xFF).map { $0 })

    /// Windows-1252 under the name ISO-8859-1, as browsers read it.
    static let latin1 = SingleByteTable(scalars: windows1252.scalars, isLatin1: true)

    /// The table of any other encoding that the C library knows and that has one byte a character.
    static func named(_ name: String) -> SingleByteTable? {
        guard let converter = iconv_open("UTF-16LE", name),
            Int(bitPattern: converter) != -1
        else { return nil }
        defer { iconv_close(converter) }
        var scalars: [UInt16] = []
        for byte in UInt8.min...UInt8.max {
            var input = CChar(bitPattern: byte)
            var unit: UInt16 = 0
            let status = withUnsafeMutablePointer(to: &input) { source in
                withUnsafeMutableBytes(of: &unit) { target in
                    var from: UnsafeMutablePointer<CChar>? = source
                    var fromCount = 1
                    var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var toCount = 2
                    let status = iconv(converter, &from, &fromCount, &to, &toCount)
                    return status == -1 ? errno : (toCount == 0 ? 0 : EINVAL)
                }
            }
            // A byte that waits for another one: not an encoding of one byte a character.
            if status == EINVAL { return nil }
            scalars.append(status == 0 ? unit : 0xFFFF)
        }
        // The parser needs ASCII below 0x80 (EBCDIC has its own order).
        guard (0..<0x80).allSatisfy({ scalars[$0] == UInt16($0) }) else { return nil }
        return SingleByteTable(scalars: scalars)
    }
}

/// What an XML declaration's `encoding` asks for.
enum DeclaredEncoding {
    case utf8
    case utf16
    case singleByte(SingleByteTable)
    case unknown

    init(name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii", "ansi_x3.4-1968": self = .utf8
        case "utf-16", "utf16", "utf-16le", "utf-16be", "ucs-2", "iso-10646-ucs-2": self = .utf16
        case "iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1":
            self = .singleByte(.latin1)
        case "windows-1252", "cp1252", "cp-1252", "ansi": self = .singleByte(.windows1252)
        default:
            guard let table = SingleByteTable.named(name) else {
                self = .unknown
                return
            }
            self = .singleByte(table)
        }
    }
}
