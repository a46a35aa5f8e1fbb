import CourseModel
import Foundation
import Matching
import SearchIndex
import Skills
import Testing

@Suite("Profiles are matched with the offerings of an index")
struct IndexMatchingTests {
    @Test("facts of the index come through: meetings, hours, VAT, venues, skills")
    func facts() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("leerwijzer-match-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let index = try makeIndex(folder.path)
        let profile = try resolved(
            learner {
                $0.skillsWanted = ["snoeien"]
                $0.free = [WeekSlots(.tuesday, .evening)]
                $0.hoursPerWeek = 3
                $0.budget = euro(700)
                $0.musts = [.time, .budget]
            })
        let offerings = IndexOfferings(index)
        let results = Matcher(source: offerings, skills: drawnSkills)
            .match(profile, today: today)
        try offerings.check()
        let best = try #require(results.results.first)
        #expect(results.total == 1)
        #expect(try index.stored(offering: best.offering).id.value == "s:1#evening")
        #expect(
            best.reasons.map { $0.text(in: .dutch) } == [
                "leert je wat je nog mist: snoeien",
                "ongeveer 40 minuten fietsen van huis in Houten",
                "begint 12 januari 2027",
                "past op dinsdagavond",
                "2,5 uur per week, je hebt er 3",
                "€ 605 incl. btw, binnen je budget",
            ])
    }

    private func makeIndex(_ folder: String) throws -> IndexReader {
        let provenance = Provenance(source: ID("s"), format: "test", file: "f")
        var course = try #require(
            Course(
                id: ID("s:1"), nativeID: "1", provider: ID("s:p"), kind: .course,
                title: "Snoeien", provenance: provenance))
        course.studyLoad.hoursPerWeek = FixedDecimal("2.5")
        let offerings = try [(Weekday.tuesday, "evening", "19:00"), (.friday, "day", "09:30")].map {
            day, native, begins in
            let start = try #require(CalendarDate(iso: "2027-01-12"))
            var offering = Offering(
                id: ID(course: course.id, native: native), nativeID: native, course: course.id,
                timing: Timing(start: .on(start)), provenance: provenance)
            offering.sessions = [Session(weekday: day, begins: TimeOfDay(iso: begins))]
            offering.price = Price(
                total: euro(500), vat: .excluded(percentage: FixedDecimal(21)))
            return offering
        }
        let record = try #require(CourseRecord(course: course, offerings: offerings))
        let venue = IndexedVenue(
            coordinates: DrawnCatalogue.point(kilometresEast: 8.2), label: "Bunnik")
        var builder = try IndexBuilder(folder: folder, generation: 1)
        try builder.add(
            IndexDocument(
                record: record, providerName: "P", venues: [[venue], [venue]],
                skills: [WeightedSkill(id: "a")]))
        _ = try builder.finish()
        return try IndexReader(folder: folder)
    }
}
