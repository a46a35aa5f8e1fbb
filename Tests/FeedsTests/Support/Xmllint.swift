import Foundation

/// The schema validator that outsiders will hold against our feeds.
enum Xmllint {
    static let path: String? = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// The complaints about a document, or `nil` when it is valid.
    static func complaints(_ bytes: [UInt8], schema: String) throws -> String? {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("leerwijzer-\(UUID().uuidString).xml")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/xmllint")
        process.arguments = ["--nonet", "--noout", "--schema", schema, file.path]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return nil }
        return String(decoding: text.prefix(3_000), as: UTF8.self)
    }
}
