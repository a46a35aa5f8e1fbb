import CourseModel
import Places
import SearchIndex

/// Finds courses that teach the same at the same level within reach, for less.
///
/// A course is equivalent to another when it teaches at least four fifths of the other's skills, at the
/// same level, in a sort of learning that can stand in for it, and at a place within reach of one of the
/// other's, or without travel. One that teaches fewer than two known skills has no equivalents: one
/// skill is not enough to say that two courses are alike.
public struct Equivalents: Sendable {
    /// A course that can stand in for another, with its cheapest offering.
    public struct Equivalent: Hashable, Sendable {
        /// The course's number in the index.
        public let course: Int
        /// The offering's number in the index.
        public let offering: Int
        /// Its price in euro cents, with the VAT that is known.
        public let cents: Int
        /// The part of the skills that it teaches, 0...1.
        public let share: Double
        /// Minutes of travel between both venues; `nil` when it needs no travel.
        public let minutes: Double?
    }

    /// The part of a course's skills that another must teach.
    public static let leastShare = 0.8
    /// The fewest skills by which a course can be told to be like another.
    public static let leastSkills = 2
    /// How far the other venue may be when nothing else is asked.
    public static let reach = Reach.time(minutes: 30, mode: .transit)

    private let index: IndexReader
    private let reach: Reach
    private let today: CalendarDate

    /// Equivalents within an index.
    public init(
        in index: IndexReader, within reach: Reach = Equivalents.reach, today: CalendarDate
    ) {
        self.index = index
        self.reach = reach
        self.today = today
    }

    /// The cheapest equivalent of a course that costs less than a price; of equals the one that is
    /// nearer, then the first in the index.
    ///
    /// - Parameters:
    ///   - course: The course's number in the index.
    ///   - offering: The number of the offering from which to travel.
    ///   - cents: The price to be lower than, in euro cents.
    ///   - isWanted: Whether an offering, by its number, may be proposed.
    /// - Throws: ``IndexError``.
    /// - Complexity: O(courses that teach any of its skills).
    public func cheapest(
        of course: Int, from offering: Int, below cents: Int,
        where isWanted: (Int) -> Bool = { _ in true }
    ) throws -> Equivalent? {
        let own = try index.course(course)
        let skills = try index.skills(ofCourse: course)
            .filter { $0.isDeclared || $0.weight >= TaughtSkills.leastWeight }
        guard skills.count >= Self.leastSkills else { return nil }
        var shared: [Int: Int] = [:]
        for skill in skills {
            try index.forEachCourse(withSkill: skill.skill) { other, weight in
                if weight >= TaughtSkills.leastWeight { shared[other, default: 0] += 1 }
            }
        }
        shared[course] = nil
        var home: [Coordinates] = []
        try index.forEachVenue(ofOffering: offering) { home.append($0) }
        let least = Int((Self.leastShare * Double(skills.count)).rounded(.up))
        var best: Equivalent?
        for (other, count) in shared where count >= least {
            let row = try index.course(other)
            guard row.level == own.level, Self.canStandIn(row.kind, for: own.kind) else { continue }
            for number in try index.offerings(ofCourse: other) where isWanted(number) {
                let facts = try index.offering(number)
                guard facts.price != OfferingRow.unknownPrice, Int(facts.price) < cents,
                    facts.availableUntil >= today.daysSince1970,
                    facts.flags & (OfferingRow.full | OfferingRow.cancelled) == 0,
                    let way = try way(to: number, facts, from: home)
                else { continue }
                let found = Equivalent(
                    course: other, offering: number, cents: Int(facts.price),
                    share: Double(count) / Double(skills.count), minutes: way.minutes)
                if best.map({ found.goesBefore($0) }) ?? true { best = found }
            }
        }
        return best
    }

    private struct Way {
        var minutes: Double?
    }

    /// The way between two venues; `nil` when it is too far.
    private func way(to number: Int, _ row: OfferingRow, from home: [Coordinates]) throws -> Way? {
        if row.flags & OfferingRow.needsNoTravel > 0 { return Way(minutes: nil) }
        var metres: Double?
        try index.forEachVenue(ofOffering: number) { venue in
            for place in home {
                metres = min(metres ?? .infinity, place.distance(to: venue))
            }
        }
        guard let metres, reach.covers(metres: metres) else { return nil }
        guard case .time(_, let mode) = reach else {
            return Way(minutes: travelEstimate(metres: metres, by: .transit))
        }
        return Way(minutes: travelEstimate(metres: metres, by: mode))
    }

    /// Whether who looks for one sort of learning may take the other.
    private static func canStandIn(_ kind: UInt8, for other: UInt8) -> Bool {
        let kinds = CourseKind.allCases
        let taught: Set<CourseKind> = [.course, .module, .certificate]
        let (one, two) = (kinds[Int(kind)], kinds[Int(other)])
        return one == two || (taught.contains(one) && taught.contains(two))
    }
}

extension Equivalents.Equivalent {
    fileprivate func goesBefore(_ other: Self) -> Bool {
        (cents, minutes ?? 0, offering) < (other.cents, other.minutes ?? 0, other.offering)
    }
}
