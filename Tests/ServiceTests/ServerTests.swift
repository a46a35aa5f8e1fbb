import Foundation
import Glibc
import Synchronization
import Testing

@testable import Service

@Suite("a server process", .timeLimit(.minutes(4)))
struct ServerTests {
    @Test("ends on SIGTERM when the requests that run are answered, and takes no others")
    func draining() throws {
        let server = try Server()
        let idle = try Socket(port: server.port)
        let busy = try Socket(port: server.port)
        let body = "{\"occupation\":{\"wanted\":\"boomverzorger\"}}"
        // All but the end of the body has come when the server is told to stop.
        try busy.send(
            "POST /v1/match?limit=100 HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.dropLast())
        _ = try server.ask("/health")
        kill(server.process.processIdentifier, SIGTERM)
        #expect(try idle.readToEnd() == "")
        #expect(server.process.isRunning)
        #expect(throws: Socket.Failure.self) { _ = try Socket(port: server.port) }
        try busy.send(String(body.suffix(1)))
        let answer = try busy.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 200"))
        #expect(answer.contains("\"nearMisses\""))
        server.process.waitUntilExit()
        #expect(server.process.terminationStatus == 0)
        #expect(server.process.terminationReason == .exit)
    }

    @Test("says that it is about to stop before it takes no more requests")
    func readiness() throws {
        let server = try Server(["--drain-seconds", "3"])
        #expect(try server.ask("/ready").hasPrefix("HTTP/1.1 200"))
        kill(server.process.processIdentifier, SIGTERM)
        _ = try Server.wait(seconds: 3) {
            try server.ask("/ready").hasPrefix("HTTP/1.1 503") ? true : nil
        }
        #expect(try server.ask("/v1/search?limit=1").hasPrefix("HTTP/1.1 200"))
        server.process.waitUntilExit()
        #expect(server.process.terminationStatus == 0)
    }

    @Test("cuts off who sends a head or a body drop by drop, and answers others meanwhile")
    func slowClients() throws {
        let server = try Server(["--request-seconds", "1"])
        let head = try Socket(port: server.port)
        try head.send("GET /health HTTP/1.1\r\nHos")
        let body = try Socket(port: server.port)
        try body.send(
            "POST /v1/match HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n{")
        let silent = try Socket(port: server.port)
        #expect(try server.ask("/health").hasPrefix("HTTP/1.1 200"))
        let start = ContinuousClock.now
        #expect(try head.readToEnd() == "")
        let answer = try body.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 408") || answer.isEmpty, "\(answer)")
        #expect(try silent.readToEnd() == "")
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(try server.ask("/health").hasPrefix("HTTP/1.1 200"))
    }

    @Test("tells what is no HTTP, and what is too large, in problems")
    func noHTTP() throws {
        let server = try Server()
        let nonsense = try Socket(port: server.port)
        try nonsense.send("HELO there\r\n\r\n")
        let answer = try nonsense.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 400"))
        #expect(answer.contains("application/problem+json"))
        #expect(answer.contains("malformed-request"))
        let headers = try Socket(port: server.port)
        try headers.send(
            "GET /health HTTP/1.1\r\nHost: test\r\nConnection: close\r\nX-Long: "
                + String(repeating: "a", count: 40_000) + "\r\n\r\n")
        #expect(try headers.readToEnd().hasPrefix("HTTP/1.1 431"))
        let body = try Socket(port: server.port)
        try body.send(
            "POST /v1/match HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
                + "Content-Length: 10000000\r\n\r\n" + String(repeating: " ", count: 100_000))
        #expect(try body.readToEnd().hasPrefix("HTTP/1.1 413"))
    }

    @Test("answers from a new generation without losing a request")
    func newGeneration() async throws {
        let server = try Server()
        let load = Load()
        let port = server.port
        func generation(_ answer: String) -> Int? {
            answer.firstMatch(of: /"generation":([0-9]+)/).flatMap { Int($0.1) }
        }
        let before = try #require(generation(try server.ask("/v1/search?limit=1")))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    var last = 0
                    while !load.isOver {
                        let socket = try Socket(port: port)
                        try socket.send(
                            "GET /v1/search?q=boom&limit=3 HTTP/1.1\r\nHost: test\r\n"
                                + "Connection: close\r\n\r\n")
                        let answer = try socket.readToEnd()
                        #expect(answer.hasPrefix("HTTP/1.1 200"))
                        let now = try #require(
                            answer.firstMatch(of: /"generation":([0-9]+)/).flatMap {
                                Int($0.1)
                            })
                        #expect(now >= last)
                        last = now
                        load.count()
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
            }
            // The feed of a source loses a course: a new generation.
            let feed = server.folder.path("catalog/feeds")
            let changed = try change(in: feed)
            let outcome = try server.run("ingest")
            #expect(outcome.status == 0, "\(changed): \(outcome.errors)")
            let after = try Server.wait(seconds: 30) {
                generation(try server.ask("/v1/search?limit=1")).flatMap { $0 > before ? $0 : nil }
            }
            #expect(after > before)
            load.end()
            try await group.waitForAll()
        }
        #expect(load.answered > 5)
        #expect(try server.logged().contains(" error ") == false)
    }

    /// Requests that go on until they are told to end.
    private final class Load: Sendable {
        private let over = Atomic<Bool>(false)
        private let number = Atomic<Int>(0)

        var isOver: Bool { over.load(ordering: .relaxed) }
        var answered: Int { number.load(ordering: .relaxed) }
        func end() { over.store(true, ordering: .relaxed) }
        func count() { number.add(1, ordering: .relaxed) }
    }

    /// Changes a title in a feed of the folder.
    private func change(in folder: String) throws -> String {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        for file in (files ?? []).sorted() where file.hasSuffix(".xml") {
            let path = folder + "/" + file
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let other = text.replacing("Reddingsklimmen", with: "Reddend klimmen")
            guard other != text else { continue }
            try other.write(toFile: path, atomically: true, encoding: .utf8)
            return file
        }
        throw Server.TookTooLong()
    }
}
