import CourseModel

/// Faults of feeds that consist of pages.
extension DiagnosticCode {
    /// A page of a collection is not in the feed, so absence says nothing.
    public static let pageMissing: DiagnosticCode = "page-missing"
}
