/// Lower case without accents: what two spellings of a word must share to be the same word here.
///
/// Latin letters come from a table that is made once; letters of other scripts are lower-cased by
/// their Unicode properties. `ß` becomes `ss`, `ĳ` becomes `ij`; marks that combine are dropped.
public enum WordFolding {
    /// What one scalar becomes within a word.
    package enum Outcome {
        /// Not part of a word.
        case separator
        /// Part of a word that leaves nothing behind: a combining mark, a soft hyphen.
        case nothing
        /// One or two ASCII letters: the low byte first, the high byte 0 for one.
        case latin(UInt16)
        /// The lower-cased letter or digit of another script.
        case other(String)
    }

    /// The folded byte of each ASCII byte, 0 for those that are no part of a word.
    ///
    /// A table of 128 that is made once and never freed nor changed, and so is safe to share; an array
    /// would be counted by every thread that splits a text.
    nonisolated(unsafe) static let ascii: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 128)
        for byte in 0..<128 {
            let folded: UInt8 =
                switch byte {
                case 48...57, 97...122: UInt8(byte)
                case 65...90: UInt8(byte + 32)
                default: 0
                }
            (table + byte).initialize(to: folded)
        }
        return UnsafePointer(table)
    }()

    private static let latin1Start = 0xC0
    private static let latin1End = 0x250
    private static let additionalStart = 0x1E00
    private static let additionalEnd = 0x1F00

    private static let spellings: [(String, String)] = [
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁẚạảấầẩẫậắằẳẵặ"), ("ae", "æ"), ("b", "ƀḃḅḇ"), ("c", "çćĉċčḉ"),
        ("d", "ðďđḋḍḏḑḓ"), ("dz", "ǆǳ"), ("e", "èéêëēĕėęěȅȇȩəḕḗḙḛḝẹẻẽếềểễệ"), ("f", "ƒḟ"),
        ("g", "ĝğġģǧǵḡ"), ("h", "ĥħȟḣḥḧḩḫẖ"), ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"), ("ij", "ĳ"),
        ("j", "ĵǰ"), ("k", "ķǩḱḳḵ"), ("l", "ĺļľłḷḹḻḽ"), ("lj", "ǉ"), ("m", "ḿṁṃ"),
        ("n", "ñńņňŉŋǹṅṇṉṋ"), ("nj", "ǌ"), ("o", "òóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
        ("oe", "œ"), ("p", "ṕṗ"), ("q", "ĸ"), ("r", "ŕŗřȑȓṙṛṝṟ"), ("s", "śŝşšſșṡṣṥṧṩẛ"),
        ("ss", "ß"), ("t", "ţťŧțṫṭṯṱẗ"), ("th", "þ"), ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
        ("v", "ṽṿ"), ("w", "ŵẁẃẅẇẉẘ"), ("x", "ẋẍ"), ("y", "ýÿŷȳẏẙỳỵỷỹ"), ("z", "źżžẑẓẕ"),
    ]

    /// The folded form of the Latin letters with a mark, by scalar; 0 where there is none.
    ///
    /// Made once and never freed nor changed, as ``ascii``.
    nonisolated(unsafe) static let latin: UnsafePointer<UInt16> = {
        let blocks = [latin1Start..<latin1End, additionalStart..<additionalEnd]
        var folded: [UInt32: UInt16] = [:]
        for (plain, letters) in spellings {
            let bytes = Array(plain.utf8)
            let value = UInt16(bytes[0]) | (bytes.count > 1 ? UInt16(bytes[1]) << 8 : 0)
            for letter in letters.unicodeScalars { folded[letter.value] = value }
        }
        let values = blocks.joined().map { value -> UInt16 in
            guard let scalar = Unicode.Scalar(UInt32(value)) else { return 0 }
            if let known = folded[scalar.value] { return known }
            let lower = scalar.properties.lowercaseMapping.unicodeScalars
            return lower.first.flatMap { folded[$0.value] } ?? 0
        }
        let table = UnsafeMutablePointer<UInt16>.allocate(capacity: values.count)
        table.initialize(from: values, count: values.count)
        return UnsafePointer(table)
    }()

    /// What a scalar becomes.
    package static func fold(_ scalar: Unicode.Scalar) -> Outcome { fold(scalar, latin: latin) }

    static func fold(_ scalar: Unicode.Scalar, latin: UnsafePointer<UInt16>) -> Outcome {
        let value = Int(scalar.value)
        if value < 128 {
            let byte = ascii[value]
            return byte == 0 ? .separator : .latin(UInt16(byte))
        }
        if latin1Start..<latin1End ~= value {
            let known = latin[value - latin1Start]
            if known != 0 { return .latin(known) }
        } else if additionalStart..<additionalEnd ~= value {
            let known = latin[latin1End - latin1Start + value - additionalStart]
            if known != 0 { return .latin(known) }
        }
        switch value {
        case 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF, 0x300...0x36F: return .nothing
        case 0xAA: return .latin(97)
        case 0xBA: return .latin(111)
        case 0xFB01: return .latin(UInt16(102) | UInt16(105) << 8)
        case 0xFB02: return .latin(UInt16(102) | UInt16(108) << 8)
        default: break
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return .nothing
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber:
            return .other(properties.lowercaseMapping)
        default: return .separator
        }
    }

    /// The text in lower case and without accents; everything that is no letter stays.
    public static func fold(_ text: some StringProtocol) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        let latin = Self.latin
        let ascii = Self.ascii
        for scalar in text.unicodeScalars {
            if scalar.value < 128 {
                let byte = UInt8(truncatingIfNeeded: scalar.value)
                let folded = ascii[Int(byte)]
                out.append(folded == 0 ? byte : folded)
                continue
            }
            switch fold(scalar, latin: latin) {
            case .separator: out.append(contentsOf: String(scalar).utf8)
            case .nothing: break
            case .other(let text): out.append(contentsOf: text.utf8)
            case .latin(let pair):
                out.append(UInt8(pair & 255))
                if pair > 255 { out.append(UInt8(pair >> 8)) }
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
