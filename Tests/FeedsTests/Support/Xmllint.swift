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
        return try complaints(files: [file.path], schema: schema)
    }

    /// The complaints about files, which are all checked by one process; `nil` when all are valid.
    static func complaints(files: [String], schema: String) throws -> String? {
        let process = Process()
        let kind = schema.hasSuffix(".rng") ? "--relaxng" : "--schema"
        process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/xmllint")
        process.arguments = ["--nonet", "--noout", kind, schema] + files
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return nil }
        // Each valid file has a line too.
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        return lines.filter { !$0.hasSuffix(" validates") }.prefix(20).joined(separator: "\n")
    }
}
