import CourseModel
import Foundation
import SearchIndex
import Settings
import Storage
import TestSupport
import Testing

@testable import Ingest

@Suite("Partners correct what feeds say, field by field, and the feed’s own words are kept")
struct CurationTests {
    private static let title = "[correction.set]\ntitle.nl = \"Boomverzorger worden\""

    @Test("a correction reaches search and what is shown; the record says what the feed said")
    func reaches() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        let catalogue = try workspace.ingest()
        #expect(try workspace.found("boomverzorger", catalogue) == ["school:A1"])
        #expect(try workspace.title(catalogue) == "Boomverzorger worden")
        let own = try catalogue.store().snapshot { try $0.record("school:A1") }
        #expect(own?.record.course.title.text() == "Boomverzorging")
        let document = try catalogue.documents(of: ["school:A1"], withSkills: false)
        #expect(document["school:A1"]?.record.course.title.text() == "Boomverzorger worden")
    }

    @Test("a correction survives every reading, and the same feeds and files change nothing")
    func survives() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        let first = try workspace.ingest()
        let generation = try first.store().generation
        let outcomes = try first.ingestAll().map { try $0.outcome.get().verdict }
        #expect(outcomes == [.unchanged])
        #expect(try first.store().generation == generation)
        // The feed changes elsewhere: the correction stays.
        try workspace.feed(description: "Je leert bomen verzorgen en klimmen.")
        let second = try workspace.ingest(after: 1)
        #expect(try workspace.title(second) == "Boomverzorger worden")
        #expect(
            try workspace.shown(second)?.stored.record.course.description.text()?.plainText
                .contains("klimmen") == true)
    }

    @Test("what a correction changes makes a generation, in which its course alone has changed")
    func generation() throws {
        let workspace = try CuratedWorkspace()
        let before = try workspace.ingest().store().generation
        try workspace.correct(Self.title)
        let catalogue = try workspace.ingest(after: 1)
        let after = try catalogue.store().generation
        #expect(after.number == before.number + 1)
        #expect(try catalogue.index().generation == after.number)
        try catalogue.store().snapshot { snapshot in
            var changed: [ID<Course>] = []
            try snapshot.forEachRecord(since: before, states: [.present], source: nil) {
                changed.append($0.record.course.id)
            }
            #expect(changed == ["school:A1"])
            let last = try snapshot.history(of: "school:A1").last
            #expect(last?.change == Change(.curated, course: "school:A1"))
            let run = try #require(try snapshot.run(making: after))
            #expect(run.cause == .curation)
            let change = try #require(run.curated.first)
            #expect(change.kind == .applied && change.author == "Sanne")
            #expect(change.before == "Boomverzorging" && change.after == "Boomverzorger worden")
            #expect(change.file == "curation/a.toml" && change.line == 9)
        }
        #expect(try catalogue.store().verify().isEmpty)
        #expect(try CatalogueCheck(catalogue).faults.isEmpty)
        // Taken out of the files, it ends the same way.
        try workspace.scratch.write("curation/a.toml", "")
        let ended = try workspace.ingest(after: 2)
        #expect(try workspace.title(ended) == "Boomverzorging")
        let log = try ended.store().snapshot { try $0.run(making: $0.generation)?.curated }
        #expect(log?.map(\.kind) == [.withdrawn])
    }

    @Test("a skill that was taken away stays away, after reading again and a new index")
    func removedSkill() throws {
        let workspace = try CuratedWorkspace()
        try workspace.feed(description: "Je leert bomen snoeien.")
        func skills(_ catalogue: Catalogue) throws -> Set<String> {
            let index = try catalogue.index()
            let number = try #require(try index.number(of: "school:A1"))
            return Set(
                try index.skills(ofCourse: number).map { try index.skillID($0.skill) })
        }
        #expect(try skills(try workspace.ingest()).contains("skill:boomsnoei"))
        try workspace.correct("[correction.remove]\nskills = [\"bomen snoeien\"]")
        let catalogue = try workspace.ingest(after: 1)
        #expect(try !skills(catalogue).contains("skill:boomsnoei"))
        // The feed says it once more, in other words.
        try workspace.feed(description: "Bomen snoeien, boomsnoei en kroonsnoei.")
        let again = try workspace.ingest(after: 2)
        #expect(try !skills(again).contains("skill:boomsnoei"))
        try again.remakeIndex()
        #expect(try !skills(again).contains("skill:boomsnoei"))
        #expect(try workspace.states(again)["skills"] == .inForce)
    }

    @Test("a skill can be added by its name, and is found; a name that none has is not guessed at")
    func addedSkill() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct("[correction.add]\nskills = [\"hagen knippen\"]")
        let catalogue = try workspace.ingest()
        let shown = try workspace.shown(catalogue)?.stored.record.course.skills
        #expect(shown?.map(\.id) == ["skill:hagen-knippen"])
        try workspace.correct("[correction.add]\nskills = [\"hagen knipen\"]")
        let ruling = try #require(try workspace.open().reviewedCorrections().rulings.first)
        #expect(ruling.state == .unusable)
        #expect(
            ruling.problem == "no skill is called “hagen knipen”; did you mean “hagen knippen”?")
    }

    @Test("offerings are corrected too: day, place, price and whether they take place")
    func offering() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(
            """
            [correction.set]
            start = 2027-04-05
            end = 2027-05-06
            price = "660.00 EUR"
            status = "cancelled"
            places = ["Schoolstraat 1, 3991 AB Houten"]
            """, target: "offering = \"school:A1#A1-1\"")
        let catalogue = try workspace.ingest()
        let shown = try #require(try workspace.shown(catalogue)?.stored.record.offerings.first)
        #expect(shown.timing.start == .on(try #require(CalendarDate(iso: "2027-04-05"))))
        #expect(shown.timing.end?.iso == "2027-05-06")
        #expect(shown.price?.total.description == "660.00 EUR")
        #expect(shown.status == .cancelled)
        #expect(shown.places.first?.venue?.address.postcode == "3991 AB")
        let index = try catalogue.index()
        let course = try #require(try index.number(of: "school:A1"))
        let number = try index.offerings(ofCourse: course).lowerBound
        let stored = try index.stored(offering: number)
        #expect(stored.places.first?.label == "Houten")
        // An end before the start is no correction.
        try workspace.correct(
            "[correction.set]\nend = 2027-01-01", target: "offering = \"school:A1#A1-1\"")
        let ruling = try #require(try catalogue.reviewedCorrections().rulings.first)
        #expect(ruling.state == .unusable)
    }

    @Test("a correction that the feed takes over retires, and never comes back over later words")
    func takenOver() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        try workspace.ingest()
        try workspace.feed(title: "Boomverzorger  worden")
        var told: [CuratedChange] = []
        let catalogue = try workspace.open(after: 1) {
            if case .corrected(let changes) = $0 { told += changes }
        }
        _ = try catalogue.ingestAll()
        #expect(told.map(\.kind) == [.takenOver])
        let ruling = try #require(try catalogue.reviewedCorrections().rulings.first)
        #expect(ruling.state == .takenOver)
        #expect(ruling.takenOver == CuratedWorkspace.today.adding(days: 1))
        // What the feed says after that is its own.
        try workspace.feed(title: "Boomverzorger worden in een jaar")
        let later = try workspace.ingest(after: 2)
        #expect(try workspace.title(later) == "Boomverzorger worden in een jaar")
        let after = try #require(try later.reviewedCorrections().rulings.first)
        #expect(after.state == .takenOver && after.isFeedChanged)
    }

    @Test("a feed that changes under a correction is told; the correction stays in force")
    func changedUnder() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        #expect(try !workspace.ingest().reviewedCorrections().rulings[0].isFeedChanged)
        try workspace.feed(title: "Bomen en struiken")
        let catalogue = try workspace.ingest(after: 1)
        let ruling = try #require(try catalogue.reviewedCorrections().rulings.first)
        #expect(ruling.state == .inForce && ruling.isFeedChanged)
        #expect(ruling.feedThen == ["Boomverzorging"] && ruling.feedNow == ["Bomen en struiken"])
        #expect(try workspace.title(catalogue) == "Boomverzorger worden")
    }

    @Test("two that say different things of one field are a conflict, and neither counts")
    func conflict() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        let first = try workspace.ingest()
        #expect(try workspace.title(first) == "Boomverzorger worden")
        try workspace.correct(
            "[correction.set]\ntitle.nl = \"Werken met bomen\"\ntitle.en = \"Tree care\"",
            file: "b.toml", by: "Kees", of: "sector")
        let catalogue = try workspace.ingest(after: 1)
        #expect(try workspace.title(catalogue) == "Boomverzorging")
        let rulings = try catalogue.reviewedCorrections().rulings
        #expect(
            rulings.filter { $0.fieldName == "title.nl" }.map(\.state) == [.conflict, .conflict])
        // What is not disputed counts.
        #expect(
            try workspace.shown(catalogue)?.stored.record.course.title.text(in: [.english])
                == "Tree care")
        // Saying the same twice is no conflict.
        try workspace.correct(Self.title, file: "b.toml", by: "Kees", of: "sector")
        #expect(try workspace.title(try workspace.ingest(after: 2)) == "Boomverzorger worden")
    }

    @Test("corrections of what is not offered, or never was, do not count and say so")
    func gone() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        try workspace.correct(
            Self.title, file: "b.toml", target: "course = \"school:A99\"")
        try workspace.ingest()
        try workspace.feed(hasCourse: false)
        let catalogue = try workspace.ingest(after: 1)
        let rulings = try catalogue.reviewedCorrections().rulings
        #expect(rulings.map(\.state) == [.gone, .unknown])
        let log = try catalogue.store().snapshot { snapshot in
            try snapshot.runs(of: nil, limit: 9).flatMap(\.curated).map(\.kind)
        }
        #expect(log == [.gone, .applied])
    }

    @Test("a correction ends after its last day, by itself")
    func expiry() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title, more: "until = 2026-11-30")
        #expect(try workspace.title(try workspace.ingest()) == "Boomverzorger worden")
        #expect(try workspace.title(try workspace.ingest(after: 6)) == "Boomverzorger worden")
        let catalogue = try workspace.ingest(after: 7)
        #expect(try workspace.title(catalogue) == "Boomverzorging")
        #expect(try workspace.states(catalogue)["title.nl"] == .expired)
    }

    @Test("with four eyes it counts only when someone of another partner has approved it")
    func fourEyes() throws {
        let workspace = try CuratedWorkspace(
            "[curation]\napprovals = 1\napprovers = [\"coordinator\"]")
        func approved(_ approvals: String) throws -> Catalogue {
            try workspace.correct(Self.title, more: "approval = [\(approvals)]")
            return try workspace.ingest()
        }
        // By nobody, by a colleague, by a partner whose people may not.
        for approvals in [
            "", "{ person = \"Tom\", partner = \"school\" }",
            "{ person = \"Kees\", partner = \"sector\" }",
            "{ person = \"Sanne\", partner = \"region\" }",
        ] {
            let catalogue = try approved(approvals)
            #expect(try workspace.title(catalogue) == "Boomverzorging", "\(approvals)")
            #expect(try workspace.states(catalogue)["title.nl"] == .waiting)
        }
        let catalogue = try approved("{ person = \"Els\", partner = \"region\" }")
        #expect(try workspace.title(catalogue) == "Boomverzorger worden")
        let log = try catalogue.store().snapshot { try $0.run(making: $0.generation)?.curated }
        #expect(log?.first?.approvedBy == ["Els (region)"])
        // An approval that is taken back ends it.
        let ended = try approved("")
        #expect(try workspace.title(ended) == "Boomverzorging")
        let end = try ended.store().snapshot { try $0.run(making: $0.generation)?.curated }
        #expect(end?.map(\.kind) == [.unapproved])
    }

    @Test("partners who own a course together both find it as theirs")
    func owners() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct("[correction.add]\nowners = [\"sector\"]")
        let catalogue = try workspace.ingest()
        let index = try catalogue.index()
        func courses(of partner: ID<Partner>) throws -> Int {
            var query = Query("", today: CuratedWorkspace.today)
            query.groupsByCourse = true
            query.partners = [partner]
            query.limit = 100
            return try index.search(query).hits.count
        }
        #expect(try courses(of: "sector") == 1)
        #expect(try index.partners == ["school", "sector"])
        let number = try #require(try index.number(of: "school:A1"))
        #expect(try index.stored(course: number).partner == "school")
    }

    @Test("files with faults change nothing, and say where, in which field and what was meant")
    func faults() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        try workspace.ingest()
        try workspace.correct(
            """
            [correction.set]
            titel.nl = "x"
            kind = "modul"
            level = 9
            [correction.add]
            owners = ["sectro"]
            """, by: "Sane", of: "scool", date: "2026-11-20", more: "untill = 2026-12-01")
        let catalogue = try workspace.open(after: 1)
        let error = #expect(throws: SettingsFaults.self) {
            try catalogue.workspace.corrections()
        }
        let text = error?.description ?? ""
        for expected in [
            "curation/a.toml:4: correction[0].partner: “scool” is not a partner of catalog.toml; "
                + "did you mean “school”?",
            "curation/a.toml:7: correction[0].untill: is not a field; did you mean “until”?",
            "curation/a.toml:9: correction[0].set.titel: is not a field; did you mean “title”?",
            "curation/a.toml:10: correction[0].set.kind: “modul” is not one of",
            "did you mean “module”?",
            "curation/a.toml:11: correction[0].set.level: “9” is not understood; expected a level",
            "curation/a.toml:13: correction[0].add.owners: “sectro” is not a partner",
        ] {
            #expect(text.contains(expected), "\(expected)\n\(text)")
        }
        _ = try catalogue.ingestAll()
        #expect(try workspace.title(catalogue) == "Boomverzorger worden")
        // A person who is not among a partner's own.
        try workspace.correct(Self.title, by: "Sane")
        let named = #expect(throws: SettingsFaults.self) {
            try catalogue.workspace.corrections()
        }
        #expect(named?.description.contains("did you mean “Sanne”?") == true)
    }

    @Test("a store without the note of what is in force comes to the same, and logs it once")
    func restored() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        let generation = try workspace.ingest().store().generation
        try FileManager.default.removeItem(
            atPath: workspace.scratch.path(".leerwijzer/curation.json"))
        let catalogue = try workspace.ingest(after: 1)
        #expect(try catalogue.store().generation == generation)
        #expect(try workspace.title(catalogue) == "Boomverzorger worden")
        // An index that is made again by itself holds them, too.
        try FileManager.default.removeItem(
            atPath: workspace.scratch.path(".leerwijzer/curation.json"))
        try FileManager.default.removeItem(atPath: workspace.scratch.path(".leerwijzer/index"))
        #expect(try workspace.found("boomverzorger", try workspace.open()) == ["school:A1"])
    }

    @Test("a reading that is taken back takes no correction with it")
    func rollback() throws {
        let workspace = try CuratedWorkspace()
        try workspace.correct(Self.title)
        try workspace.ingest()
        try workspace.feed(description: "Nu anders.")
        let catalogue = try workspace.ingest(after: 1)
        try catalogue.write {
            _ = try catalogue.store().rollback(
                "school",
                run: RunInfo(
                    startedAt: Moment(CuratedWorkspace.today.adding(days: 2)),
                    today: CuratedWorkspace.today))
            try catalogue.settle()
        }
        #expect(try workspace.title(catalogue) == "Boomverzorger worden")
        #expect(
            try workspace.shown(catalogue)?.stored.record.course.description.text()?.plainText
                == "Je leert bomen verzorgen.")
        #expect(try catalogue.store().verify().isEmpty)
    }
}
