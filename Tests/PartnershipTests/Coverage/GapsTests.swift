import Answers
import CourseModel
import Foundation
import Matching
import Places
import SearchIndex
import Settings
import Skills
import TestSupport
import Testing

@testable import Partnership

@Suite("Gaps tell which occupations and wishes meet no offer")
struct GapsTests {
    private let sample: SampleCoverage.Opened

    init() throws { sample = try SampleCoverage.opened.get() }

    private func gaps(
        minutes: Double = 30, by mode: TravelMode = .car, kind: RegionKind = .municipality
    ) throws -> Gaps {
        try Gaps(
            of: sample.index, gazetteer: sample.gazetteer, skills: sample.skills,
            query: Query(today: SampleCoverage.today), kind: kind,
            reach: .time(minutes: minutes, mode: mode))
    }

    @Test("every occupation that asks for skills is whole, in part or without, in each region")
    func addsUp() throws {
        let skills = sample.skills
        let asking = (0..<skills.occupationCount).count {
            skills.needs(ofOccupation: $0).contains { $0.importance == .essential }
        }
        let gaps = try gaps()
        #expect(gaps.regions.count == sample.gazetteer.regions.count { $0.kind == .municipality })
        for entry in gaps.regions {
            #expect(entry.occupations == asking)
            for occupation in entry.incomplete {
                #expect(
                    occupation.missing.allSatisfy { !gaps.isTaught($0, in: entry.region.index) })
                #expect(
                    occupation.taught.allSatisfy { gaps.isTaught($0, in: entry.region.index) })
            }
        }
    }

    @Test("a skill is taught in a region when half of its postcodes reach a course that teaches it")
    func taught() throws {
        let gaps = try gaps(by: .bike)
        let region = try #require(sample.gazetteer.regions.first { $0.code == "GM0321" })
        let homes = sample.gazetteer.allPostcodes.compactMap { sample.gazetteer.postcode($0) }
            .filter { $0.municipality == region }.map(\.coordinates)
        let reach = Reach.time(minutes: 30, mode: .bike)
        var expected: Set<Int> = []
        for offering in 0..<sample.index.offeringCount {
            var query = Query(today: SampleCoverage.today)
            query.limit = 0
            let row = try sample.index.offering(offering)
            guard row.availableUntil >= SampleCoverage.today.daysSince1970,
                row.flags & (OfferingRow.full | OfferingRow.cancelled) == 0
            else { continue }
            var isNear = row.flags & OfferingRow.needsNoTravel > 0
            try sample.index.forEachVenue(ofOffering: offering) { venue in
                let reaching = homes.count { reach.covers(from: $0, to: venue) }
                if 2 * reaching >= homes.count { isNear = true }
            }
            guard isNear else { continue }
            let course = try sample.index.course(ofOffering: offering)
            for skill in try sample.index.skills(ofCourse: course)
            where skill.isDeclared || skill.weight >= TaughtSkills.leastWeight {
                let id = ID<Skill>(try sample.index.skillID(skill.skill))
                if let number = sample.skills.number(of: id) { expected.insert(number) }
            }
        }
        #expect(!expected.isEmpty)
        for skill in 0..<sample.skills.skillCount {
            #expect(gaps.isTaught(skill, in: region.index) == expected.contains(skill))
        }
    }

    @Test("who travels farther finds no less")
    func farther() throws {
        let (near, far) = (try gaps(minutes: 15), try gaps(minutes: 60))
        for (first, second) in zip(near.regions, far.regions) {
            #expect(first.complete <= second.complete)
            #expect(first.without >= second.without)
        }
    }

    // MARK: Demand

    private func profile(wanting job: String) throws -> ResolvedProfile {
        let profile = try Profile.read(
            "{\"occupation\":{\"wanted\":\"\(job)\"},\"home\":{\"place\":\"Houten\"}}",
            file: "test", today: SampleCoverage.today, schemes: [])
        return try ResolvedProfile(profile, skills: sample.skills) {
            PlaceAnswer($0, in: sample.gazetteer)
        }
    }

    @Test("what fewer than ten ask for is never told, whatever stands beside it")
    func groups() throws {
        let arborist = try profile(wanting: "boomverzorger")
        let wanted = try #require(arborist.wantedOccupation?.best?.number)
        let region = RegionIndex(rawValue: 3)
        var tally = DemandTally()
        for _ in 0..<9 { tally.add(arborist, in: region, isServed: true) }
        #expect(tally.profiles(in: region) == nil)
        #expect(tally.occupations(in: region).isEmpty)
        #expect(tally.skills(in: region).isEmpty)
        #expect(tally.suppressed == nil, "nine could be told from other counts")
        var farther = tally
        farther.addElsewhere()
        #expect(farther.suppressed == 10, "who is of no region is told with them")
        let gardener = try profile(wanting: "hovenier")
        tally.add(gardener, in: region, isServed: false)
        #expect(tally.profiles(in: region) == 10)
        #expect(tally.occupations(in: region).isEmpty, "neither job is wanted by ten")
        #expect(tally.withoutOffer(in: region) == nil, "one of ten could be made out")
        #expect(tally.suppressed == 0)
        tally.add(arborist, in: region, isServed: true)
        #expect(tally.occupations(in: region).isEmpty, "one of eleven could be made out")
        #expect(tally.skills(in: region).allSatisfy { $0.profiles == 11 })
        for _ in 0..<9 { tally.add(gardener, in: region, isServed: false) }
        #expect(tally.occupations(in: region).first { $0.number == wanted }?.profiles == 10)
        #expect(tally.withoutOffer(in: region) == 10)
        #expect(tally.profiles(in: RegionIndex(rawValue: 4)) == nil)
    }

    @Test("a wish that ten share is unmet exactly when the skill is taught nowhere within reach")
    func unmet() throws {
        let gaps = try gaps(minutes: 5, by: .foot)
        let region = try #require(sample.gazetteer.regions.first { $0.code == "GM0086" })
        var tally = DemandTally()
        let arborist = try profile(wanting: "boomverzorger")
        for _ in 0..<12 { tally.add(arborist, in: region.index, isServed: false) }
        let unmet = gaps.unmetSkills(tally, in: region.index)
        #expect(!unmet.isEmpty)
        #expect(
            unmet.allSatisfy { $0.profiles == 12 && !gaps.isTaught($0.number, in: region.index) })
        let wanted = try #require(
            gaps.unmetOccupations(tally, in: region.index, sample.skills).first)
        #expect(Set(wanted.missing).isSubset(of: Set(arborist.gap.map(\.skill))))
        let answer = try JSONOutput.line(
            GapsAnswer(
                gaps, regions: gaps.regions.filter { $0.region == region }, limit: 3,
                demand: tally, skills: sample.skills, language: .en))
        #expect(answer.contains("\"profiles\":12"))
        var lines: [String] = []
        GapsForms.forEachLine(
            gaps, regions: gaps.regions.filter { $0.region == region }, demand: tally,
            skills: sample.skills, language: .en
        ) { lines.append($0) }
        #expect(lines.count { $0.contains("wanted-skill") } == unmet.count)
    }
}
