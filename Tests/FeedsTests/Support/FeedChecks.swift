import CourseModel
import Feeds
import Testing

extension ReadFeed {
    /// Holds what a reader says that it did against what came out, and against counts that were
    /// made without it.
    func expectAccounts(
        offered: RecordCount, _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(summary.addsUp, sourceLocation: location)
        #expect(summary.isComplete, sourceLocation: location)
        #expect(summary.offered == offered, sourceLocation: location)
        let accepted = RecordCount(courses: records.count, offerings: offerings.count)
        #expect(summary.accepted == accepted, sourceLocation: location)
        let apart = (quarantined + reads.flatMap(\.quarantinedOfferings)).map(\.count)
        #expect(
            summary.quarantined == apart.reduce(RecordCount(), +), sourceLocation: location)
        #expect(
            Set(courses.map(\.id)).count == records.count, "course ids are unique",
            sourceLocation: location)
        for diagnostic in diagnostics {
            #expect(!diagnostic.message.isEmpty, sourceLocation: location)
            #expect(diagnostic.file.isEmpty == false, sourceLocation: location)
        }
    }

    /// Every fault that was told of.
    var diagnostics: [Diagnostic] {
        summary.diagnostics + reads.flatMap(\.diagnostics)
            + (quarantined + reads.flatMap(\.quarantinedOfferings)).flatMap(\.reasons)
    }

    /// The course that the feed calls so.
    func course(_ native: String) throws -> Course {
        try #require(courses.first { $0.nativeID == native })
    }

    /// The offering that the feed calls so.
    func offering(_ native: String) throws -> Offering {
        try #require(offerings.first { $0.nativeID == native })
    }
}

/// How many start tags of these names stand in a text, by search and not by the reader; comments
/// are left out.
func countTags(_ names: String..., in text: String) -> Int {
    var rest = text[...]
    var count = 0
    while let open = rest.firstIndex(of: "<") {
        rest = rest[open...].dropFirst()
        if rest.hasPrefix("!--") {
            while !rest.isEmpty, !rest.hasPrefix("-->") { rest = rest.dropFirst() }
            continue
        }
        let name = rest.prefix { !" \t\r\n/>".contains($0) }
        let local = name.split(separator: ":").last ?? name
        if names.contains(String(local)) { count += 1 }
    }
    return count
}

extension TextSection {
    /// The text in the first language that it has.
    var plain: String { text.text()?.plainText ?? "" }
}

/// A day by its ISO form.
func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }
