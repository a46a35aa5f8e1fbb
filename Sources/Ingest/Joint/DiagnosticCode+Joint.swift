import CourseModel

extension DiagnosticCode {
    /// A part of a joint module is not offered (any more); the module waits in quarantine.
    public static let jointPartMissing: DiagnosticCode = "joint-part-missing"
    /// Parts of a joint module overlap, or come in the wrong order.
    public static let jointDatesClash: DiagnosticCode = "joint-dates-clash"
    /// A joint module names an owner that is no partner.
    public static let jointOwnerUnknown: DiagnosticCode = "joint-owner-unknown"
    /// Files that define joint modules have faults; what was offered stays.
    public static let jointFilesFaulty: DiagnosticCode = "joint-files-faulty"
}
