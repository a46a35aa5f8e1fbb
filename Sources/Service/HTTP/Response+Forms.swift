import Answers
import Hummingbird
import NIOCore

extension Response {
    /// A text in a form.
    public static func text(_ text: String, as type: MediaType) -> Response {
        Response(
            status: .ok, headers: [.contentType: type.text],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Bytes in a form.
    public static func bytes(_ bytes: [UInt8], as type: MediaType) -> Response {
        Response(
            status: .ok, headers: [.contentType: type.text],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A value as JSON, with sorted keys.
    public static func json(
        _ value: some Encodable, as type: MediaType = .json
    ) throws -> Response {
        bytes(try JSONOutput.bytes(value) + [UInt8(ascii: "\n")], as: type)
    }
}
