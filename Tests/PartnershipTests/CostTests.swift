import CourseModel
import Matching
import Places
import SearchIndex
import Testing

@testable import Partnership

@Suite("Costs are told for an hour of study, after funding, and beside what teaches the same")
struct CostTests {
    private static let provenance = Provenance(source: ID("s"), format: "f", file: "f.xml")

    /// A course of one offering.
    private func course(
        load: StudyLoad, price: String? = "1200", weeks: Int? = nil, vat: Price.VAT = .exempt,
        level: NLQFLevel? = .three, funding: [FundingScheme] = []
    ) throws -> (Course, Offering) {
        var course = try #require(
            Course(
                id: ID("s:c"), nativeID: "c", provider: ID("s:p"), kind: .course, title: "Snoeien",
                provenance: Self.provenance))
        course.studyLoad = load
        course.funding = funding
        course.level = level.map { Level(stated: $0) }
        course.duration = weeks.flatMap { FixedDecimal($0) }.flatMap { CourseDuration($0, .week) }
        var offering = Offering(
            id: ID("s:c#1"), nativeID: "1", course: course.id, timing: .unstated,
            provenance: Self.provenance)
        offering.price = price.flatMap { FixedDecimal($0) }.map {
            Price(total: Money($0, .euro), vat: vat)
        }
        return (course, offering)
    }

    @Test("hours are those stated, else of credits, else of weeks, else those of teaching")
    func hours() throws {
        let whole = StudyLoad(
            hours: FixedDecimal(40), hoursPerWeek: FixedDecimal(8), contactHours: FixedDecimal(20),
            credits: [.init(system: "ECTS", value: FixedDecimal(scaled: 20_000))])
        func hours(_ load: StudyLoad, weeks: Int? = nil) throws -> StudyHours? {
            let (course, offering) = try course(load: load, weeks: weeks)
            return StudyHours(offering, of: course)
        }
        var load = whole
        #expect(try hours(load)?.hours == 40)
        load.hours = nil
        #expect(try hours(load)?.hours == 56)
        #expect(try hours(load)?.basis == .credits)
        load.credits = []
        #expect(try hours(load, weeks: 10)?.hours == 80)
        #expect(try hours(load, weeks: 10)?.basis == .weekly)
        #expect(try hours(load)?.basis == .contact, "hours a week say nothing without a length")
        #expect(try hours(StudyLoad()) == nil)
    }

    @Test("VAT that is known is in the price; the scheme that leaves least to pay is told")
    func net() throws {
        func rule(_ name: String, percentage: Int, maximum: Int? = nil) -> FundingRule {
            var rule = FundingRule(
                scheme: FundingScheme(name), name: .init(dutch: name, english: name),
                source: "https://fonds.example/", checked: CalendarDate(iso: "2026-11-01")!)
            rule.percentage = percentage
            rule.maximumInCents = maximum
            return rule
        }
        var workers = rule("sector-fund", percentage: 50, maximum: 40_000)
        workers.audiences = [.worker]
        workers.levels = 1...4
        let rules = FundingRules([workers, rule("slim", percentage: 20)])
        let load = StudyLoad(hours: FixedDecimal(100))
        let (course, offering) = try course(
            load: load, price: "1000", vat: .excluded(percentage: FixedDecimal(21)),
            funding: ["sector-fund", "slim"])
        let cost = try #require(OfferingCost(offering, of: course, funding: rules))
        #expect(cost.cents == 121_000)
        #expect(cost.centsPerHour == 1_210)
        #expect(cost.net?.cents == 81_000, "half of it, and no more than 400 euro")
        let pupil = OfferingCost(offering, of: course, funding: rules, audience: .pupil)
        #expect(pupil?.net?.rule.scheme == "slim")
        #expect(pupil?.net?.cents == 96_800)
        let (bare, other) = try self.course(load: load, level: .six, funding: ["sector-fund"])
        #expect(OfferingCost(other, of: bare, funding: rules)?.net == nil, "above its levels")
        let (free, without) = try self.course(load: load, price: nil)
        #expect(OfferingCost(without, of: free, funding: rules) == nil)
    }

    @Test(
        "what stands in for a course costs less, is of its level, teaches four fifths and is near")
    func equivalents() throws {
        let sample = try SampleCoverage.opened.get()
        let index = sample.index
        let equivalents = Equivalents(in: index, today: SampleCoverage.today)
        func skills(_ course: Int) throws -> Set<Int> {
            Set(
                try index.skills(ofCourse: course)
                    .filter { $0.isDeclared || $0.weight >= TaughtSkills.leastWeight }.map(\.skill))
        }
        var found = 0
        for course in 0..<index.courseCount {
            for offering in try index.offerings(ofCourse: course) {
                let row = try index.offering(offering)
                guard row.price != OfferingRow.unknownPrice,
                    let other = try equivalents.cheapest(
                        of: course, from: offering, below: Int(row.price))
                else { continue }
                found += 1
                let stand = try index.offering(other.offering)
                #expect(other.cents < Int(row.price) && other.cents == Int(stand.price))
                #expect(other.course != course)
                #expect(try index.course(other.course).level == index.course(course).level)
                let own = try skills(course)
                let shared = own.intersection(try skills(other.course)).count
                #expect(own.count >= Equivalents.leastSkills)
                #expect(Double(shared) >= Equivalents.leastShare * Double(own.count) - 1e-9)
                #expect(stand.availableUntil >= SampleCoverage.today.daysSince1970)
                #expect((other.minutes ?? 0) <= 30)
            }
        }
        #expect(found > 0, "the sample has courses that are cheaper elsewhere")
    }
}
