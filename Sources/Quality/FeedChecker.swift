import CourseModel
import Feeds

/// Holds the courses of one feed against the rules that are the same for every format.
///
/// Memory: eight bytes for each course, for the titles seen.
public struct FeedChecker: Sendable {
    private let today: CalendarDate
    private var titles: Set<UInt64> = []

    /// A checker for a feed that is read on a day.
    public init(today: CalendarDate) { self.today = today }

    /// What is wrong with a course beside what its reader told.
    ///
    /// - Parameter known: What the reader told of the course and its offerings.
    public mutating func check(_ record: CourseRecord, known: [Diagnostic]) -> [Diagnostic] {
        var findings = Findings(record: record, known: known, today: today)
        for check in CourseChecks.all { check(record, &findings) }
        checkTitle(record.course, &findings)
        return findings.found
    }

    private mutating func checkTitle(_ course: Course, _ findings: inout Findings) {
        // Variants of one programme (full-time, part-time) rightly share a title.
        guard course.variantGroup == nil, let title = course.title.text() else { return }
        let level = course.level?.nationalName ?? course.level?.nlqf?.rawValue ?? ""
        let key = "\(course.provider)\u{0}\(title.lowercased())\u{0}\(level)"
        guard !titles.insert(Self.hash(key)).inserted else { return }
        findings.add(
            .note, .titleRepeated, field: "title",
            "Another course of the same provider and level is called “\(short(title))” too. When "
                + "they are one course, give it one record with two offerings; else tell them "
                + "apart.")
    }

    /// FNV-1a.
    ///
    /// Among a million titles the chance that any two share a value is 1 in 37 million.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
