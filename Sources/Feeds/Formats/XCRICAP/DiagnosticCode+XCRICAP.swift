import CourseModel

/// Faults that only XCRI-CAP feeds can have.
extension DiagnosticCode {
    /// A machine-readable date lies one day before its text, on dates in summer time.
    ///
    /// Local midnight was written in UTC. Told once a feed.
    public static let dtfShiftedDay: DiagnosticCode = "dtf-shifted-day"
    /// `@dtf` and its text name different days.
    public static let dtfContradictsText: DiagnosticCode = "dtf-contradicts-text"
    /// A course stands outside a provider.
    public static let courseWithoutProvider: DiagnosticCode = "course-without-provider"
    /// The provider has no title.
    public static let providerWithoutTitle: DiagnosticCode = "provider-without-title"

    /// Every code that only XCRI-CAP has, in the order above.
    public static let xcriCodes: [DiagnosticCode] = [
        dtfShiftedDay, dtfContradictsText, courseWithoutProvider, providerWithoutTitle,
    ]
}
