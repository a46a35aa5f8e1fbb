import Foundation
import TestSupport
import Testing

@testable import Service

@Suite("the server for assistants", .timeLimit(.minutes(15)))
struct AssistantTests {
    /// What the program answers to lines of input, each line as JSON.
    private func answers(_ lines: [String]) throws -> [[String: Any]] {
        let folder = try SampleService.copy()
        let run = try Program.built("leerwijzer").run(
            ["mcp", "--catalog", folder.path("catalog"), "--today", "2026-11-24", "--lang", "en"],
            in: folder.folder, input: lines.joined(separator: "\n") + "\n")
        #expect(run.status == 0, "\(run.errors)")
        return try run.output.split(separator: "\n").map { line in
            let json = try JSONSerialization.jsonObject(with: Data(line.utf8))
            if let batch = json as? [Any] { return ["batch": batch] }
            return try #require(json as? [String: Any])
        }
    }

    private func code(_ answer: [String: Any]) -> Int? {
        (answer["error"] as? [String: Any])?["code"] as? Int
    }

    @Test("a handshake agrees on the version that is asked for, else on the newest")
    func handshake() throws {
        let answers = try answers([
            #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            #"{"jsonrpc":"2.0","id":"two","method":"initialize","params":{"protocolVersion":"1999-01-01"}}"#,
            #"{"jsonrpc":"2.0","id":3,"method":"ping"}"#,
        ])
        #expect(answers.count == 3)
        func version(_ answer: [String: Any]) -> String? {
            (answer["result"] as? [String: Any])?["protocolVersion"] as? String
        }
        #expect(version(answers[0]) == "2024-11-05")
        #expect(version(answers[1]) == "2025-11-25")
        #expect(answers[1]["id"] as? String == "two")
        #expect((answers[2]["result"] as? [String: Any])?.isEmpty == true)
    }

    @Test("what is no message is told by the codes of JSON-RPC, and the next one is answered")
    func faults() throws {
        let answers = try answers([
            "nonsense", "{}", #"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#,
            #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"delete"}}"#,
            #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, "[]",
            String(repeating: "x", count: 1 << 20 | 1),
            #"{"jsonrpc":"2.0","id":3,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2030-01-01"}}}"#,
            #"{"jsonrpc":"2.0","id":4,"result":{}}"#, "",
            #"{"jsonrpc":"2.0","id":5,"method":"ping"}"#,
        ])
        let codes = answers.map(code)
        #expect(
            codes.sorted { ($0 ?? 0) < ($1 ?? 0) } == [
                -32700, -32602, -32601, -32600, -32600, -32600, -32600, -32022, nil,
            ])
        #expect(answers.contains { $0["id"] as? Int == 5 && $0["result"] != nil })
    }

    @Test("several messages at once are answered at once")
    func batch() throws {
        let answers = try answers([
            #"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"q":"boom","limit":1}}}]"#
        ])
        #expect((answers.first?["batch"] as? [Any])?.count == 2)
    }

    @Test("every call is answered, also when it is done at once and the input ends behind it")
    func allAnswered() throws {
        let ids = Array(1...100)
        let answers = try answers(
            ids.map {
                #"{"jsonrpc":"2.0","id":\#($0),"method":"tools/call","params":{"name":"search","arguments":{"limit":"many"}}}"#
            })
        #expect(answers.compactMap { $0["id"] as? Int }.sorted() == ids)
    }

    @Test("a call that is cancelled gets no answer, the others do")
    func cancelled() throws {
        let profile = #"{"home":{"place":"Houten"},"occupation":{"wanted":"boomverzorger"}}"#
        let answers = try answers([
            #"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"path","arguments":{"profile":\#(profile)}}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"a"}}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"never"}}"#,
            #"{"jsonrpc":"2.0","id":"b","method":"tools/call","params":{"name":"search","arguments":{"q":"boom"}}}"#,
        ])
        #expect(answers.compactMap { $0["id"] as? String } == ["b"])
    }

    @Test(
        "what is wrong with arguments is told to the model in words, not as an error of the protocol"
    )
    func toolFaults() throws {
        for arguments in [
            #"{"limit":{"a":1}}"#, #"{"limit":"many"}"#, #"{"near":"Nergenshuizen"}"#,
            #"{"format":"csv"}"#, #"{"colour":"green"}"#,
        ] {
            let answer = try #require(
                answers([
                    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":\#(arguments)}}"#
                ]).first?["result"] as? [String: Any])
            #expect(answer["isError"] as? Bool == true, "\(arguments)")
            #expect(answer["structuredContent"] == nil)
        }
    }

    @Test("settings are those of the service: a fault in them is told, as when serving")
    func settings() throws {
        let folder = try SampleService.copy()
        func run(_ environment: [String: String]) throws -> Program.Outcome {
            try Program.built("leerwijzer").run(
                ["mcp", "--catalog", folder.path("catalog"), "--today", "2026-11-24"],
                in: folder.folder, environment: environment,
                input:
                    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"q":"boom","limit":1}}}"#
                    + "\n")
        }
        let faulty = try run(["LEERWIJZER_ANSWER_SECONDS": "0"])
        #expect(faulty.status != 0)
        #expect(faulty.errors.contains("LEERWIJZER_ANSWER_SECONDS"))
        let served = try run(["LEERWIJZER_BASE_URL": "https://elsewhere.example"])
        #expect(served.status == 0, "\(served.errors)")
        #expect(!served.output.contains("127.0.0.1"))
    }
}
