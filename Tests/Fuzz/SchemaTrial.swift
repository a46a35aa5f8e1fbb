import Feeds

/// What holding JSON against a JSON Schema promises of any schema and any document: faults or an error,
/// the same each time, and an end.
///
/// The document stands behind a line `%%%`.
enum SchemaTrial {
    private static let mark = Array("\n%%%\n".utf8)

    static func tryOut(_ bytes: [UInt8]) throws {
        let cut = bytes.firstRange(of: mark)
        let document = cut.map { Array(bytes[$0.upperBound...]) } ?? bytes
        let text = Array(bytes[..<(cut?.lowerBound ?? bytes.count)])
        let first = answer(text, document)
        try require(answer(text, document) == first, "the same twice")
    }

    private static func answer(_ schema: [UInt8], _ document: [UInt8]) -> [String] {
        do {
            let schema = try JSONSchema(bytes: schema, name: "fuzz")
            return try schema.faults(in: document, name: "document").map { "\($0)" }
        } catch {
            return ["\(error)"]
        }
    }
}
