import CourseModel
import SearchIndex
import Skills
import Synchronization

/// The offerings of a search index.
///
/// Reading a damaged part of the file cannot be told where matching asks for a number, so the first
/// such error is kept: after matching, ``check()`` throws it and the answer counts for nothing.
public final class IndexOfferings: OfferingSource {
    private let index: IndexReader
    private let failure = Mutex<IndexError?>(nil)
    private let knownSkills = Mutex<KnownSkills?>(nil)

    /// The index's numbers of a catalogue's skills that were looked up.
    private struct KnownSkills {
        let catalogue: SkillsCatalogue
        /// ``notAsked``, ``notTaught``, or the index's number.
        var numbers: [Int32]

        static let notAsked: Int32 = -2
        static let notTaught: Int32 = -1
    }

    /// The offerings of an index.
    public init(_ index: IndexReader) { self.index = index }

    /// Throws the first error met since the index was opened.
    ///
    /// - Throws: ``IndexError``: the index has to be made again.
    public func check() throws(IndexError) {
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func reading<Value>(
        _ body: () throws(IndexError) -> Value, otherwise: Value
    ) -> Value {
        do { return try body() } catch {
            failure.withLock { $0 = $0 ?? error }
            return otherwise
        }
    }

    /// How many offerings there are.
    public var offeringCount: Int { index.offeringCount }
    /// How many courses there are.
    public var courseCount: Int { index.courseCount }

    /// What an offering is, for computing.
    public func facts(ofOffering number: Int) -> OfferingFacts {
        facts(ofOffering: number, withConditions: true)
    }

    /// What an offering is; the number of its conditions stands far from the rest.
    public func facts(ofOffering number: Int, withConditions: Bool) -> OfferingFacts {
        reading(
            { () throws(IndexError) in
                let row = try index.offering(number)
                var facts = OfferingFacts()
                switch row.start {
                case OfferingRow.continuousStart: facts.start = .continuous
                case OfferingRow.unknownStart: facts.start = .unknown
                default:
                    facts.start = .day(row.start)
                }
                if row.weeks != OfferingRow.unknownWeeks {
                    let days = max(1, 7 * Int32(row.weeks))
                    facts.days = days
                    if case .day(let start) = facts.start { facts.lastDay = start + days - 1 }
                }
                facts.availableUntil = row.availableUntil
                facts.priceInCents = row.price == OfferingRow.unknownPrice ? nil : row.price
                facts.slots = row.slots
                facts.dayParts = Set8(bits: row.dayParts)
                facts.modes = Set8(bits: row.modes)
                facts.languageSet = Int(row.languageSet)
                if withConditions {
                    facts.conditionSet = try index.conditionSet(ofOffering: number)
                }
                facts.needsNoTravel = row.flags & OfferingRow.needsNoTravel > 0
                facts.isFull = row.flags & OfferingRow.full > 0
                facts.isCancelled = row.flags & OfferingRow.cancelled > 0
                return facts
            }, otherwise: OfferingFacts())
    }

    /// What a course is, for computing.
    public func facts(ofCourse number: Int) -> CourseFacts {
        reading(
            { () throws(IndexError) in
                let row = try index.course(number)
                var facts = CourseFacts(kind: CourseKind.allCases[Int(row.kind)])
                facts.level = LevelCode(rawValue: row.level).eqf
                facts.audiences = Set8(bits: row.audiences)
                facts.fundingSet = Int(row.fundingSet)
                facts.hoursPerWeek =
                    row.halfHoursPerWeek == 0 ? nil : Float(row.halfHoursPerWeek) / 2
                return facts
            }, otherwise: CourseFacts(kind: .course))
    }

    /// The course of an offering.
    public func course(ofOffering number: Int) -> Int {
        reading(
            { () throws(IndexError) in try index.course(ofOffering: number) }, otherwise: 0)
    }

    /// The offerings of a course.
    public func offerings(ofCourse number: Int) -> Range<Int> {
        reading(
            { () throws(IndexError) in try index.offerings(ofCourse: number) }, otherwise: 0..<0)
    }

    /// Where an offering is given, one point a venue.
    public func forEachVenue(ofOffering number: Int, _ body: (Coordinates) -> Void) {
        reading(
            { () throws(IndexError) in
                try index.forEachVenue(ofOffering: number, body)
            }, otherwise: ())
    }

    /// The index's own number of a skill, when any course teaches it.
    public func number(ofSkill id: ID<Skill>) -> Int? {
        reading({ () throws(IndexError) in try index.skillNumber(id.value) }, otherwise: nil)
    }

    /// The index's own numbers of skills that a catalogue numbers otherwise; each is looked up once,
    /// since bulk matching asks about the same ones again and again.
    public func numbers(ofSkills skills: [Int], in catalogue: SkillsCatalogue) -> [Int?] {
        knownSkills.withLock { known in
            if known?.catalogue.isIdentical(to: catalogue) != true {
                known = KnownSkills(
                    catalogue: catalogue,
                    numbers: Array(
                        repeating: KnownSkills.notAsked, count: catalogue.skillCount))
            }
            return skills.map { skill in
                if let number = known?.numbers[skill], number != KnownSkills.notAsked {
                    return number == KnownSkills.notTaught ? nil : Int(number)
                }
                let number = number(ofSkill: catalogue.skillID(skill))
                known?.numbers[skill] = number.map { Int32($0) } ?? KnownSkills.notTaught
                return number
            }
        }
    }

    /// The skills of a course, by the index's own numbers, each once.
    public func forEachSkill(ofCourse number: Int, _ body: (_ skill: Int, _ weight: Int) -> Void) {
        reading(
            { () throws(IndexError) in try index.forEachSkill(ofCourse: number, body) },
            otherwise: ())
    }

    /// The courses that teach a skill, by the index's own number of it, ascending.
    public func forEachCourse(teachingSkill number: Int, _ body: (_ course: Int) -> Void) {
        reading(
            { () throws(IndexError) in
                try index.forEachCourse(withSkill: number) { course, _ in body(course) }
            }, otherwise: ())
    }

    /// The courses that teach one of some skills, ascending, with their offerings that pass a screen.
    public func forEachCourse(
        teachingAnyOf skills: [Int]?, passing screen: OfferingScreen,
        _ body: (_ course: Int, _ offerings: [Int]) -> Void
    ) {
        reading(
            { () throws(IndexError) in
                try index.forEachCandidate(teaching: skills, passing: screen, body)
            }, otherwise: ())
    }

    /// The languages of a numbered set of languages; empty for not said.
    public func languages(ofSet number: Int) -> [LanguageTag] {
        reading(
            { () throws(IndexError) in try index.languages(ofSet: number) }, otherwise: [])
    }

    /// The ways to pay of a numbered set.
    public func funding(ofSet number: Int) -> [FundingScheme] {
        reading(
            { () throws(IndexError) in try index.funding(ofSet: number) }, otherwise: [])
    }

    /// How many sets of conditions there are.
    public var conditionSetCount: Int { index.conditionSetCount }

    /// What offerings of a numbered set ask of the week and provide.
    public func conditions(ofSet number: Int) -> TeachingConditions {
        reading(
            { () throws(IndexError) in try index.conditions(ofSet: number) },
            otherwise: TeachingConditions())
    }

    /// The offering's id, which decides between equals.
    public func id(ofOffering number: Int) -> ID<Offering> {
        reading(
            { () throws(IndexError) in try index.stored(offering: number).id }, otherwise: ID(""))
    }

    /// Whether the price that the index holds includes VAT: as stated, or because the index added it.
    public func priceIncludesVAT(ofOffering number: Int) -> Bool? {
        reading(
            { () throws(IndexError) in
                let stored = try index.stored(offering: number)
                guard stored.includesVAT == false, let stated = stored.price else {
                    return stored.includesVAT
                }
                return Int64(try index.offering(number).price) > stated.amount.scaled / 100
            }, otherwise: nil)
    }
}
