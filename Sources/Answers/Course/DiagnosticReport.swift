import CourseModel

/// What machines can rely on for each diagnostic.
public struct DiagnosticReport: Encodable {
    var severity: String
    var code: String
    var file: String
    var line: Nullable<Int>
    var column: Nullable<Int>
    var record: Nullable<String>
    var field: Nullable<String>
    var message: String

    /// How bad it is, what it is and what to do, in a line.
    public var text: String { "\(severity): \(message) [\(code)]" }

    /// The report of a diagnostic.
    public init(_ diagnostic: Diagnostic) {
        severity = diagnostic.severity.rawValue
        code = diagnostic.code.name
        file = diagnostic.file
        line = Nullable(diagnostic.position?.line)
        column = Nullable(diagnostic.position?.column)
        record = Nullable(diagnostic.record)
        field = Nullable(diagnostic.field)
        message = diagnostic.message
    }
}
