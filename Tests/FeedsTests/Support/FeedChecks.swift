import CourseModel
import Feeds
import Glibc
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
    let bytes = Array(text.utf8)
    var index = 0
    var count = 0
    while let open = bytes[index...].firstIndex(of: 60) {
        index = open + 1
        if bytes[index...].starts(with: Array("!--".utf8)) {
            let end = Array("-->".utf8)
            while index < bytes.count, !bytes[index...].starts(with: end) { index += 1 }
            continue
        }
        let name = bytes[index...].prefix { ![32, 9, 10, 13, 47, 62].contains($0) }
        let local = name.split(separator: 58).last ?? name
        if names.contains(String(decoding: local, as: UTF8.self)) { count += 1 }
    }
    return count
}

/// How often a text stands in another.
func occurrences(of needle: String, in text: String) -> Int {
    let bytes = Array(text.utf8)
    let wanted = Array(needle.utf8)
    return bytes.indices.count { bytes[$0...].starts(with: wanted) }
}

extension TextSection {
    /// The text in the first language that it has.
    var plain: String { text.text()?.plainText ?? "" }
}

/// A day by its ISO form.
func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }

extension ReadFeed {
    /// What comes of a file that is sent through a pipe.
    static func piped(_ path: String, format: String?) throws -> ReadFeed {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let bytes = Fixture.bytes(path)
        // The fixtures fit into a pipe's buffer of 64 kB.
        try #require(bytes.count < 65_536)
        #expect(write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        defer { close(ends[0]) }
        return try ReadFeed(
            FeedInput(.descriptor(ends[0]), name: "pipe", source: ID("test"), today: today),
            format: format)
    }
}
