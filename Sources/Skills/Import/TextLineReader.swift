internal import CZlib

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads a text file line by line, plain or compressed with gzip, in memory for one piece of it.
struct TextLineReader: ~Copyable {
    private let handle: gzFile
    private let file: String
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    private static let pieceSize = 1 << 16

    /// Opens a file.
    ///
    /// - Throws: ``SkillsError/unreadable(file:reason:)``.
    init(_ file: String) throws(SkillsError) {
        var status = stat()
        guard stat(file, &status) == 0 else {
            throw .unreadable(file: file, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw .unreadable(file: file, reason: String(cString: strerror(EISDIR)))
        }
        guard let handle = gzopen(file, "rb") else {
            throw .unreadable(file: file, reason: String(cString: strerror(errno)))
        }
        self.handle = handle
        self.file = file
    }

    deinit { gzclose_r(handle) }

    /// The next line, without its end; `nil` at the end.
    mutating func next() throws(SkillsError) -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if position == buffer.count, try !fill() { return line.isEmpty ? nil : line }
            if let end = buffer[position...].firstIndex(of: 10) {
                line += buffer[position..<end]
                position = end + 1
                if line.last == 13 { line.removeLast() }
                return line
            }
            line += buffer[position...]
            position = buffer.count
        }
    }

    private mutating func fill() throws(SkillsError) -> Bool {
        guard !isAtEnd else { return false }
        var piece = [UInt8](repeating: 0, count: Self.pieceSize)
        let count = gzread(handle, &piece, UInt32(piece.count))
        guard count >= 0 else {
            throw .unreadable(file: file, reason: "it is damaged, or no gzip file")
        }
        if count < piece.count {
            // A file that was cut off ends like one that was not, but for its state.
            var code: Int32 = Z_OK
            _ = gzerror(handle, &code)
            guard code == Z_OK || code == Z_STREAM_END else {
                throw .unreadable(file: file, reason: "it is damaged: its end is missing")
            }
        }
        buffer = Array(piece.prefix(Int(count)))
        position = 0
        isAtEnd = count == 0
        return count > 0
    }
}
