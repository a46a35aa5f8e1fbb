import Foundation

/// A Python that has what a test asks of it: the one on the path, else the system's.
enum Python {
    /// The interpreter that can import a module; `nil` when none can.
    static func having(_ module: String) -> String? {
        ["/usr/bin/python3", "python3"].first {
            (try? run($0, "import \(module)", [])) == ""
        }
    }

    /// What a script writes to standard error; a failure is told as such.
    static func run(_ python: String, _ script: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [python, "-c", script] + arguments
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let said = String(decoding: text.prefix(3_000), as: UTF8.self)
        return process.terminationStatus == 0 ? said : "python failed: " + said
    }
}
