import Answers
import FoundationEssentials
import Glibc
import Ingest

/// Writes a file with one JSON object a line.
final class JSONLinesWriter {
    private let file: UnsafeMutablePointer<FILE>
    private let path: String

    init(_ path: String) throws(BackUpError) {
        self.path = path
        guard let file = fopen(path, "wbe") else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        self.file = file
    }

    func write(_ value: some Encodable) throws { try write(JSONOutput.line(value) + "\n") }

    /// Writes a text as it stands.
    func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw BackUpError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// Ends the file; to be called once.
    func finish() throws(BackUpError) {
        guard fclose(file) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }
}

/// Reads a file with one JSON object a line, one at a time.
struct JSONLinesReader {
    private let path: String
    /// How faults name the file.
    private let name: String
    private let decoder = JSONDecoder()

    init(_ path: String, name: String) {
        self.path = path
        self.name = name
    }

    /// Calls `body` with each value.
    ///
    /// - Throws: ``BackUpError/damaged(path:reason:)`` with the line that is none, and what `body`
    ///   throws.
    func forEach<Value: Decodable>(_ type: Value.Type, _ body: (Value) throws -> Void) throws {
        guard let file = fopen(path, "rbe") else {
            throw BackUpError.damaged(
                path: name, reason: "it cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        var number = 0
        while true {
            let count = getline(&line, &capacity, file)
            guard count > 0, let line else { break }
            number += 1
            let value: Value
            do {
                value = try decoder.decode(Value.self, from: Data(bytes: line, count: count))
            } catch {
                throw BackUpError.damaged(
                    path: name, reason: "line \(number) misses something, or is no JSON")
            }
            try body(value)
        }
        guard ferror(file) == 0 else {
            throw BackUpError.cannotRead(path: name, reason: String(cString: strerror(errno)))
        }
    }
}
