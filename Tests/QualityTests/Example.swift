import CourseModel
import Quality

/// A course that nothing is wrong with, for tests to spoil.
struct Example {
    static let today = CalendarDate(iso: "2026-11-24")!

    var course: Course
    var offering: Offering

    init() {
        let provenance = Provenance(
            source: ID("school"), format: "xcri-cap", file: "feed.xml",
            position: SourcePosition(line: 7, column: 3, byteOffset: 99))
        course = Course(
            id: ID("school:SNOEI"), nativeID: "SNOEI", provider: ID("school:S"), kind: .course,
            title: "Bomen veilig snoeien", provenance: provenance)!
        course.summary = LocalizedText(
            String(repeating: "Je leert jonge en oude bomen snoeien. ", count: 6))
        course.level = Level(stated: .three)
        course.skills = ["snoeien", "klimmen", "vellen"].map {
            DeclaredSkill(label: LocalizedText($0))
        }
        course.subjects = [Code(scheme: "isced-f", code: "0812")]
        course.studyLoad = StudyLoad(hours: FixedDecimal(40))
        course.modes = [.classroom]
        course.languages = [LanguageShare(.dutch)]
        course.audiences = [.worker]
        course.url = "https://school.example/snoeien"
        var place = provenance
        place.position = SourcePosition(line: 20, column: 5, byteOffset: 400)
        offering = Offering(
            id: ID(course: course.id, native: "SNOEI-1"), nativeID: "SNOEI-1", course: course.id,
            timing: Timing(start: .on(CalendarDate(iso: "2027-03-01")!)), provenance: place)
        offering.status = .open
        offering.places = [
            .venue(Venue(address: Address(postcode: "3992 AB", city: "Houten", country: "NL")))
        ]
        offering.price = Price(
            total: Money(FixedDecimal(395)!, .euro), vat: .included(percentage: FixedDecimal(21)))
    }

    var record: CourseRecord { CourseRecord(course: course, offerings: [offering])! }

    /// The codes that the checks find.
    func codes(known: [Diagnostic] = []) -> [DiagnosticCode] {
        found(known: known).map(\.code)
    }

    func found(known: [Diagnostic] = []) -> [Diagnostic] {
        var checker = FeedChecker(today: Self.today)
        return checker.check(record, known: known)
    }

    /// An example that is spoilt.
    static func with(_ spoil: (inout Example) -> Void) -> Example {
        var example = Example()
        spoil(&example)
        return example
    }
}
