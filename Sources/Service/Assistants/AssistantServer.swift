import CourseModel
import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Lets the assistant of an adviser use the catalogue: a server of the Model Context Protocol that
/// speaks JSON-RPC 2.0 over its standard input and output, a message a line.
///
/// The versions with a handshake and the stateless one are spoken side by side; it keeps nothing of a
/// client. Every call is answered from the newest generation.
public final class AssistantServer: Sendable {
    /// The longest message, in bytes.
    public static let longestMessage = 1 << 20
    /// How many calls are worked at together.
    static let mostCalls = 32

    private let service: RunningService
    private let responder: ServiceResponder
    private let catalogue: LiveCatalogue
    private let threads: NIOThreadPool
    private let logger: Logger
    private let refreshing = Mutex(())
    private let calls = Mutex<[String: Task<Void, Never>]>([:])

    /// A server of a catalogue.
    ///
    /// - Parameters:
    ///   - settings: Their limits and language count; nobody is refused for asking often.
    ///   - today: The day to take for today; `nil` for the local calendar's.
    public init(
        catalogue: LiveCatalogue, settings: ServiceSettings, logger: Logger,
        today: CalendarDate? = nil
    ) {
        var settings = settings
        settings.limits.requestsPerSecond = 0
        settings.limits.bodyBytes = Self.longestMessage
        settings.limits.addressBytes = Self.longestMessage
        threads = NIOThreadPool(numberOfThreads: max(2, System.coreCount))
        self.catalogue = catalogue
        self.logger = logger
        service = RunningService(
            catalogue: catalogue, settings: settings, threads: threads, today: today)
        responder = ServiceResponder(service, operations: API.operations)
    }

    /// Answers until the input ends and everything that was asked is answered.
    ///
    /// - Parameters:
    ///   - input: Where messages come from.
    ///   - output: Where answers go; nothing else does.
    public func run(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) async throws {
        threads.start()
        // Reading has a thread of its own: a cancellation does not stand in line behind the work.
        let readingThread = NIOThreadPool(numberOfThreads: 1)
        readingThread.start()
        let input = Input(input)
        let writer = MessageWriter(output)
        let ended: Result<Void, any Error> = await withDiscardingTaskGroup { group in
            do {
                // A line is read when the one before it is dealt with: whoever writes faster waits.
                while !writer.isClosed,
                    let line = try await readingThread.runIfActive({ input.next() })
                {
                    switch line {
                    case .tooLong:
                        writer.write(
                            Self.message(
                                nil,
                                .failure(
                                    .invalid(
                                        "a message may be \(Self.longestMessage) bytes long"))))
                    case .message(let bytes): take(bytes, writer, &group)
                    }
                }
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try await readingThread.shutdownGracefully()
        try await threads.shutdownGracefully()
        try ended.get()
    }

    /// The lines of the input, for one reader at a time.
    private final class Input: Sendable {
        private let reader: Mutex<MessageReader>

        init(_ descriptor: Int32) {
            reader = Mutex(MessageReader(descriptor, longest: AssistantServer.longestMessage))
        }

        func next() -> MessageReader.Line? { reader.withLock { $0.next() } }
    }

    // MARK: Messages

    private func take(
        _ bytes: [UInt8], _ writer: MessageWriter, _ group: inout DiscardingTaskGroup
    ) {
        let value: JSONValue
        do { value = try JSONValue(text: bytes) } catch {
            writer.write(Self.message(nil, .failure(.parse("the message is not JSON"))))
            return
        }
        guard case .array(let values) = value else {
            begin(value, &group) { if let answer = $0 { writer.write(answer) } }
            return
        }
        // Several at once are answered at once (JSON-RPC 2.0, section 6).
        guard !values.isEmpty, values.count <= Self.mostCalls else {
            let fault = AssistantFault.invalid(
                "a batch holds 1 to \(Self.mostCalls) messages")
            writer.write(Self.message(nil, .failure(fault)))
            return
        }
        let batch = Batch(values.count) { answers in
            if !answers.isEmpty { writer.write("[" + answers.joined(separator: ",") + "]") }
        }
        for value in values { begin(value, &group) { batch.put($0) } }
    }

    /// What became of a call.
    private enum Admission {
        case begun(Task<Void, Never>)
        case inUse
        case tooMany
    }

    /// Begins to answer a message.
    ///
    /// - Parameter done: Called once: with the answer, or with `nil` when none is due.
    private func begin(
        _ message: JSONValue, _ group: inout DiscardingTaskGroup,
        _ done: @escaping @Sendable (String?) -> Void
    ) {
        guard case .object(let members) = message, members["jsonrpc"]?.text == "2.0",
            let method = members["method"]?.text
        else {
            // An answer to what was never asked needs none.
            let isAnswer = message["result"] != nil || message["error"] != nil
            done(
                isAnswer
                    ? nil
                    : Self.message(
                        message["id"], .failure(.invalid("it is no request of JSON-RPC 2.0"))))
            return
        }
        let parameters = members["params"]
        guard let id = members["id"] else {
            if method == "notifications/cancelled", let asked = parameters?["requestId"] {
                calls.withLock { $0[Self.key(asked)] }?.cancel()
            }
            done(nil)
            return
        }
        switch id {
        case .string, .integer: break
        default:
            done(Self.message(nil, .failure(.invalid("the id has to be a text or a number"))))
            return
        }
        guard method == "tools/call" else {
            do throws(AssistantFault) {
                done(Self.message(id, .success(try answer(method, parameters))))
            } catch {
                done(Self.message(id, .failure(error)))
            }
            return
        }
        let key = Self.key(id)
        let admission = calls.withLock { calls -> Admission in
            guard calls[key] == nil else { return .inUse }
            guard calls.count < Self.mostCalls else { return .tooMany }
            let task = Task { [self] in
                let answer: Result<String, AssistantFault>
                do { answer = .success(try await call(parameters)) } catch let fault
                    as AssistantFault
                { answer = .failure(fault) } catch {
                    logger.error("failed: \(error)")
                    answer = .failure(.init(code: -32603, message: "the server failed"))
                }
                let isCancelled = Task.isCancelled
                self.calls.withLock { $0[key] = nil }
                done(isCancelled ? nil : Self.message(id, answer))
            }
            calls[key] = task
            return .begun(task)
        }
        switch admission {
        case .inUse: done(Self.message(id, .failure(.invalid("this id is in use"))))
        case .tooMany: done(Self.message(id, .failure(.busy("too many calls are under way"))))
        // It is waited for also when it ended, and took its key away, before this.
        case .begun(let task): group.addTask { await task.value }
        }
    }

    private static func key(_ id: JSONValue) -> String {
        if case .integer(let number) = id { "\(number)" } else { "“\(id.text ?? "")" }
    }

    private static func message(
        _ id: JSONValue?, _ result: Result<String, AssistantFault>
    ) -> String {
        // Texts and numbers always encode.
        func text(_ value: JSONValue) -> String { (try? JSONLine.text(value)) ?? "null" }
        let start = "{\"jsonrpc\":\"2.0\",\"id\":\(text(id ?? .null)),"
        switch result {
        case .success(let json): return start + "\"result\":\(json)}"
        case .failure(let fault): return start + "\"error\":\(text(fault.json))}"
        }
    }

    // MARK: Methods

    private func answer(
        _ method: String, _ parameters: JSONValue?
    ) throws(AssistantFault) -> String {
        let version = try version(parameters)
        var result: [String: JSONValue]
        switch method {
        case "initialize":
            let asked = parameters?["protocolVersion"]?.text ?? ""
            let handshakes = AssistantProtocol.handshakes
            result = [
                "protocolVersion": .string(handshakes.contains(asked) ? asked : handshakes[0]),
                "capabilities": AssistantProtocol.capabilities,
                "serverInfo": AssistantProtocol.server,
                "instructions": .string(AssistantProtocol.instructions),
            ]
        case "server/discover":
            let versions = AssistantProtocol.stateless + AssistantProtocol.handshakes
            result = [
                "supportedVersions": .array(versions.map { .string($0) }),
                "capabilities": AssistantProtocol.capabilities,
                "serverInfo": AssistantProtocol.server,
                "instructions": .string(AssistantProtocol.instructions),
            ]
        case "ping": result = [:]
        case "tools/list":
            if parameters?["cursor"] != nil, parameters?["cursor"]?.text != nil {
                throw .parameters("the list of tools comes in one piece")
            }
            result = ["tools": .array(AssistantTool.all.map(\.description))]
        default: throw .unknownMethod(method)
        }
        if version != nil || method == "server/discover" {
            // It stays true as long as the program runs.
            result.merge(["resultType": "complete", "ttlMs": 3_600_000, "cacheScope": "public"]) {
                $1
            }
        }
        do { return try JSONLine.text(.object(result)) } catch {
            throw .init(code: -32603, message: "the server failed")
        }
    }

    /// The version of a stateless request; `nil` for one of the handshake.
    private func version(_ parameters: JSONValue?) throws(AssistantFault) -> String? {
        guard let version = AssistantProtocol.version(in: parameters) else { return nil }
        guard AssistantProtocol.stateless.contains(version) else { throw .version(version) }
        return version
    }

    private func call(_ parameters: JSONValue?) async throws -> String {
        let version = try version(parameters)
        guard let name = parameters?["name"]?.text,
            let tool = AssistantTool.all.first(where: { $0.name == name })
        else {
            let names = AssistantTool.all.map(\.name).joined(separator: ", ")
            throw AssistantFault.parameters("there are the tools \(names)")
        }
        var arguments: [String: JSONValue] = [:]
        switch parameters?["arguments"] {
        case .object(let members)?: arguments = members
        case nil, .null?: break
        default: throw AssistantFault.parameters("arguments has to be an object")
        }
        // A generation that cannot be opened leaves the one before; that is told where it is seen.
        refreshing.withLock { _ in
            do { try catalogue.refresh() } catch {
                logger.error("cannot open the new generation: \(error)")
            }
        }
        var (text, isFault): (String, Bool)
        do {
            (text, isFault) = try await ask(tool, tool.call(arguments))
        } catch let fault as AssistantFault {
            // What is wrong with arguments is for the model to read and mend.
            (text, isFault) = (fault.message, true)
        }
        let content = try JSONLine.text([["type": "text", "text": .string(text)]])
        return "{\"content\":\(content),\"isError\":\(isFault)"
            + (isFault ? "" : ",\"structuredContent\":\(text)")
            + (version == nil ? "" : ",\"resultType\":\"complete\"") + "}"
    }

    /// The answer of the operation behind a tool.
    private func ask(
        _ tool: AssistantTool, _ call: AssistantTool.Call
    ) async throws -> (text: String, isFault: Bool) {
        var headers: HTTPFields = [.accept: MediaType.json.name]
        if !call.body.isEmpty { headers[.contentType] = MediaType.json.name }
        let request = Request(
            head: HTTPRequest(
                method: tool.operation.method, scheme: "http", authority: "localhost",
                path: call.target, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(string: call.body)))
        let response = try await responder.respond(
            to: request, context: ServiceRequestContext(logger: logger))
        let collector = Collector()
        try await response.body.write(collector)
        let text = String(decoding: collector.bytes, as: UTF8.self)
        guard response.status != .ok else {
            // A message is one line.
            return (text.hasSuffix("\n") ? String(text.dropLast()) : text, false)
        }
        let problem = try JSONValue(text: collector.bytes)
        return (problem["detail"]?.text ?? "the catalogue did not answer", true)
    }

    /// A body, gathered.
    private final class Collector: ResponseBodyWriter, @unchecked Sendable {
        // Written by one task, and read when that is done.
        private(set) var bytes: [UInt8] = []

        func write(_ buffer: ByteBuffer) async throws {
            bytes.append(contentsOf: buffer.readableBytesView)
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    /// The answers of a batch, told when the last one is there.
    private final class Batch: Sendable {
        private let state: Mutex<(left: Int, answers: [String])>
        private let done: @Sendable ([String]) -> Void

        init(_ count: Int, _ done: @escaping @Sendable ([String]) -> Void) {
            state = Mutex((count, []))
            self.done = done
        }

        func put(_ answer: String?) {
            let answers = state.withLock { state -> [String]? in
                state.left -= 1
                if let answer { state.answers.append(answer) }
                return state.left == 0 ? state.answers : nil
            }
            if let answers { done(answers) }
        }
    }
}
