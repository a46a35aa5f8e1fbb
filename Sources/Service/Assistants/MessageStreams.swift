import Glibc
import Synchronization

/// Reads messages, a line each, and never holds more of one than is allowed.
struct MessageReader {
    /// What a line was.
    enum Line: Sendable {
        case message([UInt8])
        /// It was longer than allowed, and was passed over.
        case tooLong
    }

    private let descriptor: Int32
    private let longest: Int
    private var buffer: [UInt8] = []
    private var start = 0
    private var isOver = false

    init(_ descriptor: Int32, longest: Int) {
        self.descriptor = descriptor
        self.longest = longest
    }

    /// The next line that is not blank; `nil` at the end of the input.
    mutating func next() -> Line? {
        var isTooLong = false
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start..<end])
                start = end + 1
                searched = start
                if isTooLong || line.count > longest { return .tooLong }
                if line.contains(where: { $0 > 0x20 }) { return .message(line) }
                continue
            }
            if isOver {
                let line = Array(buffer[start...])
                start = buffer.count
                if isTooLong { return .tooLong }
                return line.contains(where: { $0 > 0x20 }) ? .message(line) : nil
            }
            if buffer.count - start > longest {
                isTooLong = true
                start = buffer.count
            }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            readMore()
        }
    }

    private mutating func readMore() {
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            // What cannot be read has ended, as far as answers go.
            if count <= 0 { isOver = true } else { buffer += piece[..<count] }
            return
        }
    }
}

/// Writes messages, a line each, whole.
final class MessageWriter: Sendable {
    private let descriptor: Int32
    private let closed = Mutex(false)

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Whether the reader has gone.
    var isClosed: Bool { closed.withLock { $0 } }

    func write(_ message: String) {
        closed.withLock { isClosed in
            var rest = Array((message + "\n").utf8)[...]
            while !rest.isEmpty, !isClosed {
                let count = rest.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    isClosed = true
                    return
                }
                rest = rest.dropFirst(count)
            }
        }
    }
}
