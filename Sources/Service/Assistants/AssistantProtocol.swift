/// What versions of the Model Context Protocol ask of a server (modelcontextprotocol.io/specification).
enum AssistantProtocol {
    /// The versions in which a client and a server agree in a handshake, newest first.
    static let handshakes = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
    /// The versions in which every request says which it is in.
    static let stateless = ["2026-07-28"]

    /// Where such a request says it.
    private static let versionKey = "io.modelcontextprotocol/protocolVersion"

    /// The version that a request names; `nil` in those of the handshake.
    static func version(in parameters: JSONValue?) -> String? {
        parameters?["_meta"]?[versionKey]?.text
    }

    /// What the server is called.
    static let server: JSONValue = [
        "name": "leerwijzer", "title": "Leerwijzer", "version": "0.1.0",
    ]

    /// What it can do.
    static let capabilities: JSONValue = ["tools": ["listChanged": false]]

    /// What an assistant should know before it begins.
    static let instructions = """
        The course offers of a region in the Netherlands: courses, programmes, training places, from \
        all providers together. search finds courses; show tells all of one; match ranks offerings \
        for a learner's profile, with reasons; path puts offerings in order that together close the \
        learner's gap. A profile is used for the answer and kept nowhere; ask the learner before you \
        pass on what is personal. Words may be Dutch or English. Ids of results are what show takes.
        """
}

/// An error of JSON-RPC 2.0 (section 5.1), or of the protocol above it.
struct AssistantFault: Error {
    let code: Int
    let message: String
    var data: JSONValue?

    static func parse(_ message: String) -> AssistantFault { .init(code: -32700, message: message) }
    static func invalid(_ message: String) -> AssistantFault {
        .init(code: -32600, message: message)
    }
    static func unknownMethod(_ name: String) -> AssistantFault {
        .init(code: -32601, message: "there is no method “\(name.prefix(80))”")
    }
    static func parameters(_ message: String) -> AssistantFault {
        .init(code: -32602, message: message)
    }
    static func busy(_ message: String) -> AssistantFault { .init(code: -32000, message: message) }

    /// A version that is not spoken here.
    static func version(_ asked: String) -> AssistantFault {
        let all = AssistantProtocol.stateless + AssistantProtocol.handshakes
        return .init(
            code: -32022, message: "this version of the protocol is not supported",
            data: [
                "requested": .string(asked), "supported": .array(all.map { .string($0) }),
            ])
    }

    var json: JSONValue {
        var members: [String: JSONValue] = ["code": .integer(code), "message": .string(message)]
        if let data { members["data"] = data }
        return .object(members)
    }
}
