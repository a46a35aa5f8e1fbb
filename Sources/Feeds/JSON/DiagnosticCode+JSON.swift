import CourseModel

/// Faults that only feeds in JSON can have.
extension DiagnosticCode {
    /// The JSON is not in order, but leaves no doubt: a comma too many, a line break within a text,
    /// a member that stands twice, bytes that are no UTF-8.
    public static let recoveredJSON: DiagnosticCode = "recovered-json"

    /// Every code that only JSON has, in the order above.
    public static let jsonCodes: [DiagnosticCode] = [recoveredJSON]
}
