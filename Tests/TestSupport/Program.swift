import Foundation

/// Runs the built command-line program as a user would: its own process, its own folder.
public struct Program: Sendable {
    /// What a run came to.
    public struct Outcome: Sendable {
        /// The exit status; 128 and the signal's number when a signal ended it.
        public var status: Int32
        /// Standard output.
        public var output: String
        /// Standard error.
        public var errors: String
    }

    /// The program's file.
    public let path: String

    /// The program `name`, built beside the tests that are running.
    public static func built(_ name: String) -> Program {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return Program(path: tests.deletingLastPathComponent().appendingPathComponent(name).path)
    }

    /// A program by its file.
    public init(path: String) { self.path = path }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: The words after the program's name.
    ///   - folder: The working directory.
    ///   - environment: Added to a small, fixed environment in which answers are English.
    ///   - input: What stands on standard input; a file's path when it begins with `<`.
    ///   - through: A program with arguments that runs this one, such as `["setpriv", …]`.
    public func run(
        _ arguments: [String], in folder: String, environment: [String: String] = [:],
        input: String = "", through wrapper: [String] = []
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: wrapper.isEmpty ? path : "/usr/bin/env")
        process.arguments = wrapper.isEmpty ? arguments : wrapper + [path] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var variables = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder]
        for name in ["LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"] {
            variables[name] = ProcessInfo.processInfo.environment[name]
        }
        process.environment = variables.merging(environment) { $1 }
        // Files instead of pipes: an answer of any size cannot block.
        let scratch = try Scratch()
        let outputFile = scratch.path("output")
        let errorFile = scratch.path("errors")
        for file in [outputFile, errorFile] {
            try Data().write(to: URL(fileURLWithPath: file))
        }
        let inputFile = input.hasPrefix("<") ? String(input.dropFirst()) : scratch.path("input")
        if !input.hasPrefix("<") {
            try input.write(toFile: inputFile, atomically: false, encoding: .utf8)
        }
        process.standardInput = FileHandle(forReadingAtPath: inputFile)
        process.standardOutput = FileHandle(forWritingAtPath: outputFile)
        process.standardError = FileHandle(forWritingAtPath: errorFile)
        try process.run()
        process.waitUntilExit()
        let status =
            process.terminationReason == .uncaughtSignal
            ? 128 + process.terminationStatus : process.terminationStatus
        return Outcome(
            status: status, output: try text(outputFile), errors: try text(errorFile))
    }

    /// Starts the program and lets it run.
    public func start(_ arguments: [String], in folder: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func text(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    }
}
