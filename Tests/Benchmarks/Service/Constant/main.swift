import Hummingbird
import NIOCore

// What is the most that a service on this server can answer? The same bytes to every request, without
// looking at it: the limit that the benchmark of searches is set against.
//
//   ConstantService PORT BYTES

guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]),
    let size = Int(CommandLine.arguments[2]), size > 0
else { fatalError("usage: ConstantService PORT BYTES") }

let answer = ByteBuffer(repeating: UInt8(ascii: "x"), count: size)
let application = Application(
    responder: CallbackResponder { (_: Request, _: BasicRequestContext) in
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: answer))
    },
    configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port))
)
try await application.runService()
