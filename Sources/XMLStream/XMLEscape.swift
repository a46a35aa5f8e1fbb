/// The characters that must be written as references.
enum XMLEscape {
    /// The bytes of an attribute value between double quotes.
    static func attribute(_ value: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case 0x26: result += Array("&amp;".utf8)
            case 0x3C: result += Array("&lt;".utf8)
            case 0x22: result += Array("&quot;".utf8)
            case 0x09: result += Array("&#9;".utf8)
            case 0x0A: result += Array("&#10;".utf8)
            case 0x0D: result += Array("&#13;".utf8)
            default: result.append(byte)
            }
        }
        return result
    }

    /// The bytes of text between tags.
    static func text(_ value: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case 0x26: result += Array("&amp;".utf8)
            case 0x3C: result += Array("&lt;".utf8)
            case 0x3E: result += Array("&gt;".utf8)
            case 0x0D: result += Array("&#13;".utf8)
            default: result.append(byte)
            }
        }
        return result
    }
}
