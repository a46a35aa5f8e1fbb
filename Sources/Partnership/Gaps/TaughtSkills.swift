import CourseModel
import Places
import SearchIndex
import Skills

/// Which skills are taught within reach of the people of each region.
///
/// A venue is within reach of a region when at least half of the region's postcodes reach it. A skill
/// counts as taught when a course says so, or when its text leaves little doubt
/// (``leastWeight``). What needs no travel is within everyone's reach.
struct TaughtSkills: Sendable {
    /// From which weight on a course is taken to teach a skill, as in matching.
    static let leastWeight: Float = 0.6

    /// What can be learnt without travel.
    let anywhere: SkillSet
    /// By region, for the regions of the kind that was asked for.
    let byRegion: [RegionIndex: SkillSet]

    /// - Parameters:
    ///   - query: Which offerings count; its place does not matter.
    ///   - reach: How far people go.
    /// - Complexity: O(offerings · log offerings + postcodes · venues in the latitudes within reach).
    init(
        of index: IndexReader, gazetteer: Gazetteer, skills: SkillsCatalogue, query: Query,
        kind: RegionKind, reach: Reach
    ) throws {
        var query = query
        query.near = nil
        query.regions = []
        query.area = nil
        query.fewestWithAllWords = 0
        let offered = try Self.offered(query, index)
        let numbers = SkillNumbers(index, skills)
        var sets: [Int: SkillSet] = [:]
        func skillSet(_ course: Int) throws -> SkillSet {
            if let known = sets[course] { return known }
            var set = SkillSet(capacity: skills.skillCount)
            for skill in try index.skills(ofCourse: course)
            where skill.isDeclared || skill.weight >= Self.leastWeight {
                if let number = try numbers.number(skill.skill) { set.insert(number) }
            }
            sets[course] = set
            return set
        }
        var anywhere = SkillSet(capacity: skills.skillCount)
        for course in offered.withoutTravel { anywhere.formUnion(try skillSet(course)) }
        var taughtAt: [SkillSet] = []
        for venue in offered.venues {
            var set = SkillSet(capacity: skills.skillCount)
            for course in venue.courses { set.formUnion(try skillSet(course)) }
            taughtAt.append(set)
        }
        self.anywhere = anywhere

        let metres = reach.maximumDistance
        let latitudes = offered.venues.map(\.place.latitude)
        let band = metres / 111_000
        var postcodes: [RegionIndex: [Coordinates]] = [:]
        for pc4 in gazetteer.allPostcodes {
            guard let area = gazetteer.postcode(pc4) else { continue }
            postcodes[area.areas[kind], default: []].append(area.coordinates)
        }
        var byRegion: [RegionIndex: SkillSet] = [:]
        var counts = [Int](repeating: 0, count: latitudes.count)
        for region in gazetteer.regions where region.kind == kind {
            var taught = anywhere
            let homes = postcodes[region.index] ?? []
            var touched: Set<Int> = []
            for home in homes {
                var venue = latitudes.lowerBound(home.latitude - band)
                while venue < latitudes.count, latitudes[venue] <= home.latitude + band {
                    if home.distance(to: offered.venues[venue].place) <= metres {
                        counts[venue] += 1
                        touched.insert(venue)
                    }
                    venue += 1
                }
            }
            for venue in touched {
                if 2 * counts[venue] >= homes.count { taught.formUnion(taughtAt[venue]) }
                counts[venue] = 0
            }
            byRegion[region.index] = taught
        }
        self.byRegion = byRegion
    }

    private struct Offered {
        /// From south to north.
        var venues: [(place: Coordinates, courses: Set<Int>)]
        var withoutTravel: Set<Int>
    }

    private static func offered(_ query: Query, _ index: IndexReader) throws -> Offered {
        var venues: [Coordinates: Set<Int>] = [:]
        var withoutTravel: Set<Int> = []
        var failure: IndexError?
        try index.forEachMatch(of: query) { match in
            if match.row.flags & OfferingRow.needsNoTravel > 0 {
                withoutTravel.insert(match.course)
                return
            }
            do throws(IndexError) {
                try index.forEachVenue(ofOffering: match.offering) {
                    venues[$0, default: []].insert(match.course)
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return Offered(
            venues: venues.map { ($0, $1) }.sorted { first, second in
                (first.place.latitude, first.place.longitude)
                    < (second.place.latitude, second.place.longitude)
            }, withoutTravel: withoutTravel)
    }
}

/// The numbers that a catalogue gives the skills of an index, each looked up once.
private final class SkillNumbers {
    private let index: IndexReader
    private let skills: SkillsCatalogue
    private var known: [Int: Int?] = [:]

    init(_ index: IndexReader, _ skills: SkillsCatalogue) {
        self.index = index
        self.skills = skills
    }

    /// `nil` for a skill that the catalogue does not have.
    func number(_ term: Int) throws -> Int? {
        if let number = known[term] { return number }
        let number = skills.number(of: ID<Skill>(try index.skillID(term)))
        known[term] = number
        return number
    }
}

extension [Double] {
    /// The first position of an ascending list that is not less than a value.
    fileprivate func lowerBound(_ value: Double) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
