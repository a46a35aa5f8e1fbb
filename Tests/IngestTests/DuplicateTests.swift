import CourseModel
import Feeds
import Foundation
import SearchIndex
import Storage
import TestSupport
import Testing

@testable import Ingest

@Suite("Courses that several sources give stand once")
struct DuplicateTests {
    private static let today = CalendarDate(year: 2026, month: 11, day: 24)!

    /// A course in a few words.
    private static func sketch(
        _ id: String, _ title: String, source: String = "school",
        provider: String = "Groene School",
        level: Int? = nil, start: String? = "2027-03-01", town: String = "Houten",
        text: String = "", url: String? = nil
    ) throws -> CourseSketch {
        let provenance = Provenance(source: ID(source), format: "drawn", file: "drawn")
        let owner = Provider(
            id: ID(source: ID(source), native: "p"), nativeID: "p", name: LocalizedText(provider),
            provenance: provenance)
        var course = try #require(
            Course(
                id: ID(source: ID(source), native: id), nativeID: id, provider: owner.id,
                kind: .course, title: LocalizedText(title), provenance: provenance))
        course.url = url
        course.level = level.flatMap { Level(eqf: $0) }
        if !text.isEmpty {
            course.description = LocalizedRichText([
                .init(language: .dutch, text: RichText(plain: text))
            ])
        }
        var offering = Offering(
            id: ID(course: course.id, native: "1"), nativeID: "1", course: course.id,
            timing: start.flatMap { CalendarDate(iso: $0) }.map { Timing(start: .on($0)) }
                ?? .unstated, provenance: provenance)
        offering.places = [.venue(Venue(address: Address(city: town)))]
        let record = try #require(CourseRecord(course: course, offerings: [offering]))
        return CourseSketch(record, provider: owner)
    }

    private static func find(_ sketches: CourseSketch...) -> DuplicateFinder.Outcome {
        DuplicateFinder(mostDoubt: DuplicateSettings.usual.mostDoubt).find(sketches)
    }

    @Test(
        "a sketch knows the words of a text, folded, and hashes them in runs",
        arguments: [
            ("Boom-verzorging, deel 2!", ["boom", "verzorging", "deel", "2"]),
            ("Coördinatie – één “Straße”", ["coordinatie", "een", "strasse"]),
            ("e\u{301}e\u{301}n\r\ntwee", ["een", "twee"]), ("Привет мир", ["привет", "мир"]),
            (" — ", []), ("", []), ("x", ["x"]),
        ] as [(String, [String])])
    func words(text: String, expected: [String]) {
        let words = FoldedWords(text)
        #expect(words.strings == expected)
        #expect(words.count == expected.count)
        for length in 1...3 {
            let runs = expected.indices.dropLast(length - 1).map { start in
                let run = expected[start..<start + length].joined(separator: " ")
                return ContentHash(of: Array(run.utf8)).value
            }
            #expect(words.hashes(ofRuns: length) == runs)
            #expect(words.hashes(ofRuns: length, first: length) == Array(runs.prefix(1)))
        }
    }

    @Test("the same title, school and start through an aggregator is the same course")
    func same() throws {
        let outcome = Self.find(
            try Self.sketch("A1", "Boomverzorging in de praktijk"),
            try Self.sketch(
                "77", "BOOMVERZORGING IN DE PRAKTIJK", source: "portal",
                provider: "Groene School B.V."))
        #expect(outcome.clusters == [["portal:77", "school:A1"].map { ID($0) }])
        #expect(outcome.merged.first?.evidence.contains(.sameTitle) == true)
        #expect((outcome.merged.first?.doubt ?? 1) < 0.02)
    }

    @Test("the next step of a series, another level or another school is another course")
    func others() throws {
        let text = "Je leert bomen snoeien, veilig klimmen en omgaan met de kettingzaag in het bos."
        for other in [
            try Self.sketch("B", "Snoeien 2", source: "portal", start: "2027-06-01", text: text),
            try Self.sketch("B", "Snoeien 1", source: "portal", level: 4, text: ""),
            try Self.sketch("B", "Snoeien 1", source: "portal", provider: "Boomacademie"),
            try Self.sketch(
                "B", "Snoeien 1", source: "portal", start: "2027-06-01", town: "Groningen"),
        ] {
            let outcome = Self.find(
                try Self.sketch("A", "Snoeien 1", level: 3, text: text), other)
            #expect(outcome.clusters.isEmpty, "\(outcome.merged)")
        }
    }

    @Test("where two fit as well, neither is merged and both are shown to a person")
    func tossUp() throws {
        let outcome = Self.find(
            try Self.sketch("A1", "Fotografie voor beginners", start: nil),
            try Self.sketch("A2", "Fotografie voor beginners", start: nil),
            try Self.sketch("77", "Fotografie voor beginners", source: "portal", start: nil))
        #expect(outcome.clusters.isEmpty)
        #expect(outcome.possible.count == 2)
    }

    @Test("within one source nothing is merged, however alike")
    func oneSource() throws {
        let outcome = Self.find(
            try Self.sketch("A1", "Fotografie"), try Self.sketch("A2", "Fotografie"))
        #expect(outcome.clusters.isEmpty)
        #expect(outcome.possible.isEmpty)
    }

    @Test("the order of feeds does not matter")
    func order() throws {
        let one = try Self.sketch("A1", "Boomverzorging in de praktijk")
        let two = try Self.sketch("77", "Boomverzorging in de praktijk", source: "portal")
        let three = try Self.sketch("x", "Boomverzorging in de praktijk", source: "sector")
        let first = Self.find(one, two, three)
        #expect(first.clusters.first?.count == 3)
        #expect(first.clusters == Self.find(three, one, two).clusters)
    }

    @Test("two that are each like a third, and not like one another, do not become one")
    func notThroughAThird() throws {
        let title = "Boomverzorging in de praktijk"
        let school = try Self.sketch("A1", title, level: 3)
        let portal = try Self.sketch("77", title, source: "portal")
        let sector = try Self.sketch("x", title, source: "sector", level: 2)
        let left = ["portal:77", "sector:x"].map { ID<Course>($0) }
        for outcome in [
            Self.find(school, portal, sector), Self.find(sector, portal, school),
            Self.find(portal, sector, school),
        ] {
            #expect(outcome.clusters == [["portal:77", "school:A1"].map { ID($0) }])
            #expect(outcome.merged.count == 1)
            #expect(outcome.possible.contains { $0.courses == left })
        }
    }

    // MARK: In a catalogue

    private func course(_ id: String, _ title: String, _ more: String = "") -> String {
        """
        <course><dc:identifier>\(id)</dc:identifier><dc:title>\(title)</dc:title>\(more)
        <presentation><dc:identifier>\(id)-1</dc:identifier>
        <mlo:start dtf="2027-03-01">1 maart 2027</mlo:start></presentation></course>
        """
    }

    private func catalogue(_ more: String = "") throws -> (Scratch, Catalogue) {
        let scratch = try Scratch()
        try scratch.linkSampleData()
        try scratch.write(
            "school.xml",
            PortalAndSchool.feed(
                course("A1", "Boomverzorging in de praktijk")
                    + course("A2", "Snoeien voor iedereen"), provider: "Groene School"))
        try scratch.write(
            "portal.xml",
            PortalAndSchool.feed(
                course(
                    "77", "Boomverzorging in de praktijk",
                    "<dc:description>Je leert bomen verzorgen, van wortel tot kruin.</dc:description>"
                ) + course("78", "Bloemschikken"), provider: "Groene School"))
        try scratch.write("catalog.toml", more + "\n" + PortalAndSchool.settings)
        let workspace = try Workspace(folder: scratch.folder)
        return (scratch, Catalogue(workspace, today: Self.today, now: .init(Self.today)))
    }

    private func found(_ words: String, _ index: IndexReader) throws -> [String] {
        var query = Query(words, today: Self.today)
        query.groupsByCourse = true
        return try index.search(query).hits.map {
            try index.stored(course: $0.course).id.value
        }.sorted()
    }

    @Test(
        "searching shows the school’s own course, filled up with the portal’s words; both are kept")
    func merged() throws {
        let (scratch, catalogue) = try catalogue()
        // The folder goes with its last use.
        defer { withExtendedLifetime(scratch) {} }
        let index = try catalogue.index()
        #expect(try found("boomverzorging", index) == ["school:A1"])
        #expect(try found("kruin", index) == ["school:A1"], "the portal’s text finds it")
        #expect(try found("bloemschikken", index) == ["portal:78"])
        #expect(index.courseCount == 3)
        let register = try catalogue.duplicates()
        let cluster = try #require(register.cluster(of: ID("portal:77")))
        #expect(cluster.shown == ID("school:A1"))
        #expect(cluster.others == [ID("portal:77")])
        try catalogue.store().snapshot { snapshot in
            let own = try #require(try snapshot.record(ID("school:A1"))?.record)
            let other = try #require(try snapshot.record(ID("portal:77"))?.record)
            #expect(own.course.description.isEmpty, "each source keeps what it said")
            let merged = MergedCourse(own, others: [other])
            #expect(merged.filled["description"] == ID("portal:77"))
            #expect(merged.record.offerings == own.offerings)
        }
    }

    @Test(
        "the check of a catalogue counts a merged course once, and an index that does not is a fault"
    )
    func checked() throws {
        let (scratch, catalogue) = try catalogue()
        let index = try catalogue.index()
        #expect(index.courseCount == 3 && index.offeringCount == 3)
        let check = try CatalogueCheck(catalogue)
        #expect(check.present == RecordCount(courses: 4, offerings: 4))
        #expect(check.faults.isEmpty, "\(check.faults)")
        // A register that says nothing was merged, which the index was not made by.
        var register = try catalogue.duplicates()
        register.clusters = []
        try scratch.write(".leerwijzer/duplicates.json", try register.text())
        #expect(try CatalogueCheck(catalogue).faults.map(\.part) == [.index])
        // Without a register it is worked out.
        try FileManager.default.removeItem(atPath: scratch.path(".leerwijzer/duplicates.json"))
        #expect(try CatalogueCheck(catalogue).faults.isEmpty)
    }

    @Test("the check knows of offerings that a merged course takes over from another source")
    func checkedTakenOver() throws {
        let (scratch, catalogue) = try catalogue("[duplicates]\nmax-doubt = 0.2")
        try scratch.write(
            "school.xml",
            PortalAndSchool.feed(
                """
                <course><dc:identifier>A1</dc:identifier>
                <dc:title>Boomverzorging in de praktijk</dc:title></course>
                """ + course("A2", "Snoeien voor iedereen"), provider: "Groene School"))
        let index = try catalogue.index()
        #expect(try catalogue.duplicates().cluster(of: ID("school:A1")) != nil)
        #expect(index.courseCount == 3 && index.offeringCount == 3)
        let check = try CatalogueCheck(catalogue)
        #expect(check.present == RecordCount(courses: 4, offerings: 3))
        #expect(check.faults.isEmpty, "\(check.faults)")
    }

    @Test("when the portal’s copy changes or goes, the next generation follows")
    func follows() throws {
        let (scratch, catalogue) = try catalogue()
        _ = try catalogue.index()
        try scratch.write(
            "portal.xml",
            PortalAndSchool.feed(
                course(
                    "77", "Boomverzorging in de praktijk",
                    "<dc:description>Nu ook over zaailingen.</dc:description>")
                    + course("78", "Bloemschikken"), provider: "Groene School"))
        _ = try catalogue.ingestAll()
        #expect(try found("zaailingen", try catalogue.index()) == ["school:A1"])
        #expect(try found("kruin", try catalogue.index()).isEmpty)
    }

    @Test("a partnership can leave them apart, and says how sure is sure enough")
    func settings() throws {
        let (first, apart) = try catalogue("[duplicates]\nmerge = false")
        #expect(try found("boomverzorging", try apart.index()) == ["portal:77", "school:A1"])
        #expect(try apart.duplicates().clusters.count == 1)
        let (second, strict) = try catalogue("[duplicates]\nmax-doubt = 0")
        #expect(try found("boomverzorging", try strict.index()).count == 2)
        #expect(try strict.duplicates().possible.count == 1)
        // The folders go with their last use.
        withExtendedLifetime((first, second)) {}
    }

    @Test("a setting that changes takes hold with the next reading, though no feed changed")
    func changedSetting() throws {
        let (scratch, catalogue) = try catalogue()
        defer { withExtendedLifetime(scratch) {} }
        #expect(try found("boomverzorging", try catalogue.index()) == ["school:A1"])
        let settings = try String(contentsOfFile: scratch.path("catalog.toml"), encoding: .utf8)
        try scratch.write("catalog.toml", "[duplicates]\nmerge = false\n" + settings)
        let changed = Catalogue(
            try Workspace(folder: scratch.folder), today: Self.today, now: .init(Self.today))
        _ = try changed.ingestAll()
        #expect(
            try found("boomverzorging", try changed.index()) == ["portal:77", "school:A1"])
        #expect(try changed.duplicates().isMerged == false)
    }

    @Test("a course that is looked up says what searching shows: the portal’s words and dates too")
    func shown() throws {
        let (scratch, catalogue) = try catalogue("[duplicates]\nmax-doubt = 0.2")
        // The folder goes with its last use.
        defer { withExtendedLifetime(scratch) {} }
        try scratch.write(
            "school.xml",
            PortalAndSchool.feed(
                """
                <course><dc:identifier>A1</dc:identifier>
                <dc:title>Boomverzorging in de praktijk</dc:title></course>
                """ + course("A2", "Snoeien voor iedereen"), provider: "Groene School"))
        _ = try catalogue.index()
        let id = ID<Course>("school:A1")
        let document = try #require(
            try catalogue.documents(of: [id], withSkills: false)[id])
        #expect(document.record.course.description.text()?.plainText.contains("kruin") == true)
        #expect(document.record.offerings.count == 1)
        let shown = ShownCourses(try catalogue.duplicates())
        try catalogue.store().snapshot { snapshot in
            let record = try shown.record(id, in: snapshot)?.record
            #expect(record == document.record)
            let sources = try shown.course(id, in: snapshot)?.otherSources
            #expect(sources == [ID("portal")])
            // The portal’s own is there as it gave it.
            #expect(
                try shown.record(ID("portal:77"), in: snapshot)
                    == snapshot.record(ID("portal:77")))
            #expect(try shown.record(ID("nobody:1"), in: snapshot) == nil)
        }
        // A feed of the catalogue says it too, and says it once.
        let index = try catalogue.index()
        let written = try catalogue.store().snapshot { snapshot in
            try Publication(index: index, today: Self.today, shown: shown).write(
                .everything(includingPast: false), from: snapshot, as: SchemaOrgWriter.self,
                to: .memory, context: FeedContext(title: "Proef", generated: "2026-11-24"))
        }
        let text = String(decoding: try #require(written.bytes), as: UTF8.self)
        #expect(text.contains("kruin"))
        #expect(written.count.courses == 3 && written.count.offerings == 3)
    }

    @Test(
        "of a feed that is changed, converted and mixed, nearly all is found and hardly any is wrong"
    )
    func measured() throws {
        let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("catalog/feeds/vakcollege-middenweide/directory.xml").path
        let outcome = try Program.built("DuplicateEvaluation").run(
            ["--list", sample], in: FileManager.default.temporaryDirectory.path)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }
}
