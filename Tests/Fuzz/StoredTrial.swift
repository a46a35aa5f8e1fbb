import CourseModel

/// What the coding of stored records promises of any bytes: a record or an error; and a record that
/// was read is read again as it was.
enum StoredTrial {
    static func tryOut(_ bytes: [UInt8]) throws {
        if let record = try? CourseRecord(coded: bytes) {
            let again = try CourseRecord(coded: CodedRecord(record).bytes)
            try require(again == record, "a record is kept as it was read")
        }
        if let provider = try? Provider(coded: bytes) {
            let again = try Provider(coded: CodedProvider(provider).bytes)
            try require(again == provider, "a provider is kept as it was read")
        }
        if let diagnostics = try? CodedDiagnostics.diagnostics(in: bytes) {
            let again = try CodedDiagnostics.diagnostics(
                in: CodedDiagnostics.bytes(of: diagnostics))
            try require(again == diagnostics, "diagnostics are kept as they were read")
        }
    }
}
