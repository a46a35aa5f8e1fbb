import Foundation
import Glibc
import TestSupport

/// A real server process over a copy of the sample catalogue, spoken to through sockets.
final class Server {
    let port: Int
    let folder: Scratch
    let process: Process
    private let log: String
    private let program: Program

    /// Starts the server and waits until it listens.
    init(_ arguments: [String] = []) throws {
        folder = try Scratch()
        let sample = try SampleService.folder.get()
        // With what was made of it, so that nothing has to be read in.
        try FileManager.default.copyItem(atPath: sample.folder, toPath: folder.path("catalog"))
        program = Program.built("leerwijzer")
        process = Process()
        process.executableURL = URL(fileURLWithPath: program.path)
        process.arguments =
            [
                "serve", "--catalog", folder.path("catalog"), "--port", "0", "--rate", "0",
                "--today", "2026-11-24", "--lang", "en", "--log", "warning",
            ] + arguments
        log = folder.path("log")
        try Data().write(to: URL(fileURLWithPath: log))
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        let (log, process) = (log, process)
        port = try Self.wait(seconds: 60) {
            guard process.isRunning else { throw Died(log: try Self.text(log)) }
            return try Self.text(log).firstMatch(of: /listening on http:\/\/127.0.0.1:([0-9]+)/)
                .flatMap { Int($0.1) }
        }
    }

    deinit { if process.isRunning { process.terminate() } }

    struct Died: Error { let log: String }
    struct TookTooLong: Error {}

    private static func text(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    }

    /// What the server logged.
    func logged() throws -> String { try Self.text(log) }

    /// Runs another command on the server's catalogue.
    func run(_ arguments: String...) throws -> Program.Outcome {
        try program.run(
            arguments + ["--catalog", folder.path("catalog"), "--today", "2026-11-24"],
            in: folder.folder)
    }

    /// Tries until there is an answer.
    static func wait<Answer>(seconds: Int, for body: () throws -> Answer?) throws -> Answer {
        let end = ContinuousClock.now.advanced(by: .seconds(seconds))
        while ContinuousClock.now < end {
            if let answer = try body() { return answer }
            usleep(20_000)
        }
        throw TookTooLong()
    }

    /// Sends a request on a connection of its own and reads to the end of the connection.
    func ask(_ path: String) throws -> String {
        let socket = try Socket(port: port)
        try socket.send("GET \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        return try socket.readToEnd()
    }
}

/// A connection, with nothing between the test and the bytes.
final class Socket {
    private let descriptor: Int32

    struct Failure: Error { let what: String }

    /// - Parameter window: How many bytes the system may take in before they are read; `nil` for
    ///   its own choice.
    init(port: Int, window: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var window {
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &window, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure(what: "connect: \(errno)") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(what: "send: \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// The next bytes; empty at the end of the connection.
    func read() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == ECONNRESET { return [] }
        guard count >= 0 else { throw Failure(what: "read: \(errno)") }
        return Array(buffer[..<count])
    }

    /// Everything until the other end closes.
    func readToEnd() throws -> String {
        var bytes: [UInt8] = []
        while case let more = try read(), !more.isEmpty { bytes += more }
        return String(decoding: bytes, as: UTF8.self)
    }
}
