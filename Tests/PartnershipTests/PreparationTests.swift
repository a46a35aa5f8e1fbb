import Answers
import CourseModel
import Places
import SearchIndex
import Skills
import Testing

@testable import Partnership

@Suite("Places to learn at work and the modules that prepare for them know of each other")
struct PreparationTests {
    private let sample: SampleCoverage.Opened
    private let preparation: Preparation

    init() throws {
        sample = try SampleCoverage.opened.get()
        preparation = Preparation(
            in: sample.index, skills: sample.skills, today: SampleCoverage.today)
    }

    private func courses(_ kinds: Set<CourseKind>) throws -> [Int] {
        try (0..<sample.index.courseCount).filter {
            kinds.contains(CourseKind.allCases[Int(try sample.index.course($0).kind)])
        }
    }

    private func level(_ course: Int) throws -> Int? {
        LevelCode(rawValue: try sample.index.course(course).level).eqf
    }

    private func venues(_ offering: Int) throws -> [Coordinates] {
        var venues: [Coordinates] = []
        try sample.index.forEachVenue(ofOffering: offering) { venues.append($0) }
        return venues
    }

    @Test("what prepares shares two skills or more, is no level above, begins before and is near")
    func conditions() throws {
        var told = 0
        for place in try courses(Preparation.places) {
            for link in try preparation.links(of: place, limit: 1_000) {
                told += 1
                let module = link.course
                let kind = CourseKind.allCases[Int(try sample.index.course(module).kind)]
                #expect(Preparation.modules.contains(kind))
                #expect(link.skills.count >= Preparation.leastSkills)
                #expect(link.share > 0 && link.share <= 1)
                let taught = try sample.index.skills(ofCourse: module).map {
                    try sample.index.skillID($0.skill)
                }
                #expect(Set(link.skills).isSubset(of: taught))
                if let own = try level(module), let its = try level(place) {
                    #expect(own <= its && own >= its - Preparation.levelsBelow)
                }
                let start = try sample.index.offering(link.offering)
                #expect(try sample.index.course(ofOffering: link.offering) == module)
                #expect(start.availableUntil >= SampleCoverage.today.daysSince1970)
                let places = try sample.index.offerings(ofCourse: place)
                guard start.flags & OfferingRow.needsNoTravel == 0 else {
                    #expect(link.minutes == nil)
                    continue
                }
                let metres = try places.flatMap { try venues($0) }.flatMap { home in
                    try venues(link.offering).map { home.distance(to: $0) }
                }.min()
                #expect(Preparation.reach.covers(metres: try #require(metres)))
                let days = try places.map { try sample.index.offering($0).start }
                #expect(
                    days.contains {
                        $0 == OfferingRow.continuousStart || $0 == OfferingRow.unknownStart
                            || start.start < $0
                    })
            }
        }
        #expect(told > 10, "the sample has places for which modules prepare")
    }

    @Test("a place that a module prepares for names that module, and the other way round")
    func bothWays() throws {
        var pairs: Set<[Int]> = []
        for place in try courses(Preparation.places) {
            for link in try preparation.links(of: place, limit: 1_000) {
                pairs.insert([link.course, place])
            }
        }
        var back: Set<[Int]> = []
        for module in try courses(Preparation.modules) {
            for link in try preparation.links(of: module, limit: 1_000) {
                back.insert([module, link.course])
            }
        }
        #expect(!pairs.isEmpty)
        #expect(back.isSubset(of: pairs))
        // What needs no travel is not looked for near places that ask for it by occupation only.
        for pair in pairs.subtracting(back) {
            let needsTravel = try sample.index.offerings(ofCourse: pair[0]).contains {
                try sample.index.offering($0).flags & OfferingRow.needsNoTravel == 0
            }
            let shared = try Set(sample.index.skills(ofCourse: pair[0]).map(\.skill))
                .intersection(sample.index.skills(ofCourse: pair[1]).map(\.skill))
            #expect(!needsTravel && shared.isEmpty, "\(pair)")
        }
    }

    @Test("those that share most stand first, and a diploma programme has nothing to do with it")
    func order() throws {
        for place in try courses(Preparation.places) {
            let counts = try preparation.links(of: place).map(\.skills.count)
            #expect(counts == counts.sorted(by: >))
            #expect(counts.count <= 10)
        }
        let other = try #require(try courses([.diplomaProgramme]).first)
        let answer = try PreparationAnswer(
            of: other, in: sample.index, skills: sample.skills, today: SampleCoverage.today,
            language: .en)
        #expect(answer.relation.value == nil && answer.courses.isEmpty)
        #expect(answer.heading(.en) == nil)
    }
}
