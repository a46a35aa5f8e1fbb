import TestSupport
import Testing

/// A request that two programs may read differently, with another one hidden in or behind it.
struct Smuggling {
    let testDescription: String
    let head: String
    var body = ""

    /// What must never be answered.
    private static let hidden = "GET /v1/search?limit=1 HTTP/1.1\r\nHost: test\r\n\r\n"
    private static let post =
        "POST /v1/match HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"

    var text: String { head + "\r\n" + body + Self.hidden }

    static let all: [Smuggling] = [
        .init(
            testDescription: "a length and chunks",
            head: post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            body: "0\r\n\r\n"),
        .init(
            testDescription: "chunks and a length",
            head: post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            body: "0\r\n\r\n"),
        .init(
            testDescription: "two lengths",
            head: post + "Content-Length: 2\r\nContent-Length: 90\r\n",
            body: "{}"),
        .init(
            testDescription: "two lengths in one line", head: post + "Content-Length: 2, 90\r\n",
            body: "{}"),
        .init(
            testDescription: "a length with a sign", head: post + "Content-Length: +2\r\n",
            body: "{}"),
        .init(testDescription: "a length below nothing", head: post + "Content-Length: -2\r\n"),
        .init(
            testDescription: "a length in hexadecimal", head: post + "Content-Length: 0x2\r\n",
            body: "{}"),
        .init(
            testDescription: "a length beyond all numbers",
            head: post + "Content-Length: 99999999999999999999999999\r\n", body: "{}"),
        .init(
            testDescription: "a blank before the colon",
            head: post + "Transfer-Encoding : chunked\r\n", body: "0\r\n\r\n"),
        .init(
            testDescription: "chunks that are not the last coding",
            head: post + "Transfer-Encoding: chunked, gzip\r\n", body: "0\r\n\r\n"),
        .init(
            testDescription: "an unknown coding", head: post + "Transfer-Encoding: xchunked\r\n",
            body: "0\r\n\r\n"),
        .init(
            testDescription: "a folded line",
            head: post + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n",
            body: "0\r\n\r\n"),
        .init(
            testDescription: "a chunk of no size",
            head: post + "Transfer-Encoding: chunked\r\n", body: "x\r\n{}\r\n0\r\n\r\n"),
        .init(
            testDescription: "a chunk beyond all numbers",
            head: post + "Transfer-Encoding: chunked\r\n",
            body: "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        .init(
            testDescription: "a chunk that is longer than its size",
            head: post + "Transfer-Encoding: chunked\r\n", body: "2\r\n{}x\r\n0\r\n\r\n"),
        .init(
            testDescription: "a return without a line feed in a head",
            head: post + "X-A: b\rContent-Length: 2\r\n", body: "{}"),
        .init(
            testDescription: "a zero in a head",
            head: post + "X-A: b\u{0}\r\nContent-Length: 2\r\n",
            body: "{}"),
        .init(
            testDescription: "a blank before the first head",
            head: "GET /health HTTP/1.1\r\n Host: test\r\nHost: test\r\n"),
    ]
}

@Suite("No request is hidden in another", .timeLimit(.minutes(15)))
struct SmugglingTests {
    @Test("what two programs may read differently is refused, and its connection closed")
    func refused() throws {
        let server = try Server(["--request-seconds", "2"])
        for attempt in Smuggling.all {
            let socket = try Socket(port: server.port)
            try socket.send(attempt.text)
            let answer = try socket.readToEnd()
            let answers = answer.ranges(of: "HTTP/1.1 ").count
            #expect(
                answers == 1 && answer.hasPrefix("HTTP/1.1 400"),
                "\(attempt.testDescription): \(answer)")
        }
    }

    @Test("lines that end in a line feed alone are read as lines, or refused")
    func lineFeeds() throws {
        let server = try Server()
        let socket = try Socket(port: server.port)
        // Read with returns, this is one request with a body of 4 bytes; without, two requests.
        try socket.send(
            "GET /health HTTP/1.1\nHost: test\nContent-Length: 4\n\nabcdGET /ready HTTP/1.1\r\n"
                + "Host: test\r\nConnection: close\r\n\r\n")
        let answer = try socket.readToEnd()
        let statuses = answer.matches(of: /HTTP\/1\.1 (\d+)/).map { String($0.1) }
        #expect(statuses == ["400"] || statuses == ["200", "200"], "\(answer)")
    }
}
