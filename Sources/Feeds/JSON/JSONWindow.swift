import CourseModel
import Glibc

/// The bytes of a JSON document, a window at a time, with line and column.
struct JSONWindow: ~Copyable {
    private let input: FeedInput
    private var descriptor: Int32 = -1
    private var ownsDescriptor = false
    private var buffer: [UInt8] = []
    private var index = 0
    private var isAtEnd = false
    /// Where the next byte stands.
    private(set) var position = SourcePosition(line: 1, column: 1, byteOffset: 0)

    private static let size = 1 << 16

    init(_ input: FeedInput) throws(FeedError) {
        self.input = input
        switch input.content {
        case .bytes(let bytes):
            buffer = bytes
            isAtEnd = true
        case .file(let path):
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            ownsDescriptor = true
            guard descriptor >= 0 else { throw FeedError(.io(path: path, errno: errno)) }
        case .descriptor(let own): descriptor = own
        }
        _ = try peek()
        if buffer.count >= index + 3, Array(buffer[index..<index + 3]) == [0xEF, 0xBB, 0xBF] {
            index += 3
            position.byteOffset = 3
        }
    }

    deinit { if ownsDescriptor { close(descriptor) } }

    /// How many bytes were taken.
    var bytesRead: Int { position.byteOffset }

    /// The next byte, which stays.
    mutating func peek() throws(FeedError) -> UInt8? {
        if index < buffer.count { return buffer[index] }
        guard !isAtEnd else { return nil }
        buffer.removeAll(keepingCapacity: true)
        index = 0
        try fill()
        return buffer.first
    }

    /// Takes the next byte.
    mutating func next() throws(FeedError) -> UInt8? {
        guard let byte = try peek() else { return nil }
        index += 1
        position.byteOffset += 1
        if byte == 10 {
            position.line += 1
            position.column = 1
        } else if byte & 0xC0 != 0x80 {
            position.column += 1
        }
        return byte
    }

    mutating func skipSpace() throws(FeedError) {
        while let byte = try peek(), [32, 9, 10, 13].contains(byte) { _ = try next() }
    }

    private mutating func fill() throws(FeedError) {
        var failure: Int32 = 0
        let descriptor = descriptor
        buffer = [UInt8](unsafeUninitializedCapacity: Self.size) { room, used in
            used = 0
            while true {
                let got = read(descriptor, room.baseAddress, Self.size)
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno } else { used = got }
                return
            }
        }
        if failure == EISDIR { throw .isDirectory(path: input.name) }
        guard failure == 0 else { throw FeedError(.io(path: input.name, errno: failure)) }
        if buffer.isEmpty { isAtEnd = true }
    }
}
