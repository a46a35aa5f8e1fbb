/// The text with HTML's character references (`&eacute;`, `&#8211;`, `&#x2013;`) resolved once.
///
/// What is no reference stays as it stands. The numbers 128...159 are read as Windows-1252, as
/// every browser does.
func decodedReferences(_ text: String) -> String {
    guard text.utf8.contains(38) else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
        guard bytes[index] == 38, let (scalars, end) = reference(bytes, index) else {
            out.append(bytes[index])
            index += 1
            continue
        }
        out += Array(String(scalars).utf8)
        index = end
    }
    return String(decoding: out, as: UTF8.self)
}

/// The reference that starts at an ampersand, and where the text goes on behind it.
private func reference(_ bytes: [UInt8], _ start: Int) -> (Character, Int)? {
    let body = bytes[(start + 1)...].prefix(12)
    guard let semicolon = body.firstIndex(of: 59), semicolon > start + 1 else { return nil }
    let name = bytes[(start + 1)..<semicolon]
    if name.first == 35 {
        let digits = name.dropFirst()
        let isHex = digits.first == 120 || digits.first == 88
        let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
        guard let number = UInt32(text, radix: isHex ? 16 : 10) else { return nil }
        let value = windows1252[number] ?? number
        let isControl = value < 32 && ![9, 10, 13].contains(value) || value == 127
        guard !isControl, let scalar = Unicode.Scalar(value) else { return (" ", semicolon + 1) }
        return (Character(scalar), semicolon + 1)
    }
    guard let value = namedReferences[String(decoding: name, as: UTF8.self)],
        let scalar = Unicode.Scalar(value)
    else { return nil }
    return (Character(scalar), semicolon + 1)
}

private let windows1252: [UInt32: UInt32] = [
    128: 0x20AC, 130: 0x201A, 131: 0x0192, 132: 0x201E, 133: 0x2026, 134: 0x2020, 135: 0x2021,
    136: 0x02C6, 137: 0x2030, 138: 0x0160, 139: 0x2039, 140: 0x0152, 142: 0x017D, 145: 0x2018,
    146: 0x2019, 147: 0x201C, 148: 0x201D, 149: 0x2022, 150: 0x2013, 151: 0x2014, 152: 0x02DC,
    153: 0x2122, 154: 0x0161, 155: 0x203A, 156: 0x0153, 158: 0x017E, 159: 0x0178,
]

/// HTML 4.01's references: the letters of Latin-1 in order from 160, and those that texts use.
private let namedReferences: [String: UInt32] = {
    let latin1 = """
        nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg \
        plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
        Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute \
        Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc \
        Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute \
        ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide \
        oslash ugrave uacute ucirc uuml yacute thorn yuml
        """
    var table: [String: UInt32] = [
        "amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39, "euro": 0x20AC, "ndash": 0x2013,
        "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C,
        "rdquo": 0x201D, "bdquo": 0x201E, "bull": 0x2022, "hellip": 0x2026, "trade": 0x2122,
        "rarr": 0x2192, "larr": 0x2190, "oelig": 0x153, "OElig": 0x152, "scaron": 0x161,
        "Scaron": 0x160, "ensp": 0x20, "emsp": 0x20, "thinsp": 0x20, "zwnj": 0x200C,
        "zwj": 0x200D, "lsaquo": 0x2039, "rsaquo": 0x203A, "dagger": 0x2020, "minus": 0x2212,
        "le": 0x2264, "ge": 0x2265, "ne": 0x2260, "infin": 0x221E, "permil": 0x2030,
    ]
    for (index, name) in latin1.split(separator: " ").enumerated() {
        table[String(name)] = UInt32(160 + index)
    }
    return table
}()
