import CourseModel

/// The rules that hold for a course of any format, in the order in which they are told.
enum CourseChecks {
    /// Looks at a course and adds what is wrong with it.
    typealias Check = @Sendable (_ record: CourseRecord, _ findings: inout Findings) -> Void

    /// Every rule that needs no more than one course.
    static let all: [Check] = [
        TextChecks.titles, TextChecks.descriptions, TextChecks.placeholders, TextChecks.leftovers,
        TextChecks.packedWords, TextChecks.pictures,
        DateChecks.expiry, DateChecks.starts, DateChecks.enrolment, DateChecks.lengths,
        PriceChecks.amounts, AddressChecks.pages, AddressChecks.mail,
        CodeChecks.forms, OfferingChecks.repeated, OfferingChecks.places,
        GapChecks.ofCourse, GapChecks.ofOfferings,
    ]
}
