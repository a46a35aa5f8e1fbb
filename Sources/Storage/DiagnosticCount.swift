import CourseModel

/// How often a diagnostic was given.
public struct DiagnosticCount: Hashable, Sendable {
    /// What is counted together.
    public struct Key: Hashable, Sendable {
        /// How bad it is.
        public var severity: Diagnostic.Severity
        /// Which one.
        public var code: DiagnosticCode

        /// What is counted together.
        public init(severity: Diagnostic.Severity, code: DiagnosticCode) {
            self.severity = severity
            self.code = code
        }
    }

    /// How bad it is.
    public var severity: Diagnostic.Severity
    /// Which one.
    public var code: DiagnosticCode
    /// How often.
    public var count: Int

    /// How often a diagnostic was given.
    public init(severity: Diagnostic.Severity, code: DiagnosticCode, count: Int) {
        self.severity = severity
        self.code = code
        self.count = count
    }

    /// Counts as a list: bad ones first, then by code.
    public static func sorted(_ counts: [Key: Int]) -> [DiagnosticCount] {
        counts.map { DiagnosticCount(severity: $0.severity, code: $0.code, count: $1) }
            .sorted { ($1.severity, $0.code) < ($0.severity, $1.code) }
    }
}
