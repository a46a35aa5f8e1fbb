import CourseModel
import Matching
import SearchIndex

/// What one occasion to take a course costs: in all, for an hour of study, and when a scheme pays its
/// part.
public struct OfferingCost: Sendable {
    /// The offering.
    public let offering: ID<Offering>
    /// Its price in euro cents, with the VAT that is known.
    public let cents: Int
    /// Whether VAT comes on top at a rate that the feed does not say.
    public let excludesVAT: Bool
    /// The hours of work; `nil` when not known.
    public let hours: StudyHours?
    /// What is left to pay with the scheme that leaves least, as far as it tells what it pays.
    public let net: NetPrice?

    /// The price of an hour of study, in euro cents; `nil` when the hours are not known.
    public var centsPerHour: Int? { hours.map { Int((Double(cents) / $0.hours).rounded()) } }

    /// What an offering costs; `nil` when it has no price in euro.
    ///
    /// - Parameters:
    ///   - funding: The partnership's schemes. One counts when the course names it, or it pays for any
    ///     course, and what it asks of the course is met; what it asks of the learner beside the
    ///     audience is taken to be met.
    ///   - audience: Who pays; `nil` for anyone.
    public init?(
        _ offering: Offering, of course: Course, funding: FundingRules, audience: Audience? = nil
    ) {
        guard let cents = offering.euroCents.map(Int.init) else { return nil }
        self.offering = offering.id
        self.cents = cents
        if case .excluded(nil) = offering.price?.vat {
            excludesVAT = true
        } else {
            excludesVAT = false
        }
        hours = StudyHours(offering, of: course)
        var profile = Profile()
        profile.audience = audience
        var facts = CourseFacts(kind: course.kind)
        facts.level = course.level?.eqf
        facts.audiences = Set8(course.audiences)
        let choices = funding.rules.compactMap { rule -> NetPrice? in
            guard rule.coversAnyCourse || course.funding.contains(rule.scheme),
                rule.obstacles(profile: profile, course: facts).isEmpty,
                let paid = rule.contribution(toPrice: cents), paid > 0
            else { return nil }
            return NetPrice(rule: rule, cents: cents - paid)
        }
        net = choices.min { $0.cents < $1.cents }
    }

    /// Of the offerings of a course that can still be taken up the one that costs least; `nil` when none
    /// has a price in euro.
    ///
    /// - Parameter isWanted: Whether an offering counts.
    public static func cheapest(
        of record: CourseRecord, on today: CalendarDate, funding: FundingRules,
        audience: Audience? = nil, where isWanted: (ID<Offering>) -> Bool = { _ in true }
    ) -> OfferingCost? {
        record.offerings.filter {
            !$0.isPast(on: today, of: record.course)
                && ![.full, .closed, .cancelled].contains($0.status)
                && isWanted($0.id)
        }.compactMap {
            OfferingCost($0, of: record.course, funding: funding, audience: audience)
        }.min { ($0.cents, $0.offering) < ($1.cents, $1.offering) }
    }
}
