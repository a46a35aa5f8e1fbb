import CourseModel
import SearchIndex
import Skills

/// The offerings that matching chooses from, by number.
///
/// It is what matching needs of an index and no more, so that a test can draw a catalogue in a few
/// lines. Offerings and courses are numbered from 0; the offerings of a course stand together.
public protocol OfferingSource: Sendable {
    /// How many offerings there are.
    var offeringCount: Int { get }
    /// How many courses there are.
    var courseCount: Int { get }

    /// What an offering is, for computing.
    func facts(ofOffering number: Int) -> OfferingFacts
    /// The same, but for the number of its set of conditions when that is not asked for.
    func facts(ofOffering number: Int, withConditions: Bool) -> OfferingFacts
    /// What a course is, for computing.
    func facts(ofCourse number: Int) -> CourseFacts
    /// The course of an offering.
    func course(ofOffering number: Int) -> Int
    /// The offerings of a course.
    func offerings(ofCourse number: Int) -> Range<Int>
    /// Where an offering is given, one point a venue.
    ///
    /// - Parameter body: Told each venue, in a fixed order.
    func forEachVenue(ofOffering number: Int, _ body: (Coordinates) -> Void)

    /// The source's own number of a skill, when any course teaches it.
    func number(ofSkill id: ID<Skill>) -> Int?
    /// The source's own numbers of skills that a catalogue numbers otherwise.
    func numbers(ofSkills skills: [Int], in catalogue: SkillsCatalogue) -> [Int?]
    /// The skills of a course, by the source's own numbers, each once.
    ///
    /// - Parameter body: Told each skill with its weight, 1...255.
    func forEachSkill(ofCourse number: Int, _ body: (_ skill: Int, _ weight: Int) -> Void)
    /// The courses that teach a skill, by the source's own number of it, ascending.
    func forEachCourse(teachingSkill number: Int, _ body: (_ course: Int) -> Void)
    /// The courses that teach one of some skills, ascending, with their offerings that may fit.
    ///
    /// - Parameters:
    ///   - skills: The source's own numbers of the skills, each once; `nil` for all courses.
    ///   - screen: What an offering must be to fit; some that are not may be told, too. The source tells
    ///     all of them unless it can do better.
    func forEachCourse(
        teachingAnyOf skills: [Int]?, passing screen: OfferingScreen,
        _ body: (_ course: Int, _ offerings: [Int]) -> Void)

    /// The languages of a numbered set of languages; empty for not said.
    func languages(ofSet number: Int) -> [LanguageTag]
    /// The ways to pay of a numbered set.
    func funding(ofSet number: Int) -> [FundingScheme]

    /// How many sets of conditions there are; 0 when none are known.
    var conditionSetCount: Int { get }
    /// What offerings of a numbered set ask of the week and provide.
    func conditions(ofSet number: Int) -> TeachingConditions

    /// The offering's id, which decides between equals.
    func id(ofOffering number: Int) -> ID<Offering>
    /// Whether an offering's price is known to include VAT; asked for what is shown only.
    func priceIncludesVAT(ofOffering number: Int) -> Bool?
}

extension OfferingSource {
    /// All that an offering is.
    public func facts(ofOffering number: Int, withConditions: Bool) -> OfferingFacts {
        facts(ofOffering: number)
    }

    /// Looks each of the skills up by its id.
    public func numbers(ofSkills skills: [Int], in catalogue: SkillsCatalogue) -> [Int?] {
        skills.map { number(ofSkill: catalogue.skillID($0)) }
    }

    /// All offerings of the courses that teach one of some skills.
    public func forEachCourse(
        teachingAnyOf skills: [Int]?, passing screen: OfferingScreen,
        _ body: (_ course: Int, _ offerings: [Int]) -> Void
    ) {
        guard let skills else {
            for course in 0..<courseCount { body(course, Array(offerings(ofCourse: course))) }
            return
        }
        var courses = NumberSet(below: courseCount)
        for skill in skills { forEachCourse(teachingSkill: skill) { courses.insert($0) } }
        courses.forEach { body($0, Array(offerings(ofCourse: $0))) }
    }
}

/// What an offering is, in numbers that a limit or a score can be computed from.
public struct OfferingFacts: Hashable, Sendable {
    /// When it starts.
    public enum Start: Hashable, Sendable {
        /// On a day, in days since 1970.
        case day(Int32)
        /// At any moment, or on request.
        case continuous
        /// Not said.
        case unknown
    }

    /// When it starts.
    public var start: Start
    /// Its last day, in days since 1970, when known or to be reckoned from its length.
    public var lastDay: Int32?
    /// How many days it takes, when known.
    public var days: Int32?
    /// The last day on which it can be taken up, in days since 1970; `Int32.max` for no end.
    public var availableUntil: Int32
    /// Its price for one learner in euro cents, with the VAT that is known; `nil` when not known.
    public var priceInCents: Int32?
    /// The parts of the week that it takes, when its meetings say.
    public var slots: WeekSlots
    /// The parts of the day or week in which it is given; empty for not said.
    public var dayParts: Set8<DayPart>
    /// How it is taught; empty for not said.
    public var modes: Set8<DeliveryMode>
    /// The number of its set of languages.
    public var languageSet: Int
    /// The number of its set of conditions.
    public var conditionSet: Int
    /// Whether it asks for no travel: online, at a distance or at the learner's workplace.
    public var needsNoTravel: Bool
    /// Whether there are no places left.
    public var isFull: Bool
    /// Whether it was cancelled or is closed for enrolment.
    public var isCancelled: Bool

    /// An offering of which nothing is known.
    public init() {
        start = .unknown
        availableUntil = .max
        slots = []
        dayParts = Set8(bits: 0)
        modes = Set8(bits: 0)
        languageSet = 0
        conditionSet = 0
        needsNoTravel = false
        isFull = false
        isCancelled = false
    }
}

/// What a course is, in numbers that a limit or a score can be computed from.
public struct CourseFacts: Hashable, Sendable {
    /// Its EQF level 1...8, when known.
    public var level: Int?
    /// What sort of learning it is.
    public var kind: CourseKind
    /// For whom it is; empty for not said.
    public var audiences: Set8<Audience>
    /// The number of its set of ways to pay.
    public var fundingSet: Int
    /// Hours of work a week, when known; of the offering that takes most.
    public var hoursPerWeek: Float?

    /// A course of a kind of which nothing more is known.
    public init(kind: CourseKind) {
        self.kind = kind
        audiences = Set8(bits: 0)
        fundingSet = 0
    }
}

/// A set of up to eight cases in a byte: bit i stands for the i-th case.
public struct Set8<Case: CaseIterable & Hashable & Sendable>: Hashable, Sendable,
    ExpressibleByArrayLiteral
{
    /// The bits.
    public var bits: UInt8

    /// A set by its bits.
    public init(bits: UInt8) { self.bits = bits }

    /// A set of cases.
    public init(_ cases: some Sequence<Case>) {
        bits = 0
        for (index, known) in Case.allCases.enumerated() where cases.contains(known) {
            bits |= 1 << UInt8(index)
        }
    }

    /// A set of cases.
    public init(arrayLiteral elements: Case...) { self.init(elements) }

    /// Whether no case is in it.
    public var isEmpty: Bool { bits == 0 }

    /// Whether a case is in it.
    public func contains(_ element: Case) -> Bool {
        guard let index = Array(Case.allCases).firstIndex(of: element) else { return false }
        return bits & (1 << UInt8(index)) != 0
    }

    /// The cases, in order.
    public var cases: [Case] { Case.allCases.filter { contains($0) } }
}
