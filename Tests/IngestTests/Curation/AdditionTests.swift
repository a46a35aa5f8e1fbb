import CourseModel
import Foundation
import SearchIndex
import Settings
import Storage
import TestSupport
import Testing

@testable import Ingest

@Suite("Partners add occasions to a course, and correct what feeds say of who teaches")
struct AdditionTests {
    private static let added: ID<Offering> = "school:A1#+najaar"

    /// Writes a file of one addition to the course on trees.
    private func add(
        _ offering: String, to workspace: CuratedWorkspace, more: String = ""
    ) throws {
        try FileManager.default.createDirectory(
            atPath: workspace.scratch.path("curation"), withIntermediateDirectories: true)
        try workspace.scratch.write(
            "curation/extra.toml",
            """
            [[addition]]
            course = "school:A1"
            name = "najaar"
            author = "Sanne"
            partner = "school"
            date = 2026-11-24
            reason = "extra groep, nog niet in de feed"
            \(more)
            [addition.offering]
            \(offering)
            """)
    }

    private func correctProvider(
        _ change: String, in workspace: CuratedWorkspace, more: String = ""
    ) throws {
        try workspace.correct(change, more: more, target: "provider = \"school:p\"")
    }

    private func provider(_ catalogue: Catalogue) throws -> Provider? {
        try catalogue.store().snapshot { snapshot in
            try ShownCourses(catalogue.workspace, in: snapshot)
                .provider("school:p", in: snapshot)?.provider
        }
    }

    private static let autumn = """
        start = 2027-09-06
        end = 2027-12-20
        price = "450.00 EUR"
        places = "3991 AB Houten"
        day-parts = "evening"
        """

    @Test(
        "an occasion that a feed does not have is found, placed and shown; the record stays as it is"
    )
    func addition() throws {
        let workspace = try CuratedWorkspace()
        try add(Self.autumn, to: workspace)
        let catalogue = try workspace.ingest()
        let offerings = try workspace.shown(catalogue)?.stored.record.offerings ?? []
        #expect(offerings.map(\.id) == ["school:A1#A1-1", Self.added])
        #expect(offerings.last?.price?.total.description == "450.00 EUR")
        #expect(offerings.last?.timing.end == CalendarDate(iso: "2027-12-20"))
        #expect(offerings.last?.provenance.file == "curation/extra.toml")
        let index = try catalogue.index()
        let course = try #require(try index.number(of: ID<Course>("school:A1")))
        let number = try #require(try index.number(of: Self.added, ofCourse: course))
        let places = try index.stored(offering: number).places
        #expect(places.first?.label == "Houten" && places.first?.coordinates != nil)
        try catalogue.store().snapshot { snapshot in
            #expect(try snapshot.record("school:A1")?.record.offerings.count == 1)
            let log = try snapshot.run(making: snapshot.generation)?.curated
            #expect(log?.map(\.kind) == [.applied] && log?.first?.offering == Self.added)
            #expect(log?.first?.field == "offering")
        }
        // It stands among the others by the day on which it begins.
        try add("start = 2027-01-04", to: workspace)
        let earlier = try workspace.shown(try workspace.ingest())?.stored.record.offerings
        #expect(earlier?.first?.id == Self.added)
        try add(Self.autumn, to: workspace)
        _ = try workspace.ingest()
        // Once more changes nothing, and taking it away ends it.
        let generation = try catalogue.store().generation
        #expect(try workspace.ingest().store().generation == generation)
        try workspace.scratch.write("curation/extra.toml", "")
        let ended = try workspace.ingest(after: 1)
        #expect(try workspace.shown(ended)?.stored.record.offerings.count == 1)
        let left = try ended.index()
        let still = try #require(try left.number(of: ID<Course>("school:A1")))
        #expect(try left.number(of: Self.added, ofCourse: still) == nil)
    }

    @Test("it retires when the feed has an occasion on that day, and stays away after that")
    func takenOver() throws {
        let workspace = try CuratedWorkspace()
        try add("start = 2027-09-06", to: workspace)
        _ = try workspace.ingest()
        try workspace.feed(start: "2027-09-06")
        let taken = try workspace.ingest(after: 1)
        #expect(try workspace.states(taken)["offering"] == .takenOver)
        #expect(
            try workspace.shown(taken)?.stored.record.offerings.map(\.id) == ["school:A1#A1-1"])
        try workspace.feed(start: "2027-10-01")
        let later = try workspace.ingest(after: 2)
        #expect(try workspace.states(later)["offering"] == .takenOver)
        #expect(try workspace.shown(later)?.stored.record.offerings.count == 1)
    }

    @Test("it waits for four eyes, ends with its last day, and is void without its course")
    func rules() throws {
        let workspace = try CuratedWorkspace("[curation]\napprovals = 1")
        try add("start = 2027-09-06", to: workspace)
        #expect(try workspace.states(try workspace.ingest())["offering"] == .waiting)
        try add(
            "start = 2027-09-06", to: workspace,
            more: "until = 2026-11-30\napproval = [{ person = \"Els\", partner = \"region\" }]")
        let approved = try workspace.ingest()
        #expect(try workspace.states(approved)["offering"] == .inForce)
        #expect(try workspace.states(try workspace.ingest(after: 7))["offering"] == .expired)
        try workspace.feed(hasCourse: false)
        #expect(try workspace.states(try workspace.ingest())["offering"] == .gone)
    }

    @Test("an addition that misses something says what, in which line")
    func faults() throws {
        let workspace = try CuratedWorkspace()
        try add("price = \"nothing\"\nplace = \"Houten\"", to: workspace)
        let faults = #expect(throws: SettingsFaults.self) {
            try workspace.open().workspace.corrections()
        }
        let text = faults?.description ?? ""
        for expected in [
            "curation/extra.toml:9", "start", "price", "“nothing”", "place",
            "did you mean “places”?",
        ] {
            #expect(text.contains(expected), "\(expected) in \(text)")
        }
        try workspace.scratch.write(
            "curation/extra.toml", "[[addition]]\ncourse = \"A1\"\nname = \"Met spatie\"")
        let others = #expect(throws: SettingsFaults.self) {
            try workspace.open().workspace.corrections()
        }
        for expected in ["is not an id", "is no name", "author", "reason", "[addition.offering]"] {
            #expect(others?.description.contains(expected) == true, "\(expected)")
        }
    }

    @Test("a correction of who teaches reaches search, place and what is shown, of all its courses")
    func providers() throws {
        let workspace = try CuratedWorkspace()
        let before = try workspace.ingest().store().generation
        try correctProvider(
            """
            clear = ["url"]
            [correction.set]
            name.nl = "Boomcollege"
            address = "Lobbendijk 1, 3991 EA Houten"
            contacts = ["Loket; info@school.example; 030 123 45 67"]
            """, in: workspace)
        let catalogue = try workspace.ingest(after: 1)
        let shown = try #require(try provider(catalogue))
        #expect(shown.name.text(in: [.dutch]) == "Boomcollege")
        #expect(shown.location?.address.city == "Houten")
        #expect(
            shown.contacts == [
                Contact(name: "Loket", email: "info@school.example", telephone: "030 123 45 67")
            ])
        let index = try catalogue.index()
        #expect(try workspace.found("boomcollege", catalogue).contains("school:A1"))
        // Of the course that is looked at, and of one that nobody corrected.
        for id: ID<Course> in ["school:A1", "school:A12"] {
            let course = try #require(try index.number(of: id))
            #expect(try index.stored(course: course).providerName == "Boomcollege")
        }
        let course = try #require(try index.number(of: ID<Course>("school:A1")))
        let number = try #require(
            try index.number(of: ID<Offering>("school:A1#A1-1"), ofCourse: course))
        #expect(try index.stored(offering: number).places.first?.label == "Houten")
        try catalogue.store().snapshot { snapshot in
            #expect(try snapshot.provider("school:p")?.provider.name.text() == "Groene School")
            var changed = 0
            try snapshot.forEachRecord(since: before, states: [.present], source: nil) { _ in
                changed += 1
            }
            #expect(changed == 12)
            let log = try snapshot.run(making: snapshot.generation)?.curated ?? []
            #expect(Set(log.map(\.field)) == ["name.nl", "address", "contacts"])
            #expect(log.allSatisfy { $0.provider == "school:p" && $0.course == nil })
        }
        // A store without the note comes to the same.
        try FileManager.default.removeItem(
            atPath: workspace.scratch.path(".leerwijzer/curation.json"))
        let again = try workspace.ingest(after: 2)
        #expect(try provider(again) == shown)
        #expect(try again.store().generation == catalogue.store().generation)
    }

    @Test("a correction of who teaches retires when the feed says it, and stays away after that")
    func providerTakenOver() throws {
        let workspace = try CuratedWorkspace()
        try correctProvider("[correction.set]\nname.nl = \"Boomcollege\"", in: workspace)
        #expect(try provider(try workspace.ingest())?.name.text(in: [.dutch]) == "Boomcollege")
        try workspace.feed(provider: "Boomcollege")
        let taken = try workspace.ingest(after: 1)
        #expect(try workspace.states(taken)["name.nl"] == .takenOver)
        try workspace.feed(provider: "Boomschool")
        let later = try workspace.ingest(after: 2)
        #expect(try workspace.states(later)["name.nl"] == .takenOver)
        #expect(try provider(later)?.name.text() == "Boomschool")
    }

    @Test(
        "two that say different things of a provider are a conflict; one that nobody knows says so")
    func providerConflict() throws {
        let workspace = try CuratedWorkspace()
        try correctProvider("[correction.set]\nname.nl = \"Boomcollege\"", in: workspace)
        try workspace.correct(
            "[correction.set]\nname.nl = \"Bomenschool\"", file: "b.toml", by: "Els", of: "region",
            target: "provider = \"school:p\"")
        let catalogue = try workspace.ingest()
        #expect(try workspace.states(catalogue)["name.nl"] == .conflict)
        #expect(try provider(catalogue)?.name.text() == "Groene School")
        try workspace.correct(
            "[correction.set]\nname.nl = \"Bomenschool\"", file: "b.toml", by: "Els", of: "region",
            target: "provider = \"school:nobody\"")
        let rulings = try workspace.ingest().reviewedCorrections().rulings
        #expect(rulings.map(\.state) == [.unknown, .inForce])
    }

    @Test("a correction ends with its last day by itself, when the catalogue is next looked at")
    func day() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(
            "[correction.set]\ntitle.nl = \"Boomverzorger worden\"", more: "until = 2026-11-30")
        _ = try workspace.ingest()
        let last = try workspace.open(after: 6)
        #expect(try workspace.found("boomverzorger", last) == ["school:A1"])
        #expect(try last.store().generation == Generation(2))
        // Nothing is read again: it is enough that somebody searches.
        let after = try workspace.open(after: 7)
        #expect(try workspace.found("worden", after).isEmpty)
        #expect(try workspace.title(after) == "Boomverzorging")
        let log = try after.store().snapshot { try $0.run(making: $0.generation)?.curated }
        #expect(log?.map(\.kind) == [.expired])
        #expect(try workspace.open(after: 8).index().generation == 3)
    }

    @Test("a correction ends with its last day, also while the files have faults")
    func dayWithFaults() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(
            "[correction.set]\ntitle.nl = \"Boomverzorger worden\"", more: "until = 2026-11-30")
        _ = try workspace.ingest()
        try workspace.scratch.write("curation/b.toml", "[[correction]]\ncourse = 1")
        #expect(try workspace.title(try workspace.ingest(after: 1)) == "Boomverzorger worden")
        let after = try workspace.open(after: 7)
        #expect(try workspace.found("worden", after).isEmpty)
        #expect(try workspace.title(after) == "Boomverzorging")
        #expect(
            !FileManager.default.fileExists(
                atPath: workspace.scratch.path(".leerwijzer/curation-day")))
    }

    @Test("a correction that begins later begins on its day")
    func firstDay() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(
            "[correction.set]\ntitle.nl = \"Boomverzorger worden\"", date: "2026-12-01")
        _ = try workspace.ingest()
        #expect(try workspace.found("worden", try workspace.open(after: 6)).isEmpty)
        #expect(try workspace.found("worden", try workspace.open(after: 7)) == ["school:A1"])
    }
}
