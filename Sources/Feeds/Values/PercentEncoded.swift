/// A text as one segment of a path or one value of a query: all but unreserved characters (RFC 3986,
/// 2.3) written as `%` and two digits.
public func percentEncoded(_ text: some StringProtocol) -> String {
    String(unsafeUninitializedCapacity: 3 * text.utf8.count) { out in
        var end = 0
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126:
                out[end] = byte
                end += 1
            default:
                out[end] = 37
                out[end + 1] = hexDigit(byte >> 4)
                out[end + 2] = hexDigit(byte & 15)
                end += 3
            }
        }
        return end
    }
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
