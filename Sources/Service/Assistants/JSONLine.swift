import Answers

/// JSON on one line, as messages between programs are sent.
enum JSONLine {
    static func text(_ value: JSONValue) throws -> String { try JSONOutput.line(value) }
}
