import Foundation
import Glibc
import Synchronization
import Testing

@testable import Service

@Suite("a server process", .timeLimit(.minutes(15)))
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

    @Test("cuts off who takes nothing of its answers")
    func stuckReaders() throws {
        let server = try Server(["--send-seconds", "1"])
        let path = "/v1/offerings?limit=1000&all=true"
        let size = try server.ask(path).utf8.count
        // More than the system keeps for a client that does not read.
        let count = 12_000_000 / size + 1
        let stuck = try Socket(port: server.port, window: 2_048)
        for _ in 0..<count {
            try stuck.send("GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n")
        }
        sleep(8)
        #expect(try stuck.readToEnd().utf8.count < (count - 1) * size)
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
    func newGeneration() throws {
        let server = try Server()
        let before = try #require(Load.generation(in: try server.ask("/v1/search?limit=1")))
        let load = Load(port: server.port, clients: 2)
        try Server.wait(seconds: 30) { load.answered > 3 ? () : nil }
        // A feed says something else: a new generation.
        try changeFeed(in: server.folder.path("catalog/feeds"))
        let outcome = try server.run("ingest")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let after = try Server.wait(seconds: 60) {
            Load.generation(in: try server.ask("/v1/search?limit=1")).flatMap {
                $0 > before ? $0 : nil
            }
        }
        let answered = load.answered
        try Server.wait(seconds: 30) { load.answered > answered + 3 ? () : nil }
        load.end()
        #expect(load.faults == [])
        #expect(load.last == after)
        #expect(try server.logged().contains(" error ") == false)
    }

    /// Clients that ask, each on a thread of its own, until they are told to end.
    private final class Load: Sendable {
        private struct State {
            var isOver = false
            var answered = 0
            var last = 0
            var faults: [String] = []
        }

        private let state = Mutex(State())

        init(port: Int, clients: Int) {
            for _ in 0..<clients {
                Thread.detachNewThread { [self] in
                    while !state.withLock({ $0.isOver }) {
                        do { try ask(port) } catch {
                            state.withLock { $0.faults.append("\(error)") }
                        }
                        usleep(20_000)
                    }
                }
            }
        }

        var answered: Int { state.withLock { $0.answered } }
        var last: Int { state.withLock { $0.last } }
        var faults: [String] { state.withLock { $0.faults } }
        func end() { state.withLock { $0.isOver = true } }

        private func ask(_ port: Int) throws {
            let socket = try Socket(port: port)
            try socket.send(
                "GET /v1/search?q=boom&limit=3 HTTP/1.1\r\nHost: test\r\n"
                    + "Connection: close\r\n\r\n")
            let answer = try socket.readToEnd()
            state.withLock { state in
                state.answered += 1
                guard answer.hasPrefix("HTTP/1.1 200"),
                    let generation = Self.generation(in: answer)
                else {
                    state.faults.append(answer)
                    return
                }
                state.last = max(state.last, generation)
            }
        }

        static func generation(in answer: String) -> Int? {
            answer.firstMatch(of: /"generation":([0-9]+)/).flatMap { Int($0.1) }
        }
    }

    /// Changes a title in a feed of the folder.
    private func changeFeed(in folder: String) throws {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        for file in (files ?? []).sorted() where file.hasSuffix(".xml") {
            let path = folder + "/" + file
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let other = text.replacing("Reddingsklimmen", with: "Reddend klimmen")
            guard other != text else { continue }
            try other.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        throw Server.TookTooLong()
    }
}
