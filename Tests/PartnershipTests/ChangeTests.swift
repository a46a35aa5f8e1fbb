import CourseModel
import Foundation
import Ingest
import Settings
import Storage
import TestSupport
import Testing

@testable import Partnership

@Suite("What a run did and what changed can be read by the partner and the operator")
struct ChangeTests {
    private let workspace: SyncWorkspace

    init() throws { workspace = try SyncWorkspace() }

    /// A course of a feed in a few words.
    private struct Drawn {
        var id: String
        var title: String
        var start = "2027-02-02"
        var venue = true
    }

    /// Reads a feed of these courses, some seconds after the start of today.
    @discardableResult
    private func read(_ courses: [Drawn], after seconds: Int64) throws -> RunRecord {
        let body: String = courses.map { (course: Drawn) -> String in
            let venue: String =
                course.venue
                ? "<venue><provider><dc:title>Zaal</dc:title><mlo:location><mlo:town>Houten"
                    + "</mlo:town><mlo:postcode>3991 AA</mlo:postcode></mlo:location></provider>"
                    + "</venue>" : ""
            return """
                <course><dc:identifier>\(course.id)</dc:identifier>
                <dc:title>\(course.title)</dc:title><presentation>
                <dc:identifier>\(course.id)-1</dc:identifier>
                <mlo:start dtf="\(course.start)">\(course.start)</mlo:start>\(venue)
                </presentation></course>
                """
        }.joined()
        let path = try workspace.scratch.write(
            "feed.xml",
            """
            <catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>School</dc:title>\(body)</provider></catalog>
            """)
        try workspace.configure(path)
        return try #require(
            try workspace.sync(after: seconds)[0].failure == nil ? workspace.runs().first : nil)
    }

    private func account(_ run: RunRecord) throws -> RunAccount {
        try workspace.open().catalogue.store().snapshot {
            try RunAccount(run, in: $0, .en)
        }
    }

    private let three = [
        Drawn(id: "a", title: "Snoeien"), Drawn(id: "b", title: "Zagen"),
        Drawn(id: "c", title: "Klimmen"),
    ]

    @Test("the account of a run lists what came, changed and went, field by field")
    func account() throws {
        try read(three, after: 0)
        let run = try read(
            [
                Drawn(id: "a", title: "Snoeien in de winter", start: "2027-03-01"),
                Drawn(id: "b", title: "Zagen"), Drawn(id: "d", title: "Hagen"),
            ], after: 86_400)
        let account = try account(run)
        #expect(account.changes.map(\.title) == ["Snoeien in de winter", "Klimmen", "Hagen"])
        #expect(account.changes.map(\.kind) == [.changed, .closed, .added])
        let lines: [String] = account.changes[0].lines(.en)
        #expect(lines.count == 2)
        #expect(
            lines.first == "Snoeien in de winter: changed – title Snoeien → Snoeien in de winter")
        #expect(lines.last == "  1 Mar 2027, Houten: changed – start 2 Feb 2027 → 1 Mar 2027")
        #expect(account.changes[1].offerings.map(\.kind) == [.closed])
        #expect(account.previous != nil && account.renamed.isEmpty)
    }

    @Test("the account of a run tells ids that moved and places that were lost")
    func churn() throws {
        try read(three, after: 0)
        let run = try read(
            [
                Drawn(id: "new-a", title: "Snoeien"), Drawn(id: "b", title: "Zagen", venue: false),
                Drawn(id: "c", title: "Klimmen"),
            ], after: 60)
        let account = try account(run)
        #expect(account.renamed.map { [$0.old.native, $0.new.native] } == [["a", "new-a"]])
        #expect(account.placesLost.map { $0.value.hasSuffix("b-1") } == [true])
    }

    @Test(
        "the account of a held run tells what a person decides on: titles, ids that moved, places")
    func held() throws {
        let many = (1...12).map { Drawn(id: "x\($0)", title: "Cursus \($0)") }
        try read(many, after: 0)
        var other = many.map { Drawn(id: "new-" + $0.id, title: $0.title) }
        other[0] = Drawn(id: "x1", title: "Cursus 1 anders", venue: false)
        let run = try read(other, after: 60)
        #expect(run.verdict == .held && run.hold?.reason == .idSchemeChanged)
        let account = try account(run)
        #expect(account.renamed.count == 11)
        #expect(account.renamed.allSatisfy { $0.new.native == "new-" + $0.old.native })
        #expect(account.placesLost.count == 1)
        let changed = try #require(account.changes.first { $0.kind == .changed })
        #expect(changed.lines(.en).first?.contains("title Cursus 1 → Cursus 1 anders") == true)
        #expect(account.changes.count { $0.kind == .closed } == 11)
        #expect(
            account.changes.filter { $0.kind == .added }.allSatisfy { $0.title.hasPrefix("Cursus") }
        )
    }

    @Test("the account of a run lists what is in quarantine, where it stands and why")
    func quarantine() throws {
        let feed = three + [three[0]]
        let first = try account(read(feed, after: 0))
        #expect(first.run.offered.courses == 4 && first.run.accepted.courses == 3)
        #expect(first.quarantine.count == 1)
        let record = try #require(first.quarantine.first)
        #expect(record.nativeID?.hasSuffix("a") == true && record.position != nil)
        #expect(!record.reasons.isEmpty)
        // The same feed again: its run changes nothing, and tells the same of the quarantine.
        let second = try account(read(feed, after: 60))
        #expect(second.run.verdict == .unchanged && second.quarantine.count == 1)
    }

    @Test("two accounts of the same run are the same bytes")
    func reproducible() throws {
        let run = try read(three, after: 0)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let first = try encoder.encode(RunAccountJSON(account(run)))
        #expect(try encoder.encode(RunAccountJSON(account(run))) == first)
        #expect(String(decoding: first, as: UTF8.self).contains("\"verdict\":\"published\""))
    }

    @Test("what changed since a generation leaves out what was changed back")
    func since() throws {
        try read(three, after: 0)
        var other = three
        other[0].title = "Anders"
        try read(other, after: 60)
        try read(three + [Drawn(id: "d", title: "Hagen")], after: 120)
        try workspace.open().catalogue.store().snapshot {
            (snapshot: any CatalogueSnapshot) throws in
            func titles(since: Int) throws -> [String] {
                var titles: [String] = []
                try ChangeReport.forEachChange(since: Generation(since), in: snapshot, .nl) {
                    titles.append($0.lines(.nl)[0])
                }
                return titles
            }
            #expect(try titles(since: 1) == ["Hagen: nieuw"])
            #expect(try titles(since: 3).isEmpty)
            #expect(try titles(since: 0).count == 4)
            let day = SyncWorkspace.today
            #expect(try ChangeReport.generation(before: day, in: snapshot).number == 0)
            let next = CalendarDate(daysSince1970: day.daysSince1970 + 1)
            #expect(try ChangeReport.generation(before: next, in: snapshot).number == 3)
        }
    }

    @Test("what can soon no longer be taken up is listed, what is past is not")
    func expiring() throws {
        try read(
            [
                Drawn(id: "past", title: "Voorbij", start: "2026-11-20"),
                Drawn(id: "soon", title: "Straks", start: "2026-11-28"),
                Drawn(id: "later", title: "Later", start: "2027-05-01"),
            ], after: 0)
        let expiring = try workspace.open().catalogue.store().snapshot {
            try ExpiringOffering.all(of: nil, today: SyncWorkspace.today, days: 14, in: $0)
        }
        #expect(expiring.map(\.course.nativeID) == ["soon"])
        #expect(expiring.first?.isLast == true)
    }

    @Test("a source that leaves takes its courses along, says so, and can be brought back")
    func departure() throws {
        try read(three, after: 0)
        let (catalogue, now) = try workspace.open(after: 60)
        let run = RunInfo(startedAt: now, today: SyncWorkspace.today)
        let store = try catalogue.store()
        #expect(throws: Departure.Refusal.stillConfigured(ID("school"))) {
            try Departure.close(
                ID("school"), in: store, catalogue.workspace.configuration, run: run)
        }
        let empty = CatalogConfiguration()
        #expect(throws: Departure.Refusal.unknown(ID("nobody"))) {
            try Departure.close(ID("nobody"), in: store, empty, run: run)
        }
        let outcome = try Departure.close(ID("school"), in: store, empty, run: run)
        #expect(outcome.changes.courses.gone == 3)
        #expect(try workspace.titles().isEmpty)
        let last = try #require(try workspace.runs().first)
        #expect(last.feedDiagnostics.map(\.code.name) == ["source-left"])
        _ = try store.rollback(ID("school"), run: run)
        #expect(try workspace.titles().count == 3)
    }
}
