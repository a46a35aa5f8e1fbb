import FoundationEssentials

/// JSON with sorted keys, so that the same answer is the same bytes.
public enum JSONOutput {
    /// One value on one line.
    public static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
