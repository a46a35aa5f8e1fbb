import CourseModel

/// Faults of feeds whose records point to each other.
extension DiagnosticCode {
    /// A record points to another that does not stand in the feed.
    public static let danglingReference: DiagnosticCode = "dangling-reference"

    /// Every code that only such feeds have, in the order above.
    public static let loqCodes: [DiagnosticCode] = [danglingReference]
}
