import CourseModel
import Foundation
import HTTPClient
import Ingest
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("A webhook’s receiver can tell who sent a message and when")
struct WebhookTests {
    private static let server = Result { try LocalServer() }
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    @Test("digests are those of FIPS 180-4 and its examples")
    func digests() {
        #expect(
            SHA256.hexadecimal("")
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            SHA256.hexadecimal("abc")
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.hexadecimal("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(
            SHA256.hexadecimal(String(repeating: "a", count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("codes are those of RFC 4231, also with a key longer than a block")
    func codes() {
        func code(_ key: [UInt8], _ message: String) -> String {
            SHA256.authenticate(Array(message.utf8), key: key)
                .map { String(format: "%02x", $0) }.joined()
        }
        #expect(
            code([UInt8](repeating: 0x0b, count: 20), "Hi There")
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            code(Array("Jefe".utf8), "what do ya want for nothing?")
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(
            code(
                [UInt8](repeating: 0xaa, count: 131),
                "Test Using Larger Than Block-Size Key - Hash Key First")
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test("a signature is that of the example of Standard Webhooks")
    func signature() throws {
        let headers = try #require(WebhookSignature(secret: Self.secret)).headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330,
            body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(headers["webhook-timestamp"] == "1614265330")
    }

    @Test(
        "a secret that is too short, or no base64, is none",
        arguments: ["", "geheim", "whsec_", "whsec_AAAA", "whsec_%%%", "MfKQ9r8GKYqrTwjUPD8ILPZI"])
    func secrets(text: String) { #expect(WebhookSignature(secret: text) == nil) }

    private func workspace(
        _ url: String, more: String = "allow-private = true"
    ) throws
        -> AlertWorkspace
    {
        let workspace = try AlertWorkspace()
        try workspace.offer("z,Zagen,z1,2027-02-01")
        try workspace.workspace.scratch.write("catalog/secret", Self.secret + "\n")
        try workspace.alert(
            "snoeien",
            """
            [search]
            words = "snoeien"
            [webhook]
            url = "\(url)"
            secret = "file:secret"
            \(more)
            """)
        try workspace.run()
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        return workspace
    }

    /// What the server was asked for paths that hold a text.
    private func requests(_ text: String) throws -> [String] {
        let scratch = try Scratch()
        var limits = HTTPLimits()
        limits.allowsPrivateAddresses = true
        _ = try HTTPClient(limits: limits).fetch(
            HTTPRequest(try WebAddress(Self.server.get().address("log"))),
            into: scratch.path("log"))
        return try String(contentsOfFile: scratch.path("log"), encoding: .utf8)
            .split(separator: "\n").map(String.init).filter { $0.contains(text) }
    }

    @Test("a message is posted once, signed over its id, its time and its body")
    func posted() throws {
        let name = UUID().uuidString
        let workspace = try workspace(Self.server.get().address("hook/\(name)"))
        guard case .told(1) = try workspace.run().steps[0].step else {
            Issue.record("it was told")
            return
        }
        guard case .nothingNew = try workspace.run().steps[0].step else {
            Issue.record("it was told twice")
            return
        }
        let request = try #require(try requests(name).first)
        #expect(try requests(name).count == 1)
        let parts = request.split(separator: " ", maxSplits: 6).map(String.init)
        try #require(parts.count == 7)
        let (id, time, signature, body) = (parts[3], parts[4], parts[5], parts[6])
        #expect(time == "1700000000" && id.hasPrefix("msg_"))
        let headers = try #require(WebhookSignature(secret: Self.secret)).headers(
            id: id, seconds: 1_700_000_000, body: Array(body.utf8))
        #expect(headers["webhook-signature"] == signature)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        #expect(json["type"] as? String == "alert.found")
        let data = try #require(json["data"] as? [String: Any])
        #expect((data["results"] as? [[String: Any]])?.first?["title"] as? String == "Snoeien")
    }

    @Test("a receiver that fails for a moment gets the message again, under the same id")
    func again() throws {
        let name = "failing-once/\(UUID().uuidString)"
        let workspace = try workspace(Self.server.get().address("hook/\(name)"))
        guard case .told(1) = try workspace.run().steps[0].step else {
            Issue.record("it was told in the end")
            return
        }
        let ids = try requests(name).map { $0.split(separator: " ")[3] }
        #expect(ids.count == 2 && ids[0] == ids[1])
    }

    @Test("a private address is not posted to unless the alert says so; the path is not told")
    func privateAddress() throws {
        let name = UUID().uuidString
        let address = try Self.server.get().address("hook/\(name)")
        let workspace = try workspace(
            address.replacing("http://", with: "https://"), more: "")
        guard case .failed(1, let failure) = try workspace.run().steps[0].step else {
            Issue.record("it was posted to a private address")
            return
        }
        #expect(failure.description.contains("allow-private"))
        #expect(!failure.description.contains(name))
        #expect(try requests(name).isEmpty)
    }

    @Test("a secret that is not there is told at once, and nothing counts as told meanwhile")
    func missingSecret() throws {
        let name = UUID().uuidString
        let address = try Self.server.get().address("hook/\(name)")
        let workspace = try AlertWorkspace()
        try workspace.offer("a,Snoeien,a1,2027-02-01")
        try workspace.alert(
            "snoeien",
            """
            [search]
            words = "snoeien"
            [webhook]
            url = "\(address)"
            secret = "file:later"
            allow-private = true
            """)
        guard
            case .failed(_, .noSecret(reference: "file:later")) =
                try workspace.run().steps[0].step
        else {
            Issue.record("nothing can be signed")
            return
        }
        try workspace.workspace.scratch.write("catalog/later", Self.secret)
        guard case .began(found: 1) = try workspace.run().steps[0].step else {
            Issue.record("it begins when it can be signed")
            return
        }
        #expect(try requests(name).isEmpty)
    }
}
