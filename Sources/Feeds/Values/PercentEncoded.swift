/// A text as one segment of a path or one value of a query: all but unreserved characters (RFC 3986,
/// 2.3) written as `%` and two digits.
public func percentEncoded(_ text: some StringProtocol) -> String {
    var out: [UInt8] = []
    let hex = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126: out.append(byte)
        default: out += [37, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
    }
    return String(decoding: out, as: UTF8.self)
}
