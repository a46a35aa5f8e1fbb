import Foundation
import HTTPClient
import TestSupport
import Testing

@Suite("A document is fetched as it is, or not at all", .timeLimit(.minutes(15)))
struct FetchTests {
    private static let server = Result { try LocalServer(isSecure: true) }
    private let server: LocalServer
    private let scratch: Scratch

    init() throws {
        server = try Self.server.get()
        scratch = try Scratch()
    }

    private func limits() -> HTTPLimits {
        var limits = HTTPLimits()
        limits.allowsPrivateAddresses = true
        limits.seconds = 3
        limits.attempts = 3
        return limits
    }

    private func fetch(
        _ address: String, limits: HTTPLimits? = nil, authorities: String? = nil,
        credentials: HTTPRequest.Credentials? = nil
    ) throws -> (answer: HTTPAnswer, document: String) {
        let client = HTTPClient(
            limits: limits ?? self.limits(), authorities: authorities,
            waiting: .init(pause: { _ in }, random: { 0 }))
        let answer = try client.fetch(
            HTTPRequest(try WebAddress(address), credentials: credentials),
            into: scratch.path("document"))
        let data = try Data(contentsOf: URL(fileURLWithPath: scratch.path("document")))
        return (answer, String(decoding: data, as: UTF8.self))
    }

    @Test("a document that may change again within its second is asked for as if it were new")
    func changing() throws {
        let now = try fetch(server.address("always/changed-this-second/x")).answer
        #expect(now.validators.isEmpty)
        let before = try fetch(server.address("always/changed-before/x")).answer
        #expect(before.validators.lastModified == "Tue, 24 Nov 2026 10:00:40 GMT")
    }

    @Test("packed and plain answers give the same document", arguments: ["gzip", "gzip-file"])
    func packed(way: String) throws {
        let plain = try fetch(server.address("good/\(way)")).document
        let packed = try fetch(server.address("always/\(way)/x"))
        #expect(packed.document == plain && plain.hasSuffix("</catalog>"))
        #expect(packed.answer.bytes == plain.utf8.count)
        #expect(packed.answer.transferred < packed.answer.bytes)
    }

    @Test("a name that leads to this machine is refused, however it is written")
    func privateAddresses() throws {
        for host in ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"] {
            var limits = limits()
            limits.allowsPrivateAddresses = false
            let failure = #expect(throws: HTTPFailure.self) {
                try fetch(server.address("good/x", host: host), limits: limits)
            }
            guard case .privateAddress = failure?.kind else {
                Issue.record("\(host): \(String(describing: failure))")
                continue
            }
        }
    }

    @Test("credentials reach their own server, and no other that it redirects to")
    func credentials() throws {
        let basic = try fetch(
            server.address("always/password/x"),
            credentials: .basic(user: "user", password: "geheim"))
        #expect(basic.answer.status == 200)
        let bearer = try fetch(server.address("always/token/x"), credentials: .bearer("abc"))
        #expect(bearer.answer.address.host == "localhost" && bearer.answer.status == 200)
        let failure = #expect(throws: HTTPFailure.self) {
            try fetch(server.address("always/password/x"))
        }
        #expect(failure?.kind == .status(401, retryAfter: nil) && failure?.attempts == 1)
    }

    @Test("a certificate that nobody vouches for is refused, and taken when its authority is named")
    func certificates() throws {
        let address = server.secureAddress("good/tls")
        let failure = #expect(throws: HTTPFailure.self) { try fetch(address) }
        guard case .certificate = failure?.kind else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(failure?.attempts == 1)
        let answer = try fetch(address, authorities: server.certificate)
        #expect(answer.answer.status == 200)
    }

    @Test("what passes is tried again, ever later and at most as often as is allowed")
    func retries() throws {
        final class Pauses {
            var seconds: [Double] = []
        }
        let pauses = Pauses()
        let client = HTTPClient(
            limits: limits(),
            waiting: .init(pause: { pauses.seconds.append($0) }, random: { 0.5 }))
        let failure = #expect(throws: HTTPFailure.self) {
            try client.fetch(
                HTTPRequest(try WebAddress(server.address("always/hangs-up/x"))),
                into: scratch.path("document"))
        }
        #expect(failure?.attempts == 3)
        #expect(pauses.seconds == [0.75, 1.5])
    }

    @Test("a server that asks to wait longer than is waited is left alone")
    func wait() throws {
        let failure = #expect(throws: HTTPFailure.self) {
            try fetch(server.address("always/wait-an-hour/x"))
        }
        #expect(failure?.attempts == 1)
        #expect(failure?.kind == .status(503, retryAfter: 3_600))
    }

    @Test("a document that moved for good says where to")
    func moved() throws {
        let answer = try fetch(server.address("always/redirect-good/x")).answer
        #expect(answer.permanentAddress?.text.hasSuffix("/good/moved/feed.xml") == true)
    }
}
