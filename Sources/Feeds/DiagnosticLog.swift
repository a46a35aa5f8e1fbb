import CourseModel
import XMLStream

/// The faults of the record that is being read.
struct DiagnosticLog {
    /// The file that is read.
    let file: String
    /// The native id of the record, once it is known.
    var record: String?
    /// What was found, in reading order.
    private(set) var entries: [Diagnostic] = []

    init(file: String) { self.file = file }

    /// Adds a fault at a node.
    ///
    /// - Parameter field: What it is about; the node's name when left out.
    mutating func add(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, at node: XMLNode?,
        field: String? = nil, _ message: String
    ) {
        entries.append(
            Diagnostic(
                severity, code, file: file, position: node.map { SourcePosition($0.position) },
                record: record, field: field ?? node?.localName, message: message))
    }

    /// Adds a fault at a place, in a format that is no XML.
    mutating func add(
        _ severity: Diagnostic.Severity, _ code: DiagnosticCode, place: SourcePosition?,
        field: String? = nil, _ message: String
    ) {
        entries.append(
            Diagnostic(
                severity, code, file: file, position: place, record: record, field: field,
                message: message))
    }

    /// How many were found.
    var count: Int { entries.count }

    /// Takes what was found, with the record's id where it was not known yet.
    mutating func take() -> [Diagnostic] {
        var taken = entries
        entries = []
        for index in taken.indices where taken[index].record == nil {
            taken[index].record = record
        }
        return taken
    }
}

extension SourcePosition {
    /// The position of a node.
    init(_ position: XMLPosition) {
        self.init(line: position.line, column: position.column, byteOffset: position.byteOffset)
    }
}

extension Diagnostic {
    /// What the XML reader found and recovered from: a warning, since the records are there.
    init(_ diagnostic: XMLDiagnostic, file: String) {
        self.init(
            .warning, DiagnosticCode(diagnostic.code.rawValue), file: file,
            position: SourcePosition(diagnostic.position), message: diagnostic.message)
    }
}

/// A feed's text in a message: short, on one line.
func quoted(_ text: String) -> String {
    let folded = foldedSpaces(text)
    return folded.count > 60 ? "“\(folded.prefix(57))…”" : "“\(folded)”"
}
