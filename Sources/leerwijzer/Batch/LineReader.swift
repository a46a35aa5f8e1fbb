import Glibc

/// Reads a file or standard input line by line, in memory for one line.
///
/// A line longer than the limit is read past and told as such, so that it costs no memory and the
/// lines after it still count.
final class LineReader {
    /// A line without its end, and its number in the input.
    struct Line {
        /// 1 for the first line.
        var number: Int
        /// Its bytes; `nil` when it is longer than the limit.
        var bytes: [UInt8]?
    }

    /// The bytes read so far.
    private(set) var bytesRead = 0
    /// The size of the file; `nil` for a pipe or a terminal.
    let size: Int?

    private let descriptor: Int32
    private let name: String
    private let limit: Int
    private var buffer: [UInt8] = []
    private var position = 0
    private var number = 0
    private var isAtEnd = false

    /// Opens a file, or standard input for `-`.
    init(_ path: String, limit: Int = 1 << 20) throws(Failure) {
        descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        name = path == "-" ? "standard input" : path
        self.limit = limit
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            throw Failure(
                errno == ENOENT ? .noInput : .io,
                "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            close(descriptor)
            throw Failure(.noInput, "\(path) is a folder; give a file with a profile on each line")
        }
        size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    deinit { close(descriptor) }

    /// The next line; `nil` at the end.
    func next() throws(Failure) -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        var hasBegun = false
        while true {
            if position == buffer.count, try !fill() {
                guard hasBegun else { return nil }
                break
            }
            hasBegun = true
            let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n"))
            let piece = buffer[position..<(end ?? buffer.count)]
            if line.count + piece.count > limit { isTooLong = true }
            if isTooLong { line = [] } else { line += piece }
            position = end.map { $0 + 1 } ?? buffer.count
            if end != nil { break }
        }
        number += 1
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return Line(number: number, bytes: isTooLong ? nil : line)
    }

    /// The next line that is not blank, beyond so many lines.
    func nextFilled(after number: Int = 0) throws(Failure) -> Line? {
        while let line = try next() {
            if line.number <= number { continue }
            if let bytes = line.bytes, bytes.allSatisfy({ $0 == 32 || $0 == 9 }) { continue }
            return line
        }
        return nil
    }

    /// Reads what is there, without waiting for a full buffer, so that a program that asks one
    /// question at a time is answered.
    private func fill() throws(Failure) -> Bool {
        guard !isAtEnd else { return false }
        var piece = [UInt8](repeating: 0, count: 65_536)
        var count = -1
        repeat {
            count = read(descriptor, &piece, piece.count)
        } while count < 0 && errno == EINTR
        guard count >= 0 else {
            throw Failure(.io, "cannot read \(name): \(String(cString: strerror(errno)))")
        }
        piece.removeLast(piece.count - count)
        buffer = piece
        position = 0
        bytesRead += count
        isAtEnd = count == 0
        return count > 0
    }
}
