/// JSON with sorted keys, so that the same answer is the same bytes.
public enum JSONOutput {
    /// One value on one line.
    ///
    /// - Throws: `EncodingError` when a number in it is not finite.
    public static func line(_ value: some Encodable) throws -> String {
        String(decoding: try bytes(value), as: UTF8.self)
    }

    /// One value on one line, as UTF-8.
    ///
    /// - Throws: `EncodingError` when a number in it is not finite.
    public static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let output = JSONText()
        let encoder = SortedJSONEncoder(output)
        try value.encode(to: encoder)
        encoder.finish()
        return output.bytes
    }
}
