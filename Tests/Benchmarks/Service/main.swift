// How fast can this machine answer at all? Hummingbird, answering every request with the bytes of one
// file: the limit that the service is held against in search.sh.
//
//   ServiceBenchmark PORT FILE
import Glibc
import Hummingbird
import Logging
import NIOCore

guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]),
    let file = fopen(CommandLine.arguments[2], "rb")
else {
    print("usage: ServiceBenchmark PORT FILE")
    exit(64)
}
var bytes = [UInt8](repeating: 0, count: 1 << 24)
bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
let answer = ByteBuffer(bytes: bytes)

struct Constant: HTTPResponder {
    let answer: ByteBuffer

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: answer))
    }
}

var logger = Logger(label: "constant") { StreamLogHandler.standardError(label: $0) }
logger.logLevel = .warning
let application = Application(
    responder: Constant(answer: answer),
    configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
try await application.runService()
