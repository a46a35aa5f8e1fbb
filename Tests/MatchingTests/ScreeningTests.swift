import CourseModel
import Foundation
import Matching
import Places
import SearchIndex
import Skills
import Testing

@Suite("What the index leaves out could not have been offered")
struct ScreeningTests {
    @Test("looking at the offerings that pass gives what looking at all of them gives")
    func sameAnswers() throws {
        let index = try RandomIndex(seed: 3, courses: 200)
        let few = Matcher(source: index.offerings, skills: drawnSkills)
        let all = Matcher(source: EveryOffering(source: index.offerings), skills: drawnSkills)
        var results = 0
        var misses: Set<Profile.Must> = []
        for seed in 0..<60 {
            var random = SeededRandom(seed: 1000 + seed)
            let profile = try resolved(strictLearner(&random))
            let ranked = few.rank(profile, today: today, limit: 7)
            let rankedOfAll = all.rank(profile, today: today, limit: 7)
            #expect(ranked.total == rankedOfAll.total, "profile \(seed)")
            #expect(
                ranked.best.map(\.offering) == rankedOfAll.best.map(\.offering), "profile \(seed)")
            #expect(ranked.best.map(\.parts) == rankedOfAll.best.map(\.parts), "profile \(seed)")
            for oncePerCourse in [true, false] {
                let one = few.match(profile, today: today, limit: 7, oncePerCourse: oncePerCourse)
                let other = all.match(profile, today: today, limit: 7, oncePerCourse: oncePerCourse)
                #expect(one.total == other.total, "profile \(seed)")
                #expect(one.totalCourses == other.totalCourses, "profile \(seed)")
                #expect(one.results == other.results, "profile \(seed)")
                #expect(one.nearMisses == other.nearMisses, "profile \(seed)")
                results += one.results.count
                misses.formUnion(one.nearMisses.map(\.blockedBy))
            }
        }
        try index.offerings.check()
        // Else the profiles ask too much to say anything.
        #expect(results > 200)
        #expect(misses.isSuperset(of: [.travel, .budget, .level, .start, .mode, .kind]))
    }

    @Test("no offering passes that is far away, when it has to be near")
    func screens() throws {
        let index = try RandomIndex(seed: 4, courses: 200)
        var screen = OfferingScreen(today: today)
        func passing() -> Int {
            var count = 0
            index.offerings.forEachCourse(teachingAnyOf: nil, passing: screen) { count += $1.count }
            return count
        }
        let available = passing()
        screen.circles = [.init(center: DrawnCatalogue.home, metres: 10_000, nearly: 20_000)]
        let near = passing()
        screen.mayBreak = 1
        let nearly = passing()
        screen.circles = []
        let nowhere = passing()
        #expect(near < nearly && nearly < available)
        // What has no place is left, and what needs none.
        #expect(nowhere > 0 && nowhere < near)
    }
}

/// The offerings of an index, all of which are looked at.
private struct EveryOffering: OfferingSource {
    let source: IndexOfferings

    var offeringCount: Int { source.offeringCount }
    var courseCount: Int { source.courseCount }
    func facts(ofOffering number: Int) -> OfferingFacts { source.facts(ofOffering: number) }
    func facts(ofCourse number: Int) -> CourseFacts { source.facts(ofCourse: number) }
    func course(ofOffering number: Int) -> Int { source.course(ofOffering: number) }
    func offerings(ofCourse number: Int) -> Range<Int> { source.offerings(ofCourse: number) }
    func forEachVenue(ofOffering number: Int, _ body: (Coordinates) -> Void) {
        source.forEachVenue(ofOffering: number, body)
    }
    func number(ofSkill id: ID<Skill>) -> Int? { source.number(ofSkill: id) }
    func forEachSkill(ofCourse number: Int, _ body: (Int, Int) -> Void) {
        source.forEachSkill(ofCourse: number, body)
    }
    func forEachCourse(teachingSkill number: Int, _ body: (Int) -> Void) {
        source.forEachCourse(teachingSkill: number, body)
    }
    func languages(ofSet number: Int) -> [LanguageTag] { source.languages(ofSet: number) }
    func funding(ofSet number: Int) -> [FundingScheme] { source.funding(ofSet: number) }
    var conditionSetCount: Int { source.conditionSetCount }
    func conditions(ofSet number: Int) -> TeachingConditions { source.conditions(ofSet: number) }
    func id(ofOffering number: Int) -> ID<Offering> { source.id(ofOffering: number) }
    func priceIncludesVAT(ofOffering number: Int) -> Bool? {
        source.priceIncludesVAT(ofOffering: number)
    }
}

/// A learner with several hard limits, who may ask for nothing to be learnt.
private func strictLearner(_ random: inout SeededRandom) -> Profile {
    var profile = randomLearner(&random)
    if random.below(3) == 0 {
        profile.home?.mode = .car
        profile.home?.within = .minutes(5 + random.below(25))
    }
    if random.below(4) == 0 { profile.teamSize = 3 }
    if random.below(5) == 0 { profile.audience = .worker }
    if random.below(4) == 0 { profile.funding = [.slim] }
    for must in [Profile.Must.travel, .budget, .level, .start, .mode, .kind] {
        if random.below(3) == 0 { profile.musts.insert(must) } else { profile.musts.remove(must) }
    }
    return profile
}

/// An index of random courses up to fifty kilometres east of the learner's home, some beyond.
private final class RandomIndex {
    let offerings: IndexOfferings
    private let folder: URL

    init(seed: Int, courses: Int) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("leerwijzer-screen-\(UUID().uuidString)")
        var random = SeededRandom(seed: seed)
        var builder = try IndexBuilder(folder: folder.path, generation: 1)
        for number in 0..<courses {
            try builder.add(Self.document(number, &random))
        }
        _ = try builder.finish()
        offerings = IndexOfferings(try IndexReader(folder: folder.path))
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch {
            Issue.record("\(folder.path) is left: \(error)")
        }
    }

    private static let provenance = Provenance(source: ID("s"), format: "test", file: "f")

    private static func document(
        _ number: Int, _ random: inout SeededRandom
    ) throws -> IndexDocument {
        let kinds: [CourseKind] = [.course, .course, .course, .internship, .event, .module]
        var course = try #require(
            Course(
                id: ID("s:\(number)"), nativeID: "\(number)", provider: ID("s:p"),
                kind: kinds[random.below(kinds.count)], title: "Cursus", provenance: provenance))
        if random.below(8) > 0 { course.level = Level(eqf: 1 + random.below(7)) }
        if random.below(3) == 0 {
            course.studyLoad.hoursPerWeek = FixedDecimal(2 + random.below(12))
        }
        if random.below(4) == 0 { course.funding = [.slim] }
        if random.below(6) == 0 { course.audiences = [.pupil] }
        let middle = random.below(60) - 5
        var offerings: [Offering] = []
        var venues: [[IndexedVenue]] = []
        for native in 0...random.below(4) {
            var offering = Self.offering(native, of: course, &random)
            var places: [IndexedVenue] = []
            if offering.modes != [.online] {
                for _ in 0..<1 + random.below(5) / 3 where random.below(9) > 0 {
                    let kilometres = Double(middle) + Double(random.below(40)) / 10
                    places.append(
                        IndexedVenue(
                            coordinates: random.below(12) == 0
                                ? nil : DrawnCatalogue.point(kilometresEast: kilometres),
                            label: "Dorp"))
                }
            }
            if random.below(10) == 0 { offering.status = .full }
            offerings.append(offering)
            venues.append(places)
        }
        let skills = ["a", "b", "b2", "c", "d", "e"].filter { _ in random.below(4) == 0 }
            .map { WeightedSkill(id: $0, weight: [1, 0.7, 0.4][random.below(3)]) }
        return IndexDocument(
            record: try #require(CourseRecord(course: course, offerings: offerings)),
            providerName: "P", venues: venues, skills: skills)
    }

    private static func offering(
        _ number: Int, of course: Course, _ random: inout SeededRandom
    ) -> Offering {
        let start: Start =
            switch random.below(8) {
            case 0: .rolling
            case 1: .unstated(raw: nil)
            default: .on(today.adding(days: random.below(330) - 20))
            }
        var offering = Offering(
            id: ID(course: course.id, native: "\(number)"), nativeID: "\(number)",
            course: course.id, timing: Timing(start: start), provenance: provenance)
        if random.below(8) > 0 { offering.price = Price(total: euro(random.below(20) * 100)) }
        switch random.below(6) {
        case 0: offering.modes = [.online]
        case 1: offering.modes = []
        case 2: offering.modes = [.blended]
        default: offering.modes = [.classroom]
        }
        if random.below(3) == 0 {
            offering.sessions = [Session(weekday: .tuesday, begins: TimeOfDay(iso: "19:00"))]
        }
        if random.below(3) > 0 {
            offering.languages = [LanguageShare(random.below(3) == 0 ? .english : .dutch)]
        }
        return offering
    }
}
