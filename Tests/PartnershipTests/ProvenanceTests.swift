import Answers
import CourseModel
import Foundation
import Ingest
import Skills
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("Every field of a course tells who says it")
struct ProvenanceTests {
    private static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    private func write(
        _ scratch: Scratch, title: String, description: String
    ) throws {
        try scratch.write(
            "school.xml",
            """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>Groene School</dc:title>
            <course><dc:identifier>A1</dc:identifier><dc:title xml:lang="nl">\(title)</dc:title>
            <dc:description xml:lang="nl">\(description)</dc:description></course>
            </provider></catalog>
            """)
    }

    private func origins(
        _ scratch: Scratch, after days: Int
    ) throws -> [String: FieldOrigin] {
        let day = Self.today.adding(days: days)
        let catalogue = Catalogue(
            try Workspace(folder: scratch.folder), today: day, now: Moment(day))
        _ = try catalogue.ingestAll()
        let found = try catalogue.store().snapshot { snapshot in
            try CourseOrigins(
                of: ID("school:A1"), in: snapshot,
                .init(
                    shown: try ShownCourses(catalogue.workspace, in: snapshot),
                    configuration: catalogue.workspace.configuration,
                    skills: try catalogue.skills()))
        }
        let fields = try #require(found?.fields)
        return Dictionary(fields.map { ($0.field, $0) }) { first, _ in first }
    }

    @Test("a field is as old as its words, and a corrected one as old as its correction")
    func since() throws {
        let scratch = try Scratch()
        try scratch.linkSampleData()
        try scratch.write(
            "catalog.toml",
            """
            [[partner]]
            id = "school"
            name = "Groene School"
            [[partner.source]]
            id = "school"
            feed = "school.xml"
            """)
        try write(scratch, title: "Bomen", description: "Je leert bomen snoeien.")
        let first = try origins(scratch, after: 0)
        #expect(first["title"]?.since.value == "2026-11-24T00:00:00Z")
        #expect(first["skills"]?.kind == .inferred)
        #expect(first["skills"]?.confidence.value ?? 0 > 0.5)
        #expect(first["provider.name"]?.value == "Groene School")
        // The text changes, and the title does not.
        try write(scratch, title: "Bomen", description: "Je leert bomen snoeien en klimmen.")
        let second = try origins(scratch, after: 1)
        #expect(second["title"]?.since.value == "2026-11-24T00:00:00Z")
        #expect(second["title"]?.run.value == 1)
        #expect(second["description"]?.since.value == "2026-11-25T00:00:00Z")
        #expect(second["description"]?.run.value == 2)
        // A person corrects the title, and says what nobody said.
        try FileManager.default.createDirectory(
            atPath: scratch.path("curation"), withIntermediateDirectories: true)
        try scratch.write(
            "curation/a.toml",
            """
            [[correction]]
            course = "school:A1"
            author = "Els"
            partner = "school"
            date = 2026-11-26
            reason = "gebeld"
            [correction.set]
            title.nl = "Bomen verzorgen"
            level = 3
            """)
        let third = try origins(scratch, after: 2)
        let title = try #require(third["title"])
        #expect(title.kind == .curated && title.value == "nl: Bomen verzorgen")
        #expect(title.correction.value?.feedSays == ["Bomen"])
        #expect(title.file == "curation/a.toml" && title.line.value == 8)
        #expect(title.since.value?.hasPrefix("2026-11-26") == true)
        #expect(third["level"]?.kind == .curated)
        #expect(third["level"]?.partner.value == "school")
        #expect(third["description"]?.kind == .declared)
    }
}
