/// Diagnostics as bytes: version, number, diagnostics.
public enum CodedDiagnostics {
    /// The version that is written.
    ///
    /// Every version ever written can be read.
    public static let version: UInt8 = 1

    /// Codes diagnostics in their order.
    public static func bytes(of diagnostics: [Diagnostic]) -> [UInt8] {
        var writer = RecordWriter(capacity: 128 * diagnostics.count + 2)
        writer.write(byte: version)
        writer.write(diagnostics)
        return writer.bytes
    }

    /// Reads what ``bytes(of:)`` wrote.
    ///
    /// - Throws: ``CodingError`` for bytes that no version of the program has written.
    public static func diagnostics(in bytes: [UInt8]) throws(CodingError) -> [Diagnostic] {
        var reader = RecordReader(bytes)
        let found = try reader.byte()
        guard found == version else { throw .unknownVersion(found) }
        let diagnostics = try reader.list(of: Diagnostic.self)
        try reader.end()
        return diagnostics
    }
}
