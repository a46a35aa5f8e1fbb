import Foundation

/// A web server of this machine that misbehaves in named ways; see `server.py`.
public final class LocalServer: @unchecked Sendable {
    // Never changed after `init`; the process is only told to end.
    private let process: Process
    private let input: Pipe
    private let scratch: Scratch?
    /// The port of plain HTTP.
    public let port: Int
    /// The port of TLS, 0 without a certificate.
    public let securePort: Int
    /// The file of its certificate, which nobody else has signed.
    public let certificate: String?

    /// Starts a server.
    ///
    /// - Parameter isSecure: Whether it also listens for TLS, with a fresh certificate for
    ///   `localhost`; making it takes a tenth of a second.
    public init(isSecure: Bool = false) throws {
        var script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        script.appendPathComponent("server.py")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path]
        if isSecure {
            let scratch = try Scratch()
            let file = scratch.path("certificate.pem")
            let openssl = Process()
            openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            openssl.arguments =
                "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost".split(
                    separator: " "
                ).map(String.init)
                + ["-addext", "subjectAltName=DNS:localhost", "-keyout", file, "-out", file + ".c"]
            openssl.standardError = FileHandle.nullDevice
            try openssl.run()
            openssl.waitUntilExit()
            let both =
                try Data(contentsOf: URL(fileURLWithPath: file))
                + Data(contentsOf: URL(fileURLWithPath: file + ".c"))
            try both.write(to: URL(fileURLWithPath: file))
            process.arguments?.append(file)
            certificate = file
            self.scratch = scratch
        } else {
            certificate = nil
            scratch = nil
        }
        input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.environment = ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"]
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let ports = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard ports.count == 2 else { throw NotStarted(output: line) }
        port = ports[0]
        securePort = ports[1]
    }

    deinit { try? input.fileHandleForWriting.close() }

    /// The server did not say which ports it listens on.
    public struct NotStarted: Error {
        /// What it said.
        public let output: String
    }

    /// The address of a path.
    public func address(_ path: String, host: String = "127.0.0.1") -> String {
        "http://\(host):\(port)/\(path)"
    }

    /// The address of a path over TLS.
    public func secureAddress(_ path: String) -> String {
        "https://localhost:\(securePort)/\(path)"
    }
}
